// The cache of forecasts: what was computed once for a key is not computed again.
import Foundation
import GRDB
import Twins

extension Store {
    /// The cache holds at most so many bytes of forecasts; what was saved longest ago goes first.
    public static let forecastCacheLimit = 64 << 20

    /// A forecast from the cache; nil if it is not there, or damaged. A fraction of a millisecond.
    public func forecast(_ key: ForecastKey) throws(StoreError) -> Forecast? {
        try read { db in
            try Row.fetchOne(db, cachedSQL: "SELECT body FROM forecast WHERE key = ?", [key.hex])
                .flatMap { ForecastBytes.decode($0[0]) }
        }
    }

    /// Puts a forecast into the cache, and what is over the limit out.
    public func saveForecast(_ forecast: Forecast, key: ForecastKey) throws(StoreError) {
        try saveForecast(forecast, key: key, limit: Self.forecastCacheLimit)
    }

    func saveForecast(_ forecast: Forecast, key: ForecastKey, limit: Int) throws(StoreError) {
        try write { db in
            let body = try ForecastBytes.encode(forecast)
            let order = try Int64.fetchOne(db, sql: "SELECT coalesce(max(used), 0) + 1 FROM forecast") ?? 1
            try db.execute(
                cachedSQL: """
                    INSERT INTO forecast (key, used, size, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key)
                    DO UPDATE SET used = ?2, size = ?3, body = ?4
                    """, [key.hex, order, body.count, body])
            try db.execute(
                cachedSQL: """
                    DELETE FROM forecast WHERE used <= (SELECT used FROM (
                        SELECT used, sum(size) OVER (ORDER BY used DESC) AS total FROM forecast) WHERE total > ? ORDER BY used DESC LIMIT 1)
                    """, [limit])
        }
    }
}
