// What every suite of the liver twin does before it looks: calibrate, forecast, take an endpoint.
import Testing
import Twins

@testable import TwinLibrary

protocol LiverSuite {
    var model: LiverMetastases { get }
}

extension LiverSuite {
    func calibrated(_ subject: Subject, draws: Int = 200) async throws -> Calibration {
        try await model.calibrate(subject, settings: CalibrationSettings(draws: draws, seed: 3))
    }
    func forecast(_ subject: Subject, _ interventions: [Intervention], draws: Int = 200) async throws -> Forecast {
        let calibration = try await calibrated(subject, draws: draws)
        return try await model.forecast(OncologyPatients.forecast(subject, calibration, interventions))
    }
    func endpoint(_ id: LiverEndpoint, _ forecast: Forecast) throws -> Endpoint {
        try #require(forecast.endpoints.first { $0.id == id.rawValue })
    }
}
