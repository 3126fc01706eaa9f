// The lane that remembers which states a result was made of, and nothing else.

/// A result of unknown value and the states it depends on.
///
/// A choice depends on both sides, whichever would be taken; what a comparison read does not count, since it has no derivative. So the
/// pattern holds at every time and state. A right-hand side must not ask what only a number can answer: that is a precondition.
public struct Dependence: Lane {
    public struct Mask: Sendable {
        @usableFromInline init() {}
    }
    public typealias Single = Dependence

    /// Ascending.
    public let states: [Int32]

    init(states: [Int32]) { self.states = states }
    @usableFromInline init(state: Int) { states = [Int32(state)] }
    public init(_ value: Double) { states = [] }
    public static var width: Int { 1 }

    /// The states of either.
    private static func union(_ a: Self, _ b: Self) -> Self {
        if a.states.isEmpty { return b }
        if b.states.isEmpty || a.states == b.states { return a }
        var both: [Int32] = []
        both.reserveCapacity(a.states.count + b.states.count)
        var (i, j) = (0, 0)
        while i < a.states.count, j < b.states.count {
            let (x, y) = (a.states[i], b.states[j])
            both.append(min(x, y))
            if x <= y { i += 1 }
            if y <= x { j += 1 }
        }
        both += a.states[i...]
        both += b.states[j...]
        return Self(states: both)
    }

    public static func + (a: Self, b: Self) -> Self { union(a, b) }
    public static func - (a: Self, b: Self) -> Self { union(a, b) }
    public static func * (a: Self, b: Self) -> Self { union(a, b) }
    public static func / (a: Self, b: Self) -> Self { union(a, b) }
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self { union(union(a, b), c) }

    public static func lessThan(_ a: Self, _ b: Self) -> Mask { Mask() }
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Mask { Mask() }
    public static func both(_ a: Mask, _ b: Mask) -> Mask { Mask() }
    public static func firstOnly(_ a: Mask, _ b: Mask) -> Mask { Mask() }
    public static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self { union(a, b) }

    public var magnitude: Self { self }
    public func squareRoot() -> Self { self }
    public func exp() -> Self { self }
    public func log() -> Self { self }

    public static func any(_ mask: Mask) -> Bool { noNumber() }
    public static func isSet(_ mask: Mask, lane: Int) -> Bool { noNumber() }
    public subscript(lane lane: Int) -> Double {
        get { Self.noNumber() }
        set { Self.noNumber() }
    }
    public func timesPowerOfTwo(_ n: Self) -> Self { Self.noNumber() }
    public func splitAtPowerOfTwo() -> (significand: Self, exponent: Self) { Self.noNumber() }

    private static func noNumber() -> Never {
        preconditionFailure("a right-hand side whose pattern is to be found asked for a value; give its sparsity instead")
    }
}
