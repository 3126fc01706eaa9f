// One draw at a time: Double as a lane of width one.

extension Double: Lane {
    @inlinable @inline(__always)
    public static var width: Int { 1 }

    public typealias Single = Double

    @inlinable @inline(__always)
    public static func multiplyAdd(_ a: Double, _ b: Double, _ c: Double) -> Double { a * b + c }

    @inlinable @inline(__always)
    public static func lessThan(_ a: Double, _ b: Double) -> Bool { a < b }
    @inlinable @inline(__always)
    public static func lessOrEqual(_ a: Double, _ b: Double) -> Bool { a <= b }
    @inlinable @inline(__always)
    public static func select(_ mask: Bool, _ a: Double, _ b: Double) -> Double { mask ? a : b }
    @inlinable @inline(__always)
    public static func any(_ mask: Bool) -> Bool { mask }
    @inlinable @inline(__always)
    public static func both(_ a: Bool, _ b: Bool) -> Bool { a && b }
    @inlinable @inline(__always)
    public static func firstOnly(_ a: Bool, _ b: Bool) -> Bool { a && !b }
    @inlinable @inline(__always)
    public static func isSet(_ mask: Bool, lane: Int) -> Bool { mask }

    @inlinable @inline(__always)
    public subscript(lane lane: Int) -> Double {
        get { self }
        set { self = newValue }
    }

    @inlinable @inline(__always)
    public func timesPowerOfTwo(_ n: Double) -> Double {
        // 1.5·2⁵² + 1023 + n carries the biased exponent in its last bits.
        let bits = (n + 6_755_399_441_056_767).bitPattern &<< 52
        return self * Double(bitPattern: bits)
    }

    @inlinable @inline(__always)
    public func splitAtPowerOfTwo() -> (significand: Double, exponent: Double) {
        let bits = bitPattern
        let offset = bits &+ (0x4000_0000_0000_0000 - 0x3fe6_a09e_667f_3bcd)
        let biased = offset &>> 52
        let scale = (biased &<< 52) &- 0x4000_0000_0000_0000
        let counted = Double(bitPattern: biased &+ 0x4338_0000_0000_0000)
        return (Double(bitPattern: bits &- scale), counted - 6_755_399_441_056_768)
    }

    @inlinable @inline(__always)
    public func guessedReciprocal() -> Double { Double(bitPattern: 0x7fde_6238_22fc_16e6 &- bitPattern) }
}
