// Quantiles of columns, by selection: only what lies about the wanted ranks is ever sorted.

/// Quantiles of type 7 (Hyndman and Fan 1996; the default of R and NumPy): linear between order statistics at (n − 1)·p.
///
/// NaN anywhere in a column makes all its quantiles NaN, and so does an empty column; levels are taken within 0 … 1.
public enum Quantiles {
    /// The quantiles of one column.
    public static func of(_ values: [Double], levels: [Double]) -> [Double] {
        columns(values, rows: values.count, columns: 1, levels: levels)
    }

    /// The quantiles of every column of a table.
    ///
    /// Linear in the size of the table: a pass that counts the numbers into buckets by their leading bits, then a sort of the
    /// few buckets that hold a wanted rank.
    /// - Parameters:
    ///   - values: row-major, `rows * columns` numbers; an ensemble's values with `columns` = times × states.
    /// - Returns: `levels.count` numbers a column, at `column * levels.count + level`; empty when the sizes do not fit.
    public static func columns(_ values: [Double], rows: Int, columns: Int, levels: [Double]) -> [Double] {
        guard rows >= 0, columns >= 0, values.count == rows * columns else { return [] }
        var result = [Double](repeating: .nan, count: columns * levels.count)
        guard rows > 0 else { return result }
        let ranks = levels.map { Rank(level: $0, count: rows) }
        var selection = RankSelection(count: rows, ranks: ranks)
        // Eight columns at a time, so that every cache line of the table is read once.
        let strip = 8
        var gathered = [UInt64](repeating: 0, count: strip * rows)
        values.withUnsafeBufferPointer { table in
            gathered.withUnsafeMutableBufferPointer { keys in
                for first in stride(from: 0, to: columns, by: strip) {
                    let width = min(strip, columns - first)
                    for row in 0..<rows {
                        for c in 0..<width { keys[c * rows + row] = OrderedBits.key(table[row * columns + first + c]) }
                    }
                    for c in 0..<width {
                        let column = UnsafeBufferPointer(rebasing: keys[c * rows..<(c + 1) * rows])
                        guard selection.run(column) else { continue }
                        for (index, rank) in ranks.enumerated() {
                            result[(first + c) * levels.count + index] = selection.value(rank)
                        }
                    }
                }
            }
        }
        return result
    }
}

/// Where a quantile lies between order statistics.
struct Rank {
    let lower: Int
    let upper: Int
    let fraction: Double

    init(level: Double, count: Int) {
        let position = Double(count - 1) * min(1, max(0, level))
        lower = level.isNaN ? 0 : Int(position)
        upper = min(lower + 1, count - 1)
        fraction = level.isNaN ? .nan : position - Double(lower)
    }
}

/// Doubles as integers of the same order.
enum OrderedBits {
    @inline(__always)
    static func key(_ value: Double) -> UInt64 {
        let bits = value.bitPattern
        // Negative numbers turn round as a whole, positive ones move above them.
        let flip = UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 0x8000_0000_0000_0000
        return bits ^ flip
    }

    @inline(__always)
    static func value(_ key: UInt64) -> Double {
        let flip = key & 0x8000_0000_0000_0000 == 0 ? UInt64.max : 0x8000_0000_0000_0000
        return Double(bitPattern: key ^ flip)
    }

    /// Keys of −∞ and +∞; outside lie only NaNs.
    static let least = key(-.infinity)
    static let greatest = key(.infinity)
}
