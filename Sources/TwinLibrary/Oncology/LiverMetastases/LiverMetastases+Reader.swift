// Reads the endpoints' figures off the trajectories, draw by draw.
import Numerics
import Systems
import Twins

struct LiverReader {
    let plan: LiverPlan
    let states: EnsembleTrajectories
    /// The decisions of every regimen, in order.
    let decisions: [LiverDecisions]
    /// Place in `states.times` of each of the plan's milestones.
    private let places: [Int]
    private static let sum = LiverTreatmentSystem.State.sum

    init(_ run: OrdinaryRun<LiverPlan>) {
        plan = run.plan
        states = run.states
        decisions = run.reading
        places = run.milestones
    }

    func place(of week: Double) -> Int? {
        plan.milestones.firstIndex(of: week).map { places[$0] }
    }
    /// Where a milestone stands in the states' times.
    func placeOf(_ milestone: Int) -> Int { places[milestone] }
    var firstRemoval: Double {
        plan.course.removals.map { $0.isByRule ? plan.operation?.days.first ?? $0.start : $0.start }.min().map(LiverTime.week) ?? .infinity
    }

    /// SD of a scan that decides, mm.
    static func scanSD(of sum: Double) -> Double { max(LiverParameters.scanFloor, LiverParameters.scanShare * sum) }

    /// From which sum on a scan says progression.
    static func threshold(nadir: Double) -> Double { max(1.2 * nadir, nadir + 5, LiverParameters.measurable) }

    /// mm, all draws; at the instant of an operation the sum before it.
    func sum(at week: Double) -> [Double] {
        guard let place = place(of: week) else { return [] }
        return LiverMetastases.shown(states.column(time: place, state: Self.sum))
    }

    /// Chance (percent) that no scan up to 12 and 24 months says progression, given the draw; and the month of the twin's own progression.
    ///
    /// The chance is that of the worst scan: they share their errors' causes, and treating them as independent would call every
    /// steady patient progressive sooner or later.
    func progression() -> (free12: [Double], free24: [Double], time: [Double]) {
        let weeks = plan.visits.map { plan.milestones[$0] }
        let spots = plan.visits.map { places[$0] }
        func last(_ month: Double) -> Int? { weeks.lastIndex { $0 <= LiverEndpoint.month(month) } }
        let (lastOfYear, lastOfTwo) = (last(12), last(24))
        let ceiling = plan.horizon * DayCount.week / DayCount.month
        let (count, sums) = (states.drawCount, states.columns(times: spots, state: Self.sum))
        var draws = sums.prefix(count).map { Scans(nadir: $0, last: $0, time: ceiling) }
        var (free12, free24) = (draws.map(\.worst), draws.map(\.worst))
        // Scan by scan, as the sums lie. Today's is what the others are measured against: it cannot say progression itself.
        for (index, week) in weeks.enumerated() {
            if index > 0 {
                draws.withUnsafeMutableBufferPointer { draws in
                    sums[index * count..<(index + 1) * count].withUnsafeBufferPointer { sums in
                        for draw in draws.indices { draws[draw].look(sums[draw], from: weeks[index - 1], to: week, ceiling: ceiling) }
                    }
                }
            }
            if index == lastOfYear { free12 = draws.map(\.worst) }
            if index == lastOfTwo { free24 = draws.map(\.worst) }
        }
        func chances(_ worst: [Double]) -> [Double] { worst.map { 100 * NormalDistribution.cumulative(-$0) } }
        return (chances(free12), chances(free24), draws.map(\.time))
    }

    /// What one draw's scans have shown so far: the smallest and the last sum; by how many SDs the worst one lay above the limit; the month of
    /// progression, or the ceiling.
    private struct Scans {
        var nadir: Double
        var last: Double
        var worst = -Double.infinity
        var time: Double

