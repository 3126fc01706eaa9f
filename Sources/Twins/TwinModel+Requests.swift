// What every model asks of a forecast's request before it computes: its own calibration, days that rise, a scenario that is allowed.
import Glibc

extension TwinModel {
    /// The request with its scenario completed and its draws limited, if it is this model's and can be drawn.
    ///
    /// - Throws: `.scenario` for a scenario that is not allowed, `.staleCalibration` for a calibration of another model or version,
    ///   `.request` for days that do not rise, `.numerics` for draws that are not numbers.
    public func prepared(_ request: ForecastRequest) throws(TwinError) -> ForecastRequest {
        let names = parameters.map(\.name)
        let calibration = request.calibration
        guard calibration.model == id, calibration.draws.parameterNames == names else {
            throw .staleCalibration("the calibration is of \(calibration.model), not of \(id)")
        }
        guard calibration.modelVersion == version else {
            throw .staleCalibration("the calibration is of version \(calibration.modelVersion) of \(id), this is \(version)")
        }
        guard request.days.allSatisfy(\.isFinite), zip(request.days, request.days.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .request("the days of a forecast must be finite and rise")
        }
        guard (request.days.last ?? 0) <= DayCount.longest, (request.days.first ?? 0) >= -DayCount.longest else {
            throw .request("the days of a forecast must lie within 100 years of «now»")
        }
        try validate(request.scenario, for: request.subject)
        var request = request
        do { request.scenario = try completed(request.scenario) } catch { throw .scenario(error) }
        if let limit = request.drawLimit, limit < request.calibration.draws.count {
            request.calibration.draws.values = Array(request.calibration.draws.values.prefix(max(limit, 1) * names.count))
        }
        let draws = request.calibration.draws
        guard draws.count > 0, draws.values.allSatisfy(\.isFinite) else { throw .numerics("the calibration has no usable draws") }
        return request
    }
}

/// How many tasks are worth having.
public enum Cores {
    /// Processors that are on; at least 1. How many there are changes no byte of a result.
    public static let count = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
