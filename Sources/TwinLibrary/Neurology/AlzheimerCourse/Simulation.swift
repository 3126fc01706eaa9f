// One deterministic course at given parameters, over ages in years.
import Numerics
import Twins

extension AlzheimerCourse {
    /// Values by name: `xi`, `tau`, `sources_0`, `sources_1`, and `age`, the age at «now» from which a scenario's days count
    /// (missing ones: the population's centre). Times are ages in years; the closed form has no tolerance.
    /// - Throws: `.scenario`, or `.request` for an unknown name or a number that is not finite.
    public func simulate(_ request: SimulationRequest) async throws(TwinError) -> Simulation {
        let map = AlzheimerPopulation.map
        let known = parameters.map(\.name) + ["age"]
        for (name, value) in request.values.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                throw .request("no parameter «\(name)» in \(id); there are \(known.joined(separator: ", "))")
            }
            guard value.isFinite else { throw .request("\(name) is not a finite number") }
        }
        guard request.times.allSatisfy(\.isFinite) else { throw .request("an age is not a finite number") }
        let age = request.values["age"] ?? map.tauMean
        let now = Instant(milliseconds: 0)
        let subject = Subject(sex: .unknown, birth: now.adding(days: -age * DayCount.year), observations: [], facts: [], reference: now)
        try validate(request.scenario, for: subject)
        let scenario: Scenario
        do { scenario = try completed(request.scenario) } catch { throw .scenario(error) }
        let clock = DiseaseClock(scenario, age: age)
        let point = parameters.map { request.values[$0.name] ?? $0.prior.centre }
        let ensemble = AlzheimerEnsemble(Draws(parameterNames: parameters.map(\.name), values: point), clock: clock)

        let days = request.times.map { clock.snapped(($0 - age) * DayCount.year) }
        let time = days.map { point[0].exp() * (clock.effectiveAge(day: $0) - point[1]) }
        var columns = [[Double]](repeating: [], count: observables.count)
        var blocks = [DrawBlock](repeating: .zero, count: observables.count)
        for day in days {
            ensemble.observe(day: day, into: &blocks)
            for index in columns.indices { columns[index].append(blocks[index][0]) }
        }
        let states = [
            Simulation.Series(name: "rt", unit: .year, source: "disease time since the population's stage of reference", values: time)
        ]
        return Simulation(
            timeUnit: .year, times: request.times,
            series: states
                + zip(observables, columns).map { observable, values in
                    Simulation.Series(name: observable.id, unit: observable.unit, source: observable.source.citation, values: values)
                })
    }
}
