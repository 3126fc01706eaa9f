// A posterior approximated by the normal distribution that has its mode and its curvature there.

/// The normal approximation at a mode.
public struct LaplaceApproximation: Sendable, Hashable {
    public let mode: [Double]
    /// The inverse of the Hessian at the mode, after repair.
    public let covariance: Matrix
    /// How many directions had no positive curvature and were given the smallest allowed one; 0 for a true mode. A fit with
    /// repaired directions must be reported as such.
    public let repairedDirections: Int
    /// ln det of the Hessian, after repair.
    public let logDeterminant: Double
    /// L with L·Lᵀ = covariance.
    public let factor: Matrix

    /// - Parameters:
    ///   - hessian: second derivatives of minus the log posterior at the mode.
    ///   - floor: curvature, relative to the largest, below which a direction counts as flat and is raised to it.
    /// - Throws: ``InferenceError/wrongCount(expected:found:)``, ``InferenceError/noCurvature``.
    public init(mode: [Double], hessian: Matrix, floor: Double = 1e-10) throws(InferenceError) {
        guard !mode.isEmpty else { throw .nothingToDo }
        guard hessian.rows == mode.count, hessian.columns == mode.count else {
            throw .wrongCount(expected: mode.count, found: hessian.rows)
        }
        self.mode = mode
        if let direct = try? Cholesky(hessian), let factor = try? Cholesky(direct.inverse) {
            covariance = direct.inverse
            logDeterminant = direct.logDeterminant
            self.factor = factor.lower
            repairedDirections = 0
            return
        }
        guard let eigen = try? SymmetricEigen(hessian), let largest = eigen.values.last, largest > 0 else {
            throw .noCurvature
        }
        let least = floor * largest
        let repaired = eigen.rebuilt { 1 / max($0, least) }
        guard let factor = try? Cholesky(repaired) else { throw .noCurvature }
        covariance = repaired
        logDeterminant = eigen.values.reduce(0) { $0 + max($1, least).log() }
        self.factor = factor.lower
        // Never 0 here: the Hessian could not be factored as it is.
        repairedDirections = max(1, eigen.values.count { $0 < least })
    }

    /// Standard deviation of each parameter.
    public var standardDeviations: [Double] {
        mode.indices.map { covariance[$0, $0].squareRoot() }
    }

    /// The logarithm of the evidence, given minus the log posterior (unnormalised) at the mode.
    public func logEvidence(negativeLogPosterior value: Double) -> Double {
        -value + 0.5 * Double(mode.count) * 1.837_877_066_409_345_483_56 - 0.5 * logDeterminant
    }

    /// Normal draws, a row each; draw `d` depends on seed, stream and `d` alone.
    public func sample(count: Int, seed: UInt64, stream: UInt64) -> Matrix {
        let random = RandomStream(seed: seed, stream: stream)
        var draws = Matrix(rows: count, columns: mode.count)
        for d in 0..<draws.rows { place(random.normals(draw: d, count: mode.count), scale: 1, row: d, of: &draws) }
        return draws
    }

    /// mode + scale·L·z into a row.
    func place(_ z: [Double], scale: Double, row: Int, of draws: inout Matrix) {
        for i in mode.indices {
            var sum = 0.0
            for j in 0...i { sum += factor[i, j] * z[j] }
            draws[row, i] = mode[i] + scale * sum
        }
    }
}
