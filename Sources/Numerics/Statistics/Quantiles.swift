// Quantiles of one sample, whatever is in it.

/// Quantiles of type 7 (Hyndman and Fan 1996; the default of R and NumPy): linear between order statistics at (n − 1)·p.
public enum Quantiles {
    /// The quantiles of a sample in linear time.
    ///
    /// - Returns: one number a level, NaN for all where the sample holds NaN or nothing, and for a level that is NaN; levels are taken
    ///   within 0 … 1.
    public static func of(_ values: [Double], levels: [Double]) -> [Double] {
        guard !values.isEmpty, !values.contains(where: \.isNaN) else { return levels.map { _ in .nan } }
        let asked = levels.filter { !$0.isNaN }.map { min(1, max(0, $0)) }
        var found: [Double] = []
        var selector = QuantileSelector(levels: asked, count: values.count)
        if !values.withUnsafeBufferPointer({ selector.append($0, to: &found) }) { found = bySorting(values, asked) }
        var next = found.makeIterator()
        return levels.map { $0.isNaN ? .nan : next.next() ?? .nan }
    }

    /// For samples that hold infinities, or spread beyond all numbers.
    private static func bySorting(_ values: [Double], _ levels: [Double]) -> [Double] {
        let sorted = values.sorted()
        return levels.map { level in
            let position = Double(sorted.count - 1) * level
            let (low, fraction) = (Int(position), position - position.rounded(.down))
            let (a, b) = (sorted[low], sorted[min(low + 1, sorted.count - 1)])
            // Equal ends need no weighing, which would make NaN of two infinities.
            return a == b || fraction == 0 ? a : a + fraction * (b - a)
        }
    }
}
