// Blood counts under drugs against three programs' integrations, and what must hold without a drug.
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Oncology: blood counts under drugs")
struct MyelosuppressionTests {
    private static let docetaxel = "oracles/oncology/pkpd/friberg_docetaxel.json"
    private static let others = "oracles/oncology/pkpd/myelosuppression_5fu_paclitaxel.json"

    private func numbers(_ parent: [String: Any], _ key: String) throws -> [Double] {
        try #require(parent[key] as? [Double], "no numbers \(key)")
    }

    @Test("Docetaxel as a bolus: every day's counts and amounts to 1e-6, the nadir's day to 0.01", .shared(docetaxel))
    func bolus() throws {
        let file = try SharedJSON.object(try SharedJSON.object(Self.docetaxel), "docetaxel_bolus180")
        let hours = try numbers(file, "times_d").map { 24 * $0 }
        let doses = [Dosing(start: 0, amount: 180)]
        let course = MyelosuppressionCourse(.docetaxelFriberg, doses: doses, until: 600)
        let states = try course.states(at: hours)
        let drug = DrugKinetics.docetaxel.course(doses)
        let (counts, dividing, amounts) = (try numbers(file, "anc"), try numbers(file, "prol"), try numbers(file, "C1"))
        try #require(hours.count == 26)
        for index in hours.indices {
            #expect(SharedJSON.isNear(states[index, 4], counts[index], 1e-6), "day \(index)")
            #expect(SharedJSON.isNear(states[index, 0], dividing[index], 1e-6), "day \(index)")
            // The peer's amounts are good to its absolute tolerance of about 1e-11 mg.
            #expect(abs(drug.concentration(at: hours[index]) * 7.4 - amounts[index]) < 1e-6 * amounts[index] + 2e-11, "day \(index)")
        }
        let nadir = try course.nadir()
        #expect(SharedJSON.isNear(nadir.count, file["nadir"] as? Double, 1e-6))
        #expect(abs(nadir.hour / 24 - (try #require(file["nadir_day"] as? Double))) < 0.01)
        #expect(try course.hours(below: 0.5) == 0)
        #expect(abs(try course.hours(below: 1) / 24 - 2.236) < 1e-3)
    }

    @Test("Docetaxel 100 mg/m² in an hour, and 75 mg/m² three times: every day to 1e-6, every nadir", .shared(docetaxel))
    func infusions() throws {
        let all = try SharedJSON.object(Self.docetaxel)
        let once = try SharedJSON.object(all, "docetaxel_100mgm2_1h_BSA1.8")
        let single = MyelosuppressionCourse(
            .docetaxelFriberg, doses: [Dosing(start: 0, amount: 180, duration: 1)], until: 24 * 42)
        for (day, count) in zip(try numbers(once, "times_d"), try single.counts(at: try numbers(once, "times_d").map { 24 * $0 })) {
            #expect(SharedJSON.isNear(count, try numbers(once, "anc")[Int(day)], 1e-6), "day \(day)")
        }
        let nadir = try single.nadir()
        #expect(SharedJSON.isNear(nadir.count, once["nadir"] as? Double, 1e-6))
        #expect(abs(nadir.hour / 24 - (try #require(once["nadir_day"] as? Double))) < 0.01)
        #expect(abs(try single.hours(below: 1) / 24 - 2.2359) < 1e-3)

        let thrice = try SharedJSON.object(all, "docetaxel_75mgm2_q21d_x3")
        let days = try numbers(thrice, "times_d")
        try #require(days.count == 85)
        let repeated = MyelosuppressionCourse(
            .docetaxelFriberg, doses: Dosing(start: 0, amount: 75 * 1.8, duration: 1).repeated(every: 504, count: 3), until: 24 * 84)
        for (count, expected) in zip(try repeated.counts(at: days.map { 24 * $0 }), try numbers(thrice, "anc")) {
            #expect(SharedJSON.isNear(count, expected, 1e-6))
        }
        let nadirs = try #require(thrice["nadirs"] as? [[Double]])
        for (cycle, expected) in nadirs.enumerated() {
            let found = try repeated.nadir(from: 504 * Double(cycle), to: 504 * Double(cycle + 1))
            #expect(abs(found.hour / 24 - expected[0]) < 0.01 && SharedJSON.isNear(found.count, expected[1], 1e-6), "cycle \(cycle + 1)")
        }
    }

