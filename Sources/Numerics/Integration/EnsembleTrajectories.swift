// What an integrated ensemble left behind: one block of numbers, the crossings, and the draws that failed.

/// The states of many draws at the requested times.
public struct EnsembleTrajectories: Sendable, Hashable {
    public let drawCount: Int
    public let times: [Double]
    public let stateCount: Int
    /// Draw by draw, time by time: index `(draw * times.count + time) * stateCount + state`.
    /// From the time of its failure on, a failed draw's values are NaN.
    public let values: [Double]
    /// Located crossings, ordered by draw, then time.
    public let crossings: [Crossing]
    /// One entry for each draw that failed, ordered by draw.
    public let failures: [IntegrationError]

    @inlinable
    public init(
        drawCount: Int, times: [Double], stateCount: Int, values: [Double], crossings: [Crossing], failures: [IntegrationError]
    ) {
        self.drawCount = drawCount
        self.times = times
        self.stateCount = stateCount
        self.values = values
        self.crossings = crossings
        self.failures = failures
    }

    @inlinable
    public subscript(draw: Int, time: Int, state: Int) -> Double {
        values[(draw * times.count + time) * stateCount + state]
    }

    /// One state at one time over all draws.
    public func column(time: Int, state: Int) -> [Double] {
        (0..<drawCount).map { self[$0, time, state] }
    }
}
