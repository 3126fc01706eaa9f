// Every screen and everything that lies over one: at every size, in Unicode and ASCII, in colour and without, with hostile text.
import Meetings
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("Every screen")
struct EveryScreenTests {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)]
    static let looks = [
        Look(capability: .full), Look(capability: .colours256), Look(capability: .ascii), Look(capability: Capability(colours: .mono)),
        Look(capability: Capability(colours: .mono, unicode: false)), Look(capability: Capability(colours: .eight)),
    ]

    /// Words by which a person knows each screen.
    private static let words: [Route: [String]] = [
        .agenda: ["CRC-0147", "CRC-0152", "waiting", "decided"], .patientCase: ["Facts", "Twin's fit", "Metastasis"],
        .compare: ["FOLFOX + bev", "Endpoint"], .editor: ["Name", "Resection"],
        .evidence: ["How well it fitted", "effective sample size"],
        .decision: ["The board proposes", "Reason", "Follow-up"], .seats: ["Here now", "Opinions and votes"],
        .training: ["TRAINING"], .followUp: ["Follow-up"],
    ]

    private static let overlays: [Overlay] = [
        .help(scroll: 0), .palette(PaletteState()), .search(SearchState()),
        .confirm(Confirmation(title: "Sign the decision", lines: ["to sign, type the name"], input: TextInput("Dr"), purpose: .sign)),
        .document(title: "Radiology report", text: "Four lesions.\n\nSegments II to VI.", scroll: 0),
    ]

    @Test("shows what it is for at 80×24, 120×36 and 200×60, in Unicode and ASCII, in colour and monochrome", arguments: Route.allCases)
    func shows(route: Route) {
        for size in Self.sizes {
            for look in Self.looks {
                let state = Fixture.state(size: size, route: route, look: look)
                let frame = View.draw(state).frame
                #expect(frame.size == size)
                for word in Self.words[route] ?? [] {
                    #expect(frame.text.contains(word), "\(route) \(size.columns)×\(size.rows): \(word)\n\(frame.text)")
                }
                #expect(frame.text.contains("not a medical device"), "\(route) \(size.columns)")
                if !look.capability.unicode { #expect(frame.text.utf8.allSatisfy { $0 < 0x80 }, "\(route)") }
            }
        }
    }

    @Test("The letter of a scenario tells it apart without any colour", arguments: [Route.compare, .decision, .agenda])
    func letters(route: Route) {
        let state = Fixture.state(route: route, look: Look(capability: Capability(colours: .mono, unicode: false)))
        for letter in ["A  ", "B  ", "C  "] { #expect(Fixture.text(state).contains(letter), "\(route)") }
    }

    @Test("Overlays fit every size and leave the frame whole")
    func overlaysFit() {
        for columns in [60, 80, 120, 200] {
            for rows in [16, 24, 60] {
                for route in Route.allCases {
                    for overlay in Self.overlays {
                        var state = Fixture.state(size: Size(columns: columns, rows: rows), route: route)
                        state.overlay = overlay
                        #expect(View.draw(state).frame.size == state.size)
                    }
                }
            }
        }
    }

    private static let nasty = "\u{1B}[2J\u{1B}]0;owned\u{7}\u{202E}evil\u{200B}\n\u{9B}31m\u{0}n\u{301}ame\u{FEFF}"

    /// A state in which every text that can come from outside is hostile.
    private func hostile(_ route: Route) -> State {
        var state = Fixture.state(route: route)
        let nasty = Self.nasty
        state.message = Message(nasty, .danger)
        state.meeting?.title = nasty
        for place in state.agenda.indices {
            state.agenda[place].item.patient = nasty
            state.agenda[place].item.question = nasty
            state.agenda[place].summary = nasty
            state.agenda[place].decision = nasty
            state.agenda[place].scenarioNames = [nasty]
        }
        guard var open = state.open else { return state }
        open.item.patient = nasty
        open.item.question = nasty
        open.subject.facts = [
            CodedFact(
                kind: .condition, code: Code(system: nasty, code: nasty, display: nasty), start: open.subject.reference, end: nil,
                status: nasty)
        ]
        open.subject.observations.append(
            Observation(code: Code(system: nasty, code: nasty, display: nasty), time: open.subject.reference, value: .text(nasty)))
        open.documents = [DocumentHead(id: 1, title: nasty, day: nil, firstLine: nasty)]
        for place in open.scenarios.indices { open.scenarios[place].scenario.name = nasty + "\(place)" }
        for id in open.forecasts.keys { open.forecasts[id]?.forecast?.notes = [nasty] }
        open.decisionDraft.question = nasty
        open.decisionDraft.reason = nasty
        open.decisionDraft.dissent = nasty
        open.decisionDraft.present = [Seat(name: nasty, specialty: nasty)]
        open.decisionDraft.choice = .other(nasty)
        state.open = open
        return state
    }

    @Test("Hostile text cannot move the cursor, speak to the terminal or turn the line round, on any screen", arguments: Route.allCases)
    func hostileText(route: Route) {
        let overlays: [Overlay?] = [
            nil, .document(title: Self.nasty, text: Self.nasty, scroll: 0),
            .confirm(Confirmation(title: Self.nasty, lines: [Self.nasty], input: TextInput(Self.nasty), purpose: .sign)),
            .search(
                {
                    var search = SearchState()
                    search.hits = [SearchHit(title: Self.nasty, detail: Self.nasty, target: .patient(Self.nasty))]
                    return search
                }()),
        ]
        for size in Self.sizes {
            for overlay in overlays {
                var state = hostile(route)
                state.size = size
                state.overlay = overlay
                let frame = View.draw(state).frame
                #expect(frame.size == size)
                let bad = frame.cells.filter { cell in
                    let value = cell.scalar.value
                    return cell.scalar != Cell.continuation
                        && (value < 0x20 || (0x7F...0x9F).contains(value) || (0x200B...0x200F).contains(value)
                            || (0x202A...0x202E).contains(value) || (0x2060...0x206F).contains(value) || value == 0xFEFF)
                }
                #expect(bad.isEmpty, "\(route) \(size.columns): \(bad.count) cells")
            }
        }
    }
}
