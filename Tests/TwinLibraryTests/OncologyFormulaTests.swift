// Claret's closed forms, dosing windows, RECIST rows, liver scores and remnant figures against tables made elsewhere.
import Numerics
import Systems
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Oncology: formulas against published and independent figures")
struct OncologyFormulaTests {
    /// y at weeks 0…39 of `pkpd/tgi_closed_forms.json`, claret2009_fu, every third.
    static let fluorouracil: [(week: Double, mm: Double)] = [
        (0, 100), (3, 84.17639110262758), (6, 73.27771635133092), (9, 65.6278807575017), (12, 68.64859165911396), (15, 62.976044844675),
        (18, 58.95679761959115), (21, 56.14925214653215), (24, 58.733682058311956), (27, 56.754009119004024), (30, 55.51763268297813),
        (33, 54.874036272207185), (36, 57.39977072637018), (39, 57.23366362809826),
    ]

    private var course: ClaretCourse {
        ClaretCourse(
            windows: stride(from: 0.0, through: 36, by: 4).map { ExposureWindow(start: $0, end: $0 + 1, exposure: 3.825, origin: 0) })
    }

    @Test("5-FU of Claret 2009: the closed form gives every week to 1e-9")
    func claretClosedForm() {
        let set = ClaretSet.fluorouracil
        for point in Self.fluorouracil {
            let ratio = course.logRatio(from: 0, to: point.week, growth: set.growth, effect: set.effect, resistance: set.resistance)
            #expect(abs(100 * ratio.value.exp() / point.mm - 1) < 1e-9, "week \(point.week)")
        }
    }

    @Test("5-FU of Claret 2009: the twin's integrator gives every week to 1e-9")
    func claretIntegrated() throws {
        let segments = (0..<39).map { week -> Segment in
            let dose: Double = week % 4 == 0 ? 3.825 : 0
            return Segment(start: Double(week), end: Double(week + 1), input: [dose, 0, 0])
        }
        let run = try #require(
            LiverMetastases.solved(segments, set: .fluorouracil, outputs: Self.fluorouracil.map(\.week), tolerance: 1e-12))
        for (index, point) in Self.fluorouracil.enumerated() {
            #expect(abs(run[index, LiverTreatmentSystem.State.sum] / point.mm - 1) < 1e-9, "week \(point.week)")
        }
    }

    @Test("Constant exposure: time to growth, nadir and regrowth of the capecitabine set")
    func constantExposure() {
        let set = ClaretSet.capecitabine
        #expect(abs(set.timeToGrowth(exposure: 3) - 24.01822029835637) < 1e-9)
        for (week, mm) in [
            (7.0, 74.7054555415078), (12, 66.10438095642932), (24.01822029835637, 59.780820837012996), (52, 79.20176962140526),
        ] {
            #expect(abs(100 * set.ratio(at: week, exposure: 3) / mm - 1) < 1e-9)
        }
        #expect(abs(100 * set.ratio(at: 45.53669244695764, exposure: 3) / (1.2 * 59.780820837012996) - 1) < 1e-9)
        #expect(set.timeToGrowth(exposure: 0.5) < 0, "an effect below growth has its nadir before the start")
        #expect(set.timeToGrowth(exposure: 0).isNaN)
    }

    @Test("Units of exposure stay with their set (invariant L1)")
    func unitsOfExposure() {
        #expect(ClaretSet.fluorouracil.exposureUnit == Unit("g/wk"))
        #expect(ClaretSet.capecitabine.exposureUnit == Unit("g/d"))
        #expect(LiverParameters.set == .fluorouracil)
    }

    @Test("Dosing windows of 1.5 hours: right whatever the output grid, and bitwise the same")
    func doseWindows() throws {
        let set = ClaretSet(
            name: "trap", growth: 0.021, effect: 0.025, resistance: 0.053, timeUnit: .day, exposureUnit: .one,
            source: Source("test", .verified))
        var seen: Set<UInt64> = []
        for step in [84.0, 12, 7, 1, 0.5, 0.03125] {
            let outputs = Array(stride(from: 0.0, through: 84, by: step))
            let run = try #require(
                LiverMetastases.solved(LiverMetastases.doseWindows(), set: set, outputs: outputs, from: 200, tolerance: 1e-8))
            let end = run[outputs.count - 1, LiverTreatmentSystem.State.sum]
            #expect(abs(end / 681.084637314539 - 1) < 1e-6, "output every \(step) d")
            seen.insert(end.bitPattern)
        }
        #expect(seen.count == 1)
    }

    @Test("The gradient of the fit is the derivative of its value")
    func gradient() {
        var history = LiverHistory()
        history.windows = course.windows.map { ExposureWindow(start: $0.start - 20, end: $0.end - 20, exposure: 1.8, origin: -18) }
        let sums = [-140.0, -84, -28, 0].enumerated().map {
            Measurement(observable: "sum-of-diameters", day: $1, value: 100 - 7 * Double($0))
        }
        let density = LiverPosterior(history: history, sums: sums)
        let point = [-4.0, -2.6, -3.0, 4.5]
        let gradient = density.evaluate(point, wantsGradient: true).gradient
        for index in point.indices {
            var (high, low) = (point, point)
            high[index] += 1e-6
            low[index] -= 1e-6
            let difference = (density.value(high) - density.value(low)) / 2e-6
            #expect(abs(difference - gradient[index]) < 1e-6 * max(1, abs(gradient[index])))
        }
    }
}

