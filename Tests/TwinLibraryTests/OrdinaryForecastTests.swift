// What a forecast of differential equations promises whatever the twin: bounded memory, and a word on the method.
import Numerics
import Synchronization
import Testing
import Twins

@testable import TwinLibrary

@Suite("Forecasts of ordinary differential equations")
struct OrdinaryForecastTests {
    private let patient = OncologyPatients.borderline

    private func oscillators(_ method: IntegrationMethod) async throws -> Forecast {
        let twin = OscillatorTwin(method: method)
        let epsilon = (0..<40).map { (draw: Int) -> Double in draw % 10 == 3 ? 1e-6 : 0.5 + 0.01 * Double(draw) }
        return try await twin.forecast(
            ForecastRequest(
                subject: patient, calibration: twin.calibration(epsilon, reference: patient.reference),
                scenario: Scenario(name: "free", interventions: []), days: [0, 0.5, 1, 2], seed: 1))
    }

    @Test("a twin that leaves the method to the integrator has in its notes which draws proved stiff and when; another has nothing there")
    func method() async throws {
        let chosen = try await oscillators(.automatic)
        #expect(chosen.notes.count == 2)
        let note = try #require(chosen.notes.last)
        #expect(note.hasPrefix("integration: explicit for 36 draws; stiff (Rodas5P) for 4: stability limited the step, first at "))
        #expect(note.hasSuffix(" days"))
        let stiff = try await oscillators(.stiff)
        #expect(stiff.notes == ["assumption: an oscillator"])
        for (one, other) in zip(chosen.series[0].median, stiff.series[0].median) { #expect(abs(one - other) < 1e-3) }
    }

    @Test("however little may be kept of the trajectories at a time, the forecast is the same, bit for bit, and progress only rises")
    func memory() async throws {
        let model = LiverMetastases()
        let calibration = try await model.calibrate(patient, settings: CalibrationSettings(draws: 100, seed: 3))
        let request = OncologyPatients.forecast(
            patient, calibration, [OncologyPatients.systemic("folfox", ["hold-threshold": .number(2.5)]), OncologyPatients.resection(150)])
        let whole = try await model.forecast(request, concurrency: 2)
        #expect(whole.series.count > 4 && whole.series.allSatisfy { $0.median.count == request.days.count })
        for bytes in [0, 100 * 9 * 8 * 50, 1 << 30] {
            let told = Mutex<[Double]>([])
            let some = try await model.forecast(request, concurrency: 2, keeping: bytes) { share in told.withLock { $0.append(share) } }
            #expect(some == whole)
            let shares = told.withLock(\.self)
            #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 } && shares.last == 1)
        }
    }
}
