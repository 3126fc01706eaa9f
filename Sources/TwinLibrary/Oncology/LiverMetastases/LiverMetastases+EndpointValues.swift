// The values of the endpoints, draw by draw: tumour and remnant.
import Numerics
import Twins

extension LiverMetastases {
    public func endpoints(of run: OrdinaryRun<LiverPlan>) -> [Endpoint] {
        let reader = LiverReader(run)
        let exposure = reader.exposure
        let drug = LiverNotes.drug(run.plan.course)
        let removal = LiverNotes.removal(run.plan.course)
        let ceiling = run.plan.horizon * DayCount.week / DayCount.month
        func endpoint(_ kind: LiverEndpoint, _ values: [Double], notes: [String], ceiling: Double? = nil) -> Endpoint {
            Endpoint(
                id: kind.rawValue, label: kind.label, unit: kind.unit, better: kind.better, values: values, notes: notes, ceiling: ceiling,
                isProbability: kind.isProbability)
        }
        let progression = reader.progression()
        let rule =
            [
                "progression: ≥ 20 % and ≥ 5 mm above the smallest sum from now on, and ≥ 10 mm; scan error 10 % "
                    + "(assumption)"
            ] + drug + removal
        var all = [
            endpoint(.progressionFree12, progression.free12, notes: rule), endpoint(.progressionFree24, progression.free24, notes: rule),
            endpoint(.sumWeek8, reader.sum(at: 8), notes: drug + removal), endpoint(.sumWeek12, reader.sum(at: 12), notes: drug + removal),
            endpoint(.sumMonth12, reader.sum(at: LiverEndpoint.month(12)), notes: drug + removal),
            response(.responseWeek12, week: 12, reader, drug), response(.responseWeek24, week: 24, reader, drug),
        ]
        all += visits(reader, drug)
        all += [
            endpoint(.timeToGrowth, reader.timeToGrowth(), notes: drug, ceiling: ceiling),
            endpoint(.timeToProgression, progression.time, notes: rule, ceiling: ceiling),
        ]
        let treated = [
            remnant(reader, run.plan), marrow(reader, run.plan, exposure), exposures(reader, run.plan, exposure), margins(reader),
        ]
        all += treated.flatMap { $0 }.map { endpoint($0.kind, $0.values, notes: $0.notes) }
        all += operation(run.plan)
        // As they are declared: what a board asks first stands first.
        return LiverEndpoint.allCases.compactMap { kind in all.first { $0.id == kind.rawValue } }
    }

    private func response(_ kind: LiverEndpoint, week: Double, _ reader: LiverReader, _ notes: [String]) -> Endpoint {
        Endpoint(
            id: kind.rawValue, label: kind.label, unit: kind.unit, better: nil, values: [], shares: reader.responses(at: week),
            notes: ["against the twin's own sum today; scan error 10 % (assumption)"] + notes)
    }

    private func remnant(_ reader: LiverReader, _ plan: LiverPlan) -> [EndpointValues] {
        let sizes = reader.remnantAtSurgery()
        let assumed = ["assumption: volumetry errs by 6 %"] + LiverNotes.kinetics(plan.course)
        return [
            (.remnantAtSurgery, sizes, assumed),
            (.remnantSuffices, reader.sufficiency(of: sizes), ["gate \(plan.gate.label)", LiverNotes.gateCounts] + assumed),
            (
                .growthRate, reader.growthRates(),
                ["Shindoh 2013: insufficiency 21.6 % below 2.0 %/week, none at or above"] + assumed
            ),
        ]
    }
}
