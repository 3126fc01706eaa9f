// The checks of the avatar against whole tables that are not shipped.
import Numerics
import Twins

extension TumourAvatar {
    private static let folder = "oracles/oncology/adaptive/"

    public func evidence(in folder: ReferenceFolder?) async -> ReferenceEvidence {
        let files = Self.folder
        return ReferenceEvidence.of("Strobl 2021, tables", files + "strobl_ttp.csv", in: folder) { rows in
            Self.policyTable("Strobl 2021", rows, time: "ttp_exact_d", whole: "ttp_published_d")
        }
            + ReferenceEvidence.of("virtual patients", files + "lv_virtual_patients.csv", in: folder) { rows in
                Self.policyTable("virtual patients", rows, time: "ttp_d", whole: nil)
            }
            + ReferenceEvidence.of("Zhang 2022 in Octave", files + "zhang2022_octave_expected.csv", in: folder) { rows in
                Zhang2022Table(rows, folder: folder, files: files)?.checks ?? []
            }
            + ReferenceEvidence.of("Zhang 2017 in Octave", files + "zhang2017_octave_expected.csv", in: folder) { rows in
                Self.threeClones(rows)
            }
            + OncologyFormulaEvidence.avatarReferences(in: folder)
    }

    private static func check(_ name: String, _ expected: Int, _ obtained: Int, _ source: String) -> EvidenceCheck {
        EvidenceCheck(name: name, expected: Double(expected), obtained: Double(obtained), tolerance: 0, source: source)
    }

    /// Rows that agree: days to progression within 1e-4, cycles, days with the drug within 1e-4, and control without end.
    static func policyTable(_ name: String, _ rows: [[String]], time: String, whole: String?) -> [EvidenceCheck] {
        let table = ReferenceTable(rows)
        var (times, wholes, cycles, days, controls) = (0, 0, 0, 0, 0)
        let controlled = table.rows.count { table.text($0, "outcome") == "indefinite_control" }
        for isAdaptive in [false, true] {
            let some = table.rows.filter { (table.text($0, "policy") == "AT50") == isAdaptive }
            let patients = some.map { row in
                StroblTrial.Patient(
                    size: table.number(row, "n0"), resistant: table.number(row, "fR"), cost: table.number(row, "cost"),
                    turnover: table.number(row, "turnover"))
            }
            guard let found = try? StroblTrial.run(patients, isAdaptive: isAdaptive, days: 2500) else { continue }
            for (index, row) in some.enumerated() {
                let outcome = found[index]
                guard table.text(row, "outcome") == "progression" else {
                    controls += patients[index].isControlled && outcome.progression == nil ? 1 : 0
                    continue
                }
                guard let progression = outcome.progression else { continue }
                times += abs(progression - table.number(row, time)) <= 1e-4 ? 1 : 0
                if let whole { wholes += progression.rounded(.up) == table.number(row, whole) ? 1 : 0 }
                cycles += Double(outcome.cycles) == table.number(row, "cycles") ? 1 : 0
                days += abs(outcome.drugDays - table.number(row, "drug_days")) <= 1e-4 ? 1 : 0
            }
        }
        let open = table.rows.count - controlled
        let source = "Runge–Kutta of fixed step, made apart from this program"
        var checks = [
            check("\(name): rows with days to progression within 1e-4", open, times, source),
            check("\(name): rows with the same cycles", open, cycles, source),
            check("\(name): rows with days with the drug within 1e-4", open, days, source),
            check(
                "\(name): rows under control without end", controlled, controls, "1 − d/r_R < 1.2 × size, and no progression in 2,500 days"),
        ]
        if whole != nil { checks.append(check("\(name): rows with the published whole days", open, wholes, "tables of Strobl 2021")) }
        return checks
    }

    /// Rows of Zhang 2017 that agree.
    static func threeClones(_ rows: [[String]]) -> [EvidenceCheck] {
        let table = ReferenceTable(rows)
        let policies: [String: Zhang2017Scheme.Policy] = [
            "None": .none, "SOC": .continuous, "Metronomic": .metronomic, "Adaptive": .adaptive,
        ]
        let agreeing = table.rows.count { row in
            guard let policy = policies[table.text(row, "treatment")],
                let matrix = Zhang2017Scheme.matrices[Int(table.number(row, "patientMatrix"))]
            else { return false }
            let found = Zhang2017Scheme(competition: matrix).run(policy)
            func isNear(_ value: Double, _ column: String) -> Bool {
                let expected = table.number(row, column)
                return abs(value - expected) <= 1e-8 * max(abs(expected), 1e-3)
            }
            let cells = zip(found.cells, ["yT+_end", "yTP_end", "yT-_end"]).allSatisfy { isNear($0, $1) }
            return Double(found.firstTreatment) == table.number(row, "firstTreatmentTime")
                && table.isSame(found.timeTo5, row, "timeTo5pct") && table.isSame(found.timeTo90, row, "timeTo90pct") && cells
                && isNear(found.antigen, "PSA_end") && isNear(found.treatedShare, "percentSOC")
        }
        return [
            check(
                "Zhang 2017, matrices 7 and 5: arms with the same times, cells and PSA within 1e-8", table.rows.count, agreeing,
                "the authors' scheme run in Octave: untreated, continuous, metronomic, adaptive")
        ]
    }
}

/// Columns of a table by their names.
struct ReferenceTable {
    let rows: [[String]]
    private let places: [String: Int]

    init(_ table: [[String]]) {
        rows = Array(table.dropFirst())
        places = Dictionary((table.first ?? []).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func text(_ row: [String], _ column: String) -> String {
        guard let place = places[column], row.indices.contains(place) else { return "" }
        return row[place]
    }
    /// NaN where there is none.
    func number(_ row: [String], _ column: String) -> Double { Double(text(row, column)) ?? .nan }
    /// A whole number, or none on both sides.
    func isSame(_ value: Int?, _ row: [String], _ column: String) -> Bool {
        let expected = number(row, column)
        return value.map { Double($0) == expected } ?? expected.isNaN
    }
}