        @inline(__always)
        mutating func look(_ sum: Double, from before: Double, to week: Double, ceiling: Double) {
            let limit = LiverReader.threshold(nadir: nadir)
            worst = max(worst, (sum - limit) / LiverReader.scanSD(of: sum))
            if sum >= limit, time == ceiling {
                let share = min(max((limit - last) / (sum - last), 0), 1)
                time = min(ceiling, (before + share * (week - before)) * DayCount.week / DayCount.month)
            }
            nadir = min(nadir, sum)
            last = sum
        }
    }

    /// Months to the smallest sum; empty where an operation changes the sum.
    func timeToGrowth() -> [Double] {
        guard plan.course.removals.isEmpty else { return [] }
        return (0..<states.drawCount).map { draw in
            var smallest = (sum: Double.infinity, week: 0.0)
            for visit in plan.visits {
                let sum = states[draw, places[visit], Self.sum]
                if sum < smallest.sum { smallest = (sum, plan.milestones[visit]) }
            }
            return smallest.week * DayCount.week / DayCount.month
        }
    }

    /// Share of each RECIST category, through the scan's error; empty after an operation.
    func responses(at week: Double) -> [Endpoint.Share] {
        guard week <= firstRemoval, let now = place(of: 0), let spot = place(of: week) else { return [] }
        let before = plan.visits.filter { plan.milestones[$0] < week }.map { places[$0] }
        var shares = [0.0, 0, 0, 0]
        for draw in 0..<states.drawCount {
            let sum = states[draw, spot, Self.sum]
            let nadir = before.reduce(Double.infinity) { min($0, states[draw, $1, Self.sum]) }
            let sd = Self.scanSD(of: sum)
            let progressive = NormalDistribution.cumulative((sum - Self.threshold(nadir: nadir)) / sd)
            // A sum that cannot be told from nothing on CT: below RECIST's 5 mm for «too small to measure».
            let complete = NormalDistribution.cumulative((5 - sum) / sd)
            let responding = NormalDistribution.cumulative((0.7 * states[draw, now, Self.sum] - sum) / sd)
            let partial = max(0, min(responding - complete, 1 - progressive - complete))
            shares[0] += complete
            shares[1] += partial
            shares[2] += max(0, 1 - progressive - complete - partial)
            shares[3] += progressive
        }
        let total = max(shares.reduce(0, +), .leastNormalMagnitude)
        return zip(Response.allCases, shares).map { Endpoint.Share(category: $0.rawValue, share: $1 / total) }
    }

    /// sFLR in percent just before the first resection, or at the last look where a draw's remnant never suffices; empty without a
    /// resection, volumetry, height or weight.
    func remnantAtSurgery() -> [Double] {
        guard let resection = plan.course.firstResection else { return [] }
        if let last = plan.operation?.days.last { return standardised(at: LiverTime.week(last)) }
        return place(of: LiverTime.week(resection.start)) == nil ? [] : standardised(at: LiverTime.week(resection.start))
    }

    private func standardised(at week: Double) -> [Double] {
        plan.remnant.standardised(at: week, standard: plan.standardVolume)
    }

    /// Chance (percent) that a volumetry before the operation shows enough, given the draw.
    func sufficiency(of sizes: [Double]) -> [Double] {
        sizes.map { size in
            100 * NormalDistribution.cumulative((size - plan.gate.percent) / (LiverParameters.volumetrySD * max(size, 1)))
        }
    }

    /// Points of the standardised remnant per week, from the embolisation to the resection, at most four weeks.
    func growthRates() -> [Double] {
        guard let embolisation = plan.course.embolisation else { return [] }
        let start = embolisation.start / 7
        let end = min(start + 4, plan.course.firstResection.flatMap { $0.isByRule ? nil : $0.start / 7 } ?? .infinity)
        guard place(of: start) != nil, place(of: end) != nil, end > start else { return [] }
        return zip(standardised(at: start), standardised(at: end)).map {
            LiverVolume.growthRate(before: $0, after: $1, weeks: end - start)
        }
    }
}
