// The assumptions and warnings that stand beside a forecast of the liver twin.
import Twins

enum LiverNotes {
    /// All that shaped this forecast and is not published, and what the board should see before it chooses the scenario.
    static func of(
        _ course: LiverCourse, record: LiverRecord, gate: RemnantGate, standardVolume: Double?, hasRemnant: Bool
    ) -> [String] {
        var notes: [String] = []
        if !course.regimens.isEmpty {
            notes.append(
                "assumption: the published drug effect is fluorouracil's alone; what partners and antibodies add is "
                    + "entered, not measured")
            notes.append("assumption: an infused gram of fluorouracil counts 0.25 of a bolus gram")
        }
        if course.lineStarts.contains(where: { $0.resisted > 0 }) || course.regimens.count > 1 {
            notes.append("assumption: a partner drug new to the patient meets the entered share of the earlier line's resistance")
        }
        if !course.removals.isEmpty {
            notes.append(
                "assumption: a share of treated disease survives unseen (median 5 %), set so that 22.5 % are free of "
                    + "recurrence at 3 years")
        }
        if course.embolisation != nil {
            notes.append("assumption: shape of the remnant's growth; its size is published (Croome 2015)")
        }
        notes += surgery(course, gate: gate, standardVolume: standardVolume, hasRemnant: hasRemnant)
        return notes
    }

    private static func surgery(_ course: LiverCourse, gate: RemnantGate, standardVolume: Double?, hasRemnant: Bool) -> [String] {
        guard let resection = course.firstResection else { return [] }
        var notes = ["gate of the liver remnant: \(gate.label)", "the liver's regrowth after the resection is not modelled"]
        if !hasRemnant { notes.append("no volumetry in the record and no planned remnant: its sufficiency is not computed") }
        if standardVolume == nil { notes.append("no height or weight in the record: the remnant cannot be standardised") }
        if let last = course.lastBevacizumab(before: resection.start), resection.start - last < 42 {
            notes.append("bevacizumab less than 6 weeks before the resection (day \(Int(last))): bleeding and healing (recalled)")
        }
        return notes
    }

    /// Labels of the figures that depend on the drugs' assumed contributions.
    static func drug(_ course: LiverCourse) -> [String] {
        course.regimens.isEmpty ? [] : ["assumption: contributions of partner drugs and antibodies"]
    }
    static func removal(_ course: LiverCourse) -> [String] {
        course.removals.isEmpty ? [] : ["assumption: share surviving unseen after the operation"]
    }
}
