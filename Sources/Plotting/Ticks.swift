// Where an axis carries its marks.
import Glibc

/// Round values within a range, never more than asked for.
public enum Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten within the range; ascending, at most `atMost`, empty when that is below 1.
    public static func nice(from: Double, to: Double, atMost: Int) -> [Double] {
        guard atMost > 0 else { return [] }
        let (low, high) = Scale.sound(from, to, .linear)
        var step = niceStep(from: low, to: high, atMost: atMost)
        for _ in 0..<4 {
            let first = (low / step - 1e-9).rounded(.up)
            let last = (high / step + 1e-9).rounded(.down)
            // Steps too small beside the value itself cannot be counted in a Double.
            guard abs(first) < 1e15, abs(last) < 1e15 else { return Array([low, high].prefix(atMost)) }
            let count = Int(last - first) + 1
            if count > atMost {
                step = larger(step)
                continue
            }
            guard count > 0 else { return [] }
            return (0..<count).map { clean((first + Double($0)) * step, step) }
        }
        return []
    }

    /// The smallest round step with which the range has at most so many marks.
    static func niceStep(from low: Double, to high: Double, atMost: Int) -> Double {
        let raw = (high / 2 - low / 2) / Double(max(1, atMost)) * 2
        guard raw > 0, raw.isFinite else { return max(.leastNormalMagnitude, high / 4 - low / 4) }
        let power = pow(10, floor(log10(raw)))
        guard power > 0, power.isFinite else { return raw }
        for factor in [1.0, 2, 5, 10] where factor * power >= raw * 0.999_999 { return factor * power }
        return 10 * power
    }

    private static func larger(_ step: Double) -> Double {
        let power = pow(10, floor(log10(step) + 1e-9))
        let factor = (step / power).rounded()
        return factor < 2 ? 2 * power : factor < 5 ? 5 * power : 10 * power
    }

    /// Multiples of 0.1 carry a tail in binary; the nearest printed value has none.
    private static func clean(_ value: Double, _ step: Double) -> Double {
        abs(value) < step * 1e-6 ? 0 : value
    }

    /// Powers of ten within the range, and their doubles and fives when there is room; at most `atMost`.
    public static func logarithmic(from: Double, to: Double, atMost: Int) -> [Double] {
        guard atMost > 0 else { return [] }
        let (low, high) = Scale.sound(from, to, .logarithmic)
        let first = Int(floor(log10(low)))
        let last = Int(ceil(log10(high)))
        func marks(_ factors: [Double], every: Int) -> [Double] {
            stride(from: first, through: last, by: every).flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
                .filter { $0.isFinite && $0 >= low * 0.999_999 && $0 <= high * 1.000_001 }
        }
        for factors in [[1.0, 2, 5], [1.0, 3], [1.0]] {
            let found = marks(factors, every: 1)
            if found.count <= atMost && !found.isEmpty { return found }
        }
        var every = 2
        while every <= 700 {
            let found = marks([1], every: every)
            if found.count <= atMost { return found }
            every *= 2
        }
        return []
    }
}
