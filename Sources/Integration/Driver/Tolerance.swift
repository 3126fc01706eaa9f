// How exactly to integrate, and when to give up.

/// Error allowed per step: the root mean square over states of error / (`absolute` + `relative`·|y|) stays below 1.
public struct Tolerance: Sendable, Hashable {
    public var relative: Double
    /// In the units of the states.
    public var absolute: Double
    /// No step is longer than this.
    public var maximumStep: Double
    /// Attempted steps allowed for one draw over all its segments.
    public var stepLimit: Int

    @inlinable
    public init(relative: Double = 1e-6, absolute: Double = 1e-9, maximumStep: Double = .infinity, stepLimit: Int = 1_000_000) {
        self.relative = relative
        self.absolute = absolute
        self.maximumStep = maximumStep
        self.stepLimit = stepLimit
    }
}
