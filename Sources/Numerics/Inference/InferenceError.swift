// Why a mode, an approximation or a resampling could not be found, in words.

/// Why an inference step could not be done.
public enum InferenceError: Error, Sendable, Hashable {
    /// The objective is not a finite number at the start.
    case badStart(index: Int)
    /// No start, no parameter, or no draw was asked for.
    case nothingToDo
    /// A vector or matrix has the wrong size.
    case wrongCount(expected: Int, found: Int)
    /// Curvature at the mode holds NaN or infinity, or none of it is positive.
    case noCurvature
    /// Every proposal has weight zero: the log posterior is −∞ or NaN everywhere it was asked for.
    case allWeightsZero
}

extension InferenceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badStart(let index): "start \(index): the objective is not a finite number there; choose another start"
        case .nothingToDo: "nothing to do: at least one start, one parameter and one draw are needed"
        case .wrongCount(let expected, let found): "expected \(expected) numbers, found \(found)"
        case .noCurvature: "the objective has no usable curvature at its mode; the data and the prior do not fix the parameters"
        case .allWeightsZero: "the posterior is zero at every proposal; the approximation misses it altogether"
        }
    }
}
