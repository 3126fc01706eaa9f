// What an integrated ensemble left behind: blocks of numbers, the crossings, and the draws that failed.
import Integration

/// The states of many draws at the requested times: those that were kept.
///
/// ``numberCount`` doubles are held, with some room between them, and no more while the ensemble is integrated.
public struct EnsembleTrajectories: Sendable {
    /// Some draws that follow each other, as they were integrated: of each, time by time, kept state by kept state. From the time of its failure
    /// on, a failed draw's values are NaN.
    @usableFromInline
    struct Block: Sendable {
        @usableFromInline let draws: Range<Int>
        @usableFromInline var values: [Double]
        @usableFromInline let layout: BlockLayout

        /// The number of a draw of the ensemble.
        @inlinable
        subscript(draw: Int, number: Int) -> Double {
            get { values[layout.place(draw: draw - draws.lowerBound, number: number)] }
            set { values[layout.place(draw: draw - draws.lowerBound, number: number)] = newValue }
        }
    }

    public let drawCount: Int
    public let times: [Double]
    @usableFromInline let kept: KeptStates
    /// The draws in the blocks in which they were integrated.
    @usableFromInline let blocks: [Block]
    /// Draws a block has; the first can be divided in two, the last smaller.
    @usableFromInline let blockSize: Int
    /// Located crossings, ordered by draw, then time.
    public let crossings: [Crossing]
    /// One entry for each draw that failed, ordered by draw.
    public let failures: [IntegrationError]
    /// Which method took which draw, where the solver chose (``IntegrationMethod/automatic``) or the system is large; nil where the caller
    /// named the method.
    public let choice: MethodChoice?

    init(
        drawCount: Int, times: [Double], kept: KeptStates, blocks: [Block], blockSize: Int, crossings: [Crossing],
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
        let width = times.count * kept.states.count
        return blocks.flatMap { block in block.draws.flatMap { draw in (0..<width).map { block[draw, $0] } } }
    }

    /// One state, which must be one of those kept.
    @inlinable
    public subscript(draw: Int, time: Int, state: Int) -> Double {
        blocks[blockIndex(of: draw)][draw, time * kept.states.count + kept.place(of: state)]
    }

    @inlinable
    func blockIndex(of draw: Int) -> Int {
        let index = draw / blockSize
        return draw < blocks[index].draws.upperBound ? index : index + 1
    }

    /// One state at one time over all draws.
    public func column(time: Int, state: Int) -> [Double] { columns(times: [time], state: state) }

    /// One state at some times over all draws: time by time, `drawCount` numbers each.
    public func columns(times places: some Collection<Int>, state: Int) -> [Double] {
        precondition(places.allSatisfy { times.indices.contains($0) }, "no such time")
        let (places, width, column) = (Array(places), kept.states.count, kept.place(of: state))
        return [Double](unsafeUninitializedCapacity: places.count * drawCount) { result, initialised in
            if let base = result.baseAddress {
                for block in blocks {
                    // A cache line of draws at a time where they lie behind each other: a line of the result is filled at once.
                    let some = block.layout.drawStride == 1 ? max(block.draws.count, 1) : 8
                    block.values.withUnsafeBufferPointer { values in
                        guard let values = values.baseAddress else { return }
                        for first in stride(from: 0, to: block.draws.count, by: some) {
                            let draws = first..<min(first + some, block.draws.count)
                            for (index, place) in places.enumerated() {
                                let number = values + (place * width + column) * block.layout.numberStride
                                let target = base + index * drawCount + block.draws.lowerBound
                                if block.layout.drawStride == 1 {
                                    target.initialize(from: number, count: draws.count)
                                } else {
                                    for draw in draws { (target + draw).initialize(to: number[draw * block.layout.drawStride]) }
                                }
                            }
                        }
                    }
                }
            }
            initialised = places.count * drawCount
        }
    }
}
