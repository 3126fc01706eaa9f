// Whether the bands mean what they say: patients simulated from the population, calibrated, and looked at two years later.
import Numerics
import Testing
import Twins

@testable import TwinLibrary

@Suite("Alzheimer course: coverage of the bands")
struct NeurologyCoverageTests {
    /// A patient drawn from the population, with visits a year apart and one more to be predicted.
    private func visits(_ patient: Int, ages: [Double]) -> [CohortVisit] {
        let map = AlzheimerPopulation.map
        let person = RandomStream(seed: 2026, stream: 1)
        let z = (0..<4).map { person.normal(draw: patient, index: $0) }
        let errors = RandomStream(seed: 2026, stream: 2)
        let tau = map.tauMean + map.tauSD * z[1]
        return ages.enumerated().map { visit, offset in
            // At an age that tells nothing of τ: only then is the model's prior what the patients were drawn from.
            let age = 75 + offset
            return CohortVisit(
                age: age,
                severities: (0..<7).map { feature in
                    map.severity(feature, age: age, xi: map.xiSD * z[0], tau: tau, sources: z[2...])
                        + map.noise[feature] * errors.normal(draw: patient, index: visit * 7 + feature)
                })
        }
    }

    @Test("80 % predictive intervals two years ahead hold 75 to 85 % of what is then measured")
    func predictive() async throws {
        let map = AlzheimerPopulation.map
        let errors = RandomStream(seed: 2026, stream: 3)
        var inside = 0
        var count = 0
        var effective: [Double] = []
        for patient in 0..<150 {
            let all = visits(patient, ages: [0, 1, 2, 4])
            let posterior = try await Posterior.sample(
                Cohort.density(all.dropLast()), from: Cohort.start, settings: PosteriorSettings(draws: 400, seed: UInt64(patient)))
            effective.append(posterior.effectiveSampleSize)
            let future = all[3]
            for feature in 0..<7 {
                let predicted = (0..<posterior.draws.count).map { index in
                    let draw = Array(posterior.draws.draw(index))
                    return map.severity(feature, age: future.age, xi: draw[0], tau: draw[1], sources: draw[2...])
                        + map.noise[feature] * errors.normal(draw: patient * 400 + index, index: feature)
                }
                let levels = Quantiles.of(predicted, levels: [0.1, 0.9])
                inside += levels[0] <= future.severities[feature] && future.severities[feature] <= levels[1] ? 1 : 0
                count += 1
            }
        }
        let share = Double(inside) / Double(count)
        print("80 % predictive intervals hold \(inside) of \(count) = \(share)")
        print("smallest effective sample size \(effective.min() ?? 0) of 400")
        #expect(share > 0.75 && share < 0.85)
    }

    @Test("80 % intervals of pace and time of reference hold the simulated patient's own, 72 to 88 % of the time")
    func parameters() async throws {
        let map = AlzheimerPopulation.map
        let person = RandomStream(seed: 2026, stream: 1)
        var inside = [0, 0]
        for patient in 0..<200 {
            let posterior = try await Posterior.sample(
                Cohort.density(visits(patient, ages: [0, 1.5])), from: Cohort.start,
                settings: PosteriorSettings(draws: 400, seed: UInt64(patient)))
            let z = (0..<2).map { person.normal(draw: patient, index: $0) }
            let truth = [map.xiSD * z[0], map.tauMean + map.tauSD * z[1]]
            for (index, name) in ["xi", "tau"].enumerated() {
                let levels = Quantiles.of(posterior.draws.column(name), levels: [0.1, 0.9])
                if levels[0] <= truth[index], truth[index] <= levels[1] { inside[index] += 1 }
            }
        }
        print("80 % intervals of xi and tau hold \(inside) of 200")
        // Three standard errors of 200 trials.
        for held in inside { #expect(held >= 144 && held <= 176) }
    }
}
