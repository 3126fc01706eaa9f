// Tempered draws against posteriors known exactly, and the diagnostics of chains against ArviZ.
import Numerics
import Testing

@Suite("Tempered sampling")
struct TemperedTests {
    private func sample(
        _ parts: [StudentMixture.Part], seed: UInt64 = 1, settings: TemperedSampling.Settings = .init(),
        _ logDensity: @escaping ([Double]) -> Double
    ) throws -> TemperedSampling.Sample {
        try TemperedSampling.draw(from: StudentMixture(parts), seed: seed, stream: 1, settings: settings) { points in
            (0..<points.rows).map { logDensity(Array(points.row($0))) }
        }
    }

    private func wide(_ centre: [Double], _ spread: Double) throws -> StudentMixture.Part {
        var hessian = Matrix.identity(centre.count)
        for i in centre.indices { hessian[i, i] = 1 / (spread * spread) }
        return .init(try LaplaceApproximation(mode: centre, hessian: hessian))
    }

    /// Within four standard errors by the sample's own effective size.
    private func expect(
        _ sample: TemperedSampling.Sample, _ column: Int, mean: Double, variance: Double, fourth: Double = 3
    ) {
        let values = sample.draws.column(column)
        let size = sample.effectiveSizes[column]
        #expect((Statistics.mean(values) - mean).magnitude < 4 * (variance / size).squareRoot())
        #expect((Statistics.variance(values) / variance - 1).magnitude < 4 * ((fourth - 1) / size).squareRoot())
    }

    @Test("a correlated normal far from where the search begins: means, variances, agreement")
    func normal() throws {
        let covariance = try Matrix([[2.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 0.5]])
        let precision = try Cholesky(covariance).inverse
        let centre = [4.0, -5, 3]
        let found = try sample([wide([0, 0, 0], 3)]) { x in
            var square = 0.0
            for r in 0..<3 {
                for c in 0..<3 { square += (x[r] - centre[r]) * precision[r, c] * (x[c] - centre[c]) }
            }
            return -0.5 * square
        }
        print("tempered normal: R \(found.splitR), sizes \(found.effectiveSizes), β \(found.temperatures), accepted \(found.acceptance)")
        #expect(found.largestSplitR < 1.01)
        #expect(found.leastEffectiveSize > 400)
        for i in 0..<3 { expect(found, i, mean: centre[i], variance: covariance[i, i]) }
    }

    @Test("a banana whose arms no normal reaches")
    func banana() throws {
        // x ~ N(0, 1), y ~ N(x², 0.2²): E y = 1, Var y = 2.04.
        let found = try sample([wide([0, 0], 1.5)]) { x in
            let gap = (x[1] - x[0] * x[0]) / 0.2
            return -0.5 * (x[0] * x[0] + gap * gap)
        }
        print("tempered banana: R \(found.splitR), sizes \(found.effectiveSizes), β \(found.temperatures), accepted \(found.acceptance)")
        #expect(found.largestSplitR < 1.02)
        expect(found, 0, mean: 0, variance: 1)
        // χ² of one degree has kurtosis 15.
        expect(found, 1, mean: 1, variance: 2.04, fourth: 15)
    }

    @Test("two modes of unequal width: their shares and their own moments")
    func mixture() throws {
        func normal(_ x: [Double], _ centre: Double, _ spread: Double) -> Double {
            let square = x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / (spread * spread)
            return (-0.5 * square).exp() / (spread * spread)
        }
        let found = try sample([wide([0, 0], 5)], seed: 2) { x in
            (0.3 * normal(x, -4, 0.5) + 0.7 * normal(x, 4, 1)).log()
        }
        print("tempered mixture: R \(found.splitR), sizes \(found.effectiveSizes), β \(found.temperatures), accepted \(found.acceptance)")
        let left = found.draws.column(0).filter { $0 < 0 }
        let right = found.draws.column(0).filter { $0 > 0 }
        let share = Double(left.count) / Double(found.draws.rows)
        #expect((share - 0.3).magnitude < 4 * (0.21 / found.leastEffectiveSize).squareRoot())
        #expect((Statistics.mean(left) + 4).magnitude < 0.1 && (Statistics.standardDeviation(left) / 0.5 - 1).magnitude < 0.15)
        #expect((Statistics.mean(right) - 4).magnitude < 0.15 && (Statistics.standardDeviation(right) - 1).magnitude < 0.1)
    }

