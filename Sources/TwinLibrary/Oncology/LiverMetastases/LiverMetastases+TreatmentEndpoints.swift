// The values of the endpoints, draw by draw: what treatment does to marrow and blood, and when the operation comes.
import Numerics
import Twins

extension LiverMetastases {
    typealias EndpointValues = (kind: LiverEndpoint, values: [Double], notes: [String])

    /// The resection that waits for the remnant: its day, and whether there is one at all.
    func operation(_ plan: LiverPlan) -> [Endpoint] {
        let last = plan.operation?.days.last.map { $0 + 1 }
        let days = plan.operation?.weeks.map { $0.map { $0 * DayCount.week } ?? last ?? 0 } ?? []
        let share = plan.operation?.weeks.map { $0 == nil ? 0.0 : 100 } ?? []
        return [(LiverEndpoint.operationTime, days, last), (.operated, share, nil)].map { kind, values, ceiling in
            Endpoint(
                id: kind.rawValue, label: kind.label, unit: kind.unit, better: kind.better, values: values,
                notes: LiverNotes.kinetics(plan.course), ceiling: ceiling, isProbability: kind == .operated)
        }
    }

    /// What treatment costs the marrow, and what the marrow costs the treatment.
    func marrow(_ reader: LiverReader, _ plan: LiverPlan, _ exposure: LiverExposure) -> [EndpointValues] {
        let notes = LiverNotes.marrow(plan.course)
        guard !plan.course.regimens.isEmpty else {
            return [.nadir, .severeNeutropenia, .cyclesGiven, .daysHeld, .doseIntensity].map { ($0, [], []) }
        }
        let nadirs = reader.nadirs()
        let doses = reader.doses(exposure.decisions)
        return [
            (.nadir, nadirs, notes), (.severeNeutropenia, nadirs.map { $0 < LiverMarrow.severe ? 100 : 0 }, notes),
            (.cyclesGiven, doses.given, notes), (.daysHeld, doses.held, notes), (.doseIntensity, doses.intensity, notes),
        ]
    }

    /// What the doses become in the blood: a figure for every drug of the scenario.
    func exposures(_ reader: LiverReader, _ plan: LiverPlan, _ exposure: LiverExposure) -> [EndpointValues] {
        func first(_ isMeant: (LiverRegimen) -> Bool) -> LiverRegimen? { plan.course.regimens.first(where: isMeant) }
        func same(_ value: Double?) -> [Double] { value.map { [Double](repeating: $0, count: reader.states.drawCount) } ?? [] }
        let any = first { _ in true }
        let antibodyNotes =
            [LiverDrugs.doseNote, "spread between patients of one weight, sex and albumin is not in our source"]
            + (plan.drugs.missing.isEmpty ? [] : ["assumption: typical \(plan.drugs.missing.joined(separator: ", ")) (not in the record)"])
        let isGiven = LiverExposure.isGiven(.bevacizumab, in: plan)
        return [
            (
                .fluorouracilArea, any.map { regimen in plan.clearances.map { plan.drugs.fluorouracilArea(regimen, clearance: $0) } } ?? [],
                ["Yamada 2025; clearance varies by 34.4 %; the first regimen's cycle"]
            ),
            (
                .platinumArea, same(first { $0.partner == .oxaliplatin }.map { plan.drugs.platinumArea($0) }),
                ["Yamada 2025; free platinum, spread not in our source", LiverDrugs.doseNote]
            ),
            (
                .metaboliteArea, same(first { $0.partner == .irinotecan }.map { plan.drugs.metaboliteArea($0) }),
                ["low confidence: Zhu 2023, fitted to digitised literature", LiverDrugs.doseNote]
            ),
            (.bevacizumabTrough, exposure.troughs(), antibodyNotes),
            (.bevacizumabAtSurgery, isGiven ? exposure.atSurgery() : [], antibodyNotes),
        ]
    }
}
