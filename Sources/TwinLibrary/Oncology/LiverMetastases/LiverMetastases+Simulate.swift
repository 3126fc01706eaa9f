// One deterministic course of the liver twin at given parameters.
import Numerics
import Systems
import Twins

extension LiverMetastases {
    /// Weeks from the start, at most 100 years; besides the parameters, `bsa` (m², standard 1.8) and `flr` (remnant, mL; without it none
    /// is shown).
    /// - Throws: `.scenario` for a scenario that no patient may have, `.request` for an unknown name, a value or a time outside its limits.
    public func simulate(_ request: SimulationRequest) async throws(TwinError) -> Simulation {
        let scenario = try allowed(request.scenario)
        let known = parameters.map(\.name) + ["bsa", "flr"]
        for name in request.values.keys.sorted() where !known.contains(name) {
            throw .request("\(id) has no parameter «\(name)»; it has \(known.joined(separator: ", "))")
        }
        for (name, limits, unit) in [("bsa", 0.5...3.5, "m²"), ("flr", 20...5000, "mL")] {
            guard let value = request.values[name], !limits.contains(value) else { continue }
            throw .request("\(name) = \(value) is outside \(limits.lowerBound) to \(limits.upperBound) \(unit)")
        }
        let times = request.times
        guard let last = times.last, times.allSatisfy({ $0.isFinite && $0 >= 0 }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw .request("the times must be weeks from 0 on and rise")
        }
        guard last * DayCount.week <= DayCount.longest else {
            throw .request("the times reach week \(last); they may reach 100 years, week \(Int(DayCount.longest / DayCount.week))")
        }
        let record = LiverRecord(bodySurface: request.values["bsa"] ?? LiverParameters.standardSurface, remnant: request.values["flr"])
        try checkKnown(scenario, record)
        let draws = Draws(
            parameterNames: parameters.map(\.name), values: parameters.map { request.values[$0.name] ?? $0.prior.centre })
        let plan = try LiverPlan(
            scenario: scenario, record: record, anchor: 0, draws: LiverDraws(draws), horizon: last, end: last,
            tolerance: Tolerance(relative: request.relativeTolerance, absolute: min(request.relativeTolerance, 1e-9)))
        let outputs = Array(Set(times + plan.milestones)).sorted()
        let states = try await OrdinaryRun.integrate(LiverTreatmentSystem.self, plan, outputs: outputs, concurrency: 1)
        if let failure = states.failures.first { throw .numerics(failure.description) }
        let places = Dictionary(outputs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let run = OrdinaryRun(
            plan: plan, states: states, asked: times.compactMap { places[$0] }, milestones: plan.milestones.compactMap { places[$0] })
        let decisions = run.reading
        return Simulation(timeUnit: .week, times: times, series: series(run) + log(decisions, at: times))
    }

    /// Cycles given and cycles put off up to each time: every hold is a step of the second.
    private func log(_ decisions: [LiverDecisions], at times: [Double]) -> [Simulation.Series] {
        func counted(_ name: String, _ happened: (LiverDecisions, Int) -> Bool) -> Simulation.Series {
            Simulation.Series(
                name: name, unit: .count, source: "decided at each cycle from the neutrophils",
                values: times.map { time in
                    Double(decisions.reduce(0) { sum, one in sum + one.weeks.indices.count { one.weeks[$0] < time && happened(one, $0) } })
                })
        }
        return [counted("cycles-given") { $0.given[$1] > 0 }, counted("cycles-held") { $0.held[$1] > 0 }]
    }

    private func series(_ run: OrdinaryRun<LiverPlan>) -> [Simulation.Series] {
        typealias State = LiverTreatmentSystem.State
        func state(_ name: String, _ unit: Unit, _ index: Int, _ source: String) -> Simulation.Series {
            Simulation.Series(name: name, unit: unit, source: source, values: run.asked.map { run.states[0, $0, index] })
        }
        let claret = LiverParameters.set.source.citation
        let arshad = LiverMarrow.alone.source.citation
        let cells = Unit("10*9/L")
        var series = [
            state("central", Unit("mg"), State.central, arshad), state("peripheral", Unit("mg"), State.peripheral, arshad),
            state("y", .millimetre, State.sum, claret), state("sensitivity", .one, State.sensitivity, claret),
            state("proliferating", cells, State.proliferating, arshad), state("transit-1", cells, State.transit, arshad),
            state("transit-2", cells, State.transit + 1, arshad), state("transit-3", cells, State.transit + 2, arshad),
            state("circulating", cells, State.neutrophils, arshad),
            Simulation.Series(
                name: "remnant-factor", unit: .one, source: "derived from Croome 2015 (PMC4430776)",
                values: run.asked.map {
                    1 + (run.plan.remnant.extents.first ?? 0) * run.plan.remnant.growth(of: 0, at: run.states.times[$0])
                }),
        ]
        for observable in observables {
            let values = run.asked.compactMap { column(of: observable.id, at: $0, in: run)?.first }
            guard values.count == run.asked.count else { continue }
            series.append(
                Simulation.Series(name: observable.id, unit: observable.unit, source: observable.source.citation, values: values))
        }
        return series
    }
}
