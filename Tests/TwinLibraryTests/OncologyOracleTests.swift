// The liver twin's formulas against every row of the reference files beside the project.
import Foundation
import Numerics
import Systems
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Oncology: every row of the reference files")
struct OncologyOracleTests {
    private static let growth = "oracles/oncology/pkpd/tgi_closed_forms.json"
    private static let volumes = "oracles/oncology/liver/flr_bioheat.json"

    private func json(_ file: String) throws -> [String: Any] {
        let text = try #require(SharedFiles.path(file).flatMap(SharedFiles.text))
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func isNear(_ value: Double, _ expected: Double?, _ relative: Double = 1e-9) -> Bool {
        guard let expected else { return false }
        return abs(value - expected) <= relative * abs(expected)
    }

    @Test("Claret 2009, fluorouracil: all 40 weeks, in closed form and by the twin's integrator, to 1e-9", .shared(growth))
    func fluorouracil() throws {
        let file = try #require(try json(Self.growth)["claret2009_fu"] as? [String: Any])
        let weeks = try #require(file["weeks"] as? [Double])
        let sums = try #require(file["y_mm"] as? [Double])
        try #require(weeks.count == 40 && sums.count == 40)
        let set = ClaretSet.fluorouracil
        #expect(file["KL"] as? Double == set.growth && file["KD"] as? Double == set.effect && file["lam"] as? Double == set.resistance)
        let course = ClaretCourse(
            windows: stride(from: 0.0, through: 36, by: 4).map { ExposureWindow(start: $0, end: $0 + 1, exposure: 3.825, origin: 0) })
        let segments = (0..<39).map { week -> Segment in
            let dose: Double = week % 4 == 0 ? 3.825 : 0
            return Segment(start: Double(week), end: Double(week + 1), input: [dose, 0, 0])
        }
        let run = try #require(LiverMetastases.solved(segments, set: set, outputs: weeks, tolerance: 1e-12))
        for (index, week) in weeks.enumerated() {
            let ratio = course.logRatio(from: 0, to: week, growth: set.growth, effect: set.effect, resistance: set.resistance)
            #expect(isNear(100 * ratio.value.exp(), sums[index]), "week \(week)")
            #expect(isNear(run[index, LiverTreatmentSystem.State.sum], sums[index]), "week \(week)")
        }
        #expect(isNear(run[7, LiverTreatmentSystem.State.sum] / 100 - 1, file["wk7_change"] as? Double))
    }

    @Test("Claret 2009, capecitabine at constant exposure, and Claret 2014: nadirs, times and ratios to 1e-9", .shared(growth))
    func constantExposure() throws {
        let all = try json(Self.growth)
        let constant = try #require(all["claret2009_cape_const"] as? [String: Double])
        let set = ClaretSet.capecitabine
        let turn = set.timeToGrowth(exposure: 3)
        #expect(isNear(turn, constant["TTG_wk"]))
        #expect(isNear(100 * set.ratio(at: turn, exposure: 3), constant["nadir_mm"]))
        for week in [7.0, 12, 52] { #expect(isNear(100 * set.ratio(at: week, exposure: 3), constant["wk\(Int(week))"])) }
        let regrown = try #require(constant["regrow_20pct_wk"])
        #expect(isNear(100 * set.ratio(at: regrown, exposure: 3), constant["nadir_mm"].map { 1.2 * $0 }))
        let lung = try #require(all["claret2014"] as? [String: Double])
        let days = ClaretSet.lung2014.timeToGrowth(exposure: 1)
        #expect(isNear(days, lung["TTG_d"]))
        #expect(isNear(ClaretSet.lung2014.ratio(at: 56, exposure: 1), lung["week8_ratio"]))
        #expect(isNear(90 * ClaretSet.lung2014.ratio(at: days, exposure: 1), lung["nadir_mm"]))
    }

    @Test("Remnant figures: every row to 1e-10", .shared(volumes))
    func remnants() throws {
        let rows = try #require(try json(Self.volumes)["flr"] as? [[String: Double]])
        #expect(rows.count == 4)
        for row in rows {
            func given(_ key: String) throws -> Double { try #require(row[key]) }
            let surface = LiverVolume.bodySurface(height: try given("height_cm"), weight: try given("weight_kg"))
            let standard = LiverVolume.Standard.vauthey.volume(bodySurface: surface)
            let before = LiverVolume.standardised(remnant: try given("FLR0"), standard: standard)
            let after = LiverVolume.standardised(remnant: try given("FLR1"), standard: standard)
            let rate = LiverVolume.growthRate(before: before, after: after, weeks: try given("weeks"))
            let obtained = [
                ("BSA_mosteller", surface), ("sTLV_vauthey_mL", standard),
                ("sTLV_urata_mL", LiverVolume.Standard.urata.volume(bodySurface: surface)), ("sFLR0", before), ("sFLR1", after),
                ("DH_pct_points", LiverVolume.hypertrophy(before: before, after: after)), ("KGR_pct_per_wk", rate),
            ]
            for (name, value) in obtained { #expect(isNear(value, row[name], 1e-10), "\(name)") }
        }
    }
}
