// The whole liver twin: fluorouracil, tumour, neutrophils, and doses that are held while neutrophils are too few. In weeks.
import Integration

/// Claret's tumour under the doses that were given, and Friberg's marrow under the drug that they left.
///
/// y′ = (KL − KD·E·s)·y, s′ = −λ·s as in ``LiverSystem``; E counts only for a while after a dose that this draw was given, and while it stays
/// the same both are known: s = s₀·e^(−λτ), y = y₀·exp(KL·τ − KD·E·s₀·(1 − e^(−λτ))/λ). The marrow is that of
/// ``ClosedFormMyelosuppression``, driven by fluorouracil in two compartments: of all states only the marrow's are integrated. Whether a draw
/// is given a dose is decided at the start of a segment from its own neutrophils: doses in a draw's future depend on it alone.
///
/// - Invariant L4: no dose is given below the threshold, nor before it is due, nor beyond the cycles of the regimen.
public enum LiverTreatmentSystem: KernelSystem, PartlyLinearSystem {
    public enum State {
        /// Fluorouracil, mg; y, mm; s, what resistance left; cells, 10⁹/L.
        public static let central = 0, peripheral = 1, sum = 2, sensitivity = 3, proliferating = 4, transit = 5, neutrophils = 8
        public static let feedback = 9
        /// Week of the last dose, week in which the next is due, and cycles left of the regimen; only events change them.
        public static let dose = 10, due = 11, left = 12
    }
    /// What holds for a stretch of time: g per week while a dose counts; the week the stretch begins; for how many weeks after a dose its
    /// exposure counts; mg per week while a dose is infused; for how many weeks; slope L/mg of the marrow's set.
    public enum Input { public static let exposure = 0, start = 1, length = 2, rate = 3, duration = 4, slope = 5 }
    /// What an event is given, in the same places.
    public enum Given {
        /// Of a removal: share of the disease treated, factor on ρ, whether only draws take part whose own week it is (1), and the share
        /// that no removal has touched before.
        public static let share = 0, factor = 1, isOwn = 2, untouched = 3
        /// Of a line: weeks of resistance that it meets. Of a regimen: its cycles. Of an earlier dose: its bolus, mg.
        public static let number = 0
        /// Of a decision: bolus mg; smallest count, 10⁹/L; week of the next cycle if given, and if not; cycles of the regimen; weeks of
        /// resistance that its first dose meets (negative: it begins no line); weeks of pause on either side of the draw's own operation.
        public static let bolus = 0, threshold = 1, next = 2, later = 3, cycles = 4, resisted = 5, pause = 6
    }
    public enum Event {
        /// A line of treatment begins.
        @inlinable public static var line: Int { 1 }
        /// Disease is removed or ablated.
        @inlinable public static var removal: Int { 2 }
        /// A dose of the record.
        @inlinable public static var earlier: Int { 3 }
        /// A regimen begins: its first cycle is due, and what is left of the one before is dropped.
        @inlinable public static var regimen: Int { 4 }
        /// A day on which a cycle may be due.
        @inlinable public static var decision: Int { 5 }
        /// A marrow that has come to rest, each count within a hundred-thousandth of the baseline, rests: nothing is left to be stepped
        /// through.
        @inlinable public static var rest: Int { 6 }
        /// Nothing happens, but a step ends: what is asked for later cannot move what was computed before.
        @inlinable public static var milestone: Int { 7 }
    }

    @inlinable public static var name: String { "liver-treatment" }
    @inlinable public static var stateCount: Int { 13 }
    /// KL, KD, λ, ρ; baseline 10⁹/L, mean transit time wk, γ, ratio of the slope to its set's; clearance L/wk, central volume L, k12, k21
    /// per wk; week of the draw's own operation.
    @inlinable public static var parameterCount: Int { 13 }
    /// 1/λ; pace of the chain; effect of a mg in the centre per slope; γ·log of the baseline; the fewest cells that feed back.
    @inlinable public static var derivedCount: Int { 5 }
    @inlinable public static var inputCount: Int { 7 }
    @inlinable public static var heldCount: Int { 3 }

    @inlinable public static var compartments: CompartmentShape { CompartmentShape(2) }
    @inlinable public static var readAmounts: Int { 1 }
    @inlinable public static var closedCount: Int { 2 }
    /// KL, KD·E·s, λ, y and s at the start; pace of the chain, effect of a mg in the centre, γ, γ·log of the baseline; the fewest cells
    /// that feed back; 1/λ.
    @inlinable public static var preparedCount: Int { 11 }
    /// Share of the baseline below which the feedback grows no further. In Friberg's form it multiplies a kill beyond 1 too, and a marrow
    /// that has all but vanished would vanish ever faster; no count tells the two apart down there.
    @inlinable static var leastFeedback: Double { 1e-3 }
    /// Weeks by which two times are told apart: a twentieth of a second.
    @inlinable static var instant: Double { 1e-7 }
    /// A week before all that happened.
    @inlinable public static var never: Double { -1e6 }

