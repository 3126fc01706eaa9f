// A system whose first states are linear kinetics: they are known in closed form, and only the others are integrated.

/// A system whose first states are amounts in mammillary compartments, which nothing but doses, infusions and events changes.
///
/// ``ClosedFormKinetics`` integrates it: between events the amounts are sums of exponentials, exact at every time that is asked for; the
/// method steps through the other states alone, given the amounts at each stage's time. Events may change any state, amounts too, and
/// surfaces may look at all of them; after an event the course of the amounts is computed anew from what it left.
///
/// Example, a bolus into one compartment that kills what grows (the event adds `input[0]` to the amount):
/// ```swift
/// enum Kill: PartlyLinearSystem {
///     static var compartments: CompartmentShape { CompartmentShape(1) }
///     static let stateCount = 2, parameterCount = 3, inputCount = 1, preparedCount = 2
///     static func compartmentRates(parameters: Span<Double>) -> CompartmentRates { CompartmentRates(k10: parameters[0]) }
///     static func prepare<L: Lane>(
///         state: Span<L>, parameters: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>
///     ) {
///         prepared[0] = parameters[1]
///         prepared[1] = parameters[2]
///     }
///     static func remainder<L: Lane>(time: L, state: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
///         rate[1] = (prepared[0] - prepared[1] * state[0]) * state[1]
///     }
///     // derivative: both rates; apply: state[0] = state[0] + input[0]
/// }
/// ```
/// `derivative` stays the whole right-hand side, so that every other method can integrate the same system.
public protocol PartlyLinearSystem: OrdinarySystem {
    /// Which compartments the first states are.
    static var compartments: CompartmentShape { get }
    /// How many amounts, from the first on, ``remainder(time:state:prepared:into:)`` reads; by default all. The others are not computed at
    /// stages.
    static var readAmounts: Int { get }
    /// Numbers that ``prepare(state:parameters:input:into:)`` computes.
    static var preparedCount: Int { get }
    /// How many states behind the amounts are known in closed form too, from a start until the next event or change of input; by default
    /// none. The rates of the others must not read them.
    static var closedCount: Int { get }

    /// A draw's rate constants.
    static func compartmentRates(parameters: Span<Double>) -> CompartmentRates
    /// What flows into the central compartment, amount per unit of time; by default nothing. It may depend on states that only events
    /// change (a switch that a rule turns off), since it must stay the same until the next event.
    static func infusion(state: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double

    /// Computes what the remainder and the closed states need of state, parameters and input, once for each start.
    static func prepare<L: Lane>(
        state: Span<L>, parameters: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>)
    /// Writes the ``closedCount`` states as they are some time after the last start.
    static func close<L: Lane>(since: L, prepared: Span<L>, into state: inout MutableSpan<L>)
    /// The rates of the states that are integrated; `state` holds all, the amounts among them as they are at `time`. Must write
    /// `rate[compartments.stateCount + closedCount ..< stateCount - heldCount]` and nothing else.
    static func remainder<L: Lane>(time: L, state: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>)
    /// Sets states that follow from others; by default there are none.
    ///
    /// A power or an exponential of a state may be kept as a state of its own, whose rate follows by the chain rule, so that stages need not
    /// compute it: it is integrated within a step only, and set here at the start of a stretch and at the end of each step.
    static func settle<L: Lane>(state: inout MutableSpan<L>, prepared: Span<L>)
}

extension PartlyLinearSystem {
    @inlinable
    public static var readAmounts: Int { compartments.stateCount }

    @inlinable
    public static var closedCount: Int { 0 }

    @inlinable @inline(__always)
    public static func close<L: Lane>(since: L, prepared: Span<L>, into state: inout MutableSpan<L>) {}

    @inlinable @inline(__always)
    public static func settle<L: Lane>(state: inout MutableSpan<L>, prepared: Span<L>) {}

    @inlinable
    public static func infusion(state: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double { 0 }
}
