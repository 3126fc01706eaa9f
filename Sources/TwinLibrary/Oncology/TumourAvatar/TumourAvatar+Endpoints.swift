// The figures of clinical meaning that an avatar's forecast yields.
import Numerics
import Twins

enum AvatarEndpoint: String, CaseIterable {
    case timeToProgression = "time-to-progression"
    case timeToFailure = "time-to-failure"
    case progressionFree12 = "progression-free-12-months"
    case progressionFree24 = "progression-free-24-months"
    case drugFreeDays = "drug-free-days"
    case cycles
    case resistant12 = "resistant-fraction-12-months"
    case control = "indefinite-control"
    case survival24 = "survival-24-months"
    case docetaxelFriberg = "neutrophils-docetaxel-friberg-2002"
    case docetaxelKloft = "neutrophils-docetaxel-kloft-2006"

    var label: String {
        switch self {
        case .timeToProgression: "Time to progression"
        case .timeToFailure: "Time to failure of the last drug"
        case .progressionFree12: "Progression-free at 12 months"
        case .progressionFree24: "Progression-free at 24 months"
        case .drugFreeDays: "Drug-free days before progression"
        case .cycles: "Drug given again, times"
        case .resistant12: "Resistant cells at 12 months"
        case .control: "Resistant cells cannot progress alone"
        case .survival24: "Alive at 24 months, structural"
        case .docetaxelFriberg: "Docetaxel nadir, Friberg 2002"
        case .docetaxelKloft: "Docetaxel nadir, Kloft 2006"
        }
    }
    var unit: Unit {
        switch self {
        case .timeToProgression, .timeToFailure: .month
        case .drugFreeDays: .day
        case .cycles: .count
        case .docetaxelFriberg, .docetaxelKloft: Unit("10*9/L")
        case .progressionFree12, .progressionFree24, .resistant12, .control, .survival24: .percent
        }
    }
    var better: Direction? {
        switch self {
        case .cycles: nil
        case .resistant12: .lower
        default: .higher
        }
    }
    var needsSwitch: Bool { [.timeToFailure, .docetaxelFriberg, .docetaxelKloft].contains(self) }
    var isProbability: Bool { [.progressionFree12, .progressionFree24, .control, .survival24].contains(self) }
}

extension AvatarModel {
    public func endpoints(of run: OrdinaryRun<AvatarPlan>) -> [Endpoint] {
        let reader = AvatarReader(run)
        let notes = AvatarNotes.policy(run.plan.schedule)
        let rule = [AvatarNotes.rule(run.plan.record)] + notes
        let ceiling = run.plan.horizon / DayCount.month
        func endpoint(_ kind: AvatarEndpoint, _ values: [Double], _ notes: [String], ceiling: Double? = nil) -> Endpoint {
            Endpoint(
                id: kind.rawValue, label: kind.label, unit: kind.unit, better: kind.better, values: values, notes: notes, ceiling: ceiling,
                isProbability: kind.isProbability)
        }
        let nadirs = run.plan.docetaxel?.nadirs ?? []
        let docetaxel = [AvatarEndpoint.docetaxelFriberg, .docetaxelKloft].enumerated().map { place, kind in
            endpoint(
                kind, nadirs.isEmpty ? [] : nadirs[place], run.plan.docetaxel?.notes ?? [])
        }
        let all =
            [
                endpoint(.timeToProgression, reader.progressionDays().map { $0 / DayCount.month }, rule, ceiling: ceiling),
                endpoint(
                    .timeToFailure, reader.failureDays().map { $0 / DayCount.month },
                    rule + ["after a switch: the marker above the limit 12 weeks later or after"], ceiling: ceiling),
                endpoint(.progressionFree12, reader.freedom(until: DayCount.year), rule),
                endpoint(.progressionFree24, reader.freedom(until: 2 * DayCount.year), rule),
                endpoint(.drugFreeDays, reader.freeDays(), rule), endpoint(.cycles, reader.cycles(), rule),
                endpoint(.resistant12, reader.resistantShare(on: DayCount.year), AvatarNotes.unknownResistance(reader) + notes),
                endpoint(
                    .control, reader.control(),
                    [run.plan.clones.control] + notes),
                endpoint(.survival24, reader.survival(until: 2 * DayCount.year), [AvatarNotes.survival] + notes),
            ] + docetaxel
        let known = Set(endpointKinds.map(\.rawValue))
        return all.filter { known.contains($0.id) }
    }

    /// The plan's notes, and that the resistant cells are not known where their interval says nothing.
    public func notes(of run: OrdinaryRun<AvatarPlan>) -> [String] { run.plan.notes + AvatarNotes.unknownResistance(AvatarReader(run)) }
}
