// The survival statistics on 929 patients of the colon trial, beside R's survival and lifelines.
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Survival: the colon trial")
struct ColonTrialTests {
    private static let deaths = "oracles/oncology/survival_colon/colon_death.csv"
    private static let peers = "oracles/oncology/survival_colon/r_survival_expected.csv"
    private static let lifelines = "oracles/oncology/survival_colon/colon_lifelines.json"

    private func trial() throws -> ColonTrial {
        let rows = try #require(SharedFiles.path(Self.deaths).flatMap(SharedFiles.table))
        return try #require(ColonTrial(rows))
    }

    @Test(
        "Every row of R's figures: Cox with either ties and its errors, likelihoods, Weibull, log-normal 1e-7; log-rank 1e-8",
        .shared(deaths, peers))
    func rows() throws {
        let own = try #require(try trial().figures())
        let rows = try #require(SharedFiles.path(Self.peers).flatMap(SharedFiles.table))
        #expect(rows.count == 28)
        var largest = 0.0
        for row in rows {
            let expected = try #require(Double(row[1].filter { $0 != " " }))
            let value = try #require(own[row[0]], "\(row[0])")
            let tolerance = row[0].hasPrefix("logrank") || row[0].hasPrefix("loglik") ? 1e-8 : 1e-7
            #expect(SharedJSON.isNear(value, expected, tolerance), "\(row[0]): \(value), not \(expected)")
            largest = max(largest, (value / expected - 1).magnitude)
        }
        print("colon trial: largest relative difference from R \(largest)")
    }

    @Test("lifelines' curves to 1e-12, medians exact, log-rank and its p, concordance", .shared(deaths, lifelines))
    func curves() throws {
        let file = try SharedJSON.object(Self.lifelines)
        let trial = try trial()
        let curves = trial.curves()
        for arm in ["Obs", "Lev", "Lev+5FU"] {
            let (curve, figures) = (try #require(curves[arm]), try SharedJSON.object(file, arm))
            #expect(curve.count == figures["n"] as? Int && curve.steps.reduce(0) { $0 + $1.events } == figures["events"] as? Int)
            #expect(curve.median().time == figures["median"] as? Double)
            for point in try SharedJSON.series(figures, "S") {
                #expect(SharedJSON.isNear(curve.survival(at: point.at), point.value, 1e-12), "\(arm), day \(point.at)")
            }
        }
        let own = try #require(trial.figures())
        let test = try #require(file["logrank"] as? [Double])
        #expect(SharedJSON.isNear(try #require(own["logrank_chisq"]), test[0], 1e-8))
        #expect(SharedJSON.isNear(try #require(own["logrank_p"]), test[1], 1e-8))
        #expect(SharedJSON.isNear(try #require(own["concordance"]), file["C"] as? Double, 1e-12))
        #expect(SharedJSON.isNear(try #require(own["loglik"]), file["cox_loglik"] as? Double, 1e-8))
    }

    @Test("Every check of survival, RECIST and the scores passes, and says what it leaves out without files")
    func evidence() {
        let folder = SharedFiles.path("oracles").flatMap { ReferenceFolder(path: String($0.dropLast(8))) }
        let references = OncologyFormulaEvidence.survivalReferences(in: folder) + OncologyFormulaEvidence.liverReferences(in: folder)
        #expect(references.leftOut.count == (folder == nil ? 3 : 0) && references.checks.count == (folder == nil ? 0 : 11))
        for check in OncologyFormulaEvidence.survival() + references.checks {
            #expect(check.passed, "\(check.name): \(check.obtained), not \(check.expected)")
        }
        #expect((OncologyFormulaEvidence.survivalReferences(in: nil) + OncologyFormulaEvidence.liverReferences(in: nil)).leftOut.count == 3)
    }
}
