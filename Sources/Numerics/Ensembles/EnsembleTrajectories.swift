// What an integrated ensemble left behind: blocks of numbers, the crossings, and the draws that failed.

/// The states of many draws at the requested times: those that were kept.
///
/// ``numberCount`` doubles are held, and no more while the ensemble is integrated.
public struct EnsembleTrajectories: Sendable, Hashable {
    public let drawCount: Int
    public let times: [Double]
    @usableFromInline let kept: KeptStates
    /// The draws in blocks of ``blockSize``, as they were integrated; in each draw by draw, time by time, kept state by kept state.
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
    public var values: [Double] { blocks.flatMap { $0 } }

    /// One state, which must be one of those kept.
    @inlinable
    public subscript(draw: Int, time: Int, state: Int) -> Double {
        blocks[draw / blockSize][(draw % blockSize * times.count + time) * kept.states.count + kept.place(of: state)]
    }

    /// One state at one time over all draws.
    public func column(time: Int, state: Int) -> [Double] { columns(times: [time], state: state) }

    /// One state at some times over all draws: time by time, `drawCount` numbers each.
    ///
    /// Several times at once cost little more than one, since a draw's times lie side by side.
    public func columns(times places: some Collection<Int>, state: Int) -> [Double] {
        let places = Array(places)
        precondition(places.allSatisfy { times.indices.contains($0) }, "no such time")
        let (width, column) = (kept.states.count, kept.place(of: state))
        return [Double](unsafeUninitializedCapacity: places.count * drawCount) { result, initialised in
            for (number, block) in blocks.enumerated() {
                let first = number * blockSize
                block.withUnsafeBufferPointer { values in
                    for draw in 0..<min(blockSize, drawCount - first) {
                        let row = draw * times.count
                        for (index, place) in places.enumerated() {
                            let value = values[(row + place) * width + column]
                            result.initializeElement(at: index * drawCount + first + draw, to: value)
                        }
                    }
                }
            }
            initialised = places.count * drawCount
        }
    }
}
