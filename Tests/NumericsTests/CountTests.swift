// Random counts in time against closed formulas, and leaps against every single event.
import Numerics
import Testing

/// x → 2x at λ, x → ∅ at μ, ∅ → x at ν. Parameters: λ, μ, ν.
enum BirthDeathImmigration: ReactionSystem {
    static let speciesCount = 1, parameterCount = 3
    static let reactions = [
        Reaction(reactants: [.init(0, 1)], change: [.init(0, 1)]), Reaction(reactants: [.init(0, 1)], change: [.init(0, -1)]),
        Reaction(reactants: [], change: [.init(0, 1)]),
    ]
    static func propensities(counts: Span<Double>, parameters: Span<Double>, into rate: inout MutableSpan<Double>) {
        rate[0] = parameters[0] * counts[0]
        rate[1] = parameters[1] * counts[0]
        rate[2] = parameters[2]
    }
}

/// a + a ⇌ b, a → ∅: decaying dimers (after Gillespie 2001, J. Chem. Phys. 115:1716). Parameters: three rate constants.
enum Dimers: ReactionSystem {
    static let speciesCount = 2, parameterCount = 3
    static let reactions = [
        Reaction(reactants: [.init(0, 2)], change: [.init(0, -2), .init(1, 1)]),
        Reaction(reactants: [.init(1, 1)], change: [.init(0, 2), .init(1, -1)]),
        Reaction(reactants: [.init(0, 1)], change: [.init(0, -1)]),
    ]
    static func propensities(counts: Span<Double>, parameters: Span<Double>, into rate: inout MutableSpan<Double>) {
        rate[0] = 0.5 * parameters[0] * counts[0] * (counts[0] - 1)
        rate[1] = parameters[1] * counts[1]
        rate[2] = parameters[2] * counts[0]
    }
}

@Suite("Random counts in time")
struct CountTests {
    static let noise = RandomStream(seed: 50, stream: 9)

    private func birthDeath(
        _ parameters: [Double], from x: Int, draws: Int, times: [Double], method: CountMethod = .exact, concurrency: Int = 2
    ) async throws -> CountTrajectories {
        try await CountEnsemble.simulate(
            BirthDeathImmigration.self, method: method, draws: Matrix(rows: draws, columns: 3, rowValues: parameters), initial: [x],
            times: times, noise: Self.noise, concurrency: concurrency)
    }

    @Test("births by immigration and deaths settle to Poisson's distribution, event by event and by leaps")
    func stationary() async throws {
        for method in [CountMethod.exact, .leaping(tolerance: 0.03)] {
            let counts = try await birthDeath([0, 1, 8], from: 8, draws: 4000, times: [10], method: method).column(time: 0, species: 0)
            let misfit = CountDeviateTests.misfit(counts) {
                (Double($0) * 8.0.log() - 8 - CountDeviateTests.logFactorials[$0]).exp()
            }
            #expect(misfit < 4, "\(method)")
        }
        // Many at once: long leaps overstate a balanced variance, so the tolerance has to be small (see CountMethod).
        let found = try await birthDeath([0, 1, 2000], from: 2000, draws: 4000, times: [10], method: .leaping(tolerance: 0.005))
        let many = found.column(time: 0, species: 0).map { Double($0) }
        #expect((Statistics.mean(many) / 2000 - 1).magnitude < 0.003)
        #expect((Statistics.variance(many) / 2000 - 1).magnitude < 0.08)
    }

    @Test("births and deaths in proportion: extinction, mean and variance are Kendall's (1948)")
    func kendall() async throws {
        let (birth, death, draws) = (1.1, 0.9, 8000)
        let times = [0.5, 1, 2, 4]
        let found = try await birthDeath([birth, death, 0], from: 1, draws: draws, times: times)
        for (index, t) in times.enumerated() {
            let growth = ((birth - death) * t).exp()
            let counts = found.column(time: index, species: 0).map { Double($0) }
            let extinct = death * (growth - 1) / (birth * growth - death)
            let share = Double(counts.count { $0 == 0 }) / Double(draws)
            #expect((share - extinct).magnitude < 4 * (extinct * (1 - extinct) / Double(draws)).squareRoot())
            let variance = (birth + death) / (birth - death) * growth * (growth - 1)
            #expect((Statistics.mean(counts) - growth).magnitude < 4 * (variance / Double(draws)).squareRoot())
            #expect((Statistics.variance(counts) / variance - 1).magnitude < 0.15)
        }
    }

    @Test("leaps give the moments of every single event, where species are many and where they run out; no count is negative (N11)")
    func leaps() async throws {
        let times = [0.5, 2, 8, 30]
        let draws = Matrix(rows: 400, columns: 3, rowValues: [0.002, 0.5, 0.4])
        func run(_ method: CountMethod, _ stream: UInt64) async throws -> CountTrajectories {
            try await CountEnsemble.simulate(
                Dimers.self, method: method, draws: draws, initial: [3000, 100], times: times,
                noise: RandomStream(seed: 51, stream: stream))
        }
        let (exact, leaping) = (try await run(.exact, 1), try await run(.leaping(tolerance: 0.03), 2))
        for found in [exact, leaping] {
            #expect(found.failures.isEmpty)
            let isCounted = found.values.allSatisfy { $0 >= 0 }
            #expect(isCounted)
        }
        for index in times.indices {
            for species in 0..<2 {
                let a = exact.column(time: index, species: species).map { Double($0) }
                let b = leaping.column(time: index, species: species).map { Double($0) }
                let spread = ((Statistics.variance(a) + Statistics.variance(b)) / 400).squareRoot()
                // Chance, and the half percent that a tolerance of 0.03 costs.
                #expect((Statistics.mean(a) - Statistics.mean(b)).magnitude < 4 * spread + 0.005 * Statistics.mean(a))
                if Statistics.mean(a) > 20 {
                    #expect((Statistics.variance(b) / Statistics.variance(a) - 1).magnitude < 0.4)
                }
            }
        }
    }

