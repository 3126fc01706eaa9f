// What a system of counted things is to the simulation: reactions with their propensities.

/// An event that changes counts: births, deaths, conversions.
public struct Reaction: Sendable, Hashable {
    /// So many of a species.
    public struct Term: Sendable, Hashable {
        public var species: Int
        public var count: Int

        public init(_ species: Int, _ count: Int) {
            self.species = species
            self.count = count
        }
    }

    /// What must be there for it to happen, and sets its order: two of one species for A + A.
    public var reactants: [Term]
    /// What it adds; negative for what it takes. Never more is taken than ``reactants`` asks for.
    public var change: [Term]

    public init(reactants: [Term], change: [Term]) {
        self.reactants = reactants
        self.change = change
    }
}

/// Counts that change by ``Reaction``s at random, each with a probability per time.
///
/// Example, x → 2x and x → ∅:
/// ```swift
/// enum BirthDeath: ReactionSystem {
///     static let speciesCount = 1, parameterCount = 2
///     static let reactions = [
///         Reaction(reactants: [.init(0, 1)], change: [.init(0, 1)]), Reaction(reactants: [.init(0, 1)], change: [.init(0, -1)]),
///     ]
///     static func propensities(counts: Span<Double>, parameters: Span<Double>, into rate: inout MutableSpan<Double>) {
///         rate[0] = parameters[0] * counts[0]
///         rate[1] = parameters[1] * counts[0]
///     }
/// }
/// ```
public protocol ReactionSystem: Sendable {
    static var speciesCount: Int { get }
    static var parameterCount: Int { get }
    static var reactions: [Reaction] { get }

    /// The expected number of each reaction per unit of time. Must write all of `rate`, and nothing negative. A reaction that lacks
    /// reactants does not happen, whatever is written.
    static func propensities(counts: Span<Double>, parameters: Span<Double>, into rate: inout MutableSpan<Double>)
}

/// How counts are simulated.
public enum CountMethod: Sendable, Hashable {
    /// Every event: Gillespie (1977), J. Phys. Chem. 81:2340–2361, direct method.
    case exact
    /// Many events at once where propensities change little: Cao, Gillespie and Petzold (2006), J. Chem. Phys. 124:044109. The tolerance
    /// is the share by which a propensity may change in a leap (their ε; 0.03 in their examples).
    ///
    /// Where births and deaths of many balance, a leap may come near the relaxation time 1/λ and then overstates the variance, by
    /// 2/(2 − λτ) for leaps of length τ (Cao, Petzold, Rathinam and Gillespie 2004, J. Chem. Phys. 121:12169): for 2,000 at ε = 0.03 by
    /// half, at 0.005 by 4 %. Means stay right.
    case leaping(tolerance: Double)
}
