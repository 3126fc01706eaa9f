// The normal approximation and its correction on posteriors that are known.
import Numerics
import Testing

@Suite("Laplace and importance resampling")
struct PosteriorTests {
    static let covariance = [[2.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 0.5]]

    @Test("Laplace is exact on a normal posterior")
    func exact() throws {
        let truth = try Matrix(Self.covariance)
        let precision = try Cholesky(truth).inverse
        let centre = [1.0, -2, 0.3]
        let mode = try MaximumAPosteriori.minimise(start: [0, 0, 0]) { x, gradient in
            var value = 0.0
            for i in 0..<3 {
                gradient[i] = 0
                for j in 0..<3 { gradient[i] += precision[i, j] * (x[j] - centre[j]) }
                value += 0.5 * gradient[i] * (x[i] - centre[i])
            }
            return value
        }
        let laplace = try LaplaceApproximation(mode: mode.point, hessian: mode.hessian)
        #expect(laplace.repairedDirections == 0)
        for i in 0..<3 {
            #expect((mode.point[i] - centre[i]).magnitude < 1e-9)
            #expect((laplace.standardDeviations[i] - truth[i, i].squareRoot()).magnitude < 1e-8)
            for j in 0..<3 { #expect((laplace.covariance[i, j] - truth[i, j]).magnitude < 1e-8) }
        }
        // ∫ exp(−value) = (2π)^{3/2} √det.
        let expected = 1.5 * (2 * Double.pi).log() + 0.5 * (try Cholesky(truth).logDeterminant)
        #expect((laplace.logEvidence(negativeLogPosterior: mode.value) - expected).magnitude < 1e-8)
    }

    @Test("a flat or saddle direction is repaired and reported")
    func repair() throws {
        let saddle = try LaplaceApproximation(mode: [0, 0], hessian: Matrix([[4, 0], [0, -1]]), floor: 0.01)
        #expect(saddle.repairedDirections == 1)
        #expect((saddle.standardDeviations[0] - 0.5).magnitude < 1e-12)
        #expect((saddle.standardDeviations[1] - 5).magnitude < 1e-12)
        #expect(throws: InferenceError.noCurvature) {
            try LaplaceApproximation(mode: [0], hessian: Matrix([[-1]]))
        }
        #expect(throws: InferenceError.wrongCount(expected: 2, found: 1)) {
            try LaplaceApproximation(mode: [0, 0], hessian: Matrix([[1]]))
        }
    }

    @Test("draws of the approximation have its moments and follow their addresses")
    func sample() throws {
        let laplace = try LaplaceApproximation(mode: [1, 2, 3], hessian: Cholesky(Matrix(Self.covariance)).inverse)
        let draws = laplace.sample(count: 20_000, seed: 4, stream: 1)
        for i in 0..<3 {
            let column = draws.column(i)
            #expect((Statistics.mean(column) - Double(i + 1)).magnitude < 0.04)
            #expect((Statistics.variance(column) - Self.covariance[i][i]).magnitude < 0.08)
        }
        #expect(Array(laplace.sample(count: 10, seed: 4, stream: 1).elements) == Array(draws.elements.prefix(30)))
    }

    /// ln x is normal: in x itself the posterior is skewed. Approximated about its mode in x.
    private func skewed(_ tail: ImportanceResampling.Tail, _ seed: UInt64) throws -> ImportanceResampling.Posterior {
        let sd = 0.4
        func logDensity(_ x: Double) -> Double {
            x <= 0 ? -.infinity : -x.log() - 0.5 * (x.log() / sd) * (x.log() / sd)
        }
        let mode = try MaximumAPosteriori.minimise(start: [1]) { x, gradient in
            gradient[0] = (1 + x[0].log() / (sd * sd)) / x[0]
            return -logDensity(x[0])
        }
        let laplace = try LaplaceApproximation(mode: mode.point, hessian: mode.hessian)
        return try ImportanceResampling.draw(
            from: laplace, count: 4000, proposals: 40_000, seed: seed, stream: 2, tail: tail, widening: 1.3
        ) { logDensity($0[0]) }
    }

    @Test("importance resampling recovers the moments of a skewed posterior")
    func skewedMoments() throws {
        let posterior = try skewed(.student(degrees: 5), 8)
        let draws = posterior.draws.column(0)
        let mean = (0.5 * 0.16).exp()
        let variance = ((0.16).exp() - 1) * (0.16).exp()
        print("importance resampling: ESS \(posterior.effectiveSampleSize), k \(posterior.paretoShape)")
        #expect((Statistics.mean(draws) - mean).magnitude < 0.02)
        #expect((Statistics.variance(draws) - variance).magnitude < 0.02)
        let median = Quantiles.of(draws, levels: [0.5])[0]
        #expect((median - 1).magnitude < 0.02)
        #expect(posterior.effectiveSampleSize > 20_000 && posterior.effectiveSampleSize < 40_000)
        #expect(posterior.paretoShape < 0.5)
    }

    @Test("the same seed gives the same draws, another seed others")
    func reproducible() throws {
        let first = try skewed(.student(degrees: 5), 8)
        let again = try skewed(.student(degrees: 5), 8)
        let other = try skewed(.student(degrees: 5), 9)
        #expect(first == again)
        #expect(first.draws != other.draws)
    }

    @Test("weights from a proposal with too thin a tail are called untrustworthy")
    func thinTail() throws {
        // A Cauchy posterior, proposed from a normal of a fifth of its width.
        let laplace = try LaplaceApproximation(mode: [0], hessian: Matrix([[25]]))
        let posterior = try ImportanceResampling.draw(
            from: laplace, count: 100, proposals: 4000, seed: 1, stream: 1, tail: .normal
        ) { -(1 + $0[0] * $0[0]).log() }
        print("thin tail: k \(posterior.paretoShape), ESS \(posterior.effectiveSampleSize)")
        #expect(posterior.paretoShape > 0.7)
        let same = try ImportanceResampling.draw(
            from: laplace, count: 100, proposals: 4000, seed: 1, stream: 1, tail: .normal
        ) { -12.5 * $0[0] * $0[0] }
        #expect((same.effectiveSampleSize - 4000).magnitude < 1e-6)
        #expect(!(same.paretoShape > 0.7))
    }

    @Test("a posterior that is zero at every proposal is refused")
    func zero() throws {
        let laplace = try LaplaceApproximation(mode: [0], hessian: Matrix([[1]]))
        #expect(throws: InferenceError.allWeightsZero) {
            try ImportanceResampling.draw(from: laplace, count: 10, proposals: 100, seed: 1, stream: 1) { _ in .nan }
        }
        #expect(throws: InferenceError.nothingToDo) {
            try ImportanceResampling.draw(from: laplace, count: 0, proposals: 100, seed: 1, stream: 1) { _ in 0 }
        }
    }
}
