// The curves over the board's patients on the Follow-up screen: what is drawn, what is said, and the keys.
import Surface
import Testing
import Twins

@testable import Meetings
@testable import Workstation

@Suite("Curves over the board's patients")
struct SurvivalPaneTests {
    private static let rule = ProgressionRule(
        criterion: "Sum of diameters, RECIST 1.1", words: "20 % and 5 mm or more above the smallest sum", endpoint: "time-to-progression",
        freeUntil: [:])

    static func entry(_ id: Int, _ days: Int, _ event: Bool, _ treatment: String, criterion: String? = nil, forecast: Bool = true)
        -> FollowUpCase
    {
        var entry = Fixture.followUpCase()
        entry.item.id = Int64(100 + id)
        entry.item.patient = "CRC-\(1000 + id)"
        var rule = rule
        if let criterion { rule.criterion = criterion }
        let endpoint = Endpoint(
            id: rule.endpoint, label: "", unit: .month, better: .higher, values: [3, 6, 9, 12, 24], ceiling: 24)
        entry.outcome = DecidedOutcome(
            rule: rule,
            time: ProgressionFreeTime(
                start: Fixture.reference.day, days: days, end: event ? .progression : days == 0 ? .nothingMeasured : .lastSeen,
                seenFreeUntil: 0),
            treatment: treatment, forecast: forecast ? ProgressionForecast(endpoint, shift: 0) : nil)
        return entry
    }

    private static let cases = [
        entry(1, 60, true, "Systemic treatment"), entry(2, 180, true, "Systemic treatment"), entry(3, 240, true, "Systemic treatment"),
        entry(4, 300, false, "Systemic treatment"), entry(5, 190, true, "Systemic treatment + Resection"),
        entry(6, 400, false, "Systemic treatment + Resection"), entry(7, 400, true, "Systemic treatment + Resection"),
        entry(8, 0, false, "Systemic treatment + Resection"),
    ]

    private func state(
        _ size: Size = Size(columns: 120, rows: 36), _ cases: [FollowUpCase] = Self.cases, look: Look = Look(), pressed: Bool = true
    ) -> State {
        var state = Fixture.state(size: size, route: .followUp, look: look)
        _ = Update.apply(.followUpsLoaded(cases), to: &state)
        if pressed { Fixture.press([.character("s")], &state) }
        return state
    }

    /// All that can be read by scrolling down, joined.
    private func scrolled(_ before: State) -> String {
        var (state, text) = (before, "")
        for _ in 0..<60 {
            text += Fixture.text(state)
            Fixture.press([.down], &state)
        }
        return text
    }

    @Test(
        "s draws the steps of each treatment with the forecast, and says counts, medians, test and ratio", arguments: EveryScreenTests.sizes
    )
    func shown(size: Size) {
        let state = state(size)
        let first = Fixture.text(state)
        for words in [
            "A Systemic treatment", "B Systemic", "F forecast", "8 patients, 5 progressed", "1 with nothing", "last seen",
            "by treatment chosen (g: next)",
        ] {
            #expect(first.contains(words), "\(words)\n\(first)")
        }
        let all = scrolled(state)
        for words in ["At risk, month", "Log-rank: p", "Hazard ratio B to A", "fewer than 10", "not by lot", "small numbers", "RECIST 1.1"]
        {
            #expect(all.contains(words), "\(words)\n\(first)")
        }
        // Nothing is cut at the edge: the last words can be scrolled to.
        #expect(all.contains("imported."), "\(first)")
    }

    @Test("In ASCII and without colour each curve is its letter, and a plus is who was last seen", arguments: EveryScreenTests.sizes)
    func ascii(size: Size) {
        let text = Fixture.text(state(size, look: Look(capability: Capability(colours: .mono, unicode: false))))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        for sign in ["AAA", "F F", "+ last seen"] { #expect(text.contains(sign), "\(sign)\n\(text)") }
        // In front of the curve itself stands a plus.
        #expect(
            text.split(separator: "\n").contains { $0.contains("|") && $0.contains("+B") || $0.contains("B+") || $0.contains("A+") },
            "\(text)")
    }

