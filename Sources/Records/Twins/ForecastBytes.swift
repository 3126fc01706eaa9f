// A forecast as bytes: the words in JSON, the numbers as doubles; NaN and infinity come back as they went.
import Foundation
import Twins

/// What a decision keeps of a forecast, to hold against one that is computed again.
public enum ForecastDigest {
    /// SHA-256 in hexadecimal of the bytes in which the store keeps a forecast: every number of it, every word. Empty for one that cannot be
    /// written, which no digest equals.
    public static func sha256(_ forecast: Forecast) -> String {
        (try? ForecastBytes.encode(forecast)).map(DoubleBytes.sha256) ?? ""
    }
}

/// `TBF1`, the length of the JSON (4 bytes, little-endian), the JSON with every list of numbers empty, then the lists in order
/// (days, each series' quantiles, each endpoint's values), each as its count (4 bytes) and its doubles.
enum ForecastBytes {
    private static let mark = Data("TBF1".utf8)

    static func encode(_ forecast: Forecast) throws -> Data {
        var words = forecast
        words.days = []
        for index in words.series.indices {
            words.series[index].quantiles = words.series[index].quantiles.map { _ in [] }
        }
        for index in words.endpoints.indices { words.endpoints[index].values = [] }
        let json = Data(try StoredJSON.text(words).utf8)
        var result = mark
        append(UInt32(clamping: json.count), to: &result)
        result.append(json)
        for list in lists(of: forecast) {
            append(UInt32(clamping: list.count), to: &result)
            result.append(DoubleBytes.data(list))
        }
        return result
    }

    /// Nil if the bytes are not a whole forecast.
    static func decode(_ data: Data) -> Forecast? {
        var rest = data[...]
        guard take(4, from: &rest) == mark, let length = number(&rest), let json = take(length, from: &rest),
            var forecast: Forecast = try? StoredJSON.value(String(decoding: json, as: UTF8.self), path: "", what: ""),
            let days = list(&rest)
        else { return nil }
        forecast.days = days
        for series in forecast.series.indices {
            for level in forecast.series[series].quantiles.indices {
                guard let values = list(&rest) else { return nil }
                forecast.series[series].quantiles[level] = values
            }
        }
        for endpoint in forecast.endpoints.indices {
            guard let values = list(&rest) else { return nil }
            forecast.endpoints[endpoint].values = values
        }
        return rest.isEmpty ? forecast : nil
    }

    private static func lists(of forecast: Forecast) -> [[Double]] {
        [forecast.days] + forecast.series.flatMap(\.quantiles) + forecast.endpoints.map(\.values)
    }

    private static func append(_ value: UInt32, to data: inout Data) {
        withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
    }

    private static func take(_ count: Int, from rest: inout Data) -> Data? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func number(_ rest: inout Data) -> Int? {
        take(4, from: &rest).map { bytes in bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }

    private static func list(_ rest: inout Data) -> [Double]? {
        guard let count = number(&rest), let bytes = take(count * 8, from: &rest) else { return nil }
        return DoubleBytes.values(bytes)
    }
}
