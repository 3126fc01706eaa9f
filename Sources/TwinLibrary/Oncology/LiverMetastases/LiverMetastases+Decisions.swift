// Which cycles each draw was given and which were held, decided anew from the integrated neutrophils.
import Numerics
import Systems
import Twins

/// What came of the candidate days of one regimen, draw by draw.
///
/// The states at the instant of an event are those just before it, which the integration decided on: from the same numbers the same decisions
/// follow. A cycle that was due and not given was held, unless the draw's own operation was near.
public struct LiverDecisions: Sendable {
    let dosing: LiverDosing
    /// Weeks of the decisions that fall within the horizon.
    let weeks: [Double]
    let drawCount: Int
    /// `[decision × draws + draw]`: the number of the cycle given, 1 for the first; 0 for none.
    private(set) var given: [UInt8]
    /// 1 where a cycle was given, 0 where none was: to multiply by.
    private var taken: [Double]
    /// Of each decision whether any draw was given a cycle.
    private(set) var isAnyGiven: [Bool]
    /// The number of the cycle held; 0 for none.
    private(set) var held: [UInt8]

    /// The candidate days' weeks, and the end of the last one's exposure; those within the horizon. The last of these is not decided on: a cycle
    /// counts where something of it falls within the horizon.
    static func weeks(of dosing: LiverDosing, horizon: Double) -> [Double] {
        guard let last = dosing.candidates.last else { return [] }
        let end = LiverTime.week(min(dosing.until, last.day + dosing.length))
        return (dosing.candidates.map { LiverTime.week($0.day) } + [end]).filter { $0 <= horizon }
    }

    /// - Parameter places: of a week of ``weeks(of:horizon:)``, in the states' times.
    init(_ dosing: LiverDosing, plan: LiverPlan, states: EnsembleTrajectories, place: (_ week: Double) -> Int?) {
        self.dosing = dosing
        drawCount = states.drawCount
        let looks = Self.weeks(of: dosing, horizon: plan.horizon)
        weeks = Array(looks.dropLast())
        let count = weeks.count * drawCount
        given = [UInt8](repeating: 0, count: count)
        held = given
        taken = [Double](repeating: 0, count: count)
        isAnyGiven = [Bool](repeating: false, count: weeks.count)
        let places = looks.compactMap(place)
        guard places.count == looks.count, !weeks.isEmpty else { return }
        let neutrophils = states.columns(times: places.dropLast(), state: LiverTreatmentSystem.State.neutrophils)
        let cycles = Double(dosing.regimen.cycles)
        let pause = dosing.ownPause / DayCount.week
        var waiting = [LiverTreatmentSystem.Waiting](repeating: .init(due: weeks[0], left: cycles), count: drawCount)
        for (decision, week) in weeks.enumerated() {
            // What is decided does not depend on the size of the dose.
            let decided = dosing.given(dosing.candidates[decision], bolus: 0)
            for draw in 0..<drawCount {
                let spot = decision * drawCount + draw
                let cycle = UInt8(clamping: Int(cycles - waiting[draw].left) + 1)
                let operation = plan.operation?.weeks[draw] ?? LiverOperation.notWithin
                let (isDue, isGiven) = waiting[draw].decide(
                    at: week, neutrophils: neutrophils[spot], operation: operation, given: decided.span)
                if isGiven {
                    given[spot] = cycle
                    taken[spot] = 1
                    isAnyGiven[decision] = true
                } else if isDue, !plan.isNearOwnOperation(draw, week: week, pause: pause) {
                    held[spot] = cycle
                }
            }
        }
    }

    /// Share of the draws in which a cycle was held on a decision's day.
    func share(held decision: Int) -> Double {
        Double(held[decision * drawCount..<(decision + 1) * drawCount].count { $0 > 0 }) / Double(drawCount)
    }

    /// Percent of the draws of which a cycle is on hold at a week: from the day on which it was due until the next look.
    static func onHold(_ all: [LiverDecisions], week: Double) -> Double {
        var share = 0.0
        for one in all {
            let length = one.dosing.regimen.delay / DayCount.week
            for decision in one.weeks.indices where one.weeks[decision] <= week && week < one.weeks[decision] + length {
                share += one.share(held: decision)
            }
        }
        return min(100, 100 * share)
    }

