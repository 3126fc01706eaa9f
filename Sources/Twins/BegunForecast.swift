// What a first picture leaves to the whole forecast.
import Numerics
import Synchronization

/// The first draws of a forecast, integrated for its first picture. Changes no byte of the whole one: it is only used for a plan of which they
/// are the first draws.
final class BegunForecast: Hashable, Sendable {
    private struct Part: Sendable {
        var states: EnsembleTrajectories
        var parameters: Matrix
        var initial: InitialState
        var segments: [Segment]
        var tolerance: Tolerance
    }

    private let part = Mutex<Part?>(nil)

    func keep(_ states: EnsembleTrajectories, of plan: some OrdinaryPlan) {
        let part = Part(
            states: states, parameters: plan.parameters, initial: plan.initial, segments: plan.segments, tolerance: plan.tolerance)
        self.part.withLock { $0 = part }
    }

    /// What was kept, if it is the beginning of a plan: a request may have changed since, and some twins' segments depend on all draws.
    func states(for plan: some OrdinaryPlan) -> EnsembleTrajectories? {
        guard let part = part.withLock({ $0 }), part.segments == plan.segments, part.tolerance == plan.tolerance,
            plan.parameters.elements.starts(with: part.parameters.elements), Self.begins(plan.initial, with: part.initial)
        else { return nil }
        return part.states
    }

    private static func begins(_ whole: InitialState, with part: InitialState) -> Bool {
        switch (whole, part) {
        case (.same(let whole), .same(let part)): whole == part
        case (.each(let whole), .each(let part)): whole.elements.starts(with: part.elements)
        default: false
        }
    }

    /// It says nothing of what is asked.
    static func == (a: BegunForecast, b: BegunForecast) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}
