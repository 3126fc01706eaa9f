// Concentrations of drugs against independent integrations, closed solutions and identities.
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Oncology: kinetics of drugs")
struct PharmacologyTests {
    private static let regimens = "oracles/oncology/pkpd/pk_regimens.json"

    @Test("mFOLFOX6: fluorouracil at every hour of the file, plateau, area and half-life to 1e-9", .shared(regimens))
    func fluorouracil() throws {
        let file = try SharedJSON.object(try SharedJSON.object(Self.regimens), "fu_mFOLFOX6_yamada")
        let course = DrugKinetics.fluorouracil.course(OncologyFormulaEvidence.fluorouracilDoses)
        let points = try SharedJSON.series(file, "t_h")
        #expect(points.count == 10)
        for point in points { #expect(SharedJSON.isNear(course.concentration(at: point.at), point.value), "at \(point.at) h") }
        #expect(SharedJSON.isNear(DrugKinetics.fluorouracil.steadyState(rate: 4320.0 / 46), file["Css_mg_L"] as? Double))
        #expect(SharedJSON.isNear(course.areaUnderCurve, file["AUC_mg_h_L"] as? Double))
        #expect(SharedJSON.isNear(DrugKinetics.fluorouracil.halfLives[0], file["halflife_h"] as? Double))
    }

    @Test("mFOLFOX6: free and total platinum, area and half-lives to 1e-9", .shared(regimens))
    func platinum() throws {
        let file = try SharedJSON.object(try SharedJSON.object(Self.regimens), "oxaliplatin_yamada")
        let dose = Oxaliplatin.platinum(ofDose: 85 * 1.8)
        #expect(SharedJSON.isNear(dose, file["dose_Pt_mg"] as? Double))
        let course = DrugKinetics.freePlatinum.course([Dosing(start: 0, amount: dose, duration: 2)])
        let hours = try SharedJSON.object(file, "conc")
        #expect(hours.count == 7)
        for (hour, value) in hours {
            let (at, figures) = (try #require(Double(hour)), try #require(value as? [String: Double]))
            let free = 1000 * course.concentration(at: at)
            #expect(SharedJSON.isNear(free, figures["freePt_ng_mL"]), "free at \(hour) h")
            #expect(SharedJSON.isNear(Oxaliplatin.total(free: free, hours: at), figures["totalPt_ng_mL"]), "total at \(hour) h")
        }
        #expect(SharedJSON.isNear(course.areaUnderCurve, file["AUCinf_free_ug_h_mL"] as? Double))
        let halfLives = try #require(file["halflives_h"] as? [Double])
        for (own, other) in zip(DrugKinetics.freePlatinum.halfLives, halfLives) { #expect(SharedJSON.isNear(own, other)) }
    }

    @Test("FOLFIRI: irinotecan and SN-38 at every hour of the file to 1e-7", .shared(regimens))
    func irinotecan() throws {
        let file = try SharedJSON.object(try SharedJSON.object(Self.regimens), "irinotecan_zhu2023_plasma")
        let amount = Irinotecan.micromoles(ofDose: 180 * 1.8)
        #expect(SharedJSON.isNear(amount, file["dose_umol"] as? Double))
        let doses = [Dosing(start: 0, amount: amount, duration: 1.5)]
        let (parent, active) = (Irinotecan.parent.course(doses), Irinotecan.activeMetabolite(doses))
        let hours = try SharedJSON.object(file, "conc")
        #expect(hours.count == 7)
        for (hour, value) in hours {
            let (at, figures) = (try #require(Double(hour)), try #require(value as? [String: Double]))
            #expect(SharedJSON.isNear(parent.concentration(at: at), figures["iri_umol_L"], 1e-7), "irinotecan at \(hour) h")
            #expect(SharedJSON.isNear(1000 * active.concentration(at: at), figures["sn38_nmol_L"], 1e-7), "SN-38 at \(hour) h")
        }
    }

    @Test("Bevacizumab: covariates enter as published, and the reference man has the published figures")
    func bevacizumab() {
        let man = Bevacizumab.kinetics(weight: 70, isMale: true)
        #expect(SharedJSON.isNear(man.clearance, 0.0086 * 1.14, 1e-15) && SharedJSON.isNear(man.volume, 2.678 * 1.18, 1e-15))
        let woman = Bevacizumab.kinetics(weight: 140, isMale: false, albumin: 78, phosphatase: 54.5)
        // 2^0.589 · 2^−0.473 · 2^−0.312 and 2^0.470.
        #expect(SharedJSON.isNear(woman.clearance, 0.0086 * 0.872_967_591, 1e-8))
        #expect(SharedJSON.isNear(woman.volume, 2.678 * 1.385_109_468, 1e-8))
        let course = man.course(Dosing(start: 0, amount: 350, duration: 1.5).repeated(every: 336, count: 6))
        #expect(abs(course.concentration(at: 1.5) - 110.0166) < 1e-4)
        #expect(abs(course.concentration(at: 336.0.nextDown) - 29.8388) < 1e-4)
    }

    @Test(
        "The area under a numerically summed course is dose over clearance, whatever the compartments",
        arguments: [
            DrugKinetics.fluorouracil, .freePlatinum, .fluorouracilArshad, .docetaxel, .paclitaxel, Irinotecan.parent,
            Bevacizumab.kinetics(weight: 82, isMale: false, albumin: 34),
        ])
    func areaIsDoseOverClearance(kinetics: DrugKinetics) {
        let course = kinetics.course([Dosing(start: 0, amount: 100, duration: 2), Dosing(start: 30, amount: 40)])
        // Simpson's rule in stretches as long as the fastest term allows; the tail beyond is the slowest term's.
        let terms = kinetics.disposition.terms
        let slowest = terms.map(\.rate).min() ?? 1
        var (sum, from) = (0.0, 0.0)
        for border in [2, 30.0.nextDown, 30, 30 + 40 / slowest] {
            var start = from
            while start < border {
                let width = min(border - start, 0.001 + 0.02 * (start - from), 0.05 / slowest)
                let (a, b) = (start, start + width)
                sum += width / 6 * (course.concentration(at: a) + 4 * course.concentration(at: (a + b) / 2) + course.concentration(at: b))
                start = b
            }
            from = border
        }
        #expect(SharedJSON.isNear(sum, 140 / kinetics.clearance, 1e-6), "\(kinetics.name)")
        #expect(SharedJSON.isNear(course.areaUnderCurve, 140 / kinetics.clearance, 1e-12), "\(kinetics.name)")
    }

    @Test("A long infusion reaches its steady state, an infusion cut in two is the infusion, nothing is there before a dose")
    func superposition() {
        let kinetics = DrugKinetics.freePlatinum
        let long = kinetics.course([Dosing(start: 0, amount: 1e5, duration: 1e5)])
        #expect(SharedJSON.isNear(long.concentration(at: 1e5), kinetics.steadyState(rate: 1), 1e-12))
        let whole = kinetics.course([Dosing(start: 1, amount: 80, duration: 4)])
        let halves = kinetics.course([Dosing(start: 1, amount: 40, duration: 2), Dosing(start: 3, amount: 40, duration: 2)])
        for hour in [0.5, 1, 1.0001, 2, 3, 4.9, 5, 17, 900] {
            #expect(abs(whole.concentration(at: hour) - halves.concentration(at: hour)) <= 1e-14)
        }
        #expect(whole.concentration(at: 0.999) == 0)
        for stretch in halves.stretches(until: 40) {
            for share in [0, 0.3, 1 - 1e-9] {
                let hour = stretch.start + share * (stretch.end - stretch.start)
                let value = stretch.constant + stretch.falling.value(at: hour - stretch.start)
                #expect(abs(value - halves.concentration(at: hour)) < 1e-12)
            }
        }
    }

    @Test("A share is 1 − e^(−x) to 4e-15, also where the difference would lose digits")
    func share() {
        // 1 − e^(−x) in fifty digits, rounded.
        let figures = [
            (1e-12, 9.999999999995e-13), (1e-6, 9.999995000001667e-07), (1e-3, 0.0009995001666250082), (0.05, 0.04877057549928599),
            (0.0999, 0.09507209369789893), (0.1, 0.09516258196404043), (2, 0.8646647167633873),
        ]
        for (x, value) in figures { #expect(SharedJSON.isNear(ExponentialSum.share(x), value, 4e-15), "\(x)") }
    }
}
