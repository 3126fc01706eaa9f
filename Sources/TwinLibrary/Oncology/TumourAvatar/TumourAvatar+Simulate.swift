// One deterministic course of the avatar at given parameters.
import Numerics
import Systems
import Twins

extension AvatarModel {
    /// Days from the start, at most 100 years; besides the parameters, `psa` is the first measured PSA (ng/mL, standard 10).
    /// - Throws: `.scenario` for a scenario that is not allowed, `.request` for an unknown name, a value or a time outside its limits.
    public func simulate(_ request: SimulationRequest) async throws(TwinError) -> Simulation {
        let scenario = try allowed(request.scenario)
        let known = parameters.map(\.name) + ["psa"]
        for (name, value) in request.values.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                throw .request("\(id) has no parameter «\(name)»; it has \(known.joined(separator: ", "))")
            }
            guard value.isFinite, value > 0 else { throw .request("\(name) = \(value): it must be above 0") }
        }
        let times = request.times
        guard let last = times.last, times.allSatisfy({ $0.isFinite && $0 >= 0 }), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw .request("the times must be days from 0 on and rise")
        }
        guard last <= DayCount.longest else { throw .request("the times reach day \(last); they may reach 100 years, day 36525") }
        let record = AvatarRecord(marker: .psa, value: request.values["psa"] ?? AvatarMarker.psa.typical)
        let draw = Self.clones.init(parameters.map { request.values[$0.name] ?? $0.prior.centre })
        let plan = try AvatarPlan(
            scenario: scenario, record: record, clones: Self.clones, draws: [draw], horizon: last, end: last,
            tolerance: Tolerance(relative: request.relativeTolerance, absolute: min(request.relativeTolerance * 1e-3, 1e-12)))
        let outputs = Array(Set(times + [0])).sorted()
        let states = try await integrate(plan, outputs: outputs, after: nil, concurrency: 1, progress: nil)
        if let failure = states.failures.first { throw .numerics(failure.description) }
        let asked = times.compactMap { outputs.firstIndex(of: $0) }
        let run = OrdinaryRun(plan: plan, states: states, asked: asked, milestones: [0])
        return Simulation(timeUnit: .day, times: times, series: series(run))
    }

    private func series(_ run: OrdinaryRun<AvatarPlan>) -> [Simulation.Series] {
        var series = card.states.enumerated().map { index, state in
            Simulation.Series(
                name: state.name, unit: state.unit, source: Self.clones.source,
                values: run.asked.map { run.states[0, $0, index] })
        }
        for observable in observables {
            guard let values = columns(of: observable.id, at: run.asked[...], in: run) else { continue }
            series.append(
                Simulation.Series(name: observable.id, unit: observable.unit, source: observable.source.citation, values: values))
        }
        return series
    }
}
