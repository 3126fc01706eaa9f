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
        let column = kept.place(of: state)
        return [Double](unsafeUninitializedCapacity: places.count * drawCount) { result, initialised in
            if let base = result.baseAddress {
                for (number, block) in blocks.enumerated() {
                    block.withUnsafeBufferPointer { turn($0, places, column, into: base + number * blockSize) }
                }
            }
            initialised = places.count * drawCount
        }
    }

    /// Some times of one block's draws, which lie one behind the other, side by side: a cache line of draws at a time, so that a line of the
    /// result is filled at once and not come back to for every draw.
    private func turn(_ values: UnsafeBufferPointer<Double>, _ places: [Int], _ column: Int, into result: UnsafeMutablePointer<Double>) {
        let width = kept.states.count
        let row = times.count * width
        guard row > 0, let base = values.baseAddress else { return }
        let draws = values.count / row
        for first in stride(from: 0, to: draws, by: 8) {
            let some = first..<min(first + 8, draws)
            for (index, place) in places.enumerated() {
                let (source, target) = (base + (place * width + column), result + index * drawCount)
                for draw in some { (target + draw).initialize(to: source[draw * row]) }
            }
        }
    }
}
