// The authors' own figures of Zhang 2022 beside the same scheme in this program, patient by patient.
import Twins

/// The patients of the reference table, with visits and fits from the authors' data.
struct Zhang2022Table {
    struct Patient {
        var start: Zhang2022Scheme
        var visits: [(day: Double, isTreated: Bool)]
        var row: [String]
    }
    let table: ReferenceTable
    let patients: [Patient]
    static let days = 1750

    /// Nil where one of the other two files is missing.
    init?(_ rows: [[String]], folder: ReferenceFolder?, files: String) {
        guard let visits = folder?.table(files + "zhang2022_psa.csv"), let fits = folder?.table(files + "zhang2022_fits.csv") else {
            return nil
        }
        self.init(rows, visits: visits, fits: fits)
    }

    init(_ rows: [[String]], visits: [[String]], fits: [[String]]) {
        let (table, seen, starts) = (ReferenceTable(rows), ReferenceTable(visits), ReferenceTable(fits))
        self.table = table
        patients = table.rows.compactMap { row in
            let name = table.text(row, "patient")
            guard let start = starts.rows.first(where: { starts.text($0, "patient") == name }) else { return nil }
            let own = seen.rows.filter { seen.text($0, "patient") == name }
            return Patient(
                start: Zhang2022Scheme(sensitive: starts.number(start, "yS0"), resistant: starts.number(start, "yR0")),
                visits: own.map { (seen.number($0, "day"), seen.number($0, "abi_on") == 1) }, row: row)
        }
    }

    private func isNear(_ value: Double?, _ row: [String], _ column: String) -> Bool {
        let expected = table.number(row, column)
        return value.map { abs($0 - expected) <= 1e-8 * abs(expected) } ?? false
    }

    /// The course under the drug days of the trial: PSA at its end.
    func isObservedEqual(_ patient: Patient) -> Bool {
        let treated = Zhang2022Scheme.days(patient.visits, count: Int(table.number(patient.row, "tmax")))
        let end = patient.start.run(treated).course.last
        // Sensitive cells can shrink to 1e-39: their last digits are not compared.
        return isNear(end?.size, patient.row, "PSA_orig_end") && isNear(end?.resistant, patient.row, "yR_end")
    }

    func isContinuousEqual(_ patient: Patient) -> Bool {
        let first = Int(table.number(patient.row, "t_firstAbi"))
        let found = patient.start.run((0...Self.days).map { $0 >= first - 1 })
        return table.isSame(found.firstResistant, patient.row, "SOC_t_R90") && isNear(found.course.last?.size, patient.row, "SOC_PSA_1750")
    }

    func isAdaptiveEqual(_ patient: Patient) -> Bool {
        let found = patient.start.runAdaptive(from: Int(table.number(patient.row, "t_firstAbi")), days: Self.days)
        return table.isSame(found.firstResistant, patient.row, "AT_t_R90") && isNear(found.course.last?.size, patient.row, "AT_PSA_1750")
            && Double(found.daysOn) == table.number(patient.row, "AT_days_on_1750")
    }

    var checks: [EvidenceCheck] {
        func check(_ name: String, _ isEqual: (Patient) -> Bool) -> EvidenceCheck {
            EvidenceCheck(
                name: "Zhang 2022: patients with \(name)", expected: Double(table.rows.count),
                obtained: Double(patients.count(where: isEqual)),
                tolerance: 0, source: "the authors' program (MIT) run in Octave, on the authors' data (CC0)")
        }
        return [
            check("the same PSA at the end of the trial, within 1e-8", isObservedEqual),
            check("the same continuous course (day of 90 % resistance, PSA within 1e-8)", isContinuousEqual),
            check("the same adaptive course (days with the drug, day of 90 % resistance, PSA within 1e-8)", isAdaptiveEqual),
        ]
    }
}
