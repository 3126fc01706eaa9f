// Gradients and second derivatives of a function written for lanes, exact to rounding, eight directions at once.
import Integration

/// A function of several real numbers, written once for every ``Lane``; must be pure.
public protocol LaneFunction: Sendable {
    func value<L: Lane>(_ point: [L]) -> L
}

/// Derivatives by dual numbers: a direction in each place of a lane.
public enum ExactDerivatives {
    /// The value and the gradient; one evaluation on eight places for every eight variables.
    @inlinable
    public static func gradient(of function: some LaneFunction, at x: [Double]) -> (value: Double, gradient: [Double]) {
        var value = Double.nan
        var gradient = [Double](repeating: 0, count: x.count)
        for first in stride(from: 0, to: x.count, by: 8) {
            let point = x.indices.map { i in
                Dual(SIMD8(repeating: x[i]), tangent: unit(at: i - first))
            }
            let result = function.value(point)
            value = result.value[0]
            for place in 0..<min(8, x.count - first) { gradient[first + place] = result.tangent[place] }
        }
        return (value, gradient)
    }

    /// The symmetric matrix of second derivatives; n(n + 1)/2 pairs of variables, eight an evaluation.
    @inlinable
    public static func hessian(of function: some LaneFunction, at x: [Double]) -> Matrix {
        let pairs = x.indices.flatMap { row in (0...row).map { (row, $0) } }
        var matrix = Matrix(rows: x.count, columns: x.count)
        for first in stride(from: 0, to: pairs.count, by: 8) {
            let block = pairs[first..<min(first + 8, pairs.count)]
            var point = x.map { Dual(Dual(SIMD8(repeating: $0), tangent: SIMD8<Double>.zero), tangent: Dual(0)) }
            for (place, (row, column)) in block.enumerated() {
                point[row].value.tangent[place] = 1
                point[column].tangent.value[place] = 1
            }
            let result = function.value(point)
            for (place, (row, column)) in block.enumerated() {
                matrix[row, column] = result.tangent.tangent[place]
                matrix[column, row] = result.tangent.tangent[place]
            }
        }
        return matrix
    }

    @inlinable
    static func unit(at place: Int) -> SIMD8<Double> {
        var vector = SIMD8<Double>.zero
        if place >= 0, place < 8 { vector[place] = 1 }
        return vector
    }
}
