// A number that counts what is computed with it: how many operations a kernel needs for a draw.

import Numerics
import Synchronization

/// One draw's number in the baseline arithmetic. Every sum, product and quotient of any integration on it is counted; a product added is two,
/// comparisons, choices and signs are no arithmetic.
struct Tally: Lane {
    static let operations = Atomic(0)

    var value: Double

    private init(_ value: Double, _ count: Int) {
        self.value = value
        Self.operations.add(count, ordering: .relaxed)
    }

    typealias Single = Tally
    static var width: Int { 1 }
    init(_ value: Double) { self.value = value }

    static func + (a: Tally, b: Tally) -> Tally { Tally(a.value + b.value, 1) }
    /// −0 − x is how a lane writes a sign, which is part of another operation.
    static func - (a: Tally, b: Tally) -> Tally { Tally(a.value - b.value, a.value == 0 && a.value.sign == .minus ? 0 : 1) }
    static func * (a: Tally, b: Tally) -> Tally { Tally(a.value * b.value, 1) }
    static func / (a: Tally, b: Tally) -> Tally { Tally(a.value / b.value, 1) }
    static func multiplyAdd(_ a: Tally, _ b: Tally, _ c: Tally) -> Tally { Tally(a.value * b.value + c.value, 2) }

    static func lessThan(_ a: Tally, _ b: Tally) -> Bool { a.value < b.value }
    static func lessOrEqual(_ a: Tally, _ b: Tally) -> Bool { a.value <= b.value }
    static func select(_ mask: Bool, _ a: Tally, _ b: Tally) -> Tally { mask ? a : b }
    static func any(_ mask: Bool) -> Bool { mask }
    static func both(_ a: Bool, _ b: Bool) -> Bool { a && b }
    static func firstOnly(_ a: Bool, _ b: Bool) -> Bool { a && !b }
    static func isSet(_ mask: Bool, lane: Int) -> Bool { mask }

    subscript(lane lane: Int) -> Double {
        get { value }
        set { value = newValue }
    }

    var magnitude: Tally { Tally(value.magnitude) }
    func squareRoot() -> Tally { Tally(value.squareRoot(), 1) }
    func timesPowerOfTwo(_ n: Tally) -> Tally { Tally(value.timesPowerOfTwo(n.value), 1) }
    func splitAtPowerOfTwo() -> (significand: Tally, exponent: Tally) {
        let (significand, exponent) = value.splitAtPowerOfTwo()
        return (Tally(significand), Tally(exponent))
    }
}
