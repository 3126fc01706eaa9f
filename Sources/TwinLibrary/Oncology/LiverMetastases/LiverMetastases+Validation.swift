// What a scenario may not be for this patient, and why.
import Twins

extension LiverMetastases {
    /// Kinds, types and limits, what no patient may be given at once, and anti-EGFR antibodies only in RAS wild type.
    public func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError) {
        let complete = try allowed(scenario)
        let record = LiverRecord(subject)
        try checkKnown(complete, record)
        for regimen in complete.interventions.compactMap({ LiverRegimen($0) }) where regimen.isAntiEGFRGiven && record.ras != .wildType {
            throw refuse(
                "systemic",
                record.ras == .mutant
                    ? "anti-EGFR antibodies do not work in RAS-mutant tumours, and this one is RAS mutant"
                    : "anti-EGFR antibodies need a RAS wild-type tumour, and the record has no RAS status")
        }
    }

    /// What the plan needs to know of this patient: each listed lesion's diameter, and the remnant where the operation waits for it.
    func checkKnown(_ complete: Scenario, _ record: LiverRecord) throws(TwinError) {
        let course = LiverCourse(
            complete, history: LiverHistory(), bodySurface: nil, lesions: record.lesions, sum: record.sums.last?.value)
        if let lesion = course.lesions.first(where: { $0.diameter == nil }) {
            throw refuse("lesion", "lesion \(lesion.number) has no diameter; enter it, or record lesion-\(lesion.number)-diameter")
        }
        if let awaited = course.awaited, record.standardVolume == nil || (awaited.remnant ?? record.remnant?.volume) == nil {
            throw refuse(
                "resection", "waiting for the remnant needs a volumetry, height and weight in the record; add them, or give it a day")
        }
    }

    /// The scenario completed, if it may be at all, whoever the patient is: no two antibodies together, no overlapping regimens (they
    /// would lose dose), the embolisation before the resection.
    func allowed(_ scenario: Scenario) throws(TwinError) -> Scenario {
        let complete: Scenario
        do { complete = try completed(scenario) } catch { throw .scenario(error) }
        try check(complete, limits: ["systemic": 4, "resection": 2, "ablation": 3, "embolisation": 1, "lesion": LiverLesion.most])
        let course = LiverCourse(complete, history: LiverHistory(), bodySurface: nil)
        for regimen in course.regimens where regimen.isAntiEGFRGiven && regimen.isBevacizumabGiven {
            throw refuse("systemic", "bevacizumab and an anti-EGFR antibody together are outside this model")
        }
        if let overlap = course.overlap {
            throw refuse(
                "systemic", "two regimens overlap on day \(Int(overlap.rounded())); begin the second after the last cycle of the first")
        }
        if let embolisation = course.embolisation, let resection = course.firstResection, !resection.isByRule,
            embolisation.start >= resection.start
        {
            throw refuse("embolisation", "it must come before the resection, or the remnant cannot grow in time")
        }
        try checkOrder(course)
        return complete
    }

    /// One resection at most waits for the remnant, the first, and nothing is ablated while it waits; lesions are listed once each, and
    /// what is resected needs a resection.
    private func checkOrder(_ course: LiverCourse) throws(TwinError) {
        let resections = course.removals.filter(\.isResection)
        if resections.dropFirst().contains(where: \.isByRule) {
            throw refuse("resection", "only the first resection can wait for the remnant; give the second a day")
        }
        if let awaited = course.awaited, course.removals.contains(where: { !$0.isByRule && $0.start >= awaited.start }) {
            throw refuse(
                "resection",
                "what waits for the remnant has no day: put other operations before day \(Int(awaited.start)), or give it a day")
        }
        for number in Set(course.lesions.map(\.number)).sorted() where course.lesions.count(where: { $0.number == number }) > 1 {
            throw refuse("lesion", "lesion \(number) is listed twice; plan each lesion once")
        }
        if resections.isEmpty, let lesion = course.lesions.first(where: { $0.plan == .resect }) {
            throw refuse("lesion", "lesion \(lesion.number) is to be resected and the scenario has no resection; add one, or ablate it")
        }
    }

    private func check(_ scenario: Scenario, limits: [String: Int]) throws(TwinError) {
        for (kind, limit) in limits.sorted(by: { $0.key < $1.key })
        where scenario.interventions.count(where: { $0.kind == kind }) > limit {
            throw .scenario(.repeated(intervention: kind, limit: limit))
        }
    }

    private func refuse(_ intervention: String, _ reason: String) -> TwinError {
        .scenario(.notAllowed(intervention: intervention, reason: reason))
    }
}
