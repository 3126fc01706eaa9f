// What a policy's events do to the clones and to what it remembers.
import Integration

extension ClonalCompetition {
    @inlinable @inline(__always)
    public static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        switch event {
        case Event.refer: state[5] = state[0] + state[1] + state[2]
        case Event.give: state[3] = input[0]
        case Event.evaluate:
            look(time, &state, input)
            evaluate(&state, input)
        case Event.resume:
            look(time, &state, input)
            let isOff = L.lessThan(state[3] + state[4], L(0.5))
            state[6] = L.select(isOff, state[6] + 1, state[6])
            state[3] = L.select(isOff, L(1), state[3])
        case Event.look: look(time, &state, input)
        case Event.change: change(L.lessThan(state[4], L(0.5)), time, &state, input)
        case Event.begin:
            state[6] = L(0)
            state[7] = L(0)
            state[8] = L(never)
        case Event.progress: progress(L.lessThan(time, state[8]), time, &state, input)
        default: break
        }
    }

    /// The drug by the size, unless the second one is given.
    @inlinable @inline(__always)
    static func evaluate<L: Lane>(_ state: inout MutableSpan<L>, _ input: Span<L>) {
        let size = state[0] + state[1] + state[2]
        let isFirst = L.lessThan(state[4], L(0.5))
        let stops = L.both(isFirst, L.lessThan(size, input[0] * state[5]))
        let starts = L.both(isFirst, L.lessThan(input[1] * state[5], size))
        let again = L.both(starts, L.lessThan(state[3], L(0.5)))
        state[6] = L.select(again, state[6] + 1, state[6])
        state[3] = L.select(stops, L(0), L.select(starts, L(1), state[3]))
    }

    /// Progression where the size stands above its limit under a drug although no surface was crossed: it began above it.
    @inlinable @inline(__always)
    static func look<L: Lane>(_ time: L, _ state: inout MutableSpan<L>, _ input: Span<L>) {
        let counts = L.lessThan(L(0.5), state[3] + state[4] + input[5])
        let isAbove = L.lessThan(input[4] * state[5], state[0] + state[1] + state[2])
        progress(L.both(L.both(counts, isAbove), L.lessThan(time, state[8])), time, &state, input)
    }

    @inlinable @inline(__always)
    static func progress<L: Lane>(_ here: L.Mask, _ time: L, _ state: inout MutableSpan<L>, _ input: Span<L>) {
        state[8] = L.select(here, time, state[8])
        let plans = L.both(L.lessThan(L(0.5), input[3]), L.lessThan(state[4], L(0.5)))
        change(L.both(here, plans), time, &state, input)
    }

    /// The resistant cells part into those that the second drug reaches and those that it does not.
    @inlinable @inline(__always)
    static func change<L: Lane>(_ here: L.Mask, _ time: L, _ state: inout MutableSpan<L>, _ input: Span<L>) {
        let reached = state[1] * input[2]
        state[2] = L.select(here, state[2] + (state[1] - reached), state[2])
        state[1] = L.select(here, reached, state[1])
        state[3] = L.select(here, L(0), state[3])
        state[4] = L.select(here, L(1), state[4])
        state[9] = L.select(here, time, state[9])
    }
}
