// Random numbers that come again, so that a failing case can be run again.

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed, the same numbers.
public struct Seeded: RandomNumberGenerator, Sendable {
    private var state: UInt64
    public init(_ seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// True in so large a share of the cases.
    public mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }
    /// One of a list; `other` where it is empty.
    public mutating func one<Element>(_ list: [Element], or other: Element) -> Element { list.randomElement(using: &self) ?? other }
}