    @Test("g compares by something else and comes round; m goes to the next disease; the title says which")
    func keys() {
        let other = Self.entry(9, 100, true, "Adaptive drug", criterion: "PSA above 1.2 × reference")
        var state = state(Size(columns: 120, rows: 36), Self.cases + [other])
        #expect(Fixture.text(state).contains("by treatment chosen") && Fixture.text(state).contains("1/2 (m: next)"))
        Fixture.press([.character("m")], &state)
        #expect(Fixture.text(state).contains("PSA above 1.2") && Fixture.text(state).contains("1 patient, 1 progressed"))
        Fixture.press([.character("m")], &state)
        #expect(Fixture.text(state).contains("8 patients"))
        for words in ["by what was carried out (g: next)", "by what the simulation favoured", "all together", "by treatment chosen"] {
            Fixture.press([.character("g")], &state)
            #expect(Fixture.text(state).contains(words), "\(words)\n\(Fixture.text(state))")
        }
    }

    @Test("s and Esc come back to the decisions; there g and over the curves i say why not; the footer names what works")
    func back() {
        var state = state()
        #expect(Fixture.text(state).contains("s decisions") && Fixture.text(state).contains("g group"))
        Fixture.press([.character("i")], &state)
        #expect(state.overlay == nil && Fixture.text(state).contains("s goes back"))
        Fixture.press([.escape], &state)
        #expect(state.route == .followUp && Fixture.text(state).contains("The board's history"))
        Fixture.press([.character("g")], &state)
        #expect(Fixture.text(state).contains("s shows them"))
        #expect(!Fixture.text(state).split(separator: "\n").last!.contains("g group"))
        Fixture.press([.character("s"), .character("s")], &state)
        #expect(Fixture.text(state).contains("The board's history"))
        Fixture.press([.escape], &state)
        #expect(state.route == .agenda)
    }

    @Test("Without a patient that a rule reads it says what would be drawn; without a forecast it says why none is")
    func empty() {
        let plain = Fixture.text(state(Size(columns: 80, rows: 24), [Fixture.followUpCase()]))
        #expect(plain.contains("nothing to draw"), "\(plain)")
        let none = scrolled(state(Size(columns: 80, rows: 24), [Self.entry(1, 60, true, "Systemic treatment", forecast: false)]))
        #expect(none.contains("No forecast beside it") && none.contains("No log-rank test: one group"))
        #expect(!none.contains("F forecast"))
        let some = scrolled(
            state(Size(columns: 80, rows: 24), Self.cases + [Self.entry(10, 60, true, "Systemic treatment", forecast: false)]))
        #expect(some.contains("8 of 9"), "\(some)")
    }

    @Test("s while the cases are still read: the curves stand there as soon as they are")
    func loading() {
        var state = Fixture.state(route: .followUp)
        Fixture.press([.character("s")], &state)
        #expect(!Fixture.text(state).contains("patients"))
        _ = Update.apply(.followUpsLoaded(Self.cases), to: &state)
        #expect(Fixture.text(state).contains("8 patients, 5 progressed"))
    }

    @Test("Nothing that a curve says is a question mark where a terminal has no more than ASCII", arguments: EveryScreenTests.sizes)
    func folded(size: Size) {
        let text = scrolled(state(size, look: Look(capability: .ascii)))
        for sign in ["? 20", "(?", " ? "] { #expect(!text.replacing("? help", with: "").contains(sign), "\(sign)\n\(text)") }
    }

    @Test("New cases are drawn at once; hostile names of treatments are text")
    func renewed() {
        var state = state()
        _ = Update.apply(.followUpsLoaded(Self.cases + [Self.entry(11, 500, true, "\u{1B}[2J\u{202E}evil")]), to: &state)
        let text = Fixture.text(state)
        #expect(text.contains("9 patients") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
}
