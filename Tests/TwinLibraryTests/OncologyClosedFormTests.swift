// Ablation, survival and markers in closed form against independent figures and the equations they solve.
import Numerics
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Oncology: ablation, survival and markers in closed form")
struct OncologyClosedFormTests {
    private static let heat = "oracles/oncology/liver/flr_bioheat.json"
    private static let forms = "oracles/oncology/pkpd/tgi_closed_forms.json"

    @Test("Point source: temperatures, radii of 54 °C and damage times of the file to 1e-9", .shared(heat))
    func bioheat() throws {
        let file = try SharedJSON.object(try SharedJSON.object(Self.heat), "bioheat_point_source")
        #expect(SharedJSON.isNear(BioheatPointSource.Tissue.liver.depthMillimetres, file["delta_mm"] as? Double))
        let steady = try SharedJSON.object(file, "steady_T")
        #expect(steady.count == 12)
        for (key, value) in steady {
            // "10W_r5mm"
            let numbers = key.split { !$0.isNumber }.compactMap { Double($0) }
            try #require(numbers.count == 2)
            let found = BioheatPointSource(power: numbers[0]).temperature(radius: numbers[1], seconds: .infinity)
            #expect(SharedJSON.isNear(found, value as? Double), "\(key)")
        }
        let transient = try SharedJSON.object(file, "trans_T_20W")
        #expect(transient.count == 9)
        for (key, value) in transient {
            let numbers = key.split { !$0.isNumber }.compactMap { Double($0) }
            try #require(numbers.count == 2)
            let found = BioheatPointSource(power: 20).temperature(radius: numbers[1], seconds: numbers[0])
            #expect(SharedJSON.isNear(found, value as? Double), "\(key)")
        }
        for point in try SharedJSON.series(file, "steady_r54_mm") {
            #expect(SharedJSON.isNear(BioheatPointSource(power: point.at).radius(of: 54, seconds: .infinity), point.value))
        }
        for point in try SharedJSON.series(file, "trans_r54_mm_20W") {
            #expect(SharedJSON.isNear(BioheatPointSource(power: 20).radius(of: 54, seconds: point.at), point.value))
        }
        for point in try SharedJSON.series(file, "arrhenius_t_for_omega1_s") {
            #expect(SharedJSON.isNear(ThermalDamage.seconds(at: point.at), point.value))
        }
    }

    @Test("The temperature solves Pennes' equation, begins at the blood's and settles")
    func pennes() {
        let source = BioheatPointSource(power: 20)
        let tissue = source.tissue
        for (r, t) in [(6.0, 40.0), (10, 200), (18, 600)] {
            func above(_ r: Double, _ t: Double) -> Double { source.temperature(radius: r, seconds: t) - tissue.blood }
            // Central differences of r·ΔT, whose second derivative is r times the Laplacian.
            let (h, k) = (0.05, 0.05)
            let laplacian = ((r + h) * above(r + h, t) - 2 * r * above(r, t) + (r - h) * above(r - h, t)) / (h * h * 1e-6) / r
            let change = (above(r, t + k) - above(r, t - k)) / (2 * k)
            let left = tissue.density * tissue.heat * change
            let right = tissue.conductivity * laplacian - tissue.perfusion * tissue.bloodDensity * tissue.bloodHeat * above(r, t)
            #expect(abs(left - right) < 2e-4 * max(abs(left), tissue.conductivity * abs(laplacian)), "r \(r), t \(t)")
        }
        #expect(abs(source.temperature(radius: 10, seconds: 1) - 37) < 1e-9)
        #expect(abs(source.temperature(radius: 10, seconds: 1e7) / source.temperature(radius: 10, seconds: .infinity) - 1) < 1e-12)
    }

    @Test("Margins: incomplete below 0, narrow below 5, adequate from 5, ideal from 10 mm; the offset counts whichever way")
    func margins() {
        let cases: [(Double, AblationMargin.Verdict)] = [
            (19.999, .narrow), (20, .adequate), (24.999, .adequate), (25, .ideal), (15, .narrow), (14.999, .incomplete),
        ]
        for (radius, verdict) in cases {
            #expect(AblationMargin(ablationRadius: radius, lesionRadius: 12, offset: 3).verdict == verdict)
            #expect(AblationMargin(ablationRadius: radius, lesionRadius: 12, offset: -3).verdict == verdict)
        }
        #expect(AblationMargin(ablationRadius: 20, lesionRadius: 12).millimetres == 8)
    }

