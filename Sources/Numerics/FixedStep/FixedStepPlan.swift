// How far a run of fixed step goes, and what stops it from starting.

/// Steps of one length, and which states are recorded.
public struct FixedStepPlan: Sendable, Hashable {
    public let start: Double
    public let step: Double
    public let stepCount: Int
    /// The state is recorded at the start and after each so many steps.
    public let recordEvery: Int

    /// - Throws: ``FixedStepError/badPlan`` unless start and step are finite, the step positive, the counts positive (no steps are allowed)
    ///   and `recordEvery` divides `stepCount`.
    public init(start: Double = 0, step: Double, stepCount: Int, recordEvery: Int = 1) throws(FixedStepError) {
        guard start.isFinite, step.isFinite, step > 0, stepCount >= 0, recordEvery > 0, stepCount % recordEvery == 0 else {
            throw .badPlan
        }
        self.start = start
        self.step = step
        self.stepCount = stepCount
        self.recordEvery = recordEvery
    }

    /// When states are recorded.
    public var times: [Double] { stride(from: 0, through: stepCount, by: recordEvery).map { start + Double($0) * step } }
}

/// Why a run of fixed step could not start, in words that name the remedy. A draw that fails on its way does not throw:
/// ``EnsembleTrajectories/failures``.
public enum FixedStepError: Error, Sendable, Hashable {
    case badPlan
    /// Given in wrong number.
    case wrongCount(of: Quantity, expected: Int, found: Int)
    /// The table of the kernels has no such system, or not with this scheme.
    case noKernel(String)
    /// An explicit step longer than diffusion allows.
    case unstable(draw: Int, step: Double, longest: Double)
    /// A diffusivity below zero, infinite or NaN.
    case badDiffusivity(draw: Int)
    /// An edge between nodes that are not there, or whose weight or delay is no finite number, or whose delay is negative.
    case badEdge(index: Int)
    /// No cell along an axis, a spacing that is not positive, or a diffusivity of the tissue that is negative or not finite.
    case badGrid
    /// The scheme is not one for such a system.
    case badScheme(FixedStepScheme)
    /// A negative count at the start, or times that descend.
    case badCounts

    public enum Quantity: String, Sendable {
        case states, parameters, nodes, cells, fields, draws, increments
    }
}

extension FixedStepError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badPlan: "the step must be a positive number, the counts positive, and the recorded steps must divide all steps"
        case .wrongCount(let quantity, let expected, let found): "expected \(expected) \(quantity.rawValue), found \(found)"
        case .noKernel(let name): "no kernel is compiled for \(name) with this scheme; see Sources/Kernels/FixedStepTable.swift"
        case .unstable(let draw, let step, let longest):
            "draw \(draw): a step of \(step) is unstable; diffusion on this grid allows \(longest) at most: take shorter steps or larger cells"
        case .badDiffusivity(let draw): "draw \(draw): the diffusivity must be a finite number that is not negative"
        case .badEdge(let index): "edge \(index) names no node, or its weight or delay is not finite, or its delay is negative"
        case .badGrid: "the grid needs cells along each axis, a positive spacing and diffusivities that are finite and not negative"
        case .badScheme(let scheme): "the scheme \(scheme) is not made for such a system"
        case .badCounts: "counts at the start must not be negative, and times must ascend from the start on"
        }
    }
}