@Suite("Oncology: RECIST, scores and liver volumes")
struct OncologyRuleTests {
    private func sum(_ text: String) throws -> DiameterSum { try #require(Double(text).flatMap { DiameterSum(millimetres: $0) }) }

    private static let visits = "oracles/oncology/recist_oak/oak_recist_visits_expected.csv"
    private static let sums = "oracles/oncology/recist_oak/oak_sld.csv"
    private static let patients = "oracles/oncology/recist_oak/oak_recist_expected.csv"

    @Test("RECIST rows: every visit in both conventions, and the best response", .shared(visits, sums, patients))
    func recistRows() throws {
        func table(_ file: String) throws -> [[String]] { try #require(SharedFiles.path(file).flatMap(SharedFiles.table)) }
        let (visits, sums, patients) = (try table(Self.visits), try table(Self.sums), try table(Self.patients))
        var checked = 0
        for patient in patients.dropFirst() {
            let own = try sums.dropFirst().filter { $0[0] == patient[0] }.map { (day: try #require(Int($0[2])), sum: try sum($0[3])) }
                .sorted { $0.day < $1.day }
            let base = own.lastIndex { $0.day <= 0 } ?? 0
            let course = Recist.course(baseline: own[base].sum, sums: own.dropFirst(base + 1).map(\.sum))
            #expect(Recist.bestResponse(course)?.rawValue == patient[6], "patient \(patient[0])")
            let expected = visits.filter { $0[0] == patient[0] }
            try #require(expected.count == course.count)
            for (row, visit) in zip(expected, course) {
                #expect(visit.category.rawValue == row[7], "patient \(row[0]), day \(row[1])")
                #expect((visit.sustained?.rawValue ?? "") == row[8], "patient \(row[0]), day \(row[1])")
                #expect(visit.nadirBefore == (try sum(row[4])))
                checked += 1
            }
        }
        #expect(checked == 441)
    }

    @Test("RECIST at its borders: −30.0 %, +20.0 %, 4.9 and 5.0 mm, regrowth after a complete response")
    func recistBorders() throws {
        let rows = try #require(SharedFiles.table(SharedFiles.projectRoot + "/Tests/TwinLibraryTests/Figures/oncology-recist.csv"))
        for row in rows.dropFirst() {
            let category = Recist.category(of: try sum(row[2]), baseline: try sum(row[0]), nadir: try sum(row[1]))
            #expect(category.rawValue == row[3], "\(row)")
        }
        #expect(0.7 * 90 < 63.0, "the trap: floating point would call 63 mm stable")
    }

    @Test("Liver scores: Fong, tumour burden and GAME, every row exact")
    func scores() throws {
        let shared = SharedFiles.path("oracles/oncology/liver/crlm_scores_expected.csv")
        if shared == nil { SharedFiles.leaveOut("120 liver score rows (16 of our own are checked)") }
        let own = SharedFiles.projectRoot + "/Tests/TwinLibraryTests/Figures/oncology-scores.csv"
        let rows = try #require(SharedFiles.table(shared ?? own))
        for row in rows.dropFirst() {
            let inputs = LiverScoreInputs(
                isNodePositive: row[0] == "1", diseaseFreeMonths: try #require(Double(row[1])), lesionCount: try #require(Int(row[2])),
                largest: try #require(Double(row[3])), cea: try #require(Double(row[4])), isExtrahepatic: row[5] == "1",
                isMutant: row[6] == "1")
            let (fong, burden, game) = (LiverScores.fong(inputs), LiverScores.tumourBurden(inputs), LiverScores.game(inputs))
            #expect(String(fong.points) == row[7] && fong.group.rawValue == row[8])
            #expect(burden.score == Double(row[9]) && String(burden.zone) == row[10])
            #expect(String(game.points) == row[11] && game.group.rawValue == row[12])
        }
        #expect(rows.count == (shared == nil ? 16 : 121))
    }

    @Test("Remnant figures of four patients to 1e-10")
    func remnants() {
        // height, weight, FLR before, after, weeks → BSA, Vauthey, Urata, sFLR before, after, KGR (liver/flr_bioheat.json).
        let rows: [[Double]] = [
            [
                175, 75, 380, 560, 4, 1.9094065395649333, 1625.342719459849, 1350.822898240756, 23.379684509017622, 34.454271908025966,
                2.768646849752086,
            ],
            [
                162, 58, 290, 360, 5, 1.6155494421403511, 1252.9434970356242, 1143.301016039516, 23.145497038463386, 28.73234115119593,
                1.1173688225465086,
            ],
            [
                180, 95, 420, 480, 3, 2.179449471770337, 1967.5627265851126, 1541.5272169642121, 21.346206366134457, 24.395664418439377,
                1.0164860174349737,
            ],
            [
                170, 70, 330, 640, 1, 1.818118685772619, 1509.6554481059247, 1286.3554158926238, 21.859292490483934, 42.393779375483994,
                20.53448688500006,
            ],
        ]
        for row in rows {
            let surface = LiverVolume.bodySurface(height: row[0], weight: row[1])
            let standard = LiverVolume.Standard.vauthey.volume(bodySurface: surface)
            let before = LiverVolume.standardised(remnant: row[2], standard: standard)
            let after = LiverVolume.standardised(remnant: row[3], standard: standard)
            let obtained = [
                surface, standard, LiverVolume.Standard.urata.volume(bodySurface: surface), before, after,
                LiverVolume.growthRate(before: before, after: after, weeks: row[4]),
            ]
            for (value, expected) in zip(obtained, row.dropFirst(5)) { #expect(abs(value - expected) < 1e-10 * max(1, expected)) }
            #expect(abs(LiverVolume.hypertrophy(before: before, after: after) - row[10] * row[4]) < 1e-10 * row[10] * row[4] + 1e-12)
        }
    }

    @Test("Gates of the remnant on both sides")
    func gates() {
        #expect(RemnantGate(chemotherapyDays: 91, hasCirrhosis: false) == .normalLiver)
        #expect(RemnantGate(chemotherapyDays: 92, hasCirrhosis: false) == .longChemotherapy)
        #expect(RemnantGate(chemotherapyDays: 92, hasCirrhosis: true) == .cirrhosis)
        for gate in [RemnantGate.normalLiver, .longChemotherapy, .cirrhosis] {
            #expect(gate.suffices(gate.percent))
            #expect(!gate.suffices(gate.percent - 1e-9))
        }
        #expect(LiverVolume.growthRate(before: 20, after: 28, weeks: 4) >= LiverVolume.growthRateCut)
        #expect(LiverVolume.growthRate(before: 20, after: 27.99, weeks: 4) < LiverVolume.growthRateCut)
    }
}
