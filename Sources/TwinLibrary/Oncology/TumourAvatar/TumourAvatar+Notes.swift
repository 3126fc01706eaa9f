// The assumptions and warnings that stand beside a forecast of the avatar.
import Numerics
import Twins

enum AvatarNotes {
    /// All that shaped this forecast and is not published.
    static func of(_ schedule: AvatarSchedule, _ clones: any CloneDraw.Type) -> [String] {
        var notes = [rule(schedule.record)] + policy(schedule) + [clones.assumption]
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

    /// Points of an 80 % interval of the resistant cells from which on it tells a board nothing.
    static let uninformative = 75.0

    /// In words, where the marker leaves the share of resistant cells open; else nothing.
    static func unknownResistance(_ reader: AvatarReader) -> [String] {
        func interval(_ day: Double) -> (low: Double, high: Double)? {
            let shares = reader.resistantShare(on: day)
            let limits = shares.isEmpty ? [] : Quantiles.of(shares, levels: [0.1, 0.9])
            return limits.count == 2 ? (limits[0], limits[1]) : nil
        }
        guard let later = interval(DayCount.year), let today = interval(0), later.high - later.low >= uninformative else { return [] }
        let marker = reader.plan.record.marker.label
        return [
            "how many cells resist is not known from \(marker): \(percent(later.low)) to \(percent(later.high)) % at 12 months, because today "
                + "\(percent(today.low)) to \(percent(today.high)) % may (80 % of the draws)"
        ]
    }

    private static func percent(_ value: Double) -> String { value > 0 && value < 0.5 ? "< 1" : "\(Int(value.rounded()))" }

    /// Labels of the figures that the policy shapes.
    static func policy(_ schedule: AvatarSchedule) -> [String] {
        var notes: [String] = []
        switch schedule.policy?.kind {
        case .adaptive(_, _, let interval, _):
            notes.append("assumption: each draw is dosed by its own marker without error, seen every \(Int(interval)) days")
        case .intermittent(let on, let off):
            notes.append(
                "assumption: \(Int(on / 7)) weeks with the drug and \(Int(off / 7)) without; no schedule is published for this twin")
        case .metronomic(let induction, let pause, let on, let off):
            notes.append(
                "assumption: \(Int(induction / 7)) weeks with the drug and \(Int(pause / 7)) without, then \(Int(on / 7)) with and "
                    + "\(Int(off / 7)) without; Zhang 2017's metronomic arm has no scale of days for this twin")
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
