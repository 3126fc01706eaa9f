// What can be wrong with a matrix, in words.

/// Why a matrix operation could not be done.
public enum LinearAlgebraError: Error, Sendable, Hashable {
    /// Sizes do not fit; the text names them.
    case shape(String)
    /// A leading minor, 1-based, is not positive.
    case notPositiveDefinite(minor: Int)
    /// A pivot, 1-based, is exactly zero.
    case singular(pivot: Int)
    /// The matrix holds NaN or infinity.
    case notFinite
    /// The eigenvalue iteration left this many off-diagonal elements.
    case noConvergence(remaining: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .shape(let detail): "matrix sizes do not fit: \(detail)"
        case .notPositiveDefinite(let minor): "the matrix is not positive definite: its leading minor \(minor) is not positive"
        case .singular(let pivot): "the matrix is singular: pivot \(pivot) is zero"
        case .notFinite: "the matrix holds a number that is not finite"
        case .noConvergence(let remaining): "the eigenvalues did not converge: \(remaining) elements remain"
        }
    }
}
