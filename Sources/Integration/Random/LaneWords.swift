// Unsigned words side by side: what random bits are made of in lanes.

/// A 64-bit word, or one for each place of a lane.
public protocol LaneWords: Sendable {
    static func repeating(_ word: UInt64) -> Self
    /// 0, 1, 2 … by place.
    static var places: Self { get }

    static func &+ (a: Self, b: Self) -> Self
    static func &- (a: Self, b: Self) -> Self
    static func &* (a: Self, b: Self) -> Self
    static func ^ (a: Self, b: Self) -> Self
    static func & (a: Self, b: Self) -> Self
    static func | (a: Self, b: Self) -> Self
    func shiftedRight(_ bits: UInt64) -> Self
    func shiftedLeft(_ bits: UInt64) -> Self
}

extension UInt64: LaneWords {
    @inlinable @inline(__always)
    public static func repeating(_ word: UInt64) -> UInt64 { word }
    @inlinable @inline(__always)
    public static var places: UInt64 { 0 }
    @inlinable @inline(__always)
    public func shiftedRight(_ bits: UInt64) -> UInt64 { self &>> bits }
    @inlinable @inline(__always)
    public func shiftedLeft(_ bits: UInt64) -> UInt64 { self &<< bits }
}

extension SIMD8: LaneWords where Scalar == UInt64 {
    @inlinable @inline(__always)
    public static func repeating(_ word: UInt64) -> Self { Self(repeating: word) }
    @inlinable @inline(__always)
    public static var places: Self { Self(0, 1, 2, 3, 4, 5, 6, 7) }
    @inlinable @inline(__always)
    public func shiftedRight(_ bits: UInt64) -> Self { self &>> Self(repeating: bits) }
    @inlinable @inline(__always)
    public func shiftedLeft(_ bits: UInt64) -> Self { self &<< Self(repeating: bits) }
}
