// The policies of Strobl 2021 on their own virtual patients: what shows that the twin's equations and events are the published ones.
import Numerics
import Systems

/// Continuous against adaptive treatment of Strobl 2021 (Cancer Res 81:1135), run with the twin's own system.
enum StroblTrial {
    /// Per day; Strobl 2021, text.
    static let growth = 0.027
    /// How much the drug takes from growth: growth is multiplied by 1 − 1.5.
    static let kill = 1.5
    /// Times the initial size that is progression.
    static let progression = 1.2

    /// Shares of capacity, of resistant cells, of growth that resistance costs, and deaths over births.
    struct Patient: Sendable, Hashable {
        var size: Double
        var resistant: Double
        var cost: Double
        var turnover: Double

        /// Where resistant cells alone would stay, as a share of capacity; −∞ where they cannot live.
        var equilibrium: Double { cost < 1 ? 1 - turnover / (1 - cost) : -.infinity }
        /// Even resistant cells alone stay below progression.
        var isControlled: Bool { equilibrium < progression * size }
        var rates: [Double] {
            let death = turnover * growth
            return [growth, growth * (1 - cost), death, death, 1, 1, kill, 0, 0]
        }
    }

    struct Outcome: Sendable, Hashable {
        /// Days; nil: not within the days that were run.
        var progression: Double?
        var cycles: Int
        /// Days with the drug until progression.
        var drugDays: Double
    }

    /// Courses of all patients under one policy, looked at every day.
    ///
    /// - Parameters:
    ///   - isAdaptive: off below half the initial size, on above it; else the drug is given throughout.
    ///   - days: whole days after which a course ends.
    static func run(_ patients: [Patient], isAdaptive: Bool, days: Int) throws -> [Outcome] {
        guard !patients.isEmpty else { return [] }
        let input = [0.5, 1, 0, 0, progression, 0]
        var segments = [
            Segment(start: 0, end: 0, input: input, event: ClonalCompetition.Event.refer),
            Segment(start: 0, end: 0, input: [1, 0, 0, 0, progression, 0], event: ClonalCompetition.Event.give),
        ]
        let look = isAdaptive ? ClonalCompetition.Event.evaluate : ClonalCompetition.Event.look
        for day in 0..<days {
            segments.append(Segment(start: Double(day), end: Double(day + 1), input: input, event: day == 0 ? nil : look))
        }
        let initial = patients.map { [$0.size * (1 - $0.resistant), $0.size * $0.resistant] + ClonalCompetition.fresh }
        let outputs = (0...days).map(Double.init)
        let run = try Ensemble.solveSerially(
            ClonalCompetition.self, draws: try Matrix(patients.map(\.rates)), initial: .each(try Matrix(initial)), segments: segments,
            outputs: outputs, tolerance: Tolerance(relative: 1e-10, absolute: 1e-14))
        return patients.indices.map { draw in
            let time = run[draw, days, ClonalCompetition.State.progressedAt]
            let isReached = time < Double(days)
            // The drug is given at progression, and until the day's end.
            let place = isReached ? Int(time.rounded(.up)) : days
            let drug = run[draw, place, ClonalCompetition.State.drugDays] - (isReached ? outputs[place] - time : 0)
            return Outcome(
                progression: isReached ? time : nil, cycles: Int(run[draw, place, ClonalCompetition.State.cycles]), drugDays: drug)
        }
    }
}

extension ClonalCompetition {
    /// What a policy remembers before it begins: no second clone, no drug, a reference that nothing exceeds.
    static let fresh: [Double] = [0, 0, 0, 1e30, 0, 0, never, never]
}
