// Solving a step's equation: Newton's method with a Jacobian that is kept while it serves.

extension BackwardDifferenceRun {
    /// Iterations before the matrix or the step is held to be wrong.
    static var mostIterations: Int { 4 }

    enum Iteration {
        case converged, diverged, notFinite
    }

    /// Iterates ``LargeMemory/next`` from the predicted state to the solution of next − c·f(next) = predicted − past, where c is the
    /// step over α; leaves the sum of corrections.
    mutating func iterate(at time: Double, factor c: Double) -> Iteration {
        let m = memory
        // In units of what a step's error may be.
        let enough = Double.maximum(10 * 0x1p-52 / block.relative, Double.minimum(0.03, block.relative.squareRoot()))
        m.next.update(from: m.predicted, count: count)
        m.correction.update(repeating: 0, count: count)
        var last = 0.0
        for iteration in 1...Self.mostIterations {
            iterations = iteration
            evaluate(time, m.next, into: m.rate)
            for i in 0..<count { m.delta[structure.places[i]] = c * m.rate[i] - m.past[i] - m.correction[i] }
            factors.solve(m.delta)
            var sum = 0.0
            for i in 0..<count {
                let scaled = m.delta[structure.places[i]] / (block.absolute + block.relative * m.predicted[i].magnitude)
                sum += scaled * scaled
            }
            let size = (sum / Double(count)).squareRoot()
            guard size.isFinite else { return .notFinite }
            if iteration > 1 {
                let found = size / last
                let left = Self.power(found, Self.mostIterations - iteration)
                guard found < 1, left * found / (1 - found) * size < enough || size == 0 else { return .diverged }
                convergence = found
            }
            for i in 0..<count {
                let change = m.delta[structure.places[i]]
                m.next[i] += change
                m.correction[i] += change
            }
            // A first iteration knows its convergence from the steps before, and is trusted less.
            let trust = iteration > 1 ? 1 : 0.1
            if size == 0 { return .converged }
            if let convergence, convergence / (1 - convergence) * size < trust * enough { return .converged }
            last = size
        }
        return .diverged
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<max(0, exponent)).reduce(1) { product, _ in product * base }
    }

    /// The Jacobian at a time and state, group by group.
    mutating func differentiate(at time: Double, _ state: Vector) {
        let derivatives = memory.derivatives(entryCount: structure.entries.count)
        for first in stride(from: 0, to: structure.groupCount, by: 8) {
            problem.derivatives(time, state, setting, structure.groups, first, derivatives)
            for (place, entry) in structure.entries.enumerated() {
                let group = Int(structure.groups[Int(entry.column)]) - first
                if group >= 0, group < 8 { memory.jacobian[place] = derivatives[8 * Int(entry.row) + group] }
            }
        }
        (isJacobianFresh, hasJacobian, factorisedFor, convergence) = (true, true, nil, nil)
        work.jacobians += 1
    }

    /// Makes the factors of 1 − c·J; false where it is singular or not finite.
    mutating func factorise(factor c: Double) -> Bool {
        if factorisedFor == c { return true }
        factors.clear()
        let (matrix, shape, places) = (factors.matrix, structure.shape, structure.places)
        for i in 0..<count { matrix[shape.place(i, i)] = 1 }
        for (place, entry) in structure.entries.enumerated() {
            matrix[shape.place(places[Int(entry.row)], places[Int(entry.column)])] -= c * memory.jacobian[place]
        }
        work.factorisations += 1
        convergence = nil
        factorisedFor = factors.factorise() ? c : nil
        return factorisedFor != nil
    }
}