    @Test("populations that end in different modes are said to disagree")
    func disagreement() throws {
        // Two needles far apart, and too few particles and moves to weigh them against each other.
        let found = try sample(
            [wide([0], 6)], seed: 4, settings: .init(particles: 12, moves: 1, finalMoves: 1, extensions: 0)
        ) { x in
            let (a, b) = ((x[0] + 5) / 1e-3, (x[0] - 5) / 1e-3)
            return max(-0.5 * a * a, -0.5 * b * b)
        }
        #expect(!(found.largestSplitR < 1.05))
    }

    @Test("the same seed gives the same draws, another seed others; a posterior that is zero everywhere is refused")
    func repeatable() throws {
        func draws(_ seed: UInt64) throws -> TemperedSampling.Sample {
            try sample([wide([0], 2)], seed: seed, settings: .init(particles: 50)) { -0.5 * $0[0] * $0[0] }
        }
        #expect(try draws(7) == draws(7))
        #expect(try draws(7).draws != draws(8).draws)
        #expect(throws: InferenceError.allWeightsZero) { try sample([wide([0], 2)]) { _ in .nan } }
        #expect(throws: InferenceError.nothingToDo) { try StudentMixture([]) }
    }
}

@Suite("Diagnostics of chains")
struct ChainDiagnosticsTests {
    /// Four chains of a smoothed logistic map, the first one moved: numbers anybody can make again.
    private func chains(shift: Double, keep: Double, count: Int) -> [[Double]] {
        (0..<4).map { chain in
            var (x, y) = (0.1 * Double(chain + 1), 0.0)
            return (0..<count).map { _ in
                x = 3.99 * x * (1 - x)
                y = keep * y + x
                return y + (chain == 0 ? shift : 0)
            }
        }
    }

    private static let references: [(shift: Double, keep: Double, count: Int, r: Double, size: Double)] = [
        (0, 0, 50, 0.9854697140967221, 460.2059991327962), (0, 0.7, 51, 1.0702696478987934, 41.780698140651836),
        (0.4, 0.7, 50, 1.1829252480276544, 16.91927375854326), (0, 0.95, 200, 1.2946241712070987, 10.941481202959187),
    ]

    @Test("R̂ and bulk effective size are ArviZ's (0.23.4: rhat of method rank, ess of method bulk)")
    func arviz() {
        for (shift, keep, count, r, size) in Self.references {
            let found = chains(shift: shift, keep: keep, count: count)
            #expect((ChainDiagnostics.splitR(found) - r).magnitude < 1e-9)
            #expect((ChainDiagnostics.effectiveSize(found) / size - 1).magnitude < 1e-9)
        }
    }

    @Test("two short chains by hand")
    func byHand() {
        // Halves 1 2 | 3 4 | 2 2 | 4 5 have ranks 1, 3 | 5, 6.5 | 3, 3 | 6.5, 8 among eight.
        let scores = [[1, 3], [5, 6.5], [3, 3], [6.5, 8]].map { $0.map { NormalDistribution.quantile(($0 - 0.375) / 8.25) } }
        let within = scores.reduce(0) { $0 + 0.5 * ($1[0] - $1[1]) * ($1[0] - $1[1]) } / 4
        let between = Statistics.variance(scores.map { 0.5 * ($0[0] + $0[1]) })
        let found = ChainDiagnostics.splitR([[1, 2, 3, 4], [2, 2, 4, 5]])
        #expect((found - (0.5 + between / within).squareRoot()).magnitude < 1e-12)
    }

    @Test("what cannot be judged is not a number; draws all alike agree")
    func edges() {
        #expect(ChainDiagnostics.splitR([[1, 2, 3]]).isNaN)
        #expect(ChainDiagnostics.splitR([[1, 2, 3, 4], [1, 2, 3]]).isNaN)
        #expect(ChainDiagnostics.effectiveSize([[1, 2, .nan, 4]]).isNaN)
        #expect(ChainDiagnostics.splitR([[2, 2, 2, 2]]) == 1)
    }
}
