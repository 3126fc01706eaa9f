// The road from a density to draws, on densities whose answers are known.
import Numerics
import Testing

@testable import Twins

/// Independent normals with known centres and spreads; with or without its own derivatives.
private struct Normals: NegativeLogPosterior {
    let centres: [Double]
    let spreads: [Double]
    var hasDerivatives = true
    var names: [String] { centres.indices.map { "p\($0)" } }
    var scales: [Double] { spreads }
    func value(_ point: [Double]) -> Double {
        zip(point, zip(centres, spreads)).reduce(0) { $0 + 0.5 * (($1.0 - $1.1.0) / $1.1.1) * (($1.0 - $1.1.0) / $1.1.1) }
    }
    func gradient(_ point: [Double]) -> [Double]? {
        hasDerivatives ? point.indices.map { (point[$0] - centres[$0]) / (spreads[$0] * spreads[$0]) } : nil
    }
}

/// Rosenbrock's valley as a density: x ~ N(0, 1), y ~ N(x², ½).
private struct Banana: NegativeLogPosterior {
    let names = ["x", "y"]
    func value(_ point: [Double]) -> Double {
        let gap = point[1] - point[0] * point[0]
        return 0.5 * point[0] * point[0] + 2 * gap * gap
    }
    func gradient(_ point: [Double]) -> [Double]? {
        let gap = point[1] - point[0] * point[0]
        return [point[0] - 8 * gap * point[0], 4 * gap]
    }
}

/// Defined on one half only, and steeper the nearer the edge.
private struct Gamma: NegativeLogPosterior {
    let names = ["x"]
    func value(_ point: [Double]) -> Double { point[0] > 0 ? point[0] - 2 * point[0].log() : .nan }
    func gradient(_ point: [Double]) -> [Double]? { [1 - 2 / point[0]] }
    func hessian(_ point: [Double]) -> [Double]? { [2 / (point[0] * point[0])] }
}

/// No mode: it falls for ever.
private struct Slope: NegativeLogPosterior {
    let names = ["x"]
    func value(_ point: [Double]) -> Double { point[0] }
    func gradient(_ point: [Double]) -> [Double]? { [1] }
    func hessian(_ point: [Double]) -> [Double]? { [0] }
}

/// A curved valley two hundred times as long as wide: no normal comes near it.
private struct Crescent: NegativeLogPosterior {
    let names = ["x", "y"]
    func value(_ point: [Double]) -> Double {
        let gap = (point[1] - point[0] * point[0]) / 0.05
        return 0.5 * (point[0] * point[0] / 16 + gap * gap)
    }
}

/// Two normals of equal height, the right one twice as wide: shares ⅓ and ⅔.
private struct TwoHills: NegativeLogPosterior {
    let names = ["x"]
    let scales = [4.0]
    func value(_ point: [Double]) -> Double {
        let (left, right) = (point[0] + 4, (point[0] - 4) / 2)
        return -((-0.5 * left * left).exp() + (-0.5 * right * right).exp()).log()
    }
}

@Suite("Posterior")
struct PosteriorTests {
    @Test("the mode and the spread of a normal are found, with derivatives or by differences", arguments: [true, false])
    func normalMode(hasDerivatives: Bool) throws {
        let target = Normals(centres: [3, -70, 0.01], spreads: [1, 8, 0.002], hasDerivatives: hasDerivatives)
        let mode = try Posterior.mode(of: target, from: [-4, 90, 0])
        #expect(mode.isConverged)
        #expect(mode.warnings.isEmpty)
        let tolerance = hasDerivatives ? 1e-9 : 1e-4
        for index in 0..<3 {
            #expect(abs(mode.map[index] - target.centres[index]) < tolerance * target.spreads[index])
            #expect(abs(mode.sd[index] / target.spreads[index] - 1) < max(tolerance, 1e-6))
        }
    }

    @Test("the draws of a normal have its moments, and nearly all count")
    func normalDraws() async throws {
        let target = Normals(centres: [3, -70], spreads: [1, 8])
        let posterior = try await Posterior.sample(target, from: [0, 0], settings: PosteriorSettings(draws: 4000, seed: 5))
        #expect(posterior.draws.count == 4000)
        #expect(posterior.draws.parameterNames == ["p0", "p1"])
        #expect(posterior.effectiveSampleSize > 3000)
        #expect(try #require(posterior.paretoShape) < 0.7)
        for (index, name) in posterior.draws.parameterNames.enumerated() {
            let column = posterior.draws.column(name)
            let mean = column.reduce(0, +) / 4000
            let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
            #expect(abs(mean - target.centres[index]) < 0.08 * target.spreads[index])
            #expect(abs(variance.squareRoot() / target.spreads[index] - 1) < 0.06)
        }
    }

    @Test("the valley's true moments come out although its Laplace approximation is far off")
    func banana() async throws {
        let posterior = try await Posterior.sample(Banana(), from: [2, -1], settings: PosteriorSettings(draws: 4000, proposalsPerDraw: 10))
        #expect(posterior.mode.map.allSatisfy { abs($0) < 1e-6 })
        let y = posterior.draws.column("y")
        // E y = E x² = 1, which the Laplace approximation puts at 0.
        let mean: Double = y.reduce(0, +) / Double(y.count)
        #expect(abs(mean - 1) < 0.2)
    }

