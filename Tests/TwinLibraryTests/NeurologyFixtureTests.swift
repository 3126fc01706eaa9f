// leaspy's own functional fixtures, the mixing matrix, and the evidence that the twin shows on its own page.
import Foundation
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Alzheimer course: leaspy's fixtures and the twin's own evidence")
struct NeurologyFixtureTests {
    private func json(_ name: String) throws -> [String: Any]? {
        guard let path = SharedFiles.path(Cohort.folder + name), let text = SharedFiles.text(path) else { return nil }
        return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }

    private func numbers(_ value: Any?) -> [Double] { (value as? [Double]) ?? (value as? Double).map { [$0] } ?? [] }

    private func map(_ model: [String: Any]) throws -> CourseMap {
        let parameters = try #require(model["parameters"] as? [String: Any])
        return CourseMap(
            logG: numbers(parameters["log_g_mean"]), logSpeed: numbers(parameters["log_v0_mean"]),
            betas: parameters["betas_mean"] as? [[Double]] ?? [], noise: numbers(parameters["noise_std"]),
            tauMean: numbers(parameters["tau_mean"])[0], tauSD: numbers(parameters["tau_std"])[0], xiSD: numbers(parameters["xi_std"])[0])
    }

    private func person(_ file: [String: Any], _ id: String) throws -> (xi: Double, tau: Double, sources: [Double]) {
        let all = try #require(file["individual_parameters"] as? [String: Any])
        let one = try #require(all[id] as? [String: Any])
        return (numbers(one["xi"])[0], numbers(one["tau"])[0], numbers(one["sources"]))
    }

    private func expected(_ key: String) throws -> [(id: String, age: Double, values: [Double])]? {
        guard let file = try json("leaspy_fixture/expected_estimates.json"), let rows = file[key] as? [String: Any] else { return nil }
        return rows.compactMap { name, value in
            let parts = name.split(separator: "@")
            guard parts.count == 2, let age = Double(parts[1]), let values = value as? [Double] else { return nil }
            return (String(parts[0]), age, values)
        }.sorted { ($0.id, $0.age) < ($1.id, $1.age) }
    }

    @Test(
        "four features with two sources, and one feature alone, are estimated as leaspy does",
        arguments: [
            ("logistic_diag_noise.json", "ip_save.json", 3), ("logistic.json", "ip_univariate_save.json", 3),
        ])
    func logistic(modelFile: String, people: String, count: Int) throws {
        guard let model = try json("leaspy_fixture/" + modelFile), let file = try json("leaspy_fixture/" + people),
            let rows = try expected("\(modelFile) + \(people)")
        else { return SharedFiles.leaveOut("leaspy fixture \(modelFile)") }
        let map = try map(model)
        #expect(rows.count == count)
        for row in rows {
            let person = try person(file, row.id)
            #expect(row.values.count == map.featureCount)
            for (feature, value) in row.values.enumerated() {
                let ours = map.severity(feature, age: row.age, xi: person.xi, tau: person.tau, sources: person.sources)
                #expect(abs(ours - value) <= 1e-4, "\(row.id) at \(row.age), feature \(feature)")
            }
        }
    }

    @Test("the joint fixture: the feature, and survival given survival to the first age asked")
    func joint() throws {
        guard let model = try json("leaspy_fixture/joint.json"), let file = try json("leaspy_fixture/ip_univariate_save.json"),
            let rows = try expected("joint.json + ip_univariate_save.json")
        else { return SharedFiles.leaveOut("leaspy fixture joint.json") }
        let map = try map(model)
        let parameters = try #require(model["parameters"] as? [String: Any])
        let event = CourseEvent(
            negativeLogNu: numbers(parameters["n_log_nu_mean"])[0], logRho: numbers(parameters["log_rho_mean"])[0])
        #expect(rows.count == 5)
        for (id, group) in Dictionary(grouping: rows, by: \.id) {
            let person = try person(file, id)
            let survival = event.conditionalSurvival(ages: group.map(\.age), xi: person.xi, tau: person.tau)
            for (row, alive) in zip(group, survival) {
                let ours = map.severity(0, age: row.age, xi: person.xi, tau: person.tau, sources: [])
                #expect(abs(ours - row.values[0]) <= 1e-4)
                #expect(abs(alive - row.values[1]) <= 1e-4)
            }
        }
    }

    @Test("A1: the mixing matrix is the recomputed one, and orthogonal to the direction of speed")
    func mixing() throws {
        let map = AlzheimerPopulation.map
        if let file = try json("derived.json"), let rows = file["mixing_matrix"] as? [[Double]] {
            for source in 0..<2 {
                for feature in 0..<7 { #expect(abs(map.mixing[feature][source] - rows[source][feature]) <= 1e-12) }
            }
        } else {
            SharedFiles.leaveOut("derived.json")
        }
        for source in 0..<2 {
            // Orthogonal in the metric: Σ G²·v0·A = Σ (G·v0)·(G·A).
            let product = (0..<7).reduce(0) { $0 + map.rate[$1] * map.sourceRate[$1][source] }
            #expect(abs(product) < 1e-12)
        }
    }

    @Test("every check of the evidence passes, and a wrong figure would not")
    func evidence() async {
        let checks = await AlzheimerCourse().evidence()
        #expect(checks.count >= 18)
        for check in checks { #expect(check.passed, "\(check.name): \(check.obtained), expected \(check.expected)") }
        #expect(checks.allSatisfy { !$0.source.isEmpty && $0.tolerance > 0 && $0.tolerance <= 1e-4 })
    }

    @Test("gradient and Hessian of the posterior are those of its value")
    func derivatives() throws {
        let density = Cohort.density(Cohort.example)
        let point = [0.3, 71.0, 0.4, -0.7]
        let gradient = try #require(density.gradient(point))
        let hessian = try #require(density.hessian(point))
        for row in 0..<4 {
            var up = point
            var down = point
            up[row] += 1e-5
            down[row] -= 1e-5
            #expect(abs((density.value(up) - density.value(down)) / 2e-5 - gradient[row]) < 1e-6 * max(1, gradient[row].magnitude))
            let above = try #require(density.gradient(up))
            let below = try #require(density.gradient(down))
            for column in 0..<4 {
                let slope = (above[column] - below[column]) / 2e-5
                #expect(abs(slope - hessian[row * 4 + column]) < 1e-6 * max(1, slope.magnitude))
            }
        }
    }

    @Test("the posterior of a point does not depend on the points beside it")
    func lanes() {
        let density = Cohort.density(Cohort.example)
        let points: [[Double]] = (0..<19).map { (place: Int) -> [Double] in
            let step = Double(place)
            return [0.1 * step - 0.9, 60 + step, 0.2, -0.1 * step]
        }
        #expect(density.values(points) == points.map { density.value($0) })
    }
}
