// The assumptions and warnings that stand beside a forecast of the liver twin.
import Twins

enum LiverNotes {
    /// All that shaped this forecast and is not published, and what the board should see before it chooses the scenario.
    static func of(
        _ course: LiverCourse, record: LiverRecord, gate: RemnantGate, standardVolume: Double?, hasRemnant: Bool,
        operation: LiverOperation?
    ) -> [String] {
        var notes: [String] = []
        if course.regimens.contains(where: { !$0.additions.isEmpty }) {
            notes.append(
                "assumption: the published drug effect is fluorouracil's alone; what partners and antibodies add is "
                    + "entered, not measured")
        }
        notes += drug(course) + removal(course) + kinetics(course)
        notes += surgery(course, gate: gate, standardVolume: standardVolume, hasRemnant: hasRemnant)
        notes += marrow(course) + waiting(operation)
        return notes
    }

    private static func surgery(_ course: LiverCourse, gate: RemnantGate, standardVolume: Double?, hasRemnant: Bool) -> [String] {
        guard course.firstResection != nil else { return [] }
        var notes = [
            "gate of the liver remnant: \(gate.label)", gateCounts, "the liver's regrowth after the resection is not modelled",
        ]
        if !hasRemnant { notes.append("no volumetry in the record and no planned remnant: its sufficiency is not computed") }
        if standardVolume == nil { notes.append("no height or weight in the record: the remnant cannot be standardised") }
        for operation in course.removals where operation.isResection {
            guard let last = course.lastBevacizumab(before: operation.start), operation.start - last < 42 else { continue }
            notes.append(
                "bevacizumab less than 6 weeks before the resection of day \(Int(operation.start)) (last on day \(Int(last))): bleeding and "
                    + "healing (recalled)")
        }
        return notes
    }

    /// Labels of the figures of the marrow and of what is held for its sake.
    static func marrow(_ course: LiverCourse) -> [String] {
        guard !course.regimens.isEmpty else { return [] }
        return LiverMarrow.notes
            + course.regimens.map { regimen in
                regimen.threshold > 0
                    ? "\(regimen.label): a cycle is held while neutrophils are below \(number(regimen.threshold)) 10⁹/L, looked at again every "
                        + "\(number(regimen.delay)) days, given up after \(number(LiverDosing.longestDelay)) days in all (assumption)"
                    : "\(regimen.label): no cycle is held, whatever the neutrophils"
            }
    }

    private static func waiting(_ operation: LiverOperation?) -> [String] {
        guard let operation, let first = operation.days.first, let last = operation.days.last else { return [] }
        return [
            "assumption: the remnant is looked at weekly from day \(number(first)) to day \(number(last)), and the operation follows on that "
                + "day; the gate counts chemotherapy up to then"
        ]
    }

    static let gateCounts = "chemotherapy that the gate counts: the last year's and the scenario's, nothing older"

    /// Labels of the figures that depend on drugs: what multiplies fluorouracil's exposure, with what is published beside it, in the
    /// scenario and in the past that shaped the draws.
    static func drug(_ course: LiverCourse) -> [String] {
        var notes: [String] = []
        for regimen in course.regimens where !regimen.additions.isEmpty {
            let added = regimen.additions.map { "\($0.name) × \(number($0.factor)) (\($0.published))" }
            notes.append("assumption: \(regimen.label), on fluorouracil's exposure: " + added.joined(separator: ", "))
        }
        for share in course.carried.sorted() {
            notes.append("assumption: a partner drug new to the patient meets \(number(share * 100)) % of the earlier line's resistance")
        }
        let past = course.history
        if !past.windows.isEmpty {
            let added = past.additions.sorted { $0.name < $1.name }.map { ", \($0.name) × \(number($0.factor)) (\($0.published))" }
            let met = past.starts.count > 1 ? ", a new line met \(number(LiverParameters.carriedResistance * 100)) % of resistance" : ""
            notes.append(
                "assumption: the draws were learnt from \(past.windows.count) past cycles at full dose" + added.joined() + met)
        }
        if !course.regimens.isEmpty || !past.windows.isEmpty {
            notes.append(
                "assumption: an infused gram of fluorouracil counts \(number(LiverParameters.infusedEquivalence)) of a bolus gram")
        }
        return notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Labels of the figures that an operation shapes: what each leaves behind.
    static func removal(_ course: LiverCourse) -> [String] {
        course.removals.map { removal in
            let done = removal.isResection ? "resected" : "ablated"
            let when = removal.isByRule ? "when the remnant suffices" : "on day \(Int(removal.start))"
            let what = removal.lesions.isEmpty ? "the disease" : removal.lesions.map(\.label).joined(separator: "; ")
            let treated = "assumption: of \(what) \(done) \(when) "
            let share = treated + "a median \(number(removal.residual)) % survives unseen"
            let anchor = LiverParameters.occultAnchor
            return share + (removal.residualFactor == 1 ? " (\(anchor))" : " (entered by the board; \(anchor))")
        }
    }

    /// Labels of the figures that the growth of the remnant shapes.
    static func kinetics(_ course: LiverCourse) -> [String] {
        guard let kinetics = course.embolisation?.kinetics else { return [] }
        return [
            "assumption: shape of the remnant's growth (τ \(number(kinetics.timeConstant)) d, \(kinetics.label)); its size is published "
                + "(Croome 2015)"
        ]
    }

    /// Two decimals at most.
    static func number(_ value: Double) -> String {
        let hundredths = Int((min(max(value, -1e6), 1e6) * 100).rounded())
        if hundredths % 100 == 0 { return "\(hundredths / 100)" }
        let rest = abs(hundredths % 100)
        let sign = hundredths < 0 ? "-" : ""
        return sign + "\(abs(hundredths) / 100)." + (rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0" : "") + "\(rest)")
    }
}
