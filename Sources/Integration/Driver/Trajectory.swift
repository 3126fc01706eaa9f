// What one integrated draw left behind: states at the requested times, and crossings.

/// The states of one draw at the requested times.
public struct Trajectory: Sendable, Hashable {
    public let times: [Double]
    public let stateCount: Int
    /// Row by row: state `s` at time `t` stands at `t * stateCount + s`.
    public let values: [Double]
    /// Located crossings in order of time.
    public let crossings: [Crossing]

    @inlinable
    public init(times: [Double], stateCount: Int, values: [Double], crossings: [Crossing]) {
        self.times = times
        self.stateCount = stateCount
        self.values = values
        self.crossings = crossings
    }

    /// One state at one requested time.
    @inlinable
    public subscript(time: Int, state: Int) -> Double { values[time * stateCount + state] }

    /// One state over all requested times.
    public func course(of state: Int) -> [Double] {
        times.indices.map { self[$0, state] }
    }
}

/// Where a draw crossed a ``Surface``.
public struct Crossing: Sendable, Hashable {
    public var draw: Int
    public var surface: Int
    public var time: Double

    @inlinable
    public init(draw: Int, surface: Int, time: Double) {
        self.draw = draw
        self.surface = surface
        self.time = time
    }
}
