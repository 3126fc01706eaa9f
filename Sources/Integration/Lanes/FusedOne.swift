// One draw at a time in the fused arithmetic.

/// A `Double` whose ``multiplyAdd(_:_:_:)`` rounds once.
///
/// Fast only in code compiled with FMA instructions (the kernel libraries); elsewhere the same bytes, slowly.
@frozen
public struct FusedOne: FusedLane {
    public typealias Mask = Bool
    public typealias Single = FusedOne

    public var value: Double

    @inlinable @inline(__always)
    public init(_ value: Double) { self.value = value }

    @inlinable @inline(__always)
    public static var width: Int { 1 }

    @inlinable @inline(__always)
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self { Self(c.value.addingProduct(a.value, b.value)) }

    @inlinable @inline(__always)
    public static func lessThan(_ a: Self, _ b: Self) -> Bool { a.value < b.value }
    @inlinable @inline(__always)
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Bool { a.value <= b.value }
    @inlinable @inline(__always)
    public static func select(_ mask: Bool, _ a: Self, _ b: Self) -> Self { mask ? a : b }
    @inlinable @inline(__always)
    public static func any(_ mask: Bool) -> Bool { mask }
    @inlinable @inline(__always)
    public static func both(_ a: Bool, _ b: Bool) -> Bool { a && b }
    @inlinable @inline(__always)
    public static func firstOnly(_ a: Bool, _ b: Bool) -> Bool { a && !b }
    @inlinable @inline(__always)
    public static func isSet(_ mask: Bool, lane: Int) -> Bool { mask }
}
