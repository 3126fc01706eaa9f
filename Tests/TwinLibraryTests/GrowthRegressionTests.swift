// Growth and regression rates: the trial's men as R's tumgr has them, and what a reader of rates relies on.
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Oncology: growth and regression rates")
struct GrowthRegressionTests {
    private static let input = "oracles/oncology/tgi_gd/psa_sample_input.csv"
    private static let expected = "oracles/oncology/tgi_gd/tumgr_results_p0.10.csv"
    private static let estimates = "oracles/oncology/tgi_gd/tumgr_allestimates_p0.10.csv"

    private func table(_ file: String) throws -> [[String]] { try #require(SharedFiles.path(file).flatMap(SharedFiles.table)) }

    @Test("The trial's 68 men: classes, each g, d and φ within 1e-4, medians to six decimals", .shared(input, expected))
    func men() throws {
        let results = OncologyFormulaEvidence.trialResults(try table(Self.input))
        #expect(results.count == 68)
        let reasons: [GrowthRegression.Exclusion: String] = [
            .noModel: "not fit", .single: "only 1 eval", .twoAlike: "2 evals not 20% diff",
        ]
        let rows = try table(Self.expected).dropFirst()
        #expect(rows.count == 34)
        for row in rows {
            let found = try #require(results[row[0]])
            #expect(String(found.measurementCount) == row[1])
            #expect((found.chosen?.model.rawValue ?? found.exclusion.flatMap { reasons[$0] }) == row[3], "man \(row[0])")
            for (value, text) in zip([found.growth, found.regression, found.fraction], row[4...6]) {
                #expect((value == nil) == (text == "NA"), "man \(row[0])")
                if let value { #expect(SharedJSON.isNear(value, Double(text), 1e-4), "man \(row[0])") }
            }
        }
        for (model, count) in [(GrowthModel.regressionAndGrowth, 25), (.regression, 22), (.fractions, 6), (.growth, 4)] {
            #expect(results.values.count { $0.chosen?.model == model } == count)
        }
        for (reason, count) in [(GrowthRegression.Exclusion.noModel, 5), (.single, 5), (.twoAlike, 1)] {
            #expect(results.values.count { $0.exclusion == reason } == count)
        }
        func median(_ values: [Double]) -> Double { Quantiles.of(values, levels: [0.5])[0] }
        #expect(abs(median(results.values.compactMap(\.growth)) - 0.001414) < 5e-7)
        #expect(abs(median(results.values.compactMap(\.regression)) - 0.020427) < 5e-7)
        #expect(abs(median(results.values.compactMap(\.fraction)) - 0.987381) < 5e-7)
    }

    @Test("Standard errors and p values of every course that the peer kept, within 1e-3", .shared(input, estimates))
    func errors() throws {
        let results = OncologyFormulaEvidence.trialResults(try table(Self.input))
        let places: [String: (model: GrowthModel, place: Int)] = [
            "gd g": (.regressionAndGrowth, 0), "gd d": (.regressionAndGrowth, 1), "dx dx": (.regression, 0), "gx gx": (.growth, 0),
            "gdphi p": (.fractions, 0), "gdphi gt": (.fractions, 1), "gdphi dt": (.fractions, 2),
        ]
        var compared = 0
        for row in try table(Self.estimates).dropFirst() {
            guard let place = places["\(row[3]) \(row[4])"], let error = Double(row[6]), let p = Double(row[8]) else { continue }
            // At a bound, or where the fit is perfect, the peer's own stopping point decides.
            guard let estimate = Double(row[5]), estimate > 1e-6, estimate < 1, row[2] == row[3] else { continue }
            let fit = try #require(results[row[0]]?.fits.first { $0.model == place.model }, "man \(row[0])")
            #expect(SharedJSON.isNear(fit.standardErrors[place.place], error, 1e-3), "man \(row[0]), \(row[3])")
            #expect(abs(fit.pValues[place.place] - p) < 1e-3 * p + 1e-12, "man \(row[0]), \(row[3])")
            compared += 1
        }
        #expect(compared >= 30)
    }

    @Test("Days may begin anywhere and stand in any order; sizes may have any unit")
    func invariances() {
        for series in OncologyFormulaEvidence.growthSeries {
            let points = zip(OncologyFormulaEvidence.growthDays, series.sizes).map { (day: $0, size: $1) }
            let plain = GrowthRegression.fit(points)
            let shuffled = GrowthRegression.fit(points.reversed().map { ($0.day + 1000, $0.size * 16) })
            #expect(plain.chosen?.model == series.model)
            #expect(shuffled.chosen == plain.chosen)
        }
    }

    @Test("Without fitting: nothing, one measurement, two alike, a first size of zero; noise fits no course")
    func exclusions() {
        #expect(GrowthRegression.fit([]).exclusion == .noMeasurement)
        #expect(GrowthRegression.fit([(day: 3, size: 4)]).exclusion == .single)
        #expect(GrowthRegression.fit([(day: 3, size: 10), (day: 30, size: 8.1)]).exclusion == .twoAlike)
        #expect(GrowthRegression.fit([(day: 3, size: 0), (day: 30, size: 8.1)]).exclusion == .firstNotPositive)
        let noise = GrowthRegression.fit([(day: 0, size: 10), (day: 21, size: 10.9), (day: 42, size: 8.2)])
        #expect(noise.exclusion == .noModel && noise.growth == nil && noise.regression == nil)
        #expect(GrowthRegression.fit([(day: 0, size: 10), (day: 21, size: 5)]).chosen?.model == .regression)
    }

    @Test("A growing tumour doubles in ln 2 over g")
    func doubling() throws {
        let points = (0..<6).map { visit -> (day: Double, size: Double) in
            let day = Double(30 * visit)
            let scatter = visit % 2 == 0 ? 1.01 : 0.99
            return (day, 10 * (0.01 * day).exp() * scatter)
        }
        let growing = GrowthRegression.fit(points)
        let growth = try #require(growing.growth)
        #expect(growing.chosen?.model == .growth && abs(growth - 0.01) < 3e-4)
        let doubling = try #require(growing.doublingTime)
        #expect(abs(doubling * growth - 0.6931471805599453) < 1e-15)
    }

    @Test("Every check of the rates passes, with and without the files")
    func evidence() {
        let folder = SharedFiles.path("oracles").flatMap { ReferenceFolder(path: String($0.dropLast(8))) }
        let references = OncologyFormulaEvidence.growthRegressionReferences(in: folder)
        #expect(references.checks.isEmpty == (folder == nil) && references.leftOut.isEmpty == (folder != nil))
        for check in OncologyFormulaEvidence.growthRegression() + references.checks {
            #expect(check.passed, "\(check.name): \(check.obtained), not \(check.expected)")
        }
        #expect(OncologyFormulaEvidence.growthRegressionReferences(in: nil).leftOut.count == 1)
    }
}
