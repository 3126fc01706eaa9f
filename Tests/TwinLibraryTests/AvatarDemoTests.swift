// The urology board's fictitious cases show what they are there to show.
import Foundation
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Avatar: the demo's cases")
struct AvatarDemoTests {
    let model = TumourAvatar()

    /// PSA, testosterone and drugs of a bundle beside the project's sources.
    private func subject(_ name: String) throws -> Subject {
        let text = try #require(SharedFiles.text(SharedFiles.projectRoot + "/demo-data/\(name).json"))
        let bundle = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let entries = try #require(bundle["entry"] as? [[String: Any]]).compactMap { $0["resource"] as? [String: Any] }
        func coding(_ value: Any?) -> Code? {
            guard let list = (value as? [String: Any])?["coding"] as? [[String: Any]], let first = list.first else { return nil }
            return Code(system: first["system"] as? String ?? "", code: first["code"] as? String ?? "")
        }
        func instant(_ value: Any?) -> Instant? { (value as? String).flatMap { CalendarDay($0) }.map { Instant($0) } }
        var (observations, facts) = ([Observation](), [CodedFact]())
        for resource in entries {
            if let quantity = resource["valueQuantity"] as? [String: Any], let code = coding(resource["code"]),
                let time = instant(resource["effectiveDateTime"])
            {
                let value = Quantity(try #require(quantity["value"] as? Double), Unit(quantity["unit"] as? String ?? ""))
                observations.append(Observation(code: code, time: time, value: .quantity(value)))
            }
            if let code = coding(resource["medicationCodeableConcept"]), let period = resource["effectivePeriod"] as? [String: Any] {
                facts.append(
                    CodedFact(
                        kind: .medication, code: code, start: instant(period["start"]), end: instant(period["end"]),
                        status: resource["status"] as? String ?? ""))
            }
        }
        let now = try #require(CalendarDay("2026-12-03"))
        return Subject(sex: .male, birth: instant("1953-03-14"), observations: observations, facts: facts, reference: Instant(now))
    }

    private func endpoint(_ id: String, _ forecast: Forecast) throws -> [Double] {
        try #require(forecast.endpoints.first { $0.id == id }?.values)
    }

    private func forecasts(_ subject: Subject) async throws -> [Forecast] {
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 1000, seed: 1))
        var found: [Forecast] = []
        for scenario in model.suggestedScenarios(for: subject) {
            found.append(
                try await model.forecast(
                    ForecastRequest(subject: subject, calibration: calibration, scenario: scenario, days: [0, 365], seed: 1)))
        }
        return found
    }

    @Test(
        "URO-0204: adaptive dosing holds as long as continuous in nearly every draw, spares most of a year of drug, and keeps the tumour sensitive"
    )
    func gains() async throws {
        let subject = try subject("URO-0204")
        let found = try await forecasts(subject)
        let (continuous, adaptive) = (try endpoint("time-to-progression", found[0]), try endpoint("time-to-progression", found[2]))
        let later = zip(continuous, adaptive).count { $1 >= $0 }
        #expect(later >= 950)
        #expect(OncologyPatients.median(try endpoint("drug-free-days", found[2])) > 180)
        let shares = try [0, 2].map { OncologyPatients.median(try endpoint("resistant-fraction-12-months", found[$0])) }
        #expect(shares[0] > 90 && shares[1] < 50)
        #expect(model.domain(of: subject).filter { !$0.isInside }.isEmpty)
    }

    @Test(
        "URO-0248: by the three clones adaptive dosing puts progression off by more than a year and is best far more often; by two clones hardly"
    )
    func gainsClearly() async throws {
        let subject = try subject("URO-0248")
        let policies = [AvatarPatients.continuous, AvatarPatients.adaptive(["first": .choice("as-now")]), Intervention("metronomic")]
        func forecasts(_ model: any TwinModel) async throws -> [Forecast] {
            let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 1000, seed: 1))
            var found: [Forecast] = []
            for policy in policies {
                found.append(
                    try await model.forecast(
                        ForecastRequest(
                            subject: subject, calibration: calibration, scenario: Scenario(name: policy.kind, interventions: [policy]),
                            days: [0, 365], seed: 1)))
            }
            return found
        }
        func best(_ found: [Forecast]) throws -> [Double] {
            let comparison = Comparison(found)
            return try #require(comparison.endpoints.first { $0.id == "time-to-progression" }?.best).compactMap(\.self)
        }
        let three = try await forecasts(ThreeCloneAvatar())
        let times = try three.map { OncologyPatients.median(try endpoint("time-to-progression", $0)) }
        #expect(times[1] > times[0] + 12, "\(times)")
        let shares = try best(three)
        #expect(shares[1] > 0.55 && shares[1] > 4 * shares[0] && shares[1] > 2 * shares[2], "\(shares)")
        #expect(OncologyPatients.median(try endpoint("drug-free-days", three[1])) > 500)
        #expect(ThreeCloneAvatar().domain(of: subject).filter { !$0.isInside }.isEmpty)
        let two = try best(try await forecasts(model))
        #expect(abs(two[1] - two[0]) < 0.15, "\(two)")
    }

    @Test("URO-0217: where resistant cells grow already, adaptive dosing gains little, fixed pauses lose, and a second drug gains time")
    func gainsLittle() async throws {
        let found = try await forecasts(try subject("URO-0217"))
        let times = try found.map { OncologyPatients.median(try endpoint("time-to-progression", $0)) }
        #expect(abs(times[2] - times[0]) < 4, "adaptive \(times[2]), continuous \(times[0]) months")
        #expect(times[1] < times[0] - 4, "8 weeks on and off \(times[1]) months")
        #expect(OncologyPatients.median(try endpoint("time-to-failure", found[3])) > times[2] + 4)
    }

    @Test("URO-0231: the twin says what is outside its domain, and that its figures are the population's")
    func outside() async throws {
        let subject = try subject("URO-0231")
        let outside = model.domain(of: subject).filter { !$0.isInside }.map(\.input)
        for input in ["other drugs against the tumour", "testosterone", "values used", "effect of the drug"] {
            #expect(outside.contains(input), "\(input)")
        }
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 200, seed: 1))
        #expect(calibration.warnings.contains { $0.contains("the population's") })
        #expect(calibration.warnings.contains { $0.contains("another drug") })
    }
}
