// Checks of drugs' kinetics and of blood counts under them.
import Numerics
import Twins

extension OncologyFormulaEvidence {
    /// Concentrations of FOLFOX, FOLFIRI and bevacizumab.
    public static func kinetics() -> [EvidenceCheck] {
        // mFOLFOX6 at 1.8 m²: oxaliplatin over 2 h, fluorouracil as a bolus at 2 h and over 46 h.
        let fluorouracil = DrugKinetics.fluorouracil.course(fluorouracilDoses)
        let platinum = DrugKinetics.freePlatinum.course([Dosing(start: 0, amount: Oxaliplatin.platinum(ofDose: 153), duration: 2)])
        let doses = [Dosing(start: 0, amount: Irinotecan.micromoles(ofDose: 324), duration: 1.5)]
        let irinotecan = Irinotecan.parent.course(doses)
        let active = Irinotecan.activeMetabolite(doses)
        let antibody = Bevacizumab.kinetics(weight: 70, isMale: true).course(
            Dosing(start: 0, amount: 350, duration: 1.5).repeated(every: 336, count: 7))
        let halfLives = DrugKinetics.freePlatinum.halfLives
        let weak = "Zhu 2023, digitised literature (low confidence); figures computed independently"
        return [
            check("5-FU, plateau of 2400 mg/m² over 46 h, mg/L", 0.5246538741802284, fluorouracil.concentration(at: 48)),
            check("5-FU, an hour after the infusion, mg/L", 0.05399312070350036, fluorouracil.concentration(at: 49)),
            check("5-FU, area under the curve, mg·h/L (dose over clearance)", 28.156424581005588, fluorouracil.areaUnderCurve),
            check("free platinum at 24 h, ng/mL", 101.19033470942028, 1000 * platinum.concentration(at: 24)),
            check(
                "total platinum at 24 h, ng/mL", 942.7112989169782,
                1000 * Oxaliplatin.total(free: platinum.concentration(at: 24), hours: 24)),
            check("free platinum, area under the curve, µg·h/mL", 9.286413597985439, platinum.areaUnderCurve),
            check("free platinum, first half-life, h", 0.22760789337944795, halfLives[0]),
            check("free platinum, last half-life, h", 427.8528907804642, halfLives[2]),
            check("irinotecan at 24 h, µmol/L", 0.14078106241474736, irinotecan.concentration(at: 24), relative: 1e-7, source: weak),
            check("SN-38 at 24 h, nmol/L", 8.098579329988196, 1000 * active.concentration(at: 24), relative: 1e-7, source: weak),
            check("bevacizumab 5 mg/kg, end of infusion, mg/L", 110.0166, antibody.concentration(at: 1.5), relative: 1e-6),
            check("bevacizumab, day 14, mg/L", 29.8388, antibody.concentration(at: 336.0.nextDown), relative: 2e-6),
            check("bevacizumab, day 84, mg/L", 68.9687, antibody.concentration(at: 2016.0.nextDown), relative: 2e-6),
        ]
    }

    /// mFOLFOX6 at 1.8 m², mg: bolus over 10 minutes (as it is given) at 2 h, then 46 hours.
    static let fluorouracilDoses = [
        Dosing(start: 2, amount: 720, duration: 1.0 / 6), Dosing(start: 2 + 1.0 / 6, amount: 4320, duration: 46),
    ]

    /// Friberg's chain under docetaxel, paclitaxel and fluorouracil.
    public static func bloodCounts() -> [EvidenceCheck] {
        let bolus = MyelosuppressionCourse(.docetaxelFriberg, doses: [Dosing(start: 0, amount: 180)], until: 600)
        let hour = [Dosing(start: 0, amount: 180, duration: 1)]
        let kloft = MyelosuppressionCourse(.docetaxelKloft, doses: hour, until: 600)
        let five = [Dosing(start: 0, amount: 1000 * 1.95 * 5, duration: 120)]
        let alone = MyelosuppressionCourse(.fluorouracil, doses: five, until: 1344)
        let both = MyelosuppressionCourse(.fluorouracilCisplatin, doses: five, until: 1344)
        let none = MyelosuppressionCourse(.docetaxelFriberg, doses: [], until: 8760)
        let nadir = try? bolus.nadir()
        let paclitaxel = MyelosuppressionCourse(
            .paclitaxel, doses: [Dosing(start: 0, amount: 175 * 1.8 / 853.9 * 1000, duration: 3)], until: 840)
        let peers = "Friberg 2002; scipy, deSolve and CVODE agree to 1e-8"
        return [
            check("docetaxel 180 mg, day 4, 10⁹/L", 2.261302715288653, try? bolus.counts(at: [96])[0], relative: 1e-6, source: peers),
            check("docetaxel 180 mg, day 21, 10⁹/L", 6.212127110885747, try? bolus.counts(at: [504])[0], relative: 1e-6, source: peers),
            check("docetaxel 180 mg, nadir, 10⁹/L", 0.8962297949170125, nadir?.count, relative: 1e-6, source: peers),
            EvidenceCheck(
                name: "docetaxel 180 mg, day of the nadir", expected: 7.5520833581006785, obtained: (nadir?.hour ?? .nan) / 24,
                tolerance: 0.01, source: peers),
            check("docetaxel 100 mg/m², Kloft's set, nadir, 10⁹/L", 0.220433, try? kloft.nadir().count, relative: 3e-6),
            check(
                "paclitaxel 175 mg/m², leukocytes at 252 h, 10⁹/L", 3.056177724026282, try? paclitaxel.counts(at: [252])[0], relative: 1e-6),
            check("5-FU 1000 mg/m²/d for 5 d alone, nadir, 10⁹/L", 4.08556, try? alone.nadir().count, relative: 2e-6),
            check("5-FU with cisplatin, nadir, 10⁹/L", 2.02159, try? both.nadir().count, relative: 3e-6),
            check(
                "without a drug, day 365, 10⁹/L", 5.05, try? none.counts(at: [8760])[0], relative: 1e-12, source: "the chain's rest state"),
        ]
    }

    /// Simeoni's transit model: a test of the integrator on a stiff-looking crowding term, no model of a patient.
    public static func transitGrowth() -> [EvidenceCheck] {
        let days = [12.0, 24]
        let control = try? TransitGrowth.weights(start: 0.055, boluses: [], peak: 0, decay: 2.4, at: days)
        let treated = try? TransitGrowth.weights(start: 0.055, boluses: [8, 12, 16], peak: 2500, decay: 2.4, at: days)
        let source = "engine test: Simeoni 2004, paclitaxel experiment 1; figures computed independently"
        return [
            check("mouse tumour untreated, day 24, g", 10.599352326806198, control?[1], relative: 1e-7, source: source),
            check("mouse tumour treated, day 12, g", 0.8415960483236304, treated?[0], relative: 1e-7, source: source),
            check("mouse tumour treated, day 24, g", 4.734086288434638, treated?[1], relative: 1e-7, source: source),
        ]
    }
}