    @inlinable
    public static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates {
        CompartmentRates(k10: p[8] / p[9], k12: p[10], k21: p[11])
    }

    @inlinable
    public static func infusion(state y: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double {
        input[1] + instant < y[10] + input[4] ? input[3] : 0
    }

    /// Most days on which a cycle may be due are none for a draw, and most ends of an exposure are those of a dose that it was not given.
    /// Events stand in segments without length, whose input is what they are given.
    @inlinable
    public static func jump(
        event: Int?, time: Double, state y: Span<Double>, parameters p: Span<Double>, input: Span<Double>, running: Span<Double>
    ) -> Jump {
        func everything(if changes: Bool) -> Jump { changes ? .everything : .nothing }
        switch event {
        case nil:
            // An infusion's amounts are exact until the end that was given for it.
            let isInfused = infusion(state: y, parameters: p, input: running) != 0 || infusion(state: y, parameters: p, input: input) != 0
            if isInfused || running[5] != input[5] { return .everything }
            return exposure(running, since: y[10]) == exposure(input, since: y[10]) ? .nothing : .input
        case Event.decision: return everything(if: y[12] > 0.5 && y[11] < time + instant)
        case Event.rest:
            let isAtRest = (4...8).allSatisfy { (y[$0] - p[4]).magnitude <= p[4] * 1e-5 }
            return everything(if: isAtRest && (4...8).contains { y[$0] != p[4] })
        case Event.removal: return everything(if: input[2] <= 0.5 || (p[12] - time).magnitude <= instant)
        case Event.milestone: return .nothing
        default: return .everything
        }
    }

    @inlinable
    public static func isForeseen(event: Int?) -> Bool { event != Event.rest && event != Event.milestone }

    /// What a stretch's exposure comes to after a dose.
    @inlinable
    static func exposure(_ input: Span<Double>, since dose: Double) -> Double { input[1] + instant < dose + input[2] ? input[0] : 0 }

    @inlinable
    public static func prepare<L: Lane>(
        state y: Span<L>, parameters p: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>
    ) {
        let isExposed = L.lessThan(input[1] + instant, y[10] + input[2])
        prepared[0] = p[0]
        prepared[1] = L.select(isExposed, p[1] * input[0] * y[3], L(0))
        prepared[2] = p[2]
        prepared[3] = y[2]
        prepared[4] = y[3]
        prepared[10] = p[13]
        prepared[5] = p[14]
        prepared[6] = p[15] * input[5]
        prepared[7] = p[6]
        prepared[8] = p[16]
        prepared[9] = p[17]
    }

    @inlinable
    public static func derive<L: Lane>(parameters p: Span<L>, into derived: inout MutableSpan<L>) {
        derived[0] = 1 / p[2]
        // Four moves from one compartment to the next take the mean transit time.
        derived[1] = 4 / p[5]
        derived[2] = p[7] / p[9]
        derived[3] = p[6] * p[4].log()
        derived[4] = p[4] * leastFeedback
    }

    @inlinable @inline(__always)
    public static func close<L: Lane>(since: L, prepared p: Span<L>, into y: inout MutableSpan<L>) {
        let fallen = p[2] * since
        let left = (-fallen).exp()
        // ∫ e^(−λτ): where little has fallen, 1 − e^(−λτ) would lose its digits.
        let third = L.subtractProduct(fallen, L(0.25), from: L(1))
        let second = L.subtractProduct(fallen * (1.0 / 3), third, from: L(1))
        let series = since * L.subtractProduct(fallen * 0.5, second, from: L(1))
        let met = L.select(L.lessThan(fallen, L(1e-3)), series, (1 - left) * p[10])
        y[2] = p[3] * L.subtractProduct(p[1], met, from: p[0] * since).exp()
        y[3] = p[4] * left
    }

    @inlinable @inline(__always)
    public static func settle<L: Lane>(state y: inout MutableSpan<L>, prepared: Span<L>) {
        y[9] = L.subtractProduct(prepared[7], y[8].atLeast(prepared[9]).log(), from: prepared[8]).exp()
    }

    @inlinable @inline(__always)
    public static func remainder<L: Lane>(time: L, state y: Span<L>, prepared p: Span<L>, into rate: inout MutableSpan<L>) {
        let (pace, feedback) = (p[5], y[9])
        let effect = p[6] * y[0]
        rate[4] = pace * (y[4] * L.subtractProduct(effect, feedback, from: feedback - 1))
        rate[5] = pace * (y[4] - y[5])
        rate[6] = pace * (y[5] - y[6])
        rate[7] = pace * (y[6] - y[7])
        let change = pace * (y[7] - y[8])
        rate[8] = change
        rate[9] = L.select(L.lessThan(p[9], y[8]), -(p[7] * (feedback * (change / y[8]))), L(0))
    }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let started = input[1] + instant
        let infused = L.select(L.lessThan(started, y[10] + input[4]), input[3], L(0))
        rate[0] = infused + p[11] * y[1] - (p[8] / p[9] + p[10]) * y[0]
        rate[1] = p[10] * y[0] - p[11] * y[1]
        let kill = L.select(L.lessThan(started, y[10] + input[2]), p[1] * input[0], L(0))
        rate[2] = (p[0] - kill * y[3]) * y[2]
        rate[3] = -(p[2] * y[3])
        let pace = p[14]
        let effect = p[15] * input[5] * y[0]
        let feedback = L.subtractProduct(p[6], y[8].atLeast(p[17]).log(), from: p[16]).exp()
        rate[4] = pace * y[4] * ((1 - effect) * feedback - 1)
        rate[5] = pace * (y[4] - y[5])
        rate[6] = pace * (y[5] - y[6])
        rate[7] = pace * (y[6] - y[7])
        rate[8] = pace * (y[7] - y[8])
        rate[9] = L.select(L.lessThan(p[17], y[8]), -(p[6] * y[9] * (rate[8] / y[8])), L(0))
        rate[10] = L(0)
        rate[11] = L(0)
        rate[12] = L(0)
    }

