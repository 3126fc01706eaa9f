// The checks that show that the liver twin computes what its sources say.
import Numerics
import Systems
import Twins

extension LiverMetastases {
    public func evidence() async -> [EvidenceCheck] {
        OncologyFormulaEvidence.liver() + Self.claretChecks() + Self.windowCheck() + Self.lungChecks() + Self.remnantChecks()
            + Self.gateChecks() + Self.ruleChecks()
            + Self.marrowChecks() + [await Self.recurrenceCheck()]
    }

    public func evidence(in folder: ReferenceFolder?) async -> ReferenceEvidence { OncologyFormulaEvidence.liverReferences(in: folder) }

    private static let sum = LiverTreatmentSystem.State.sum
    private static let ownFormula = "closed form of Claret 2009, computed independently"

    /// The integrator's path against closed forms computed elsewhere.
    private static func claretChecks() -> [EvidenceCheck] {
        let set = ClaretSet.fluorouracil
        // 3.825 g in week 1 of every 4, as the 5-FU arm was dosed.
        let segments = (0..<39).map { week -> Segment in
            let dose: Double = week % 4 == 0 ? 3.825 : 0
            return Segment(start: Double(week), end: Double(week + 1), input: [dose, 0, 0])
        }
        let course = solved(segments, set: set, outputs: [1, 7, 39])
        let capecitabine = ClaretSet.capecitabine
        let constant = solved(
            [Segment(start: 0, end: 52, input: [3, 0, 0])], set: capecitabine, outputs: [7, 12, 24.01822029835637, 52])
        func check(_ name: String, _ expected: Double, _ obtained: Double?) -> EvidenceCheck {
            EvidenceCheck(name: name, expected: expected, obtained: obtained ?? .nan, tolerance: 1e-9 * abs(expected), source: ownFormula)
        }
        return [
            check("5-FU, week 1, mm", 81.68860277577731, course?[0, sum]), check("5-FU, week 7, mm", 74.38516721344092, course?[1, sum]),
            check("5-FU, week 39, mm", 57.23366362809826, course?[2, sum]),
            check("capecitabine, week 7, mm", 74.7054555415078, constant?[0, sum]),
            check("capecitabine, nadir, mm", 59.780820837012996, constant?[2, sum]),
            check("capecitabine, week 52, mm", 79.20176962140526, constant?[3, sum]),
            check("capecitabine, time to growth, weeks", 24.01822029835637, capecitabine.timeToGrowth(exposure: 3)),
            check(
                "capecitabine, nadir in closed form, mm", 59.780820837012996, 100 * capecitabine.ratio(at: 24.01822029835637, exposure: 3)),
        ]
    }

    /// Dosing windows of an hour and a half in twelve weeks: a solver that steps over them gets 1049.69.
    private static func windowCheck() -> [EvidenceCheck] {
        let set = ClaretSet(
            name: "trap", growth: 0.021, effect: 0.025, resistance: 0.053, timeUnit: .day, exposureUnit: .one,
            source: Source("BioModels MODEL1708310001 (CC0), rates per day as written there", .verified))
        let end = solved(doseWindows(), set: set, outputs: [84], from: 200)?[0, sum]
        return [
            EvidenceCheck(
                name: "dosing windows of 1.5 hours, day 84", expected: 681.084637314539, obtained: end ?? .nan, tolerance: 681 * 1e-6,
                source: "closed form; CVODE without a largest step gets 1049.69")
        ]
    }

    /// 12 units in two windows a day, on days 1–14 of 21, for 63 days.
    static func doseWindows() -> [Segment] {
        var segments: [Segment] = []
        for day in 0..<84 {
            let dose: Double = day % 21 < 14 && day < 63 ? 12 : 0
            for (from, to, isWindow) in [(0, 0.0625, true), (0.0625, 0.5, false), (0.5, 0.5625, true), (0.5625, 1, false)] {
                segments.append(
                    Segment(start: Double(day) + from, end: Double(day) + to, input: [isWindow ? dose : 0, 0, 0]))
            }
        }
        return segments
    }

    /// A course of the twin's own system under exposures of a number (g per week), the marrow without a drug.
    static func solved(
        _ exposures: [Segment], set: ClaretSet, outputs: [Double], from start: Double = 100, tolerance: Double = 1e-11
    ) -> Trajectory? {
        typealias System = LiverTreatmentSystem
        let segments = exposures.flatMap { given -> [Segment] in
            let exposure = given.input[0]
            let stretch = [exposure, given.start, given.end - given.start, 0, 0, 0, 0]
            let event = Segment(
                start: given.start, end: given.start, input: [Double](repeating: 0, count: System.inputCount), event: System.Event.earlier)
            return (exposure > 0 ? [event] : []) + [Segment(start: given.start, end: given.end, input: stretch)]
        }
        var state = LiverPlan.rested(neutrophils: LiverMarrow.baseline.median)
        (state[System.State.sum], state[System.State.sensitivity]) = (start, 1)
        let marrow = LiverMarrow.row(LiverMarrow.typical)
        return try? Integrator.solve(
            by: ClosedFormKinetics<System, Double>(), initial: state,
            parameters: [set.growth, set.effect, set.resistance, 0] + marrow + [LiverOperation.notWithin], segments: segments,
            outputs: outputs, tolerance: Tolerance(relative: tolerance, absolute: tolerance))
    }

