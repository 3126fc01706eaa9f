// Systems with linear kinetics, which every method of the tests integrates in its own way.
import Numerics

/// A depot and three compartments, and the area under the central amount. Three boluses and three infusions, whose sizes are parameters:
/// inputs 0–2 say which infusions run; event 3·r + i puts bolus i into the depot (r = 0) or the central compartment (r = 1).
enum DosedCompartments: PartlyLinearSystem {
    static var compartments: CompartmentShape { CompartmentShape(3, hasDepot: true) }
    static var readAmounts: Int { 2 }
    static var stateCount: Int { 5 }
    /// k10, k12, k21, k13, k31, ka; boluses; rates of infusion.
    static var parameterCount: Int { 12 }
    static var inputCount: Int { 3 }
    static var preparedCount: Int { 0 }

    static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates {
        CompartmentRates(k10: p[0], k12: p[1], k21: p[2], k13: p[3], k31: p[4], ka: p[5])
    }

    static func infusion(state: Span<Double>, parameters p: Span<Double>, input: Span<Double>) -> Double {
        p[9] * input[0] + p[10] * input[1] + p[11] * input[2]
    }

    static func prepare<L: Lane>(
        state: Span<L>, parameters: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>
    ) {}

    static func remainder<L: Lane>(time: L, state y: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) { rate[4] = y[1] }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        let given = p[9] * input[0] + p[10] * input[1] + p[11] * input[2]
        let absorbed = p[5] * y[0]
        rate[0] = -absorbed
        rate[1] = given + absorbed + p[2] * y[2] + p[4] * y[3] - (p[0] + p[1] + p[3]) * y[1]
        rate[2] = p[1] * y[1] - p[2] * y[2]
        rate[3] = p[3] * y[1] - p[4] * y[3]
        rate[4] = y[1]
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        state[event / 3] = state[event / 3] + parameters[6 + event % 3]
    }
}

/// Cells that a drug of one compartment kills: y′ = (growth − kill·amount)·y, and a third state that only events change. The first three
/// parameters are k10, growth and kill.
protocol KilledCells: PartlyLinearSystem {}

extension KilledCells {
    static var compartments: CompartmentShape { CompartmentShape(1) }
    static var stateCount: Int { 3 }
    static var heldCount: Int { 1 }
    static var preparedCount: Int { 2 }

    static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates { CompartmentRates(k10: p[0]) }

    static func prepare<L: Lane>(
        state: Span<L>, parameters p: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>
    ) {
        prepared[0] = p[1]
        prepared[1] = p[2]
    }

    static func remainder<L: Lane>(time: L, state y: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
        rate[1] = (prepared[0] - prepared[1] * y[0]) * y[1]
    }
}

/// Cells that a drug of one compartment kills, under a rule: the infusion stops when the cells fall below a bound, and starts again, with a
/// bolus, when they are back above another.
///
/// States: amount, cells, whether the rule lets the infusion run. Parameters: k10, growth, kill, bound of stopping, bound of starting, bolus.
enum RuledInfusion: KilledCells {
    static var parameterCount: Int { 6 }
    static var inputCount: Int { 1 }
    static var surfaces: [Surface] { [Surface(.falling, event: 1), Surface(.rising, event: 2), Surface(.either)] }

    static func infusion(state: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double { input[0] * state[2] }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = input[0] * y[2] - p[0] * y[0]
        rate[1] = (p[1] - p[2] * y[0]) * y[1]
        rate[2] = L(0)
    }

    static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        switch surface {
        case 0: state[1] - parameters[3]
        case 1: state[1] - parameters[4]
        default: state[0] - 2
        }
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        if event == 2 { state[0] = state[0] + parameters[5] }
        state[2] = L(event == 1 ? 0 : 1)
    }
}

/// Cells killed by boluses of which only some are left to be given: on every day asked about, and on most of them there is nothing to do.
///
/// States: amount, cells, boluses left. Parameters: k10, growth, kill. Event 0 gives `input[0]`; one that is asked for without a bolus left
/// spoils everything.
enum CountedBoluses: KilledCells {
    static var parameterCount: Int { 3 }
    static var inputCount: Int { 1 }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = -(p[0] * y[0])
        rate[1] = (p[1] - p[2] * y[0]) * y[1]
        rate[2] = L(0)
    }

    static func apply<L: Lane>(event: Int, time: L, state y: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        y[0] = L.select(L.lessThan(L(0.5), y[2]), y[0] + input[0], L(.nan))
        y[2] = y[2] - 1
    }

    static func jump(
        event: Int?, time: Double, state: Span<Double>, parameters: Span<Double>, input: Span<Double>, running: Span<Double>
    ) -> Jump { event != nil && state[2] > 0.5 ? .everything : .nothing }
}

/// The same boluses, where it can be foreseen which of them are left to be given.
enum ForeseenBoluses: KilledCells {
    static var parameterCount: Int { 3 }
    static var inputCount: Int { 1 }

    static func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        CountedBoluses.derivative(time: time, state: state, parameters: parameters, input: input, into: &rate)
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        CountedBoluses.apply(event: event, time: time, state: &state, parameters: parameters, input: input)
    }

    static func jump(
        event: Int?, time: Double, state: Span<Double>, parameters: Span<Double>, input: Span<Double>, running: Span<Double>
    ) -> Jump { CountedBoluses.jump(event: event, time: time, state: state, parameters: parameters, input: input, running: running) }

    static func isForeseen(event: Int?) -> Bool { true }
}

/// A marker that fades at a pace which segments set, known in closed form beside the amount: m′ = −fading·pace·m. Cells are killed by the drug.
///
/// States: amount, marker, cells. Parameters: k10, growth, kill, fading. Input: pace. Event 0 gives a bolus of 10; the marker's half is a surface.
protocol FadingMarker: PartlyLinearSystem {}

extension FadingMarker {
    static var compartments: CompartmentShape { CompartmentShape(1) }
    static var closedCount: Int { 1 }
    static var stateCount: Int { 3 }
    static var parameterCount: Int { 4 }
    static var inputCount: Int { 1 }
    /// Growth, kill, the marker at the start, how fast it fades.
    static var preparedCount: Int { 4 }

    static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates { CompartmentRates(k10: p[0]) }

    static func prepare<L: Lane>(
        state: Span<L>, parameters p: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>
    ) {
        prepared[0] = p[1]
        prepared[1] = p[2]
        prepared[2] = state[1]
        prepared[3] = p[3] * input[0]
    }

    static func close<L: Lane>(since: L, prepared: Span<L>, into state: inout MutableSpan<L>) {
        state[1] = prepared[2] * (-(prepared[3] * since)).exp()
    }

    static func remainder<L: Lane>(time: L, state y: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
        rate[2] = (prepared[0] - prepared[1] * y[0]) * y[2]
    }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = -(p[0] * y[0])
        rate[1] = -(p[3] * input[0] * y[1])
        rate[2] = (p[1] - p[2] * y[0]) * y[2]
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        state[0] = state[0] + 10
    }

    /// A pace that changes is read, and nothing starts afresh.
    static func jump(
        event: Int?, time: Double, state: Span<Double>, parameters: Span<Double>, input: Span<Double>, running: Span<Double>
    ) -> Jump { event != nil ? .everything : input[0] == running[0] ? .nothing : .input }
}

enum PlainMarker: FadingMarker {}

/// With the moment at which the marker has fallen to one half.
enum WatchedMarker: FadingMarker {
    static var surfaces: [Surface] { [Surface(.falling)] }

    static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L { state[1] - 0.5 }
}
