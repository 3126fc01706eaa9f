// What shows that the Alzheimer course twin computes what it says, from figures that need no files.
// Contains data of leaspy 2.1.0, (c) INRIA / Aramis Lab, Clear BSD License: LICENSES/leaspy.txt
import Numerics
import Twins

extension AlzheimerCourse {
    /// Mixing matrix, population course, its inverse, leaspy's own fixtures, an exact maximum, the clock of the antibody.
    public func evidence() async -> [EvidenceCheck] {
        var checks = Self.mixingChecks() + Self.populationChecks() + Self.fixtureChecks()
        checks += await exactMaximumChecks()
        checks.append(clockCheck())
        return checks
    }

    private static let recomputed = "recomputed for this project with 40 digits (Python, mpmath) from the shipped parameters"
    private static let leaspy = "expected value of leaspy's own functional tests (tests/functional_tests/api/test_api_estimate.py)"

    private static func mixingChecks() -> [EvidenceCheck] {
        let expected = [-0.04417304940763415, -0.08226002021693399]
        let mixing = AlzheimerPopulation.map.mixing
        let ends = [mixing.first?.first, mixing.last?.first].map { $0 ?? .nan }
        return zip(["E-Cog, patient", "Hippocampus"], zip(expected, ends)).map { name, pair in
            EvidenceCheck(
                name: "mixing matrix by Householder: \(name), first source", expected: pair.0, obtained: pair.1, tolerance: 1e-12,
                source: recomputed)
        }
    }

    private static func populationChecks() -> [EvidenceCheck] {
        let map = AlzheimerPopulation.map
        let ages: [(age: Double, mmse: Double, faq: Double)] = [
            (65, 0.012336464693712024, 0.0008189671473533975), (75, 0.09387316056115882, 0.08333282294685453),
            (85, 0.4621508051583863, 0.9097711100417692),
        ]
        var checks: [EvidenceCheck] = []
        for row in ages {
            for (feature, expected) in [("mmse", row.mmse), ("faq", row.faq)] {
                checks.append(
                    EvidenceCheck(
                        name: "population, \(feature) severity at \(Int(row.age)) years", expected: expected,
                        obtained: map.severity(place(feature), age: row.age, xi: 0, tau: map.tauMean, sources: [0, 0]),
                        tolerance: 1e-12, source: recomputed))
            }
        }
        checks.append(
            EvidenceCheck(
                name: "population, age at which MMSE stands at half", expected: 85.71701030046152,
                obtained: map.age(feature: place("mmse"), severity: 0.5, xi: 0, tau: map.tauMean, sources: [0, 0]), tolerance: 1e-10,
                source: recomputed))
        return checks
    }

    /// leaspy's smallest fixtures: one feature, and one feature with an event.
    private static func fixtureChecks() -> [EvidenceCheck] {
        let single = CourseMap(
            logG: [1], logSpeed: [-2.6265233750364456], betas: [], noise: [0.2], tauMean: 70, tauSD: 2.5, xiSD: 0.01)
        let joint = CourseEvent(negativeLogNu: -2.7372491359710693, logRho: 2.368060350418091)
        let survival = joint.conditionalSurvival(ages: [71, 74], xi: 1.1, tau: 70)
        return [
            EvidenceCheck(
                name: "leaspy's univariate fixture, second patient at 71", expected: 0.03098414,
                obtained: single.severity(0, age: 71, xi: 1.2, tau: 73, sources: []), tolerance: 1e-4, source: leaspy),
            EvidenceCheck(
                name: "leaspy's joint fixture, survival of the first patient at 74", expected: 0.9337,
                obtained: survival.last ?? .nan, tolerance: 1e-4, source: leaspy),
        ]
    }

    /// A made-up patient with three visits and gaps, whose maximum was found with 40 digits.
    static let exampleVisits: [(age: Double, values: [String: Double])] = [
        (
            68,
            [
                "e-cog-subject": 0.20, "e-cog-study-partner": 0.35, "mmse": 27, "ravlt": 0.50, "faq": 3, "fdg-pet": 0.40,
                "hippocampus": 0.42,
            ]
        ),
        (69.5, ["e-cog-study-partner": 0.50, "mmse": 25, "ravlt": 0.62, "hippocampus": 0.46]),
        (71.25, ["e-cog-subject": 0.30, "mmse": 22, "faq": 12, "fdg-pet": 0.55, "hippocampus": 0.52]),
    ]
    static let exampleMaximum = [0.1924070671483, 69.37589719851617, -0.2642399802740262, -0.4343148025391394]
    static let exampleSpread = [0.2203199204912, 0.35542006566625, 0.35947881222796, 0.23688544105098]
    static let exampleObjective = -18.45137251977369

    private func exactMaximumChecks() async -> [EvidenceCheck] {
        let observations = Self.exampleVisits.flatMap { visit in
            visit.values.sorted { $0.key < $1.key }.map { id, value in
                CoursePosterior.Observation(
                    feature: Self.place(id), age: visit.age, severity: Self.scales[Self.place(id)].severity(value))
            }
        }
        let density = CoursePosterior(map: AlzheimerPopulation.map, observations: observations)
        let mode = try? Posterior.mode(of: density, from: parameters.map(\.prior.centre))
        var checks = [
            EvidenceCheck(
                name: "exact maximum: objective, nats", expected: Self.exampleObjective, obtained: mode?.objective ?? .nan,
                tolerance: 1e-9, source: Self.recomputed)
        ]
        for (index, parameter) in parameters.enumerated() {
            checks.append(
                EvidenceCheck(
                    name: "exact maximum: \(parameter.name)", expected: Self.exampleMaximum[index],
                    obtained: mode.map { $0.map[index] } ?? .nan, tolerance: 1e-7, source: Self.recomputed))
            checks.append(
                EvidenceCheck(
                    name: "Laplace standard deviation: \(parameter.name)", expected: Self.exampleSpread[index],
                    obtained: mode.map { $0.sd[index] } ?? .nan, tolerance: 1e-7, source: Self.recomputed))
        }
        return checks
    }

    /// Time saved is s·(t − t₀): 18 months of 27 % are 4.86 months.
    private func clockCheck() -> EvidenceCheck {
        let scenario = Scenario(name: "", interventions: interventionKinds.filter { $0.id == Self.antibody }.map(\.standardIntervention))
        return EvidenceCheck(
            name: "time saved by 18 months at 27 %, months", expected: 4.86,
            obtained: DiseaseClock(scenario, age: 70).saved(day: 3 * DayCount.year) / DayCount.month, tolerance: 1e-12,
            source: "s (t − t₀), twins' design")
    }
}