    @Test("Body surface after Du Bois and growth in percent, every patient of the file to 1e-10", .shared(heat))
    func volumes() throws {
        let rows = try #require(try SharedJSON.object(Self.heat)["flr"] as? [[String: Double]])
        #expect(rows.count == 4)
        for row in rows {
            let (height, weight) = (try #require(row["height_cm"]), try #require(row["weight_kg"]))
            #expect(SharedJSON.isNear(LiverVolume.bodySurfaceDuBois(height: height, weight: weight), row["BSA_dubois"], 1e-10))
            let increase = LiverVolume.increase(before: try #require(row["FLR0"]), after: try #require(row["FLR1"]))
            #expect(SharedJSON.isNear(increase, row["pct_increase"], 1e-10))
        }
    }

    @Test("Claret 2014: medians and shares alive of the file to 1e-9", .shared(forms))
    func lungSurvival() throws {
        let file = try #require(try SharedJSON.object(Self.forms)["claret2014"] as? [String: Double])
        let time = try #require(file["TTG_d"])
        func survival(_ time: Double, asian: Bool, smoker: Bool) throws -> LungSurvival2014 {
            try LungSurvival2014(baseline: 90, timeToGrowth: time, isAsian: asian, isSmoker: smoker)
        }
        let smoker = try survival(time, asian: false, smoker: true)
        #expect(SharedJSON.isNear(LungSurvival2014.sdLog, file["sigma"]))
        #expect(SharedJSON.isNear(smoker.median, file["median_OS_nonasian_smoker_d"]))
        #expect(SharedJSON.isNear(smoker.survival(at: 365), file["S365_nonasian_smoker"]))
        #expect(SharedJSON.isNear(smoker.survival(at: 730), file["S730"]))
        #expect(SharedJSON.isNear(try survival(time, asian: true, smoker: false).median, file["median_OS_asian_neversmoker_d"]))
        #expect(SharedJSON.isNear(try survival(93, asian: true, smoker: true).median, file["median_OS_asian_smoker_TTG93"]))
        #expect(SharedJSON.isNear(try survival(125, asian: true, smoker: true).median, file["median_OS_asian_smoker_TTG125"]))
    }

    @Test("Claret 2014: a negative time to growth has its value, −100 days and below is reported, and nothing is NaN")
    func undefinedSurvival() throws {
        let negative = try LungSurvival2014(baseline: 90, timeToGrowth: -99.5, isAsian: false, isSmoker: false)
        #expect(negative.median.isFinite && negative.median > 0)
        #expect(negative.survival(at: 0) == 1)
        for time in [-100, -101, -1e9, Double.nan] {
            let error = #expect(throws: UndefinedSurvival.self) {
                try LungSurvival2014(baseline: 90, timeToGrowth: time, isAsian: false, isSmoker: false)
            }
            #expect(error?.description.contains("above −100") == true)
        }
    }

    @Test("Ribba 2022: the typical patient never shrinks, and the smallest level lies where growth and decay balance")
    func circulatingDNA() throws {
        let lesions = try #require(CirculatingDNA.lesions.timeToGrowth)
        let logarithm = try #require(CirculatingDNA.logarithm.timeToGrowth)
        #expect(lesions < 0 && logarithm < 0)
        #expect(abs(CirculatingDNA.logarithm.decay - 0.002716) < 1e-15)
        for day in stride(from: 1.0, through: 700, by: 1) {
            #expect(CirculatingDNA.lesions.ratio(at: day) > CirculatingDNA.lesions.ratio(at: day - 1))
        }
        let shrinking = SteinCourse(growth: 0.001, decay: 0.02)
        let turn = try #require(shrinking.timeToGrowth)
        #expect(shrinking.ratio(at: turn) < shrinking.ratio(at: turn - 0.1) && shrinking.ratio(at: turn) < shrinking.ratio(at: turn + 0.1))
        #expect(SteinCourse(growth: 0, decay: 0.01).timeToGrowth == nil)
        #expect(shrinking.ratio(at: 0) == 1)
    }

    @Test("Desmée 2015: marker, survival and medians of all four scenarios to 1e-9", .shared(forms))
    func markerSurvival() throws {
        let file = try SharedJSON.object(try SharedJSON.object(Self.forms), "desmee2015")
        let cases: [(String, MarkerSurvival2015)] = [
            ("nolink", .noLink), ("low", .lowLink), ("high", .highLink), ("short", .shortSurvival),
        ]
        for (name, model) in cases {
            let scenario = try SharedJSON.object(file, name)
            #expect(scenario["lam"] as? Double == model.scale && scenario["beta"] as? Double == model.link)
            for point in try SharedJSON.series(scenario, "S") {
                #expect(SharedJSON.isNear(model.survival(at: point.at), point.value), "\(name), day \(point.at)")
            }
            #expect(SharedJSON.isNear(model.median, scenario["median_OS_d"] as? Double), "\(name)")
        }
        for point in try SharedJSON.series(file, "PSA") {
            #expect(SharedJSON.isNear(MarkerSurvival2015.noLink.marker(at: point.at), point.value), "day \(point.at)")
        }
    }

    @Test("Desmée 2015: without a link survival is Weibull's, and the marker's slope is its equation's")
    func markerEquation() {
        let model = MarkerSurvival2015.noLink
        for day in [0, 1, 50, 139, 141, 400, 900] {
            let scaled = Double(day) / 580
            let truth = (-(scaled * scaled.squareRoot())).exp()
            #expect(abs(model.survival(at: Double(day)) - truth) < 1e-13)
        }
        for day in [10.0, 100, 139, 141, 300] {
            let slope = (model.marker(at: day + 1e-3) - model.marker(at: day - 1e-3)) / 2e-3
            let cells = day <= 140 ? (-0.011 * day).exp() : (-0.011 * 140 + 0.004 * (day - 140)).exp()
            #expect(abs(slope - (0.23 * 80 * cells - 0.23 * model.marker(at: day))) < 1e-5)
        }
    }

    @Test("Every check of ablation and of the closed forms passes")
    func evidence() {
        for check in OncologyFormulaEvidence.ablation() + OncologyFormulaEvidence.markers() {
            #expect(check.passed, "\(check.name): \(check.obtained), not \(check.expected)")
        }
    }
}
