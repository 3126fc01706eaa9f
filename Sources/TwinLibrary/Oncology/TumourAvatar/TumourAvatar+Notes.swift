// The assumptions and warnings that stand beside a forecast of the avatar.
import Twins

enum AvatarNotes {
    /// All that shaped this forecast and is not published.
    static func of(_ schedule: AvatarSchedule) -> [String] {
        var notes = [rule(schedule.record)] + policy(schedule) + [structure]
        if schedule.record.marker != .psa {
            notes.append("assumption: the population's rates are those of PSA; none of \(schedule.record.marker.label) were found")
        }
        if schedule.policy == nil, schedule.change == nil { notes.append("no drug is given from now on") }
        return notes
    }

    static let structure =
        "assumption: cost of resistance and turnover are about 0.3 each (0.08–0.68) before the patient is seen, and a marker tells little of them"
    static let survival =
        "structural: parameters of the simulations of Desmée 2015 (weak link) on the twin's PSA from today; not estimated in such patients"

    static func rule(_ record: AvatarRecord) -> String {
        let reference =
            record.referenceDay < 0
            ? "its level as the drug was first given (day \(Int(record.referenceDay.rounded())))" : "its level today"
        return "progression: \(record.marker.label) under treatment above 1.2 × \(reference) (Strobl 2021); a marker that "
            + "rose in a pause counts if it still stands there at the next look"
    }

    /// Labels of the figures that the policy shapes.
    static func policy(_ schedule: AvatarSchedule) -> [String] {
        var notes: [String] = []
        switch schedule.policy?.kind {
        case .adaptive(_, _, let interval, _):
            notes.append("assumption: each draw is dosed by its own marker without error, seen every \(Int(interval)) days")
        case .intermittent(let on, let off):
            notes.append(
                "assumption: \(Int(on / 7)) weeks with the drug and \(Int(off / 7)) without; no schedule is published for this twin")
        case .continuous, nil: break
        }
        if let change = schedule.change {
            notes.append(
                "assumption: the second drug reaches \(Int((100 * change.reached).rounded())) % of the resistant cells, is as strong as the "
                    + "first, and nothing resists it anew")
        }
        return notes
    }
}
