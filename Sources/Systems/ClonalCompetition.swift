// Clones under a policy that looks at their size: each draw has its own drug holidays.
import Integration

/// Three clones (``ClonalRates``), two drugs, and what a policy remembers. Time in days; cells in the unit of the capacity K.
///
/// A policy is a row of events, one for each day on which the size is known: ``Event/evaluate`` reads the state and turns the first drug on or
/// off. Progression, the size above a multiple of its reference while a drug is given, is a located surface; a size that stands
/// above it as the drug is given again counts once it still does at the next look.
public enum ClonalCompetition: KernelSystem {
    public enum State {
        public static let sensitive = 0, resistant = 1, unreached = 2
        /// 1 while the drug is given.
        public static let first = 3, second = 4
        /// Size that policy and progression are measured against.
        public static let reference = 5
        /// Times that the first drug was given again, and days with a drug, since ``Event/begin``.
        public static let cycles = 6, drugDays = 7
        /// Day of progression; ``never`` before.
        public static let progressedAt = 8
        /// Day of the switch to the second drug; ``never`` before.
        public static let switchedAt = 9
    }
    public enum Input {
        /// What the event says: see ``Event``.
        public static let low = 0, high = 1
        /// Share of the resistant cells that a second drug reaches; whether it begins at progression (1 or 0).
        public static let reached = 2, switches = 3
        /// Multiple of the reference that is progression; whether it counts while no drug is given (1 or 0).
        public static let factor = 4, countsUntreated = 5
    }
    public enum Event {
        /// The size becomes the reference.
        @inlinable public static var refer: Int { 1 }
        /// The first drug is given as `low` says, 1 or 0, and this counts as no cycle.
        @inlinable public static var give: Int { 2 }
        /// Off below `low` × reference, on above `high` × reference, else as before.
        @inlinable public static var evaluate: Int { 3 }
        /// The first drug is given again.
        @inlinable public static var resume: Int { 4 }
        /// The size is looked at for progression only.
        @inlinable public static var look: Int { 5 }
        /// The second drug takes the first one's place.
        @inlinable public static var change: Int { 6 }
        /// Cycles, days and progression are counted from here.
        @inlinable public static var begin: Int { 7 }
        /// Progression, at the surface.
        @inlinable public static var progress: Int { 8 }
    }
    /// A day that no course reaches.
    @inlinable public static var never: Double { 1e9 }

    @inlinable public static var name: String { "clonal-competition" }
    @inlinable public static var stateCount: Int { 10 }
    @inlinable public static var parameterCount: Int { 9 }
    @inlinable public static var inputCount: Int { 6 }
    @inlinable public static var surfaces: [Surface] { [Surface(.rising, event: Event.progress)] }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let none = L(0)
        let resistant = state[1] + state[2]
        let crowd = L.multiplyAdd(parameters[5], state[0], resistant)
        rate[0] = ClonalRates.sensitive(state[0], total: state[0] + resistant, first: state[3], second: state[4], parameters)
        rate[1] = ClonalRates.resistant(state[1], crowd: crowd, second: state[4], parameters)
        rate[2] = ClonalRates.resistant(state[2], crowd: crowd, second: none, parameters)
        rate[3] = none
        rate[4] = none
        rate[5] = none
        rate[6] = none
        rate[7] = state[3] + state[4]
        rate[8] = none
        rate[9] = none
    }

    /// Size over what is progression, in the cells' unit; below zero where it does not count.
    @inlinable @inline(__always)
    public static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        let counts = L.lessThan(L(0.5), state[3] + state[4] + input[5])
        let open = L.lessThan(time, state[8])
        let excess = state[0] + state[1] + state[2] - input[4] * state[5]
        return L.select(L.both(counts, open), excess, L(-1))
    }
}