    @Test("Leukocytes under fluorouracil and under paclitaxel: every stored hour to 1e-6, the nadirs", .shared(others))
    func leukocytes() throws {
        let all = try SharedJSON.object(Self.others)
        let five = try SharedJSON.object(all, "arshad5FU_1000mgm2d_5d_mono")
        let three = try SharedJSON.object(all, "friberg2002_paclitaxel_wbc_175mgm2_3h")
        let fluorouracil = MyelosuppressionCourse(
            .fluorouracil, doses: [Dosing(start: 0, amount: 1000 * 1.95 * 5, duration: 120)], until: 1344)
        let amount = 175 * 1.8 / 853.9 * 1000
        let paclitaxel = MyelosuppressionCourse(.paclitaxel, doses: [Dosing(start: 0, amount: amount, duration: 3)], until: 840)
        for (file, course) in [(five, fluorouracil), (three, paclitaxel)] {
            let hours = try numbers(file, "times_h")
            for (index, count) in try course.counts(at: hours).enumerated() {
                #expect(SharedJSON.isNear(count, try numbers(file, "C")[index], 1e-6), "\(course.set.name), \(hours[index]) h")
            }
            let nadir = try course.nadir()
            // The peer looked on a grid of 0.04 to 0.07 h.
            #expect(SharedJSON.isNear(nadir.count, file["nadir"] as? Double, 1e-6))
            #expect(abs(nadir.hour - (try #require(file["nadir_h"] as? Double))) < 0.24)
        }
        #expect(SharedJSON.isNear(DrugKinetics.fluorouracilArshad.steadyState(rate: 1950.0 / 24), five["Css"] as? Double))
        let peak = DrugKinetics.paclitaxel.course([Dosing(start: 0, amount: amount, duration: 3)]).concentration(at: 3)
        #expect(SharedJSON.isNear(peak, three["Css"] as? Double, 1e-6))
    }

    @Test("Without a drug counts stay at their baseline for a year to 1e-12", arguments: MyelosuppressionSet.all)
    func rest(set: MyelosuppressionSet) throws {
        let course = MyelosuppressionCourse(set, doses: [], until: 8760)
        for count in try course.counts(at: (0...365).map { 24 * Double($0) }) {
            #expect(abs(count / set.baseline - 1) < 1e-12)
        }
    }

    @Test("Asking for twice as many hours changes no count by a bit (invariant P1)")
    func grid() throws {
        let course = MyelosuppressionCourse(
            .docetaxelFriberg, doses: Dosing(start: 0, amount: 135, duration: 1).repeated(every: 504, count: 3), until: 2016)
        let coarse = try course.counts(at: (0...84).map { 24 * Double($0) })
        let fine = try course.counts(at: (0...168).map { 12 * Double($0) })
        let single = try course.counts(at: [2016])
        for (day, count) in coarse.enumerated() { #expect(count.bitPattern == fine[2 * day].bitPattern) }
        #expect(single[0].bitPattern == coarse[84].bitPattern)
    }

    @Test("The two published docetaxel sets differ by a grade and more on the same dose")
    func disagreement() throws {
        let doses = [Dosing(start: 0, amount: 180, duration: 1)]
        let friberg = try MyelosuppressionCourse(.docetaxelFriberg, doses: doses, until: 600).nadir()
        let kloft = try MyelosuppressionCourse(.docetaxelKloft, doses: doses, until: 600).nadir()
        #expect(MyelosuppressionSet.grade(neutrophils: friberg.count) == 3)
        #expect(MyelosuppressionSet.grade(neutrophils: kloft.count) == 4)
        // Computed independently with the printed transit time of 84.2 h.
        #expect(abs(kloft.count - 0.220433) < 5e-7 && abs(kloft.hour / 24 - 8.431) < 1e-3)
    }

    @Test("Simeoni's tumour: control and treated weights at every day of the file to 1e-8", .shared(transit))
    func transitGrowth() throws {
        let file = try SharedJSON.object(Self.transit)
        let parameters = try #require(file["params"] as? [String: Double])
        #expect(["k1", "k2", "l0", "l1", "psi"].map { parameters[$0] } == TransitGrowth.paclitaxel)
        for (key, boluses) in [("control", []), ("treated", [8.0, 12, 16])] {
            let points = try SharedJSON.series(file, key)
            let weights = try TransitGrowth.weights(start: 0.055, boluses: boluses, peak: 2500, decay: 2.4, at: points.map(\.at))
            for (weight, point) in zip(weights, points) { #expect(SharedJSON.isNear(weight, point.value, 1e-8), "\(key), day \(point.at)") }
        }
    }
    private static let transit = "oracles/oncology/pkpd/simeoni_paclitaxel.json"

    @Test("Every check of the kinetics and the counts passes")
    func evidence() {
        for check in OncologyFormulaEvidence.kinetics() + OncologyFormulaEvidence.bloodCounts() + OncologyFormulaEvidence.transitGrowth() {
            #expect(check.passed, "\(check.name): \(check.obtained), not \(check.expected)")
        }
    }
}
