// Why an integration could not be done, in words that name the draw, the time and the remedy.

/// Why an integration failed or could not start.
public enum IntegrationError: Error, Sendable, Hashable {
    /// A rate or a state became NaN or infinite. Times are the model's.
    case notFinite(draw: Int, time: Double)
    /// The step shrank to nothing: the solution has a singularity or the equations are too stiff.
    case stepTooSmall(draw: Int, time: Double)
    /// The draw used up ``Tolerance/stepLimit``.
    case tooManySteps(draw: Int, time: Double, limit: Int)
    /// Stability, not accuracy, limits the explicit method's steps; only reported where that was asked for
    /// (``IntegrationMethod/automatic`` then takes the stiff method).
    case stiff(draw: Int, time: Double)
    /// Given in wrong number.
    case wrongCount(of: Quantity, expected: Int, found: Int)
    /// The segment ends before it starts, is not finite, or does not start where the one before ended.
    case brokenSegment(index: Int)
    /// A requested time lies outside the segments, or is NaN.
    case outputOutside(time: Double, start: Double, end: Double)
    /// Requested times must not descend.
    case outputsNotAscending(index: Int)
    /// Tolerances must be positive (`absolute` may be zero) and finite, the step limit and the largest step positive.
    case badTolerance

    /// The kernel table has no such system, or not with this method.
    case noKernel(String, IntegrationMethod)

    /// What was given in wrong number.
    public enum Quantity: String, Sendable {
        case segments, states, parameters, inputs, draws
    }

    /// Why a draw failed, as a kernel says it.
    @usableFromInline
    enum Reason: Int32 {
        case notFinite, stepTooSmall, tooManySteps, stiff
    }

    /// What a kernel reported; the limit is ``Tolerance/stepLimit``.
    @usableFromInline
    init(reason: Int32, draw: Int, time: Double, limit: Int) {
        switch Reason(rawValue: reason) {
        case .stepTooSmall: self = .stepTooSmall(draw: draw, time: time)
        case .tooManySteps: self = .tooManySteps(draw: draw, time: time, limit: limit)
        case .stiff: self = .stiff(draw: draw, time: time)
        case .notFinite, nil: self = .notFinite(draw: draw, time: time)
        }
    }

    /// The draw that failed, where it was one.
    public var draw: Int? {
        switch self {
        case .notFinite(let draw, _), .stepTooSmall(let draw, _), .tooManySteps(let draw, _, _), .stiff(let draw, _): draw
        default: nil
        }
    }
}

extension IntegrationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFinite(let draw, let time):
            "draw \(draw): the solution stops being a finite number near time \(time); check the parameters of this draw"
        case .stepTooSmall(let draw, let time):
            "draw \(draw): the step shrinks to nothing at time \(time); the model is singular or too stiff there"
        case .tooManySteps(let draw, let time, let limit):
            "draw \(draw): \(limit) steps reached only time \(time); loosen the tolerance or raise the step limit"
        case .stiff(let draw, let time):
            "draw \(draw): stability, not accuracy, limits the step near time \(time); take the stiff method"
        case .wrongCount(let quantity, let expected, let found):
            "expected \(expected) \(quantity.rawValue), found \(found)"
        case .brokenSegment(let index):
            "segment \(index) is not finite, ends before it starts, or does not start where the one before it ended"
        case .outputOutside(let time, let start, let end):
            "the requested time \(time) lies outside \(start) to \(end); extend the segments"
        case .outputsNotAscending(let index):
            "the requested times must ascend; number \(index) does not"
        case .badTolerance:
            "the tolerances, the largest step and the step limit must be positive numbers"
        case .noKernel(let system, let method):
            "no kernel is compiled for the \(method) integration of \(system); see Sources/Kernels/KernelTable.swift"
        }
    }
}
