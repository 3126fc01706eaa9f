// Which states somebody reads at the requested times.

/// A bit for each of the first 64 states; further ones are always in it.
@frozen
public struct KeptBits: Sendable {
    @usableFromInline let bits: UInt64

    @inlinable static var all: Self { Self(.max) }

    /// Of so many states: all, or those whose bit is 1.
    @inlinable
    public init(_ bits: UInt64, of count: Int = 64) {
        let every = count < 64 ? (1 << UInt64(count)) - 1 : UInt64.max
        self.bits = bits & every == every ? .max : bits
    }

    @inlinable @inline(__always)
    var isAll: Bool { bits == .max }

    @inlinable @inline(__always)
    func contains(_ state: Int) -> Bool { state > 63 || bits & (1 << UInt64(state)) != 0 }

    /// The states that are kept, of so many, in rising order: as they stand in a row of values.
    @inlinable
    public func states(of count: Int) -> [Int] { (0..<count).filter { contains($0) } }
}
