// What the three-clone avatar promises of its fits and forecasts.
import Foundation
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Three-clone avatar")
struct ThreeCloneTests {
    let model = ThreeCloneAvatar()
    private static let antigens = SharedFiles.projectRoot + "/demo-data/tables/zhang2022-psa.csv"

    private func men() throws -> [(name: String, subject: Subject)] { AvatarPatients.trial(try #require(SharedFiles.table(Self.antigens))) }

    @Test("Its equations give our own figures, made apart from this program, and rest where the closed form says")
    func evidence() async {
        let checks = await model.evidence()
        #expect(checks.count == 9)
        for check in checks { #expect(check.passed, "\(check.name): \(check.obtained) for \(check.expected)") }
    }

    @Test("The gradient and the information of the posterior are those of differences")
    func derivatives() throws {
        let subject = try AvatarPatients.simulated(
            ThreeCloneParameters.centres.map { $0.exp() }, of: ThreeCloneDraw.self, first: 40,
            days: stride(from: -400.0, through: 0, by: 40).map { $0 }, windows: [(-400, -220), (-90, nil)], seed: 3)
        try AvatarPatients.expectGradient(of: try model.posterior(of: subject), moved: [0.1, -0.4, 0.6, 0.2, 0.3, -0.2])
    }

    @Test("The 32 men of Zhang 2022 are fitted: their PSA lies in the 80 % band as often as it should")
    func trial() async throws {
        var (inside, all) = (0, 0)
        for man in try men() {
            let calibration = try await model.calibrate(man.subject, settings: CalibrationSettings(draws: 250, seed: 1))
            inside += calibration.fit.count(where: \.isInside)
            all += calibration.fit.count
        }
        #expect(all == 678)
        #expect((0.72...0.92).contains(Double(inside) / Double(all)), "\(inside) of \(all)")
    }

    @Test("What was learnt up to two thirds of a man's record holds for the rest as often as the card says")
    func heldOut() async throws {
        let (inside, all) = try await AvatarPatients.heldOut(try men(), model)
        // The card says what is found: 162 of 189.
        #expect(all == 189)
        #expect((0.78...0.92).contains(Double(inside) / Double(all)), "\(inside) of \(all)")
    }

    @Test("Simulated patients are found again: four of five intervals hold the truth")
    func coverage() async throws {
        let random = RandomStream(seed: 12, stream: 4)
        let count = 30
        var hits = [Int](repeating: 0, count: 6)
        for patient in 0..<count {
            let noise = random.normals(draw: patient, count: 6)
            var truth = zip(zip(ThreeCloneParameters.centres, ThreeCloneParameters.scales), noise).map { ($0.0 + $0.1 * $1).exp() }
            // The level is relative to a first value that has the error itself.
            let first = 30 * (ThreeCloneParameters.residualSD * random.normal(draw: patient, index: 9)).exp()
            truth[0] = 30 / first
            let subject = try AvatarPatients.simulated(
                truth, of: ThreeCloneDraw.self, first: first, days: stride(from: -560.0, through: 0, by: 28).map { $0 },
                windows: [(-560, -420), (-310, -200), (-80, nil)], seed: UInt64(patient))
            let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 300, seed: 2))
            for place in 1..<6 {
                let band = Quantiles.of(calibration.draws.column(calibration.parameterNames[place]), levels: [0.1, 0.9])
                hits[place] += truth[place] >= band[0] && truth[place] <= band[1] ? 1 : 0
            }
        }
        // 24 of 30 are expected; three standard deviations of a binomial are 6.6.
        for place in 1..<6 { #expect((17...30).contains(hits[place]), "\(model.parameters[place].name): \(hits[place]) of \(count)") }
    }

    @Test("A forecast of the three arms is the same bytes on one and on eight tasks; draws have holidays of their own")
    func bytes() async throws {
        let subject = AvatarPatients.patient(psa: [(-150, 40), (-120, 14), (-90, 7), (-60, 5), (-30, 5), (0, 6)], drug: [(-150, nil)])
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 200, seed: 1))
        for scenario in model.suggestedScenarios(for: subject) {
            let request = ForecastRequest(
                subject: subject, calibration: calibration, scenario: scenario, days: stride(from: 0.0, through: 1000, by: 100).map { $0 },
                seed: 1)
            let one = try await model.forecast(request, concurrency: 1)
            #expect(try await model.forecast(request, concurrency: 8) == one)
            #expect(one.endpoints.map(\.id) == model.endpointList.map(\.id))
            #expect(one.series.map(\.observable) == ["psa", "burden", "resistant-fraction", "drug"])
            #expect(one.notes.contains { $0.contains("matrix of one of the authors' patients") })
            guard scenario.name.hasPrefix("Adaptive") else { continue }
            #expect(Set(try #require(one.endpoints.first { $0.id == "cycles" }?.values)).count > 1)
        }
    }

    @Test("It knows PSA alone and one drug: no switch, and a record without PSA has no twin")
    func limits() async throws {
        let subject = AvatarPatients.patient(psa: [(-60, 20), (-30, 10), (0, 9)], drug: [(-60, nil)])
        #expect(throws: TwinError.self) {
            try model.validate(
                Scenario(name: "test", interventions: [Intervention("continuous"), Intervention("switch")]), for: subject)
        }
        await #expect(throws: TwinError.self) {
            try await model.calibrate(AvatarPatients.patient(psa: [], drug: []), settings: CalibrationSettings())
        }
    }

    @Test(
        "Zhang 2017's continuous and metronomic arms: T⁻ pass 5 and 90 % within 2 % of the authors' days",
        .shared("oracles/oncology/adaptive/zhang2017_octave_expected.csv"))
    func arms() throws {
        let rows = try #require(SharedFiles.path("oracles/oncology/adaptive/zhang2017_octave_expected.csv").flatMap(SharedFiles.table))
        for check in ThreeCloneAvatar.arms(rows) {
            #expect(check.expected == 4 && check.passed, "\(check.name): \(check.obtained) of \(check.expected)")
        }
    }
}
