// From rows that say whether a drug is given to the periods in which it was.

import Records
import Twins

/// What the rows of a table say of drugs: given or not from a time on.
struct MedicationCourses {
    private struct Key: Hashable {
        var patient: Int
        var medication: Int
    }
    private var rows: [Key: [(time: Instant, isOn: Bool)]] = [:]

    mutating func take(_ isOn: Bool, at time: Instant, medication: Int, patient: Int) {
        rows[Key(patient: patient, medication: medication), default: []].append((time, isOn))
    }

    /// Periods, each until the first later row that says otherwise; without one the drug is still given.
    ///
    /// Rows need not be in order. Of two that contradict each other at the same time the later in the file holds.
    func facts(of code: Code, medication: Int, patient: Int) -> [ImportFact] {
        let found = (rows[Key(patient: patient, medication: medication)] ?? []).enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        var facts: [ImportFact] = []
        var start: Instant?
        func close(at end: Instant?) {
            guard let begun = start, begun != end else { return }
            let fact = CodedFact(kind: .medication, code: code, start: begun, end: end, status: end == nil ? "active" : "completed")
            facts.append(ImportFact(fact: fact))
        }
        for row in found {
            if row.isOn {
                start = start ?? row.time
            } else {
                close(at: row.time)
                start = nil
            }
        }
        close(at: nil)
        return facts
    }
}
