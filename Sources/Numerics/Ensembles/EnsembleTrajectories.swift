// What an integrated ensemble left behind: blocks of numbers, the crossings, and the draws that failed.

/// The states of many draws at the requested times: those that were kept.
///
/// ``numberCount`` doubles are held, and while the ensemble is integrated one block of all states (256 draws × times × states) a thread.
public struct EnsembleTrajectories: Sendable, Hashable {
    public let drawCount: Int
    public let times: [Double]
    @usableFromInline let kept: KeptStates
    /// The draws in blocks of ``blockSize``, as they were integrated; in each time by time, kept state by kept state, draw by draw.
    /// From the time of its failure on, a failed draw's values are NaN.
    @usableFromInline let blocks: [[Double]]
    @usableFromInline let blockSize: Int
    /// Located crossings, ordered by draw, then time.
    public let crossings: [Crossing]
    /// One entry for each draw that failed, ordered by draw.
    public let failures: [IntegrationError]
    /// Which method took which draw, where the solver chose (``IntegrationMethod/automatic``) or the system is large; nil where the caller
    /// named the method.
    public let choice: MethodChoice?

    init(
        drawCount: Int, times: [Double], kept: KeptStates, blocks: [[Double]], blockSize: Int, crossings: [Crossing],
        failures: [IntegrationError], choice: MethodChoice? = nil
    ) {
        self.drawCount = drawCount
        self.times = times
        self.kept = kept
        self.blocks = blocks
        self.blockSize = blockSize
        self.crossings = crossings
        self.failures = failures
        self.choice = choice
    }

    /// Numbers a state of the system, kept or not.
    public var stateCount: Int { kept.stateCount }
    /// How many numbers are held.
    public var numberCount: Int { drawCount * times.count * kept.states.count }
    /// All of them in one table: draw by draw, time by time, kept state by kept state. Copies them.
    public var values: [Double] {
        (0..<drawCount).flatMap { draw in
            times.indices.flatMap { time in kept.states.map { self[draw, time, $0] } }
        }
    }

    /// One state, which must be one of those kept.
    @inlinable
    public subscript(draw: Int, time: Int, state: Int) -> Double {
        let number = draw / blockSize
        return blocks[number][place(of: draw % blockSize, time, state, in: number)]
    }

    /// Where a number stands in a block.
    @inlinable
    func place(of draw: Int, _ time: Int, _ state: Int, in number: Int) -> Int {
        (time * kept.states.count + kept.place(of: state)) * min(blockSize, drawCount - number * blockSize) + draw
    }

    /// One state at one time over all draws.
    public func column(time: Int, state: Int) -> [Double] { columns(times: [time], state: state) }

    /// One state at some times over all draws: time by time, `drawCount` numbers each.
    ///
    /// - Precondition: the state is one of those kept.
    public func columns(times places: some Collection<Int>, state: Int) -> [Double] {
        precondition(places.allSatisfy { times.indices.contains($0) }, "no such time")
        return [Double](unsafeUninitializedCapacity: places.count * drawCount) { result, initialised in
            for time in places {
                for (number, block) in blocks.enumerated() {
                    let first = place(of: 0, time, state, in: number)
                    let count = min(blockSize, drawCount - number * blockSize)
                    _ = result[initialised..<initialised + count].initialize(fromContentsOf: block[first..<first + count])
                    initialised += count
                }
            }
        }
    }
}
