// A forecast from stored draws: from the store's cache, or computed and kept there.
import Records
import Twins

extension Board {
    /// The forecast of a request whose draws the store holds under a hash.
    ///
    /// The store only caches it: a full disk hides no forecast that was computed. Throws what the model throws, and the store's errors in
    /// reading.
    public func forecast(_ request: ForecastRequest, by model: any TwinModel, drawsSHA256: String) async throws -> Forecast {
        let key = ForecastKey(
            request, modelID: model.id, version: model.version, arithmetic: model.arithmetic, drawsSHA256: drawsSHA256)
        if let kept = try store.forecast(key) { return kept }
        let forecast = try await model.forecast(request)
        try? store.saveForecast(forecast, key: key)
        return forecast
    }
}