    @Test("the first draws are a fair subset: no order is left in them")
    func order() async throws {
        let posterior = try await Posterior.sample(Normals(centres: [0], spreads: [1]), from: [1], settings: PosteriorSettings(draws: 2000))
        let column = posterior.draws.column("p0")
        let first = column.prefix(200).reduce(0, +) / 200
        #expect(abs(first) < 0.3)
    }

    @Test("a density with an edge is searched without stepping over it")
    func edge() async throws {
        let mode = try Posterior.mode(of: Gamma(), from: [0.01])
        #expect(abs(mode.map[0] - 2) < 1e-9)
        let posterior = try await Posterior.sample(Gamma(), from: [0.01])
        #expect(posterior.draws.values.allSatisfy { $0 > 0 })
    }

    @Test("a start without a value, and a start of the wrong length, are refused in words")
    func refusals() {
        #expect(throws: TwinError.self) { try Posterior.mode(of: Gamma(), from: [-1]) }
        let error = #expect(throws: TwinError.self) { try Posterior.mode(of: Banana(), from: [1]) }
        #expect(error?.description.contains("1 start values for 2 parameters") == true)
    }

    @Test("a density without a maximum is reported, not believed")
    func unbounded() throws {
        let mode = try? Posterior.mode(of: Slope(), from: [0], settings: PosteriorSettings(maximumIterations: 20))
        #expect(mode == nil || (mode?.isConverged == false && mode?.warnings.isEmpty == false))
    }

    @Test("the same seed gives the same bytes, another seed others")
    func repeatable() async throws {
        let first = try await Posterior.sample(Banana(), from: [0, 0], settings: PosteriorSettings(draws: 200, seed: 3))
        let again = try await Posterior.sample(Banana(), from: [0, 0], settings: PosteriorSettings(draws: 200, seed: 3))
        let other = try await Posterior.sample(Banana(), from: [0, 0], settings: PosteriorSettings(draws: 200, seed: 4))
        #expect(first == again)
        #expect(first.draws != other.draws)
    }

    @Test("a cancelled calibration says so")
    func cancellation() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Posterior.sample(Banana(), from: [0, 0])
        }
        await #expect(throws: TwinError.cancelled) { try await task.value }
    }

    @Test("where no normal will do the draws are tempered, and it is said why and how well")
    func tempered() async throws {
        let posterior = try await Posterior.sample(Crescent(), from: [0.5, 0], settings: PosteriorSettings(seed: 2))
        guard case .tempered(let stages) = posterior.diagnosis.method else {
            Issue.record("importance resampling was kept: \(posterior.diagnosis)")
            return
        }
        #expect(stages > 1 && posterior.paretoShape == nil)
        #expect(posterior.warnings.contains { $0.contains("drawn by tempering") })
        let r = try #require(posterior.splitR)
        // E y = E x² = 16, of variance 512; a bad posterior would have to be reported.
        let y = posterior.draws.column("y")
        let error: Double = (512 / posterior.effectiveSampleSize).squareRoot()
        #expect(posterior.diagnosis.isGood == (r <= 1.01 && posterior.effectiveSampleSize >= 100))
        #expect(abs(y.reduce(0, +) / Double(y.count) - 16) < 4 * error)
    }

    @Test("a second maximum is found by further starts, said, and given its share of the draws")
    func twoHills() async throws {
        let posterior = try await Posterior.sample(TwoHills(), from: [3], settings: PosteriorSettings(seed: 1, starts: 8))
        #expect(posterior.mode.others.count == 1)
        let x = posterior.draws.column("x")
        let left = Double(x.count { $0 < -1 }) / Double(x.count)
        #expect(abs(left - 1.0 / 3) < 0.08)
        #expect(posterior.warnings.contains { $0.contains("another, lower maximum") })
    }

    @Test("more starts change nothing where there is one maximum")
    func moreStarts() async throws {
        let target = Normals(centres: [3, -70], spreads: [1, 8])
        let one = try await Posterior.sample(target, from: [0, 0], settings: PosteriorSettings(draws: 200, seed: 5))
        let four = try await Posterior.sample(target, from: [0, 0], settings: PosteriorSettings(draws: 200, seed: 5, starts: 4))
        #expect(one == four)
    }

    @Test("draws that cannot be trusted are said to be so")
    func badDraws() {
        var diagnosis = PosteriorDiagnosis(
            method: .tempered(stages: 9), effectiveSampleSize: 40, paretoShape: nil, splitR: 1.2, draws: 1000)
        #expect(!diagnosis.isGood)
        #expect(
            diagnosis.warnings == [
                "the draws may miss part of the posterior (R̂ 1.20, should be below 1.01)",
                "only 40 of 1000 draws are effectively independent",
            ])
        diagnosis.splitR = .nan
        #expect(diagnosis.warnings[0].contains("R̂ undefined"))
        diagnosis = PosteriorDiagnosis(method: .importance(moves: 3), effectiveSampleSize: 900, paretoShape: 0.83, splitR: nil, draws: 1000)
        #expect(diagnosis.warnings == ["the draws may miss part of the posterior (Pareto k 0.8, should be below 0.7)"])
        diagnosis.paretoShape = 0.3
        #expect(diagnosis.isGood)
    }
}
