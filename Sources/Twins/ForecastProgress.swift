// How far a forecast is, for whoever waits for it.
import Numerics

/// Who is told while a task's forecasts are computed.
///
/// ```swift
/// let forecast = try await ForecastProgress.$report.withValue({ share in … }) { try await model.forecast(request) }
/// ```
public enum ForecastProgress {
    /// Told the share of the draws that is integrated, 0 to 1, rising; by models that integrate their draws in blocks.
    @TaskLocal public static var report: Ensemble.Progress?
}
