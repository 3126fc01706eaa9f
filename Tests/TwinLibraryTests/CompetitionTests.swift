// What the competition avatar promises of its fits and forecasts.
import Foundation
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Competition avatar")
struct CompetitionTests {
    let model = CompetitionAvatar()
    private static let antigens = SharedFiles.projectRoot + "/demo-data/tables/zhang2022-psa.csv"

    @Test("Its equations give our own figures, made apart from this program, and the authors' steps of a day within a thousandth")
    func evidence() async {
        let checks = await model.evidence()
        #expect(checks.count == 11)
        for check in checks { #expect(check.passed, "\(check.name): \(check.obtained) for \(check.expected)") }
    }

    @Test("The gradient of the posterior is that of differences")
    func derivatives() throws {
        let subject = try AvatarPatients.simulated(
            CompetitionParameters.centres.map { $0.exp() }, of: CompetitionDraw.self, first: 40,
            days: stride(from: -400.0, through: 0, by: 40).map { $0 }, windows: [(-400, -220), (-90, nil)], seed: 3)
        try AvatarPatients.expectGradient(of: try model.posterior(of: subject), moved: [0.1, -0.4, 0.6, 0.2, 0.3, -0.2])
    }

    @Test("The 32 men of Zhang 2022 are fitted, and the last third of their records is forecast as often as the card says")
    func trial() async throws {
        let men = AvatarPatients.trial(try #require(SharedFiles.table(Self.antigens)))
        var (inside, all) = (0, 0)
        for man in men {
            let fit = try await model.calibrate(man.subject, settings: CalibrationSettings(draws: 250, seed: 1)).fit
            inside += fit.count(where: \.isInside)
            all += fit.count
        }
        #expect(all == 678)
        #expect((0.72...0.92).contains(Double(inside) / Double(all)), "\(inside) of \(all)")
        // The card says 135 of 189.
        let later = try await AvatarPatients.heldOut(men, model)
        #expect(later.all == 189)
        #expect((0.64...0.80).contains(Double(later.inside) / Double(later.all)), "\(later.inside) of \(later.all)")
    }

    @Test("A forecast is the same bytes on one and on eight tasks; it has no switch to a second drug")
    func bytes() async throws {
        let subject = AvatarPatients.patient(psa: [(-150, 40), (-120, 14), (-90, 7), (-60, 5), (-30, 5), (0, 6)], drug: [(-150, nil)])
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 200, seed: 1))
        for scenario in model.suggestedScenarios(for: subject) {
            let request = ForecastRequest(subject: subject, calibration: calibration, scenario: scenario, days: [0, 200, 1000], seed: 1)
            let one = try await model.forecast(request, concurrency: 1)
            #expect(try await model.forecast(request, concurrency: 8) == one)
            #expect(one.endpoints.map(\.id) == model.endpointList.map(\.id))
        }
        #expect(throws: TwinError.self) {
            try model.validate(Scenario(name: "test", interventions: [Intervention("continuous"), Intervention("switch")]), for: subject)
        }
    }
}
