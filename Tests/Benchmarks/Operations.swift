// Floating-point operations of a straight-line program.

import Tracing

extension Instruction {
    /// A sum, product or quotient counts as one, a product added as two; comparisons and choices are no arithmetic.
    ///
    /// exp and log by the sums and products of their polynomials in `Sources/Integration/Lanes`: exp has 13 products added, 4 products and
    /// 9 sums; log 7, 8 and 8, and a quotient. A root as a quotient.
    var operations: Int {
        switch self {
        case .add, .subtract, .multiply, .divide, .root: 1
        case .multiplyAdd, .subtractProduct, .multiplySubtract: 2
        case .exp: 39
        case .log: 31
        case .number, .leaf, .negate, .magnitude, .lessThan, .lessOrEqual, .both, .firstOnly, .select: 0
        }
    }
}