    @inlinable @inline(__always)
    public static func apply<L: Lane>(event: Int, time: L, state y: inout MutableSpan<L>, parameters p: Span<L>, input: Span<L>) {
        switch event {
        case Event.line: y[3] = (-(p[2] * input[0])).exp()
        case Event.removal:
            let left = (p[3] * input[1]).atMost(1)
            let before = input[3] + (1 - input[3]) * left
            let share = (input[3] - input[0] + (1 - input[3] + input[0]) * left) / before
            let after = L.select(L.lessThan(L(0), before), y[2] * share, L(0))
            let isElsewhere = L.both(L.lessThan(L(0.5), input[2]), L.lessThan(L(instant), (p[12] - time).magnitude))
            y[2] = L.select(isElsewhere, y[2], after)
        case Event.earlier:
            y[0] = y[0] + input[0]
            y[10] = time
        case Event.regimen:
            y[12] = input[0]
            y[11] = time
            y[10] = L(never)
        case Event.decision: decide(time: time, state: &y, parameters: p, input: input)
        case Event.rest: rest(state: &y, parameters: p)
        default: break
        }
    }

    @inlinable @inline(__always)
    static func rest<L: Lane>(state y: inout MutableSpan<L>, parameters p: Span<L>) {
        var farthest = L(0)
        for cells in 4...8 { farthest = farthest.atLeast((y[cells] - p[4]).magnitude) }
        let isAtRest = L.lessOrEqual(farthest, p[4] * 1e-5)
        for cells in 4...8 { y[cells] = L.select(isAtRest, p[4], y[cells]) }
    }

    /// The cycles of a regimen that a draw waits for.
    public struct Waiting<L: Lane> {
        /// Week in which the next is due.
        public var due: L
        public var left: L

        @inlinable @inline(__always)
        public init(due: L, left: L) { (self.due, self.left) = (due, left) }

        /// Gives the cycle that is due, or puts it off.
        ///
        /// - Parameters:
        ///   - time: the week of the decision; `operation`: that of the draw's own operation.
        ///   - neutrophils: 10⁹/L, just before.
        ///   - input: what the decision is given.
        @inlinable @inline(__always)
        public mutating func decide(
            at time: L, neutrophils: L, operation: L, given input: Span<L>
        ) -> (isDue: L.Mask, isGiven: L.Mask) {
            let isDue = L.both(L.lessThan(L(0.5), left), L.lessThan(due, time + instant))
            let isPaused = L.lessThan((operation - time).magnitude + instant, input[6])
            let isEnough = L.lessOrEqual(input[1], neutrophils)
            let isGiven = L.firstOnly(L.both(isDue, isEnough), isPaused)
            due = L.select(isGiven, input[2], L.select(isDue, input[3], due))
            left = L.select(isGiven, left - 1, left)
            return (isDue, isGiven)
        }
    }

    /// Gives the dose that is due, or puts it off.
    @inlinable @inline(__always)
    static func decide<L: Lane>(time: L, state y: inout MutableSpan<L>, parameters p: Span<L>, input: Span<L>) {
        let left = y[12]
        var waiting = Waiting(due: y[11], left: left)
        let isGiven = waiting.decide(at: time, neutrophils: y[8], operation: p[12], given: input).isGiven
        (y[11], y[12]) = (waiting.due, waiting.left)
        y[10] = L.select(isGiven, time, y[10])
        y[0] = L.select(isGiven, y[0] + input[0], y[0])
        let isFirst = L.both(L.both(isGiven, L.lessOrEqual(input[4], left)), L.lessOrEqual(L(0), input[5]))
        y[3] = L.select(isFirst, (-(p[2] * input[5])).exp(), y[3])
    }
}
