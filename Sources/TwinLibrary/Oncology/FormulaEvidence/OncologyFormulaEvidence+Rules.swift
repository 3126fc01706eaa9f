// Checks of RECIST and of the liver scores against tables beside the project.
import Numerics
import Twins

extension OncologyFormulaEvidence {
    private static let visits = "oracles/oncology/recist_oak/oak_recist_visits_expected.csv"
    private static let sums = "oracles/oncology/recist_oak/oak_sld.csv"
    private static let patients = "oracles/oncology/recist_oak/oak_recist_expected.csv"
    private static let scores = "oracles/oncology/liver/crlm_scores_expected.csv"

    /// Every visit of a lung trial in both conventions, and every patient's best response.
    public static func recistReferences(in folder: ReferenceFolder?) -> ReferenceEvidence {
        guard let folder, let visits = folder.table(visits), let sums = folder.table(sums), let patients = folder.table(patients) else {
            return ReferenceEvidence(leftOut: ["RECIST at every visit of the OAK trial (\(visits), \(sums), \(patients))"])
        }
        let source = "RECIST 1.1 in exact rational arithmetic; pyrecist agrees on 890 of 890 visits"
        let measured = Dictionary(grouping: sums.dropFirst(), by: { $0.first ?? "" })
        let expected = Dictionary(grouping: visits.dropFirst(), by: { $0.first ?? "" })
        var (single, sustained, best) = (0, 0, 0)
        for patient in patients.dropFirst() where patient.count > 6 {
            let own = (measured[patient[0]] ?? []).compactMap { row -> (day: Int, sum: DiameterSum)? in
                guard row.count > 3, let day = Int(row[2]), let sum = Double(row[3]).flatMap({ DiameterSum(millimetres: $0) }) else {
                    return nil
                }
                return (day, sum)
            }.sorted { $0.day < $1.day }
            guard !own.isEmpty else { continue }
            let base = own.lastIndex { $0.day <= 0 } ?? 0
            let course = Recist.course(baseline: own[base].sum, sums: own.dropFirst(base + 1).map(\.sum))
            if Recist.bestResponse(course)?.rawValue == patient[6] { best += 1 }
            for (row, visit) in zip(expected[patient[0]] ?? [], course) where row.count > 8 {
                if visit.category.rawValue == row[7] { single += 1 }
                if (visit.sustained?.rawValue ?? "") == row[8] { sustained += 1 }
            }
        }
        let (all, count) = (Double(visits.count - 1), Double(patients.count - 1))
        return ReferenceEvidence(checks: [
            check("OAK trial: visits with the same category", all, Double(single), relative: 0, source: source),
            check("OAK trial: visits with the same sustained category", all, Double(sustained), relative: 0, source: source),
            check("OAK trial: patients with the same best response", count, Double(best), relative: 0, source: source),
        ])
    }

    /// Fong, tumour burden and GAME in every combination of the table.
    public static func scoreReferences(in folder: ReferenceFolder?) -> ReferenceEvidence {
        ReferenceEvidence.of("liver scores", scores, in: folder) { rows in
            let agree = rows.dropFirst().count { row in
                guard row.count > 12, let months = Double(row[1]), let count = Int(row[2]), let size = Double(row[3]),
                    let cea = Double(row[4])
                else { return false }
                let inputs = LiverScoreInputs(
                    isNodePositive: row[0] == "1", diseaseFreeMonths: months, lesionCount: count, largest: size, cea: cea,
                    isExtrahepatic: row[5] == "1", isMutant: row[6] == "1")
                let (fong, burden, game) = (LiverScores.fong(inputs), LiverScores.tumourBurden(inputs), LiverScores.game(inputs))
                return String(fong.points) == row[7] && fong.group.rawValue == row[8] && burden.score == Double(row[9])
                    && String(burden.zone) == row[10] && String(game.points) == row[11] && game.group.rawValue == row[12]
            }
            return [
                check(
                    "liver scores: combinations that agree exactly", Double(rows.count - 1), Double(agree), relative: 0,
                    source: "computed independently from the published rules (tumour burden recalled)")
            ]
        }
    }
}