    @Test("leaps of a given length are of weak order one: what they leave of the mean halves with them")
    func leapOrder() async throws {
        // So many that chance is a millionth of the mean; so large a tolerance that only the times asked for end a leap.
        let (many, end) = (1_000_000_000_000, 2.0)
        func error<System: ReactionSystem>(
            _ system: System.Type, _ leaps: Int, _ rates: [Double], _ initial: [Int], _ truth: Double
        ) async throws -> Double {
            let found = try await CountEnsemble.simulate(
                system, method: .leaping(tolerance: 1), draws: Matrix(rows: 64, columns: 3, rowValues: rates), initial: initial,
                times: (1...leaps).map { end * Double($0) / Double(leaps) }, noise: Self.noise)
            return 1 - Statistics.mean(found.column(time: leaps - 1, species: 0).map { Double($0) / Double(many) }) / truth
        }
        var (linear, paired): ([Double], [Double]) = ([], [])
        for leaps in [16, 32, 64, 128] {
            // x′ = −x/2; and two at a time, x′ = −x²/2 in units of all.
            linear.append(try await error(BirthDeathImmigration.self, leaps, [0.3, 0.8, 0], [many], (-1.0).exp()))
            paired.append(try await error(Dimers.self, leaps, [0.5 / Double(many), 0, 0], [many, 0], 0.5))
            // They are leaps, and as many as were asked for.
            let expected = 1 - (1 - 1 / Double(leaps)).pow(Double(leaps)) / (-1.0).exp()
            #expect((linear[linear.count - 1] - expected).magnitude < 1e-6)
        }
        func slopes(_ errors: [Double]) -> [Double] { zip(errors, errors.dropFirst()).map { ($0 / $1).log() / 2.0.log() } }
        print("weak order of leaps: linear \(slopes(linear)), in pairs \(slopes(paired))")
        for slope in slopes(linear) + slopes(paired) { #expect((slope - 1).magnitude < 0.1) }
    }

    @Test("leaps near the relaxation time overstate a balanced variance by 2/(2 − λτ), which is 1 + λτ/2 for short ones (see CountMethod)")
    func leapVariance() async throws {
        let draws = 20_000
        for length in [1, 0.5, 0.25, 0.125] {
            let times = (1...Int(10 / length)).map { length * Double($0) }
            let found = try await birthDeath([0, 1, 2000], from: 2000, draws: draws, times: times, method: .leaping(tolerance: 1))
            let last = found.column(time: times.count - 1, species: 0).map { Double($0) }
            let overstated = Statistics.variance(last) / 2000
            // Four standard errors of a variance of near-normal counts.
            #expect((overstated / (2 / (2 - length)) - 1).magnitude < 4 * (2 / Double(draws)).squareRoot(), "leaps of \(length)")
        }
    }

    @Test("the same counts with one, two or eight threads, and whatever other draws there are (invariant N16)")
    func threads() async throws {
        for method in [CountMethod.exact, .leaping(tolerance: 0.05)] {
            let all = try await birthDeath([0.9, 1, 30], from: 20, draws: 150, times: [1, 5], method: method, concurrency: 1)
            for concurrency in [2, 8] {
                #expect(
                    try await birthDeath([0.9, 1, 30], from: 20, draws: 150, times: [1, 5], method: method, concurrency: concurrency) == all
                )
            }
            let few = try await birthDeath([0.9, 1, 30], from: 20, draws: 3, times: [1, 5], method: method)
            #expect(few.values == Array(all.values[0..<6]))
        }
        // Every event by itself: the path does not depend on when one looks.
        let often = try await birthDeath([0.9, 1, 30], from: 20, draws: 10, times: (0...500).map { Double($0) / 100 })
        let once = try await birthDeath([0.9, 1, 30], from: 20, draws: 10, times: [5])
        #expect(often.column(time: 500, species: 0) == once.column(time: 0, species: 0))
    }

    @Test("nothing left to happen ends in peace; explosions and nonsense are reported for the draw they happen in")
    func ends() async throws {
        let still = try await birthDeath([0, 1, 0], from: 3, draws: 5, times: [0, 1000])
        #expect(still.column(time: 0, species: 0) == [3, 3, 3, 3, 3])
        #expect(still.column(time: 1, species: 0) == [0, 0, 0, 0, 0])
        var draws = Matrix(rows: 3, columns: 3, rowValues: [0, 1, 5])
        draws[0, 0] = 100
        draws[1, 1] = -1
        let found = try await CountEnsemble.simulate(
            BirthDeathImmigration.self, draws: draws, initial: [3], times: [0, 10], noise: Self.noise, eventLimit: 10_000)
        #expect(found.failures.map(\.draw) == [0, 1])
        #expect(found[0, 1, 0] == -1)
        #expect(found[2, 1, 0] >= 0)
        if case .tooManySteps(_, let time, 10_000) = found.failures[0] { #expect(time < 1) } else { Issue.record("wrong failure") }
        await #expect(throws: FixedStepError.badCounts) {
            try await CountEnsemble.simulate(BirthDeathImmigration.self, draws: draws, initial: [-1], times: [0], noise: Self.noise)
        }
        await #expect(throws: FixedStepError.badCounts) {
            try await CountEnsemble.simulate(BirthDeathImmigration.self, draws: draws, initial: [1], times: [2, 1], noise: Self.noise)
        }
    }
}
