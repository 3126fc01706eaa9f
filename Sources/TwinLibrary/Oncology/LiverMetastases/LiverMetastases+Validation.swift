// What a scenario may not be for this patient, and why.
import Twins

extension LiverMetastases {
    /// Kinds, types and limits, what no patient may be given at once, and anti-EGFR antibodies only in RAS wild type.
    public func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError) {
        let complete = try allowed(scenario)
        let record = LiverRecord(subject)
        for regimen in complete.interventions.compactMap({ LiverRegimen($0) }) where regimen.isAntiEGFRGiven && record.ras != .wildType {
            throw refuse(
                "systemic",
                record.ras == .mutant
                    ? "anti-EGFR antibodies do not work in RAS-mutant tumours, and this one is RAS mutant"
                    : "anti-EGFR antibodies need a RAS wild-type tumour, and the record has no RAS status")
        }
    }

    /// The scenario completed, if it may be at all, whoever the patient is: no two antibodies together, no overlapping regimens (they
    /// would lose dose), the embolisation before the resection.
    func allowed(_ scenario: Scenario) throws(TwinError) -> Scenario {
        let complete: Scenario
        do { complete = try completed(scenario) } catch { throw .scenario(error) }
        try check(complete, limits: ["systemic": 4, "resection": 2, "ablation": 3, "embolisation": 1])
        let course = LiverCourse(complete, history: LiverHistory(), bodySurface: nil)
        for regimen in course.regimens where regimen.isAntiEGFRGiven && regimen.isBevacizumabGiven {
            throw refuse("systemic", "bevacizumab and an anti-EGFR antibody together are outside this model")
        }
        if let overlap = course.overlap {
            throw refuse(
                "systemic", "two regimens overlap on day \(Int(overlap.rounded())); begin the second after the last cycle of the first")
        }
        if let embolisation = course.embolisation, let resection = course.firstResection, embolisation.start >= resection.start {
            throw refuse("embolisation", "it must come before the resection, or the remnant cannot grow in time")
        }
        return complete
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
