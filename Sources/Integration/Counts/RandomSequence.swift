// Random numbers of one draw, one after the other: for what does not know beforehand how many it needs.

/// The uniforms of a ``NoiseKey`` at one draw and component, taken in order of their index.
///
/// Each draw has a sequence of its own, so a rejected number costs another draw nothing (invariant N9).
public struct RandomSequence: Sendable {
    @usableFromInline let key: NoiseKey
    @usableFromInline let draw: UInt64
    @usableFromInline let component: UInt64
    @usableFromInline var pair: UInt64 = 0
    @usableFromInline var kept = 0.0
    @usableFromInline var hasKept = false

    @inlinable
    public init(_ key: NoiseKey, draw: Int, component: Int = 0) {
        self.key = key
        self.draw = UInt64(truncatingIfNeeded: draw)
        self.component = UInt64(truncatingIfNeeded: component)
    }

    /// Uniform on the open interval from 0 to 1.
    @inlinable @inline(__always)
    public mutating func uniform() -> Double {
        if hasKept {
            hasKept = false
            return kept
        }
        let (now, later) = key.uniforms(Double.self, draw: draw, component: component, pair: pair)
        pair &+= 1
        kept = later
        hasKept = true
        return now
    }

    /// Exponential with mean 1.
    @inlinable @inline(__always)
    public mutating func exponential() -> Double { -uniform().naturalLogarithm() }
}
