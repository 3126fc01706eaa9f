// Corrects the normal approximation: proposes from it, weighs by the true posterior, resamples.

/// Importance resampling around a Laplace approximation.
public enum ImportanceResampling {
    /// The proposals' distribution.
    public enum Tail: Sendable, Hashable {
        case normal
        /// Multivariate Student t: heavier tails, so that no weight can explode where the posterior's are heavier than normal.
        case student(degrees: Int)
    }

    /// Equally weighted draws and how well they stand for the posterior.
    public struct Posterior: Sendable, Hashable {
        /// A row a draw, in the order of the proposals they come from; good proposals repeat.
        public let draws: Matrix
        /// (Σw)²/Σw² of the proposals' weights: as many independent draws would tell as much.
        public let effectiveSampleSize: Double
        /// Shape k̂ of a generalised Pareto fitted to the largest weights: below 0.7 the weights can be trusted (Vehtari,
        /// Simpson, Gelman, Yao and Gabry 2024, JMLR 25:72). NaN with fewer than 25 usable proposals.
        public let paretoShape: Double
        /// Log weights of all proposals, less the largest.
        public let logWeights: [Double]
    }

    /// Draws with a log posterior asked for point by point; see the other form.
    public static func draw(
        from laplace: LaplaceApproximation, count: Int, proposals: Int, seed: UInt64, stream: UInt64,
        tail: Tail = .student(degrees: 5), widening: Double = 1, logDensity: ([Double]) throws -> Double
    ) throws -> Posterior {
        try draw(
            from: laplace, count: count, proposals: proposals, seed: seed, stream: stream, tail: tail, widening: widening,
            logDensities: { points in try (0..<points.rows).map { try logDensity(Array(points.row($0))) } })
    }

    /// Draws from the posterior.
    ///
    /// - Parameters:
    ///   - count: draws wanted; `proposals`: points weighed, best several times as many.
    ///   - widening: factor on the approximation's standard deviations.
    ///   - logDensities: log posterior, up to a constant, of every row; −∞ or NaN counts as weight zero.
    /// - Throws: ``InferenceError``, and what `logDensities` throws.
    public static func draw(
        from laplace: LaplaceApproximation, count: Int, proposals: Int, seed: UInt64, stream: UInt64,
        tail: Tail = .student(degrees: 5), widening: Double = 1, logDensities: (Matrix) throws -> [Double]
    ) throws -> Posterior {
        guard count > 0, proposals > 0, widening > 0 else { throw InferenceError.nothingToDo }
        let random = RandomStream(seed: seed, stream: stream)
        let (points, logProposal) = propose(laplace, proposals, random, tail, widening)
        let target = try logDensities(points)
        guard target.count == proposals else {
            throw InferenceError.wrongCount(expected: proposals, found: target.count)
        }
        var logWeights = zip(target, logProposal).map { $0.isNaN ? -.infinity : $0 - $1 }
        guard let largest = logWeights.max(), largest.isFinite else { throw InferenceError.allWeightsZero }
        logWeights = logWeights.map { $0 - largest }
        let weights = logWeights.map { $0.exp() }
        let (sum, squares) = weights.reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
        // The address beyond every proposal's numbers.
        let offset = random.uniform(draw: proposals, index: 0)
        let chosen = systematic(weights, total: sum, count: count, offset: offset)
        var draws = Matrix(rows: count, columns: points.columns)
        for (row, source) in chosen.enumerated() {
            for c in 0..<points.columns { draws[row, c] = points[source, c] }
        }
        return Posterior(
            draws: draws, effectiveSampleSize: sum * sum / squares, paretoShape: ParetoTail.shape(logWeights),
            logWeights: logWeights)
    }

    /// Proposals and their log densities up to a common constant.
    private static func propose(
        _ laplace: LaplaceApproximation, _ count: Int, _ random: RandomStream, _ tail: Tail, _ widening: Double
    ) -> (Matrix, [Double]) {
        let size = laplace.mode.count
        var points = Matrix(rows: count, columns: size)
        var densities: [Double] = []
        densities.reserveCapacity(count)
        for d in 0..<count {
            switch tail {
            case .normal:
                let z = random.normals(draw: d, count: size)
                laplace.place(z, scale: widening, row: d, of: &points)
                densities.append(-0.5 * dot(z, z))
            case .student(let degrees):
                let degrees = max(1, degrees)
                let numbers = random.normals(draw: d, count: size + degrees)
                let z = Array(numbers[..<size])
                // A χ² of whole degrees is a sum of squared normals.
                let chi = numbers[size...].reduce(0) { $0 + $1 * $1 }
                let stretch = (Double(degrees) / chi).squareRoot()
                laplace.place(z, scale: widening * stretch, row: d, of: &points)
                let square = dot(z, z) * stretch * stretch
                densities.append(-0.5 * Double(degrees + size) * (1 + square / Double(degrees)).log())
            }
        }
        return (points, densities)
    }

    /// Systematic resampling: one uniform, equal spacing; each proposal comes as often as its weight says, ±1.
    static func systematic(_ weights: [Double], total: Double, count: Int, offset: Double) -> [Int] {
        var chosen: [Int] = []
        chosen.reserveCapacity(count)
        var reached = 0.0
        var last = 0
        for (index, weight) in weights.enumerated() where weight > 0 {
            reached += weight
            last = index
            while chosen.count < count, (Double(chosen.count) + offset) * (total / Double(count)) < reached {
                chosen.append(index)
            }
        }
        // Rounding of the running sum can leave the very last place open.
        while chosen.count < count { chosen.append(last) }
        return chosen
    }
}