    /// For each cycle the share of the draws in which it was held at least once.
    var heldShares: [Double] {
        (1...max(dosing.regimen.cycles, 1)).map { cycle in
            let count = (0..<drawCount).count { draw in
                weeks.indices.contains { held[$0 * drawCount + draw] == UInt8(clamping: cycle) }
            }
            return Double(count) / Double(drawCount)
        }
    }

    /// Adds a level to the draws that were given a dose on a decision's day.
    func add(_ level: Double, toThoseGivenAt decision: Int, _ levels: inout [Double]) {
        taken.withUnsafeBufferPointer { taken in
            levels.withUnsafeMutableBufferPointer { levels in
                let first = decision * drawCount
                for draw in 0..<drawCount { levels[draw] += level * taken[first + draw] }
            }
        }
    }

    /// Cycles that a draw was given.
    func givenCount(_ draw: Int) -> Int { weeks.indices.count { given[$0 * drawCount + draw] > 0 } }
    /// How often a draw's treatment was put off.
    func heldCount(_ draw: Int) -> Int { weeks.indices.count { held[$0 * drawCount + draw] > 0 } }
    /// Days of the doses that a draw was given.
    func days(_ draw: Int) -> [Double] {
        weeks.indices.filter { given[$0 * drawCount + draw] > 0 }.map { weeks[$0] * DayCount.week }
    }
}

extension LiverPlan {
    /// Whether a week lies within the pause about the operation that is this draw's own.
    func isNearOwnOperation(_ draw: Int, week: Double, pause: Double) -> Bool {
        guard let own = operation?.weeks[draw] else { return false }
        return abs(own - week) < pause - 1e-7
    }
}

extension LiverPlan {
    /// The decisions of every regimen, in order.
    public func reading(of states: EnsembleTrajectories, milestones places: [Int]) -> [LiverDecisions] {
        course.dosings.map { dosing in
            LiverDecisions(dosing, plan: self, states: states) { week in milestones.firstIndex(of: week).map { places[$0] } }
        }
    }
}

extension LiverReader {
    var exposure: LiverExposure { LiverExposure(plan: plan, decisions: decisions, drawCount: states.drawCount) }

    /// Smallest number of neutrophils of each draw from «now» on, 10⁹/L.
    func nadirs() -> [Double] {
        let times = plan.milestones.indices.filter { plan.milestones[$0] >= 0 && plan.milestones[$0] <= plan.horizon }.map(placeOf)
        let counts = states.columns(times: times, state: LiverTreatmentSystem.State.neutrophils)
        var nadirs = [Double](repeating: .infinity, count: states.drawCount)
        for first in stride(from: 0, to: counts.count, by: states.drawCount) {
            for draw in nadirs.indices { nadirs[draw] = min(nadirs[draw], counts[first + draw]) }
        }
        return nadirs
    }

    /// Of each draw: cycles given; days by which treatment was put off; doses given in the time that they took, percent of the doses planned
    /// in theirs.
    func doses(_ all: [LiverDecisions]) -> (given: [Double], held: [Double], intensity: [Double]) {
        var result = (given: [Double](), held: [Double](), intensity: [Double]())
        let planned = all.reduce(0) { $0 + $1.dosing.planned.count }
        let plannedDays = all.reduce(0.0) { sum, one in
            sum + ((one.dosing.planned.last ?? 0) - (one.dosing.planned.first ?? 0) + one.dosing.regimen.interval)
        }
        for draw in 0..<states.drawCount {
            let given = all.reduce(0) { $0 + $1.givenCount(draw) }
            let held = all.reduce(0.0) { $0 + Double($1.heldCount(draw)) * $1.dosing.regimen.delay }
            result.given.append(Double(given))
            result.held.append(held)
            let share = Double(given) / Double(max(planned, 1))
            result.intensity.append(100 * share * plannedDays / (plannedDays * max(share, 1e-9) + held))
        }
        return result
    }
}
