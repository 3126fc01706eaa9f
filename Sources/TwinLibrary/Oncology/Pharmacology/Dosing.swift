// Doses of a drug in time: boluses and infusions, once or repeated.
import Numerics

/// One dose. Times in h.
public struct Dosing: Hashable, Sendable {
    public var start: Double
    /// In the amount that the kinetics count: mg, or µmol where they say so.
    public var amount: Double
    /// 0 for a bolus.
    public var duration: Double

    public init(start: Double, amount: Double, duration: Double = 0) {
        self.start = start
        self.amount = amount
        self.duration = duration
    }

    public var end: Double { start + duration }

    /// The same dose again and again, the first at its own start.
    public func repeated(every interval: Double, count: Int) -> [Dosing] {
        (0..<max(count, 0)).map { Dosing(start: start + interval * Double($0), amount: amount, duration: duration) }
    }
}
