// Lanes of numbers, as against symbols: their bits may be looked at, and they can be read from arrays.

/// A ``Lane`` whose places are numbers. Fixed-step kernels, which draw noise and walk over nodes and cells, are written for it.
public protocol NumberLane: Lane {
    associatedtype Words: LaneWords

    init(bits: Words)
    var bits: Words { get }

    /// `width` numbers that lie side by side; any alignment.
    static func load(_ address: UnsafePointer<Double>) -> Self
    func store(_ address: UnsafeMutablePointer<Double>)
    /// The numbers at `width` offsets from a base.
    static func gather(_ base: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>) -> Self
}

extension Double: NumberLane {
    @inlinable @inline(__always)
    public init(bits: UInt64) { self.init(bitPattern: bits) }
    @inlinable @inline(__always)
    public var bits: UInt64 { bitPattern }

    @inlinable @inline(__always)
    public static func load(_ address: UnsafePointer<Double>) -> Double { address.pointee }
    @inlinable @inline(__always)
    public func store(_ address: UnsafeMutablePointer<Double>) { address.pointee = self }
    @inlinable @inline(__always)
    public static func gather(_ base: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>) -> Double { base[offsets[0]] }
}

extension SIMD8: NumberLane where Scalar == Double {
    public typealias Words = SIMD8<UInt64>

    @inlinable @inline(__always)
    public init(bits: SIMD8<UInt64>) { self = unsafeBitCast(bits, to: Self.self) }
    @inlinable @inline(__always)
    public var bits: SIMD8<UInt64> { unsafeBitCast(self, to: SIMD8<UInt64>.self) }

    @inlinable @inline(__always)
    public static func load(_ address: UnsafePointer<Double>) -> Self { UnsafeRawPointer(address).loadUnaligned(as: Self.self) }
    @inlinable @inline(__always)
    public func store(_ address: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(address).storeBytes(of: self, as: Self.self)
    }
    @inlinable @inline(__always)
    public static func gather(_ base: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>) -> Self {
        Self(
            base[offsets[0]], base[offsets[1]], base[offsets[2]], base[offsets[3]],
            base[offsets[4]], base[offsets[5]], base[offsets[6]], base[offsets[7]])
    }
}

extension FusedOne: NumberLane {
    @inlinable @inline(__always)
    public init(bits: UInt64) { self.init(Double(bitPattern: bits)) }
    @inlinable @inline(__always)
    public var bits: UInt64 { value.bitPattern }

    @inlinable @inline(__always)
    public static func load(_ address: UnsafePointer<Double>) -> Self { Self(address.pointee) }
    @inlinable @inline(__always)
    public func store(_ address: UnsafeMutablePointer<Double>) { address.pointee = value }
    @inlinable @inline(__always)
    public static func gather(_ base: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>) -> Self { Self(base[offsets[0]]) }
}

extension FusedEight: NumberLane {
    @inlinable @inline(__always)
    public init(bits: SIMD8<UInt64>) { self.init(SIMD8<Double>(bits: bits)) }
    @inlinable @inline(__always)
    public var bits: SIMD8<UInt64> { value.bits }

    @inlinable @inline(__always)
    public static func load(_ address: UnsafePointer<Double>) -> Self { Self(SIMD8<Double>.load(address)) }
    @inlinable @inline(__always)
    public func store(_ address: UnsafeMutablePointer<Double>) { value.store(address) }
    @inlinable @inline(__always)
    public static func gather(_ base: UnsafePointer<Double>, _ offsets: UnsafePointer<Int>) -> Self {
        Self(SIMD8<Double>.gather(base, offsets))
    }
}
