// Checks of survival statistics: the leukaemia trial, and the colon trial where its table lies beside the project.
import Numerics
import Twins

extension OncologyFormulaEvidence {
    /// Freireich 1963: weeks of remission, relapses true; the textbooks' example.
    private static let mercaptopurine: [(Double, Bool)] = [
        (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true),
        (17, false), (19, false), (20, false), (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
    ]
    private static let placebo = [1.0, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

    /// Kaplan and Meier, log-rank and Cox on 42 children with leukaemia.
    public static func survival() -> [EvidenceCheck] {
        let source = "Freireich 1963 and Gehan 1965; figures of Klein and Moeschberger's and R's documentation"
        let groups = mercaptopurine.map { _ in 0 } + placebo.map { _ in 1 }
        let treated = try? SurvivalTimes(times: mercaptopurine.map(\.0), isEvent: mercaptopurine.map(\.1))
        let both = try? SurvivalTimes(
            times: mercaptopurine.map(\.0) + placebo, isEvent: mercaptopurine.map(\.1) + placebo.map { _ in true })
        let curve = treated.map { KaplanMeier($0) }
        let test = both.flatMap { try? LogRank($0, groups: groups) }
        let cox = both.flatMap { both in
            (try? Matrix(groups.map { [Double($0)] })).flatMap { try? CoxRegression(both, covariates: $0) }
        }
        func near(_ name: String, _ expected: Double, _ obtained: Double?, _ tolerance: Double) -> EvidenceCheck {
            EvidenceCheck(name: name, expected: expected, obtained: obtained ?? .nan, tolerance: tolerance, source: source)
        }
        return [
            near("leukaemia, in remission at week 10 under 6-MP", 18.0 / 21 * 16 / 17 * 14 / 15, curve?.survival(at: 10), 1e-12),
            near("leukaemia, its standard error", 0.0963, curve?.step(at: 10)?.standardError, 5e-5),
            near("leukaemia, median remission under 6-MP, weeks", 23, curve?.median().time, 0),
            near("leukaemia, lower limit of the median, weeks", 16, curve?.median().low, 0),
            near("leukaemia, log-rank χ²", 16.793, test?.chiSquare, 5e-4),
            near("leukaemia, Cox (Efron), ln hazard ratio of placebo", 1.5721, cox?.coefficients[0], 5e-5),
            near("leukaemia, its standard error in Cox's regression", 0.4124, cox?.standardErrors[0], 5e-5),
        ]
    }

    private static let colon = "oracles/oncology/survival_colon/colon_death.csv"
    private static let peers = "oracles/oncology/survival_colon/r_survival_expected.csv"

    /// 929 patients of the colon trial: every figure that R's survival finds, and lifelines' curves.
    public static func survivalReferences(in folder: ReferenceFolder?) -> ReferenceEvidence {
        guard let folder, let rows = folder.table(colon), let expected = folder.table(peers) else {
            return ReferenceEvidence(leftOut: ["survival of 929 patients (\(colon), \(peers))"])
        }
        guard let trial = ColonTrial(rows), let own = trial.figures() else {
            return ReferenceEvidence(checks: [flag("colon trial: the table can be read and fitted", false, colon)])
        }
        let source = "R survival 3.5-3 on its own colon data"
        var (found, largest) = (0, 0.0)
        for row in expected where row.count == 2 {
            guard let value = own[row[0]], let theirs = Double(row[1].filter { $0 != " " }) else { continue }
            found += 1
            largest = max(largest, (value / theirs - 1).magnitude)
        }
        let medians = trial.curves().mapValues { $0.median().time }
        let atFive = trial.curves().mapValues { $0.survival(at: 1826) }
        return ReferenceEvidence(checks: [
            check("colon trial: rows of R's figures found", Double(expected.count), Double(found), relative: 0, source: source),
            EvidenceCheck(
                name: "colon trial: largest relative difference from R (Cox, log-rank, Weibull, log-normal)", expected: 0,
                obtained: largest,
                tolerance: 1e-7, source: source),
            check("colon trial: median without treatment, days", 2083, medians["Obs"] ?? nil, relative: 0, source: source),
            check("colon trial: median under levamisole, days", 2152, medians["Lev"] ?? nil, relative: 0, source: source),
            flag("colon trial: median with fluorouracil not reached", medians["Lev+5FU"] == .some(nil), source),
            check(
                "colon trial: alive at 1826 days without treatment", 0.525668529459622, atFive["Obs"], relative: 1e-12,
                source: "lifelines 0.30.3"),
            check("colon trial: concordance", 0.6569961298485831, own["concordance"], relative: 1e-9, source: "lifelines 0.30.3"),
        ])
    }
}
