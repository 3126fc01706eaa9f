// The places of a lane that a number's bits name.

/// Ascending; without a look at those that are not named.
@usableFromInline
struct Places: Sequence, IteratorProtocol {
    @usableFromInline var bits: Int

    @inlinable @inline(__always)
    init(_ bits: Int) { self.bits = bits }

    @inlinable @inline(__always)
    mutating func next() -> Int? {
        guard bits != 0 else { return nil }
        let place = bits.trailingZeroBitCount
        bits &= bits &- 1
        return place
    }
}