    /// Not a model of the liver: it shows that the form holds for another published set.
    private static func lungChecks() -> [EvidenceCheck] {
        let set = ClaretSet.lung2014
        let source = "structural demo (lung): Claret 2014, figures computed independently"
        return [
            EvidenceCheck(
                name: "NSCLC set, time to growth, days", expected: 117.33084180112823, obtained: set.timeToGrowth(exposure: 1),
                tolerance: 1.2e-7, source: source),
            EvidenceCheck(
                name: "NSCLC set, week 8 over baseline", expected: 0.7462692875844602, obtained: set.ratio(at: 56, exposure: 1),
                tolerance: 1e-9, source: source),
        ]
    }

    private static func remnantChecks() -> [EvidenceCheck] {
        let surface = LiverVolume.bodySurface(height: 175, weight: 75)
        let standard = LiverVolume.Standard.vauthey.volume(bodySurface: surface)
        let before = LiverVolume.standardised(remnant: 380, standard: standard)
        let after = LiverVolume.standardised(remnant: 560, standard: standard)
        let own = "computed independently from the published formula"
        func check(_ name: String, _ expected: Double, _ obtained: Double, _ tolerance: Double = 1e-10, _ source: String? = nil)
            -> EvidenceCheck
        {
            EvidenceCheck(name: name, expected: expected, obtained: obtained, tolerance: tolerance, source: source ?? own)
        }
        return [
            check("body surface, Mosteller, 175 cm 75 kg, m²", 1.9094065395649333, surface),
            check("standard liver, Vauthey, mL", 1625.342719459849, standard),
            check("standard liver, Urata, mL", 1350.822898240756, LiverVolume.Standard.urata.volume(bodySurface: surface)),
            check("sFLR before, %", 23.379684509017622, before), check("sFLR after, %", 34.454271908025966, after),
            check("hypertrophy, points", 11.074587399008344, LiverVolume.hypertrophy(before: before, after: after)),
            check("kinetic growth rate, %/week", 2.768646849752086, LiverVolume.growthRate(before: before, after: after, weeks: 4)),
            check(
                "embolisation, growth at 36.7 days, %", 36.0, (HypertrophyKinetics.portalVein.factor(days: 36.7) - 1) * 100, 0.05,
                "Croome 2015"),
            check("ALPPS, growth at 7.8 days, %", 84.3, (HypertrophyKinetics.alpps.factor(days: 7.8) - 1) * 100, 0.05, "Croome 2015"),
        ]
    }

    private static func gateChecks() -> [EvidenceCheck] {
        let gates: [(String, RemnantGate, Double)] = [
            ("healthy liver", RemnantGate(chemotherapyDays: 84, hasCirrhosis: false), 20),
            ("more than 3 months of chemotherapy", RemnantGate(chemotherapyDays: 98, hasCirrhosis: false), 30),
            ("cirrhosis", RemnantGate(chemotherapyDays: 0, hasCirrhosis: true), 40),
        ]
        return gates.flatMap { name, gate, percent in
            [
                EvidenceCheck(
                    name: "gate, \(name): passes at \(percent) %", expected: 1, obtained: gate.suffices(percent) ? 1 : 0, tolerance: 0,
                    source: "PMC6422720"),
                EvidenceCheck(
                    name: "gate, \(name): fails just below", expected: 0, obtained: gate.suffices(percent.nextDown) ? 1 : 0, tolerance: 0,
                    source: "PMC6422720"),
            ]
        }
    }

    private static func ruleChecks() -> [EvidenceCheck] {
        func code(_ sum: Int, _ baseline: Int, _ nadir: Int) -> Double {
            let category = Recist.category(
                of: DiameterSum(hundredths: sum), baseline: DiameterSum(hundredths: baseline), nadir: DiameterSum(hundredths: nadir))
            return Double(Response.allCases.firstIndex(of: category) ?? -1)
        }
        let source = "RECIST 1.1; 0 CR, 1 PR, 2 SD, 3 PD"
        func check(_ name: String, _ expected: Double, _ obtained: Double) -> EvidenceCheck {
            EvidenceCheck(name: name, expected: expected, obtained: obtained, tolerance: 0, source: source)
        }
        return [
            check("RECIST: 90 to 63.00 mm is a response", 1, code(6300, 9000, 9000)),
            check("RECIST: 90 to 63.01 mm is not", 2, code(6301, 9000, 9000)),
            check("RECIST: 50 to 60.00 mm is progression", 3, code(6000, 8000, 5000)),
            check("RECIST: 50 to 59.99 mm is not", 2, code(5999, 8000, 5000)),
            check("RECIST: 20 to 24.99 mm is no progression (below 5 mm)", 2, code(2499, 2000, 2000)),
            check("RECIST: 0 to 5 mm is progression", 3, code(500, 8000, 0)),
        ]
    }

    /// The assumed occult share against the one cohort it was set by: resection of 60 mm in the population, no treatment.
    private static func recurrenceCheck() async -> EvidenceCheck {
        let random = RandomStream(seed: 20, stream: 1)
        let count = 20_000
        let weeks = LiverEndpoint.month(36)
        let free = (0..<count).count { draw in
            let growth = LiverParameters.set.growth * (LiverParameters.spread[0] * random.normal(draw: draw, index: 0)).exp()
            let occult = LiverParameters.occult.median * (LiverParameters.occult.sdLog * random.normal(draw: draw, index: 1)).exp()
            return 60 * min(occult, 1) * (growth * weeks).exp() < LiverParameters.measurable
        }
        return EvidenceCheck(
            name: "free of recurrence 3 years after resection, share", expected: 0.228, obtained: Double(free) / Double(count),
            tolerance: 0.02, source: "Dutch validation, PMC9139295 (the assumed occult share was set by it)")
    }
}
