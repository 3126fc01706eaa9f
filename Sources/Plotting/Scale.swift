// From values to cells and back.
import Glibc

/// A mapping of a range of values to a run of cells: the first value is the middle of the first cell, the last one that of the last.
///
/// Positions are in cells from the low end, so that 0.5 is the middle of the first cell. Total for every input: NaN maps to NaN, infinities
/// to far outside, an empty or reversed or infinite range is put right first.
public struct Scale: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case linear, logarithmic }

    public let kind: Kind
    /// The values at the two ends; always finite and different, positive when logarithmic.
    public let from, to: Double
    /// How many cells.
    public let cells: Int
    private let start, span: Double

    public init(_ kind: Kind = .linear, from: Double, to: Double, over cells: Int) {
        let range = Scale.sound(from, to, kind)
        (self.kind, self.from, self.to) = (kind, range.0, range.1)
        self.cells = max(0, cells)
        // Halves, because the difference of two huge values is infinite.
        start = Scale.inner(range.0, kind)
        span = Scale.inner(range.1, kind) - start
    }

    /// The place of a value, in cells; 0.5 … cells − 0.5 inside the range.
    public func position(of value: Double) -> Double {
        guard !value.isNaN else { return .nan }
        if kind == .logarithmic && value <= 0 { return value < 0 ? .nan : -1e6 }
        guard value.isFinite else { return value > 0 ? 1e6 : -1e6 }
        // Bounded before it is multiplied: no cells times infinitely far would be no number.
        let part = min(1e6, max(-1e6, (Scale.inner(value, kind) - start) / span))
        return min(1e6, max(-1e6, part * Double(max(0, cells - 1)) + 0.5))
    }

    /// The value at a place in cells.
    public func value(at position: Double) -> Double {
        guard cells > 1 else { return from }
        let inner = start + span * (position - 0.5) / Double(cells - 1)
        return kind == .linear ? inner * 2 : pow(10, inner)
    }

    /// The cell of a value, from 0; nil outside the range and for NaN.
    public func cell(of value: Double) -> Int? {
        let position = position(of: value)
        guard position >= 0, position < Double(cells) else { return nil }
        return Int(position)
    }

    private static func inner(_ value: Double, _ kind: Kind) -> Double { kind == .linear ? value / 2 : log10(value) }

    /// A range that can be divided by: finite, ascending, not empty, positive when logarithmic.
    static func sound(_ one: Double, _ two: Double, _ kind: Kind) -> (Double, Double) {
        guard !one.isNaN, !two.isNaN else { return kind == .linear ? (0, 1) : (1, 10) }
        // Far beyond anything measured, and far enough from the largest number that sums and steps stay finite.
        let bounded = [one, two].map { $0.isFinite ? min(1e300, max(-1e300, $0)) : $0 }
        var (low, high) = (min(bounded[0], bounded[1]), max(bounded[0], bounded[1]))
        guard low.isFinite, high.isFinite else {
            let most = 1e300
            if low.isFinite { return sound(low, min(most, low + max(1, abs(low))), kind) }
            if high.isFinite { return sound(max(-most, high - max(1, abs(high))), high, kind) }
            return kind == .linear ? (0, 1) : (1, 10)
        }
        if kind == .logarithmic {
            if high <= 0 { return (1, 10) }
            high = max(high, 1e-299)
            if low <= 0 { low = high / 1000 }
            low = max(low, 1e-300)
            if high / low < 1.0001 {
                low = max(low / 2, .leastNormalMagnitude)
                high = max(low * 4, min(high * 2, .greatestFiniteMagnitude))
            }
            return (low, high)
        }
        if high / 2 - low / 2 <= max(abs(low), abs(high)) * 1e-12 {
            let room = max(abs(low) * 0.05, 0.5)
            (low, high) = (low - room, high + room)
            if !low.isFinite { low = -.greatestFiniteMagnitude }
            if !high.isFinite { high = .greatestFiniteMagnitude }
        }
        return (low, high)
    }
}
