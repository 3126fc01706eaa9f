// What a decision sheet prints of the figures that the board saw, and of figures that nobody expects.
import Foundation
import Meetings
import Testing
import Twins

@testable import Exchange

@Suite("A decision sheet says what the screen said")
struct SheetTests {
    private func forecast(_ endpoints: [Endpoint], scenario: String = "FOLFOX") -> Forecast {
        Forecast(
            model: "m", modelVersion: "1", scenario: Scenario(name: scenario, interventions: []), seed: 7, drawCount: 3, days: [0],
            series: [], endpoints: endpoints, marks: [], notes: [])
    }

    private func calibration(now: Instant = Instant(milliseconds: 0)) -> Calibration {
        Calibration(
            model: "m", modelVersion: "1", reference: now, parameterNames: [], map: [], sd: [], objective: 0,
            draws: Draws(parameterNames: [], values: []), effectiveSampleSize: 0, paretoShape: nil, seed: 7, measurementsUsed: 0, fit: [],
            warnings: [])
    }

    private func seen(_ endpoints: [Endpoint]) -> SimulationSeen {
        SimulationSeen(twin: calibration(), drawsSHA256: "d", comparison: Comparison([forecast(endpoints)]))
    }

    private func sheet(_ seen: SimulationSeen?, age: Double? = 61.2) -> DecisionSheet {
        let day = CalendarDay(number: 20_783)
        let seat = Seat(name: "Dr A", specialty: "surgery", role: .chair)
        let draft = DecisionDraft(present: [seat], question: "Q", options: ["FOLFOX"], choice: .scenario("FOLFOX"), reason: "r")
        return DecisionSheet(
            meeting: Meeting(
                id: "m", title: "Board", board: "liver", day: day, time: "14:00", chair: "Dr A", isDemo: false, seats: [seat]),
            item: AgendaItem(
                id: 1, meeting: "m", position: 1, patient: "P", model: "m", question: "Q", reference: Instant(day), state: .decided),
            sex: .female, age: age, conditions: [], draft: draft,
            decisions: [
                Decision(
                    agendaItem: 1, version: 1, draft: draft, signedBy: "Dr A", signedAt: Instant(day), quorumReached: false, seen: seen)
            ],
            ledgerHead: "1-00000000")
    }

    @Test("«not reached within the horizon» is on the sheet as it was on the screen: > 24, not 24.0")
    func ceiling() throws {
        let time = Endpoint(id: "ttp", label: "Time to growth", unit: .month, better: .higher, values: [10, 24, 24, 24], ceiling: 24)
        let figure = try #require(seen([time]).figures.first)
        #expect(figure.shown == "> 24 months [14 to > 24]")
        #expect(sheet(seen([time])).lines().contains { $0.hasSuffix("> 24 months [14 to > 24]") })
        let never = Endpoint(id: "ttp", label: "Time to growth", unit: .month, better: .higher, values: [24, 24, 24], ceiling: 24)
        #expect(try #require(seen([never]).figures.first).shown == "> 24 months")
    }

    @Test("the figures of one endpoint read alike, with the decimals of the narrowest interval, as on the screen")
    func alike() {
        func size(_ values: [Double]) -> [Endpoint] {
            [Endpoint(id: "s", label: "Size", unit: .millimetre, better: .lower, values: values)]
        }
        let comparison = Comparison([forecast(size([10, 40, 70])), forecast(size([10, 10.5, 11]), scenario: "Resection")])
        let seen = SimulationSeen(twin: calibration(), drawsSHA256: "d", comparison: comparison)
        #expect(seen.figures.map(\.shown) == ["40.0 mm [16.0 to 64.0]", "10.5 mm [10.1 to 10.9]"])
    }

    @Test("a probability is a percentage, a ratio that is none stays a ratio")
    func percent() throws {
        let values = [0.5, 0.6, 0.7]
        let chance = Endpoint(id: "p", label: "P", unit: .one, better: .higher, values: values, isProbability: true)
        #expect(try #require(seen([chance]).figures.first).shown == "60 % [52 to 68]")
        let ratio = Endpoint(id: "r", label: "R", unit: .one, better: nil, values: [1.5, 2, 8.5])
        #expect(try #require(seen([ratio]).figures.first).shown == "2 [2 to 7]")
    }

    @Test("a decision from before the ceiling was kept still reads")
    func old() throws {
        let text = """
            {"endpoint":"Time to growth","lower":12,"notes":[],"scenario":"A","unit":"mo","upper":24,"value":24,"words":""}
            """
        let figure = try JSONDecoder().decode(SeenFigure.self, from: Data(text.utf8))
        #expect(figure.ceiling == nil && figure.shown == "24 months [12 to 24]")
        let share = text.replacingOccurrences(of: "\"mo\"", with: "\"1\"").replacingOccurrences(of: "24", with: "0.5")
            .replacingOccurrences(of: "12", with: "0.25")
        #expect(try JSONDecoder().decode(SeenFigure.self, from: Data(share.utf8)).shown == "50 % [25 to 50]")
    }

    @Test("no figure, however large or missing, ends the program", arguments: [1e300, -1e300, .infinity, .nan, 1e-300])
    func wild(value: Double) {
        let figures = [Twins.Unit.one, .month, .millimetre].map { unit in
            SeenFigure(
                scenario: "A", endpoint: "E", unit: unit, value: value, lower: -value, upper: value, words: "", notes: [], ceiling: value)
        }
        var seen = seen([])
        seen.figures = figures
        #expect(!sheet(seen, age: value).lines().isEmpty)
    }
}
