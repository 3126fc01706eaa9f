// Eight draws side by side in the fused arithmetic.

/// A `SIMD8<Double>` whose ``multiplyAdd(_:_:_:)`` rounds once.
///
/// Truth values stay `SIMDMask`: for AVX2 and AVX-512 its comparisons and `replacing(with:where:)` become one instruction a register,
/// whereas the same written with bits is taken apart into pairs, and whatever follows with it (the reverse of SSE2, see ``Pair``).
///
/// Fast only in code compiled with FMA instructions (the kernel libraries); elsewhere the same bytes, slowly.
@frozen
public struct FusedEight: FusedLane {
    public typealias Mask = SIMDMask<SIMD8<Int64>>
    public typealias Single = FusedOne

    public var value: SIMD8<Double>

    @inlinable @inline(__always)
    public init(_ value: SIMD8<Double>) { self.value = value }
    @inlinable @inline(__always)
    public init(_ value: Double) { self.value = SIMD8(repeating: value) }

    @inlinable @inline(__always)
    public static var width: Int { 8 }

    @inlinable @inline(__always)
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self { Self(c.value.addingProduct(a.value, b.value)) }

    @inlinable @inline(__always)
    public static func lessThan(_ a: Self, _ b: Self) -> Mask { a.value .< b.value }
    @inlinable @inline(__always)
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Mask { a.value .<= b.value }
    @inlinable @inline(__always)
    public static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self {
        Self(b.value.replacing(with: a.value, where: mask))
    }
    @inlinable @inline(__always)
    public static func any(_ mask: Mask) -> Bool { SIMD8<Double>.any(unsafeBitCast(mask, to: SIMD8<Int64>.self)) }
    @inlinable @inline(__always)
    public static func both(_ a: Mask, _ b: Mask) -> Mask { a .& b }
    @inlinable @inline(__always)
    public static func firstOnly(_ a: Mask, _ b: Mask) -> Mask { a .& .!b }
    @inlinable @inline(__always)
    public static func isSet(_ mask: Mask, lane: Int) -> Bool { mask[lane] }
    @inlinable @inline(__always)
    public static func bits(_ mask: Mask) -> Int {
        // A true place is all ones.
        let places = unsafeBitCast(mask, to: SIMD8<Int64>.self) & SIMD8<Int64>(1, 2, 4, 8, 16, 32, 64, 128)
        return Int(places.wrappedSum())
    }
    @inlinable @inline(__always)
    public static func mask(_ bits: Int) -> Mask {
        let places = SIMD8<Int64>(repeating: Int64(bits)) & SIMD8<Int64>(1, 2, 4, 8, 16, 32, 64, 128)
        return places .!= SIMD8<Int64>(repeating: 0)
    }
}
