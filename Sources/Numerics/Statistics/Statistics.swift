// Mean and spread.

/// Moments of a column of numbers, summed in order.
public enum Statistics {
    /// NaN for an empty column.
    public static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }

    /// The unbiased variance (n − 1), by two passes; NaN below two values.
    public static func variance(_ values: [Double]) -> Double {
        guard values.count > 1 else { return .nan }
        let centre = mean(values)
        var (sum, drift) = (0.0, 0.0)
        for value in values {
            sum += (value - centre) * (value - centre)
            drift += value - centre
        }
        return (sum - drift * drift / Double(values.count)) / Double(values.count - 1)
    }

    /// The square root of the unbiased variance.
    public static func standardDeviation(_ values: [Double]) -> Double { variance(values).squareRoot() }
}
