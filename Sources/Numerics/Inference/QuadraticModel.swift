// A quadratic function's lowest point within a ball, exactly.

/// g·p + ½·p·H·p over ‖D·p‖ ≤ radius, solved in the eigenvectors of D⁻¹·H·D⁻¹ (Moré and Sorensen 1983, SIAM J. Sci. Stat. Comput. 4:553).
struct QuadraticModel {
    struct Move {
        var step: [Double]
        /// In units D.
        var length: Double
        /// By how much the model says that the function falls.
        var decrease: Double
        /// Newton's own step, which the radius does not bind.
        var isInterior: Bool
    }

    private let units: [Double]
    private let eigen: SymmetricEigen
    /// The gradient in the eigenvectors.
    private let slopes: [Double]

    /// - Parameter units: D's diagonal, positive.
    init?(gradient: [Double], hessian: Matrix, units: [Double]) {
        var scaled = hessian
        for r in units.indices {
            for c in units.indices { scaled[r, c] /= units[r] * units[c] }
        }
        guard let eigen = try? SymmetricEigen(scaled) else { return nil }
        self.units = units
        self.eigen = eigen
        slopes = units.indices.map { k in
            var sum = 0.0
            for i in units.indices { sum += eigen.vectors[i, k] * gradient[i] / units[i] }
            return sum
        }
    }

    func length(of x: [Double]) -> Double { norm(zip(x, units).map { $0 * $1 }) }

    /// The lowest point.
    func lowest(within radius: Double) -> Move {
        let least = eigen.values.first ?? 0
        let largest = eigen.values.last.map { max($0.magnitude, least.magnitude) } ?? 0
        if least > 1e-15 * largest {
            let newton = coordinates(shift: 0)
            if norm(newton) <= radius { return move(newton, isInterior: true) }
        }
        // ‖p(shift)‖ falls from here on; at the start it is infinite, or the hard case.
        let floor = max(0, -least)
        var low = floor
        var high = floor + norm(slopes) / radius
        let edge = floor + 1e-14 * max(largest, norm(slopes) / radius)
        var bound = coordinates(shift: edge)
        if norm(bound) < radius {
            // The gradient has nothing along the lowest curvature: go there as far as the radius lets, if it leads down.
            if least < 0 {
                let rest = max(0, radius * radius - dot(bound, bound)).squareRoot()
                bound[0] += bound[0] > 0 ? rest : -rest
            }
            return move(bound, isInterior: false)
        }
        low = edge
        var shift = max(low, high * 1e-3)
        var found = coordinates(shift: shift)
        for _ in 0..<60 {
            let length = norm(found)
            if (length - radius).magnitude <= 1e-3 * radius { break }
            if length > radius { low = shift } else { high = shift }
            // Newton's method on 1/‖p‖ − 1/radius, which is nearly straight in the shift.
            var slope = 0.0
            for k in found.indices { slope += found[k] * found[k] / (eigen.values[k] + shift) }
            let next = shift + (length * length / slope) * (length - radius) / radius
            shift = next > low && next < high ? next : (low * high).squareRoot()
            if !(shift > low && shift < high) { shift = 0.5 * (low + high) }
            found = coordinates(shift: shift)
        }
        return move(found, isInterior: false)
    }

    private func coordinates(shift: Double) -> [Double] {
        slopes.indices.map { slopes[$0] == 0 ? 0 : -slopes[$0] / (eigen.values[$0] + shift) }
    }

    private func move(_ p: [Double], isInterior: Bool) -> Move {
        var decrease = 0.0
        for k in p.indices { decrease -= p[k] * (slopes[k] + 0.5 * eigen.values[k] * p[k]) }
        let step = units.indices.map { i in
            var sum = 0.0
            for k in p.indices { sum += eigen.vectors[i, k] * p[k] }
            return sum / units[i]
        }
        return Move(step: step, length: norm(p), decrease: decrease, isInterior: isInterior)
    }

    private func norm(_ x: [Double]) -> Double { dot(x, x).squareRoot() }
}
