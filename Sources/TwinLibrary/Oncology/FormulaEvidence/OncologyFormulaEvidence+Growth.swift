// Checks of growth and regression rates: four series of our own, and the men of a published trial where they lie beside the project.
import Numerics
import Twins

extension OncologyFormulaEvidence {
    /// Sizes on days 0 to 240: a course with scatter each, made so that each of the four models is the one to choose.
    static let growthDays = [0.0, 21, 42, 64, 85, 120, 160, 205, 240]
    static let growthSeries: [(model: GrowthModel, sizes: [Double], growth: Double?, regression: Double?, fraction: Double?)] = [
        (
            .regressionAndGrowth, [38.59, 28.32, 24.08, 19.71, 21.08, 22.85, 32.70, 42.89, 55.14], 0.0036332297679890872,
            0.020212219704234546, nil
        ),
        (.regression, [39.39, 32.13, 24.98, 19.35, 15.77, 10.28, 6.81, 4.28, 2.86], nil, 0.010755899171222497, nil),
        (.growth, [39.51, 48.35, 51.55, 57.69, 66.93, 80.89, 103.26, 135.41, 179.09], 0.006149398136751028, nil, nil),
        (
            .fractions, [40.01, 25.12, 17.02, 13.20, 11.94, 15.64, 30.29, 62.89, 119.73], 0.0035516987383458682, 0.023945320160296157,
            0.9610949043188479
        ),
    ]

    /// Rates and choices of four series, and series that must not be fitted.
    public static func growthRegression() -> [EvidenceCheck] {
        let source = "our own series; fitted independently by another program's least squares"
        var checks: [EvidenceCheck] = []
        for series in growthSeries {
            let found = GrowthRegression.fit(zip(growthDays, series.sizes).map { ($0, $1) })
            let name = "growth rates, series \(series.model.rawValue)"
            checks.append(flag("\(name): the course chosen", found.chosen?.model == series.model, source))
            for (symbol, expected, obtained) in [
                ("g per day", series.growth, found.growth), ("d per day", series.regression, found.regression),
                ("φ", series.fraction, found.fraction),
            ] {
                if let expected { checks.append(check("\(name): \(symbol)", expected, obtained, relative: 1e-6, source: source)) }
            }
        }
        let alike = GrowthRegression.fit([(day: 0, size: 10), (day: 30, size: 11.9)])
        checks.append(flag("one measurement is not fitted", GrowthRegression.fit([(day: 0, size: 10)]).exclusion == .single, source))
        checks.append(flag("two measurements within 20 % are not fitted", alike.exclusion == .twoAlike, source))
        return checks
    }

    static func flag(_ name: String, _ holds: Bool, _ source: String) -> EvidenceCheck {
        EvidenceCheck(name: name, expected: 1, obtained: holds ? 1 : 0, tolerance: 0, source: source)
    }

    private static let men = "oracles/oncology/tgi_gd/psa_sample_input.csv"
    private static let rates = "oracles/oncology/tgi_gd/tumgr_results_p0.10.csv"

    /// 68 men of a trial's control arm: classes, rates and medians as R's tumgr finds them.
    public static func growthRegressionReferences(in folder: ReferenceFolder?) -> ReferenceEvidence {
        ReferenceEvidence.of("growth rates of 68 men", men, in: folder) { measured in
            let source = "R tumgr 0.0.5, gdrate(sampleData, 0.10)"
            let results = trialResults(measured)
            var checks = [check("men with a series", 68, Double(results.count), relative: 0, source: source)]
            for (name, count) in [("gd", 25.0), ("dx", 22), ("gdphi", 6), ("gx", 4)] {
                let found = results.values.count { $0.chosen?.model.rawValue == name }
                checks.append(check("men whose course is \(name)", count, Double(found), relative: 0, source: source))
            }
            for (reason, count) in [(GrowthRegression.Exclusion.noModel, 5.0), (.single, 5), (.twoAlike, 1)] {
                let found = results.values.count { $0.exclusion == reason }
                checks.append(check("men left out: \(reason.rawValue)", count, Double(found), relative: 0, source: source))
            }
            for (name, median, values) in [
                ("g", 0.001414, results.values.compactMap(\.growth)), ("d", 0.020427, results.values.compactMap(\.regression)),
                ("φ", 0.987381, results.values.compactMap(\.fraction)),
            ] {
                checks.append(
                    EvidenceCheck(
                        name: "median \(name) of the men", expected: median, obtained: Quantiles.of(values, levels: [0.5])[0],
                        tolerance: 5e-7, source: source))
            }
            guard let expected = folder?.table(rates) else { return checks }
            let (agree, largest) = agreement(results, expected)
            checks.append(
                check("men whose class agrees, of the table's", Double(expected.count - 1), Double(agree), relative: 0, source: source))
            checks.append(
                EvidenceCheck(
                    name: "largest relative difference of a rate", expected: 0, obtained: largest, tolerance: 1e-4, source: source))
            return checks
        }
    }

    /// Of every man in the table name, day, value.
    static func trialResults(_ rows: [[String]]) -> [String: GrowthRegression.Result] {
        var series: [String: [(day: Double, size: Double)]] = [:]
        for row in rows.dropFirst() where row.count >= 3 {
            if let day = Double(row[1]), let size = Double(row[2]) { series[row[0], default: []].append((day, size)) }
        }
        return series.mapValues { GrowthRegression.fit($0) }
    }

    /// How many rows have the same class, and the largest relative difference of g, d and φ among them; infinite where one is missing.
    private static func agreement(
        _ results: [String: GrowthRegression.Result], _ rows: [[String]]
    ) -> (agree: Int, largest: Double) {
        let reasons: [GrowthRegression.Exclusion: String] = [
            .noModel: "not fit", .single: "only 1 eval", .twoAlike: "2 evals not 20% diff",
        ]
        var (agree, largest) = (0, 0.0)
        for row in rows.dropFirst() where row.count >= 7 {
            guard let found = results[row[0]] else { continue }
            let own = found.chosen?.model.rawValue ?? found.exclusion.flatMap { reasons[$0] }
            guard own == row[3] else { continue }
            agree += 1
            for (value, text) in zip([found.growth, found.regression, found.fraction], row[4...6]) {
                guard let expected = Double(text) else { continue }
                largest = max(largest, value.map { ($0 / expected - 1).magnitude } ?? .infinity)
            }
        }
        return (agree, largest)
    }
}
