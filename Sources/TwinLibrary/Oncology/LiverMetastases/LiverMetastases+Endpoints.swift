// The figures of clinical meaning that a liver forecast yields.
import Numerics
import Twins

enum LiverEndpoint: String, CaseIterable {
    case progressionFree12 = "progression-free-12-months"
    case progressionFree24 = "progression-free-24-months"
    case sumWeek8 = "sum-week-8"
    case sumWeek12 = "sum-week-12"
    case sumMonth12 = "sum-12-months"
    case responseWeek12 = "response-week-12"
    case responseWeek24 = "response-week-24"
    case timeToGrowth = "time-to-growth"
    case timeToProgression = "time-to-progression"
    case remnantAtSurgery = "remnant-at-surgery"
    case remnantSuffices = "remnant-suffices"
    case growthRate = "kinetic-growth-rate"
    case operationTime = "time-to-operation"
    case operated = "operated"
    case nadir = "neutrophil-nadir"
    case severeNeutropenia = "neutrophils-below-0.5"
    case cyclesGiven = "cycles-given"
    case daysHeld = "days-held"
    case doseIntensity = "dose-intensity-given"

    var label: String {
        switch self {
        case .progressionFree12: "Progression-free at 12 months"
        case .progressionFree24: "Progression-free at 24 months"
        case .sumWeek8: "Sum of diameters at week 8"
        case .sumWeek12: "Sum of diameters at week 12"
        case .sumMonth12: "Sum of diameters at 12 months"
        case .responseWeek12: "RECIST at week 12"
        case .responseWeek24: "RECIST at week 24"
        case .timeToGrowth: "Time to growth"
        case .timeToProgression: "Time to progression"
        case .remnantAtSurgery: "Future liver remnant at surgery"
        case .remnantSuffices: "Liver remnant suffices"
        case .growthRate: "Kinetic growth rate of the remnant"
        case .operationTime: "Operation, when the remnant suffices"
        case .operated: "Remnant suffices in time for an operation"
        case .nadir: "Lowest neutrophils"
        case .severeNeutropenia: "Neutrophils below 0.5 10⁹/L at any time"
        case .cyclesGiven: "Cycles given"
        case .daysHeld: "Days for which cycles were held"
        case .doseIntensity: "Dose intensity given"
        }
    }
    var unit: Unit {
        switch self {
        case .progressionFree12, .progressionFree24, .responseWeek12, .responseWeek24, .remnantAtSurgery, .remnantSuffices, .operated,
            .severeNeutropenia, .doseIntensity:
            .percent
        case .sumWeek8, .sumWeek12, .sumMonth12: .millimetre
        case .timeToGrowth, .timeToProgression: .month
        case .operationTime, .daysHeld: .day
        case .nadir: Unit("10*9/L")
        case .cyclesGiven: .count
        case .growthRate: Unit("%/wk")
        }
    }
    var better: Direction? {
        switch self {
        case .sumWeek8, .sumWeek12, .sumMonth12, .severeNeutropenia, .operationTime: .lower
        case .responseWeek12, .responseWeek24, .cyclesGiven, .daysHeld, .doseIntensity: nil
        default: .higher
        }
    }

    /// Weeks in some months.
    static func month(_ count: Double) -> Double { count * DayCount.month / DayCount.week }
}

extension LiverMetastases {
    public func endpoints(of run: OrdinaryRun<LiverPlan>) -> [Endpoint] {
        let reader = LiverReader(run)
        let drug = LiverNotes.drug(run.plan.course)
        let removal = LiverNotes.removal(run.plan.course)
        let ceiling = run.plan.horizon * DayCount.week / DayCount.month
        func endpoint(_ kind: LiverEndpoint, _ values: [Double], notes: [String], ceiling: Double? = nil) -> Endpoint {
            Endpoint(
                id: kind.rawValue, label: kind.label, unit: kind.unit, better: kind.better, values: values, notes: notes, ceiling: ceiling,
                isProbability: [.progressionFree12, .progressionFree24, .remnantSuffices, .operated, .severeNeutropenia].contains(kind))
        }
        let progression = reader.progression()
        let rule =
            [
                "progression: ≥ 20 % and ≥ 5 mm above the smallest sum from now on, and ≥ 10 mm; scan error 10 % "
                    + "(assumption)"
            ] + drug + removal
        return [
            endpoint(.progressionFree12, progression.free12, notes: rule), endpoint(.progressionFree24, progression.free24, notes: rule),
            endpoint(.sumWeek8, reader.sum(at: 8), notes: drug + removal), endpoint(.sumWeek12, reader.sum(at: 12), notes: drug + removal),
            endpoint(.sumMonth12, reader.sum(at: LiverEndpoint.month(12)), notes: drug + removal),
            response(.responseWeek12, week: 12, reader, drug), response(.responseWeek24, week: 24, reader, drug),
            endpoint(.timeToGrowth, reader.timeToGrowth(), notes: drug, ceiling: ceiling),
            endpoint(.timeToProgression, progression.time, notes: rule, ceiling: ceiling),
        ] + (remnant(reader, run.plan) + marrow(reader, run.plan)).map { endpoint($0.kind, $0.values, notes: $0.notes) }
            + operation(run.plan)
    }

    /// The resection that waits for the remnant: its day, and whether there is one at all.
    private func operation(_ plan: LiverPlan) -> [Endpoint] {
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
    private func marrow(_ reader: LiverReader, _ plan: LiverPlan) -> [(kind: LiverEndpoint, values: [Double], notes: [String])] {
        let notes = LiverNotes.marrow(plan.course)
        guard !plan.course.regimens.isEmpty else {
            return [.nadir, .severeNeutropenia, .cyclesGiven, .daysHeld, .doseIntensity].map { ($0, [], []) }
        }
        let nadirs = reader.nadirs()
        let doses = reader.doses()
        return [
            (.nadir, nadirs, notes), (.severeNeutropenia, nadirs.map { $0 < LiverMarrow.severe ? 100 : 0 }, notes),
            (.cyclesGiven, doses.given, notes), (.daysHeld, doses.held, notes), (.doseIntensity, doses.intensity, notes),
        ]
    }

    private func response(_ kind: LiverEndpoint, week: Double, _ reader: LiverReader, _ notes: [String]) -> Endpoint {
        Endpoint(
            id: kind.rawValue, label: kind.label, unit: kind.unit, better: nil, values: [], shares: reader.responses(at: week),
            notes: ["against the twin's own sum today; scan error 10 % (assumption)"] + notes)
    }

    private func remnant(_ reader: LiverReader, _ plan: LiverPlan) -> [(kind: LiverEndpoint, values: [Double], notes: [String])] {
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
