// What the avatar promises of its fits and forecasts.
import Foundation
import Numerics
import Systems
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Avatar: fits")
struct AvatarTests {
    let model = TumourAvatar()
    private static let antigens = SharedFiles.projectRoot + "/demo-data/tables/zhang2022-psa.csv"

    @Test("The gradient and the information of the posterior are those of differences")
    func derivatives() throws {
        let subject = try AvatarPatients.simulated(
            AvatarPatients.typical, first: 40, days: stride(from: -400.0, through: 0, by: 40).map { $0 },
            windows: [(-400, -220), (-90, nil)],
            seed: 3)
        try AvatarPatients.expectGradient(of: AvatarPosterior(AvatarRecord(subject)), moved: [0.1, -0.4, 0.6, 0.2, 0.3, -0.2, 0.4])
    }

    @Test("The 32 men of Zhang 2022 are fitted: their PSA lies in the 80 % band as often as it should")
    func trial() async throws {
        let men = AvatarPatients.trial(try #require(SharedFiles.table(Self.antigens)))
        #expect(men.count == 32)
        var (inside, all, objective) = (0, 0, 0.0)
        for man in men {
            let calibration = try await model.calibrate(man.subject, settings: CalibrationSettings(draws: 1000, seed: 1))
            inside += calibration.fit.count(where: \.isInside)
            all += calibration.fit.count
            objective += calibration.objective
        }
        #expect(all == 678)
        #expect((0.72...0.92).contains(Double(inside) / Double(all)))
    }

    @Test("What was learnt up to two thirds of a man's record holds for the rest under the drug days that came")
    func heldOut() async throws {
        let (inside, all) = try await AvatarPatients.heldOut(try AvatarPatients.trial(#require(SharedFiles.table(Self.antigens))), model)
        // The card says what is found: 66 of 100.
        #expect(all == 189)
        #expect((0.60...0.75).contains(Double(inside) / Double(all)), "\(inside) of \(all)")
    }

    @Test("Simulated patients are found again: four of five intervals hold the truth")
    func coverage() async throws {
        let random = RandomStream(seed: 11, stream: 4)
        var hits = [Int](repeating: 0, count: 7)
        let count = 40
        for patient in 0..<count {
            let noise = random.normals(draw: patient, count: 7)
            let truth = zip(zip(AvatarParameters.centres, AvatarParameters.scales), noise).map { ($0.0 + $0.1 * $1).exp() }
            // The level is relative to a first value that has the error itself.
            let first = 30 * (AvatarParameters.residualSD * random.normal(draw: patient, index: 9)).exp()
            var draw = AvatarDraw(truth)
            draw.level = 30 / first
            let subject = try AvatarPatients.simulated(
                draw, first: first, days: stride(from: -560.0, through: 0, by: 28).map { $0 },
                windows: [(-560, -420), (-310, -200), (-80, nil)],
                seed: UInt64(patient))
            let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 400, seed: 2))
            for place in 1..<7 {
                let band = Quantiles.of(calibration.draws.column(calibration.parameterNames[place]), levels: [0.1, 0.9])
                hits[place] += truth[place] >= band[0] && truth[place] <= band[1] ? 1 : 0
            }
        }
        // 32 of 40 are expected; three standard deviations of a binomial are 7.6.
        for place in 1..<7 { #expect((24...40).contains(hits[place]), "\(model.parameters[place].name): \(hits[place]) of \(count)") }
    }

    @Test(
        "Without a marker nothing is fitted; with two values the figures are said to be the population's; growth then has its prior's spread"
    )
    func fewValues() async throws {
        await #expect(throws: TwinError.self) {
            try await model.calibrate(AvatarPatients.patient(psa: [], drug: []), settings: CalibrationSettings())
        }
        let subject = AvatarPatients.patient(psa: [(-30, 20), (0, 24)], drug: [])
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 1000, seed: 1))
        #expect(calibration.warnings.contains { $0.contains("the population's") })
        let logs = calibration.draws.column("kill").map { $0.log() }
        let mean = logs.reduce(0, +) / 1000
        let spread = (logs.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 1000).squareRoot()
        #expect(abs(spread - AvatarParameters.kill.sdLog) < 0.05, "nothing was seen of the drug, so its effect is the prior's: \(spread)")
        #expect(model.domain(of: subject).contains { $0.input == "values used" && !$0.isInside })
    }

    @Test("Values under another drug are left out, and a patient outside the domain is told so")
    func otherDrug() {
        let docetaxel = OncologyPatients.drug(Code(system: Code.atc, code: "L01CD02"), from: -100, to: -40)
        let subject = AvatarPatients.patient(
            psa: [(-300, 20), (-200, 4), (-90, 30), (-30, 12), (0, 14)], drug: [(-300, -150)], others: [docetaxel], isCastrate: false)
        let record = AvatarRecord(subject)
        #expect(record.measurements.map(\.day) == [-300, -200, 0], "28 days after its end it still counts")
        #expect(record.warnings.contains { $0.contains("another drug") })
        let outside = model.domain(of: subject).filter { !$0.isInside }.map(\.input)
        #expect(outside.contains("other drugs against the tumour") && outside.contains("testosterone"))
    }

    @Test(
        "In the 32 men of Zhang 2022, at the end of their trial, adaptive dosing costs nobody half a month, gains some more, and spares drug"
    )
    func compared() async throws {
        let men = AvatarPatients.trial(try #require(SharedFiles.table(Self.antigens)))
        var (later, sooner, spared) = (0, 0, 0)
        for man in men {
            let calibration = try await model.calibrate(man.subject, settings: CalibrationSettings(draws: 250, seed: 1))
            var times: [[Double]] = []
            var free: [Double] = []
            for policy in [AvatarPatients.continuous, AvatarPatients.adaptive()] {
                let forecast = try await model.forecast(
                    ForecastRequest(
                        subject: man.subject, calibration: calibration, scenario: Scenario(name: "test", interventions: [policy]),
                        days: [0, 365], seed: 1))
                times.append(try #require(forecast.endpoints.first { $0.id == "time-to-progression" }?.values))
                free = try #require(forecast.endpoints.first { $0.id == "drug-free-days" }?.values)
            }
            let gain = zip(times[0], times[1]).map { $1 - $0 }.reduce(0, +) / Double(times[0].count)
            later += gain > 0.5 ? 1 : 0
            sooner += gain < -0.5 ? 1 : 0
            spared += OncologyPatients.median(free) > 28 ? 1 : 0
        }
        // Most of them have progressed by then: found were 3 later, none sooner, 7 with more than four weeks spared.
        #expect(sooner == 0 && later >= 2 && spared >= 5, "\(later) later, \(sooner) sooner, \(spared) spared")
    }
}
