// The survival of a table's subjects as a reader is shown it.
import TestSupport
import Testing

@testable import Twins

@Suite("Survival of a table's subjects")
struct SurvivalAnalysisTests {
    @Test("Groups come by name; words become indicators beside the alphabetically first; numbers stay")
    func covariates() throws {
        let analysis = try SurvivalAnalysis(
            times: [5, 8, 2, 9, 4, 7, 3, 6, 1, 10], isEvent: [true, false, true, true, true, false, true, true, true, true],
            groups: ["b", "a", "b", "a", "b", "a", "a", "b", "b", "b"],
            covariates: [
                .words(name: "arm", ["z", "x", "z", "x", "y", "z", "y", "x", "x", "y"]),
                .numbers(name: "age", [50, 61, 47, 58, 66, 52, 49, 71, 55, 60]),
            ])
        #expect(analysis.groups.map(\.name) == ["a", "b"] && analysis.groups.map(\.events) == [2, 6])
        let regression = try #require(analysis.regression)
        #expect(regression.rows.map(\.name) == ["arm = y", "arm = z", "age"] && regression.references == ["arm: x"])
        // Newton's steps in another program.
        let expected = [-0.2305232056388585, -0.6714718375230361, -0.08393512624475755]
        for (row, value) in zip(regression.rows, expected) { #expect(abs(row.coefficient - value) < 1e-9) }
        for row in regression.rows { #expect(row.low < row.ratio && row.ratio < row.high && row.pValue > 0 && row.pValue <= 1) }
        let observed = analysis.groups.reduce(0) { $0 + $1.events }
        let foreseen = try #require(analysis.test?.expected)
        #expect(abs(foreseen.reduce(0, +) - Double(observed)) < 1e-12, "what is expected adds up to what is seen")
        #expect(analysis.groups[0].atRisk(at: 0) == 4 && analysis.groups[0].atRisk(at: 7.5) == 2)
    }

    @Test("One group has no test; what cannot be fitted is said in words")
    func refusals() throws {
        let alone = try SurvivalAnalysis(times: [1, 2, 3], isEvent: [true, true, false], groups: nil)
        #expect(alone.test == nil && alone.regression == nil && alone.groups.count == 1)
        let failure = #expect(throws: SurvivalAnalysisFailure.self) {
            try SurvivalAnalysis(
                times: [1, 2, 3], isEvent: [true, true, true], groups: nil, covariates: [.words(name: "arm", ["x", "x", "x"])])
        }
        #expect(failure?.description.contains("covariate") == true)
        let none = #expect(throws: SurvivalAnalysisFailure.self) { try SurvivalAnalysis(times: [], isEvent: [], groups: nil) }
        #expect(none?.description.contains("no subject") == true)
    }
}
