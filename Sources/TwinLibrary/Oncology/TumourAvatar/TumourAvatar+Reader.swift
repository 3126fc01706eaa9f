// Reads the endpoints' figures off the trajectories, draw by draw.
import Numerics
import Systems
import Twins

struct AvatarReader {
    let plan: AvatarPlan
    let states: EnsembleTrajectories
    /// Place in `states.times` of each of the plan's milestones.
    private let places: [Int]

    init(_ run: OrdinaryRun<AvatarPlan>) {
        plan = run.plan
        states = run.states
        places = run.milestones
    }

    private var draws: Range<Int> { 0..<states.drawCount }
    private var last: Int { places[plan.weeks[plan.weeks.count - 1]] }
    private typealias State = ClonalCompetition.State

    /// Share of capacity.
    private func size(_ draw: Int, _ place: Int) -> Double {
        states[draw, place, State.sensitive] + states[draw, place, State.resistant] + states[draw, place, State.unreached]
    }

    private func place(of day: Double) -> Int? { plan.milestones.firstIndex(of: day).map { places[$0] } }

    /// Day of progression, at most the horizon, by draw.
    func progressionDays() -> [Double] { draws.map { min(states[$0, last, State.progressedAt], plan.horizon) } }

    /// Day on which the last drug of the scenario has failed: progression, or after a switch the first week from 12 weeks after it on in which
    /// the marker stands above progression's limit.
    func failureDays() -> [Double] {
        let progressed = progressionDays()
        return draws.map { draw in
            let change = states[draw, last, State.switchedAt]
            guard change < plan.horizon else { return plan.schedule.change?.day == nil ? progressed[draw] : plan.horizon }
            let from = change + AvatarParameters.grace
            let failed = plan.weeks.first { week in
                let place = places[week]
                return plan.milestones[week] >= from
                    && size(draw, place) > AvatarParameters.progression * states[draw, place, State.reference]
            }
            return failed.map { plan.milestones[$0] } ?? plan.horizon
        }
    }

    /// 100 where the draw has not progressed by a day, else 0; empty where the day is no milestone.
    func freedom(until day: Double) -> [Double] {
        guard place(of: day) != nil else { return [] }
        return draws.map { states[$0, last, State.progressedAt] > day ? 100 : 0 }
    }

    /// Days without any drug before progression or the horizon.
    func freeDays() -> [Double] {
        let ends = progressionDays()
        return draws.map { draw in
            let end = ends[draw]
            let later = plan.weeks.first { plan.milestones[$0] >= end } ?? plan.weeks[plan.weeks.count - 1]
            let (after, before) = (places[later], places[max(0, later - 1)])
            let span = states.times[after] - states.times[before]
            let share = span > 0 ? (end - states.times[before]) / span : 1
            let (from, to) = (states[draw, before, State.drugDays], states[draw, after, State.drugDays])
            return max(0, end - (from + share * (to - from)))
        }
    }

    /// Times that the first drug was given again before progression or the horizon.
    func cycles() -> [Double] {
        let ends = progressionDays()
        return draws.map { draw in
            let later = plan.weeks.first { plan.milestones[$0] >= ends[draw] } ?? plan.weeks[plan.weeks.count - 1]
            return states[draw, places[later], State.cycles]
        }
    }

    /// Percent, on a day.
    func resistantShare(on day: Double) -> [Double] {
        place(of: day).map { AvatarStates(states, plan.clones).resistantShares(at: [$0]) } ?? []
    }

    /// 100 where resistant cells alone (without any drug: sensitive ones) would stay below progression for ever; else 0.
    func control() -> [Double] {
        guard plan.schedule.change == nil else { return [] }
        let isUntreated = plan.schedule.policy == nil
        return draws.map { draw in
            let rest = isUntreated ? plan.rests[draw].untreated : plan.rests[draw].treated
            return rest < AvatarParameters.progression * states[draw, last, State.reference] ? 100 : 0
        }
    }

    /// Chance (percent) to live to a day by Desmée 2015, given the draw's PSA.
    func survival(until day: Double) -> [Double] {
        guard plan.record.marker == .psa, place(of: day) != nil else { return [] }
        let weeks = plan.weeks.filter { plan.milestones[$0] <= day }
        let days = weeks.map { plan.milestones[$0] }
        return draws.map { draw in
            100 * DesmeeSurvival.chance(days: days, antigen: weeks.map { size(draw, places[$0]) * plan.scales[draw] })
        }
    }
}
