// Mammillary compartments: which there are, and the constants by which they exchange.

/// Which compartments a system of linear kinetics has, and the order of their amounts: the depot if absorption is of first order, the
/// central compartment, the peripheral ones.
public struct CompartmentShape: Sendable, Hashable {
    /// The central compartment and those that exchange with it alone: 1, 2 or 3.
    public let count: Int
    /// Whether a depot empties into the central compartment.
    public let hasDepot: Bool

    @inlinable @inline(__always)
    public init(_ count: Int, hasDepot: Bool = false) {
        self.count = count
        self.hasDepot = hasDepot
    }

    /// How many amounts there are.
    @inlinable @inline(__always) public var stateCount: Int { hasDepot ? count + 1 : count }
    /// Where the central amount stands.
    @inlinable @inline(__always) public var central: Int { hasDepot ? 1 : 0 }
}

/// The rate constants, per unit of time, none negative, named as is usual: `k10` out of the body, `k12` and `k21` to the second compartment
/// and back, `k13` and `k31` to the third, `ka` out of the depot.
public struct CompartmentRates: Sendable, Hashable {
    public var k10: Double
    public var k12: Double
    public var k21: Double
    public var k13: Double
    public var k31: Double
    public var ka: Double

    @inlinable
    public init(k10: Double, k12: Double = 0, k21: Double = 0, k13: Double = 0, k31: Double = 0, ka: Double = 0) {
        self.k10 = k10
        self.k12 = k12
        self.k21 = k21
        self.k13 = k13
        self.k31 = k31
        self.ka = ka
    }
}
