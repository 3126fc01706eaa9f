// Compare as frames: what must be seen at each size, with and without Unicode and colour, and in every state of the work.
import Surface
import Testing
import TwinLibrary
import Twins

@testable import Workstation

@Suite("The Compare screen")
struct CompareScreenTests {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)]
    static let capabilities: [Capability] = [.full, .colours256, Capability(colours: .mono), .ascii, Capability(colours: .eight)]

    @Test("Letters, figures with intervals, the selected row and warnings are on the screen at every size", arguments: sizes, capabilities)
    func essentials(_ size: Size, _ capability: Capability) {
        for count in 2...4 {
            let state = Fixture.state(size: size, look: Look(theme: .dark, capability: capability), scenarioCount: count)
            let frame = View.draw(state).frame
            let text = frame.text
            for index in 0..<count {
                #expect(text.contains(ComparePlots.letter(index)))
                #expect(
                    frame.rows.contains { $0.contains("\(ComparePlots.letter(index)) ") && ($0.contains("FOLF") || $0.contains("No t")) },
                    "\(index) named")
            }
            #expect(text.contains("sum of diameters, mm"))
            #expect(text.contains("progression-free at 12"))
            // Every scenario's first endpoint: value, and the ends of its interval.
            let comparison = try? #require(state.open?.comparison)
            let cells = comparison.map { CompareFigures.rows($0)[0].cells } ?? []
            #expect(cells.count == count)
            for cell in cells {
                #expect(text.contains(cell.value), "\(cell.value) at \(size)")
                let interval = capability.unicode ? cell.interval : AsciiFold.text(cell.interval)
                #expect(text.contains(interval), "\(interval) at \(size)")
            }
            #expect(text.contains("assumption: "), "the selected endpoint's assumption, or the first warning")
            if !capability.unicode { #expect(text.unicodeScalars.allSatisfy { $0.value < 0x80 }) }
            let dates = ["22 Nov 2027", "at 12 months"]
            #expect(dates.contains { text.contains($0) }, "the cursor's date")
        }
    }

    @Test("Every assumption and warning can be read in full in the table over the whole screen")
    func warnings() {
        for size in Self.sizes {
            var state = Fixture.state(size: size)
            Fixture.press([.character("t")], &state)
            let text = Fixture.text(state).split(separator: "\n").map { $0.trimmingBlanks }.joined(separator: " ")
            #expect(text.contains("B: assumption: the response to anti-EGFR was entered by the board, it is not a fitted effect"))
            #expect(text.contains("1 of 2 inputs outside the model's domain: lesions 4 (1 to 3)"))
            #expect(text.contains("twin: assumption: exposure in grams a week"))
        }
    }

    @Test("A patient outside the model's domain is said first, before any assumption, on every size")
    func domainFirst() {
        for size in Self.sizes {
            let rows = Fixture.text(Fixture.state(size: size)).split(separator: "\n").map(String.init)
            let domain = rows.firstIndex { $0.contains("outside the model's domain") }
            let assumption = rows.firstIndex { $0.contains("assumption: ") } ?? rows.count
            #expect(domain.map { $0 < assumption } == true, "\(size)")
        }
    }

    @Test("Only measures that a forecast has a course of are gone through")
    func measures() {
        var state = Fixture.state(size: Size(columns: 120, rows: 36))
        var seen: [String] = []
        for _ in 0..<2 {
            seen.append(Fixture.text(state).split(separator: "\n").dropFirst(2).first.map(String.init) ?? "")
            Fixture.press([.character("m")], &state)
        }
        #expect(seen[0].contains("1/2 m") && seen[1].contains("2/2 m"), "\(seen)")
        #expect(!Fixture.text(state).contains("has no serum marker"))
    }

    @Test("Where warnings do not fit, the screen says how many are left")
    func moreWarnings() {
        let text = Fixture.text(Fixture.state(size: Size(columns: 80, rows: 24)))
        #expect(text.contains("of assumptions and warnings: t shows them"))
    }

    @Test("The table shows a missing endpoint as a dash, a time beyond the horizon with >, categories as shares, and who is best")
    func table() {
        let rows = Fixture.text(Fixture.state(size: Size(columns: 200, rows: 60))).split(separator: "\n").map(String.init)
        func row(_ label: String) -> String { rows.first { $0.contains(label) } ?? "" }
        #expect(row("future liver remnant at surgery").contains("—"))
        #expect(row("time to progression, months").contains("> 24"))
        #expect(row("RECIST at week 12").contains("PR ") && row("RECIST at week 12").contains("PD "))
        #expect(row("progression-free").contains("["), "interval")
        #expect(rows.contains { $0.contains("Endpoint") && $0.contains("B − A") && $0.contains("C − A") && $0.contains("P(best)") })
    }

    @Test(
        "Three scenarios of wide cells at 120 columns cut neither a label nor a category, and keep a difference and the column of who is best"
    )
    func wideCells() {
        func cell(_ value: String, _ interval: String = "") -> FigureCell { FigureCell(value: value, interval: interval, shares: []) }
        let figures = [cell("100.0 %", "[95.5–100.0]"), cell("7.7 %", "[0.0–100.0]"), cell("69 %", "[0–96]")]
        let long = "Neutrophils ever below 0.5 10⁹/L"
        func row(_ label: String, _ cells: [FigureCell], isShared: Bool = false) -> FigureRow {
            FigureRow(
                id: label, label: label, unitNote: "", cells: cells,
                differences: isShared ? [nil, nil, nil] : [nil, cell("+30", "[+8, +52]"), cell("0", "[−8, +9]")],
                best: isShared ? nil : [0.2, 0.5, 0.3], notes: [])
        }
        let shares = zip(["CR", "PR", "SD", "PD"], [0.04, 0.46, 0.44, 0.06]).map { Endpoint.Share(category: $0, share: $1) }
        let categories = [FigureCell](repeating: FigureCell(value: "", interval: "", shares: shares), count: 3)
        let rows = [row(long, figures), row("RECIST at week 12", categories, isShared: true)]
        let layout = CompareTableLayout(rows, count: 3, focused: 1, width: 119)
        #expect(layout.label > long.count + 1 && layout.differences.count == 1 && layout.best != nil)
        let places = layout.shares(categories, width: 119)
        #expect(places.map(\.text) == [String](repeating: "CR 4 PR 46 SD 44 PD 6 %", count: 3))
        #expect(places.map(\.hasLetter) == [false, true, true], "a letter tells whose it is where the column does not")
        for (one, next) in zip(places, places.dropFirst()) { #expect(one.start + one.text.count + (one.hasLetter ? 2 : 0) < next.start) }
        // A figure beside categories stands where its column has it; on a small screen the commonest are left.
        let mixed = layout.shares([cell("—"), categories[1], cell("—")], width: 119)
        #expect(mixed[0].text == "—" && mixed[1].start == layout.cells[1] && !mixed[1].hasLetter)
        let small = CompareTableLayout(rows, count: 3, focused: 1, width: 79)
        #expect(small.shares(categories, width: 79).allSatisfy { $0.text.hasPrefix("PR 46") && $0.text.hasSuffix("…") })
    }

    @Test(
        "No endpoint's label with its unit is longer than three wide columns leave it at 120 columns",
        arguments: TwinLibrary.models.map(\.id))
    func labels(name: String) throws {
        for endpoint in try TwinLibrary.model(named: name).endpointList {
            let unit = endpoint.unit.label.unicodeScalars.count <= 2 ? "" : ", " + endpoint.unit.label
            #expect((endpoint.label + unit).count <= (name == "liver-metastases" ? 35 : 42), "\(endpoint.label)\(unit)")
        }
    }

    @Test("The focused scenario's difference is the one shown where there is room for one")
    func difference() {
        var state = Fixture.state(size: Size(columns: 120, rows: 36))
        #expect(Fixture.text(state).contains("B − A"))
        state.compareView.focused = 2
        #expect(Fixture.text(state).contains("C − A"))
    }

    @Test("Four scenarios on 80 columns are overlaid, and the screen says so")
    func forcedOverlay() {
        let state = Fixture.state(size: Size(columns: 80, rows: 24), scenarioCount: 4)
        #expect(Fixture.text(state).contains("too few for 4 side by side"))
        let tall = Fixture.state(size: Size(columns: 80, rows: 60), scenarioCount: 4)
        #expect(!Fixture.text(tall).contains("too few"), "two rows of two")
    }

    @Test("Without colour the focused scenario and the selected row are still told apart")
    func mono() {
        let look = Look(theme: .dark, capability: .ascii)
        var state = Fixture.state(size: Size(columns: 120, rows: 36), look: look)
        let before = View.draw(state).frame
        state.compareView.focused = 1
        #expect(View.draw(state).frame.changedCells(from: before) > 20)
        let reversed = before.styledText { $0.attributes.contains(.reverse) ? "r" : "." }
        #expect(reversed.split(separator: "\n").contains { $0.contains("rrrrrrrrrr") }, "the selected row is reversed")
    }

    @Test("What is missing is said in words: no case, no calibration, failed, no scenario, computing, a failed forecast")
    func words() {
        var state = Fixture.state()
        state.open = nil
        #expect(Fixture.text(state).contains("Opening the case"))
        state.agenda = []
        #expect(Fixture.text(state).contains("No case is open"))
        state = Fixture.state(withForecasts: false)
        #expect(Fixture.text(state).contains("Computing the forecasts"))
        state.open?.calibration = .running
        #expect(Fixture.text(state).contains("Calibrating the twin"))
        state.open?.calibration = .failed("the record has no diameter")
        #expect(Fixture.text(state).contains("the record has no diameter"))
        state = Fixture.state(scenarioCount: 0)
        #expect(Fixture.text(state).contains("no scenario yet"))
        state = Fixture.state()
        state.open?.forecasts[12]?.forecast = nil
        state.open?.forecasts[12]?.failure = "draw 7 has no finite value"
        #expect(Fixture.text(state).contains("The forecast failed"))
        #expect(Fixture.text(state).contains("failed"))
    }

    @Test("A calibration that cannot be trusted says so under the figures")
    func calibrationWarnings() {
        var state = Fixture.state(size: Size(columns: 200, rows: 60))
        var calibration = Fixture.calibration
        calibration.paretoShape = 0.83
        calibration.effectiveSampleSize = 41
        state.open?.calibration = .ready(StoredTwin(calibration: calibration, drawsSHA256: ""))
        let text = Fixture.text(state)
        #expect(text.contains("0.83 is above 0.7"))
        #expect(text.contains("only 41 of 200 draws"))
    }

    @Test("A draft and a running computation are marked on their scenario")
    func marks() {
        var state = Fixture.state()
        state.open?.draft = ScenarioDraft(id: 12, scenario: Fixture.scenarios[1])
        #expect(Fixture.text(state).contains("draft"))
        state.open?.forecasts[12]?.requested = 2
        #expect(Fixture.text(state).contains("draft, computing"))
    }

    @Test("A comparison older than the scenarios never shows a figure under another scenario's letter")
    func staleComparison() {
        var state = Fixture.state()
        state.open?.scenarios.remove(at: 0)
        state.open?.forecasts[11] = nil
        guard let scene = CompareScene(state, focused: 0) else { Issue.record("no scene"); return }
        #expect(scene.columns == [1, 2])
        #expect(scene.rows[0].differences.allSatisfy { $0 == nil }, "the differences were against a scenario that is gone")
        #expect(scene.rows[0].cells.count == 2)
    }

    @Test("Hostile text stays in its cells")
    func hostile() {
        var state = Fixture.state()
        let nasty = "\u{1B}[2J\u{202E}evil\u{200B}\n\u{7}name"
        state.open?.scenarios[0].scenario.name = nasty
        state.open?.forecasts[11]?.forecast?.scenario.name = nasty
        state.open?.forecasts[12]?.forecast?.notes = ["note \u{1B}]0;title\u{7} end"]
        if let forecasts = state.open?.shownForecasts.compactMap(\.self) { state.open?.comparison = Comparison(forecasts) }
        for route in [Route.compare, .editor] {
            state.route = route
            for scalar in View.draw(state).frame.text.unicodeScalars where scalar != "\n" {
                #expect(scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0x202E && scalar.value != 0x200B)
            }
        }
        let effects = Fixture.press([.character("3"), .character("y")], &state)
        guard case .copy(let text)? = effects.last else { Issue.record("nothing copied"); return }
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }

    @Test("Drawing is possible at every size, and never outside the frame")
    func everySize() {
        for columns in stride(from: 60, through: 210, by: 15) {
            for rows in stride(from: 16, through: 61, by: 9) {
                for count in [0, 1, 2, 4] {
                    for route in [Route.compare, .editor] {
                        var state = Fixture.state(size: Size(columns: columns, rows: rows), route: route, scenarioCount: count)
                        #expect(View.draw(state).frame.size == state.size)
                        state.compareView.isOverlay = true
                        state.compareView.isTable = rows % 2 == 0
                        #expect(View.draw(state).frame.size == state.size)
                    }
                }
            }
        }
    }
}

extension Substring {
    var trimmingBlanks: String { String(self).trimmed }
}
