// Comparisons and choices of two numbers, as much as an SSE2 register holds; wider lanes are put together from them.

/// Truth values are all bits of a place set or none.
///
/// Of the same operations on a wider vector LLVM makes single bits, and unpacks them place by place; of a pair it makes one instruction
/// each, and of a comparison with its choice a minimum or maximum.
@usableFromInline
enum Pair {
    @usableFromInline typealias Numbers = SIMD2<Double>
    @usableFromInline typealias Mask = SIMD2<Int64>

    @inlinable @inline(__always)
    static func lessThan(_ a: Numbers, _ b: Numbers) -> Mask { unsafeBitCast(a .< b, to: Mask.self) }
    @inlinable @inline(__always)
    static func lessOrEqual(_ a: Numbers, _ b: Numbers) -> Mask { unsafeBitCast(a .<= b, to: Mask.self) }

    @inlinable @inline(__always)
    static func select(_ mask: Mask, _ a: Numbers, _ b: Numbers) -> Numbers {
        let (x, y) = (unsafeBitCast(a, to: Mask.self), unsafeBitCast(b, to: Mask.self))
        return unsafeBitCast((x & mask) | (y & ~mask), to: Numbers.self)
    }

    @inlinable @inline(__always)
    static func joined(_ first: Mask, _ second: Mask, _ third: Mask, _ fourth: Mask) -> SIMD8<Int64> {
        SIMD8(lowHalf: SIMD4(lowHalf: first, highHalf: second), highHalf: SIMD4(lowHalf: third, highHalf: fourth))
    }
}
