// Which states somebody reads at the requested times.

/// A bit for each of the first 64 states; further ones are always in it.
@frozen
public struct KeptBits: Sendable {
    @usableFromInline let bits: UInt64

    @inlinable @inline(__always)
    init(_ bits: UInt64) { self.bits = bits }

    @inlinable @inline(__always)
    func contains(_ state: Int) -> Bool { state > 63 || bits & (1 << UInt64(state)) != 0 }
}
