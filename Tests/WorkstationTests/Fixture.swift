// States of the workstation made by hand: a meeting, its agenda, one open case with three or four scenarios and their forecasts.
import Meetings
import Surface
import Twins

@testable import Workstation

enum Fixture {
    static let reference = CalendarDay("2026-11-22").map { Instant($0) } ?? Instant(milliseconds: 0)
    static let model = FixtureModel()

    /// The state on a screen. `scenarioCount` 0 to 4; without forecasts everything is «computing».
    static func state(
        size: Size = Size(columns: 120, rows: 36), route: Route = .compare, look: Look = Look(), scenarioCount: Int = 3,
        withForecasts: Bool = true
    ) -> State {
        var state = State(size: size, look: look, themes: Theme.builtIn, now: reference.adding(days: 4.6))
        state.meeting = meeting
        state.agenda = agenda
        state.route = route
        state.open = open(scenarioCount: scenarioCount, withForecasts: withForecasts)
        return state
    }

    static let seats = [
        Seat(name: "Dr Martin", specialty: "surgery", role: .chair), Seat(name: "Dr Leroy", specialty: "oncology"),
        Seat(name: "Dr Weber", specialty: "radiology"), Seat(name: "Dr Petit", specialty: "hepatology"),
    ]
    static let meeting = CalendarDay("2026-11-26").map {
        Meeting(id: "liver-1", title: "Liver board", board: "liver", day: $0, time: "14:00", chair: "Dr Martin", isDemo: true, seats: seats)
    }

    static func item(_ position: Int, patient: String, state: CaseState = .open) -> AgendaItem {
        AgendaItem(
            id: Int64(position), meeting: "liver-1", position: position, patient: patient, model: model.id,
            question: "Which treatment first, and when to operate?", reference: reference, state: state)
    }
    static let agenda: [AgendaEntry] = ["CRC-0147", "CRC-0152", "CRC-0160"].enumerated().map { index, patient in
        AgendaEntry(
            item: item(index + 1, patient: patient, state: index == 2 ? .decided : index == 0 ? .open : .waiting), sex: .female,
            age: 61 + Double(index), summary: "4 liver metastases, RAS wild type", completeness: model.completeness(of: subject),
            twinTitle: model.title, isCalibrated: index == 0, decision: index == 2 ? "FOLFOX alone" : nil,
            scenarioNames: scenarios.map(\.name))
    }

    static let subject = Subject(
        sex: .female, birth: CalendarDay("1965-03-02").map { Instant($0) },
        observations: zip([-60.0, -30, -4], [120.0, 138, 131]).map { day, value in
            Observation(code: FixtureModel.code, time: reference.adding(days: day), value: .quantity(Quantity(value, .millimetre)))
        },
        facts: [
            CodedFact(
                kind: .condition, code: Code(system: Code.snomed, code: "94381002", display: "Metastasis to liver"),
                start: reference.adding(days: -70), end: nil, status: "active")
        ], reference: reference)

    static let regimen = model.interventionKinds[0].standardIntervention
    static let resection = model.interventionKinds[1].standardIntervention
    static let scenarios: [Scenario] = {
        var second = regimen
        second.values["backbone"] = .choice("folfiri")
        second.values["addition"] = .number(1.45)
        return [
            Scenario(name: "FOLFOX + bev ×6, resection", interventions: [regimen, resection]),
            Scenario(name: "FOLFIRI + cetux ×6, resection", interventions: [second, resection]),
            Scenario(name: "FOLFOX alone", interventions: [regimen]),
            Scenario(name: "No treatment", interventions: []),
        ]
    }()

    static let calibration = Calibration(
        model: model.id, modelVersion: model.version, reference: reference, parameterNames: ["KL", "KD"], map: [0.014, 0.05],
        sd: [0.004, 0.01],
        objective: 12.5, draws: Draws(parameterNames: ["KL", "KD"], values: (0..<400).map { 0.01 + 0.00001 * Double($0) }),
        effectiveSampleSize: 640, paretoShape: 0.31, seed: 1, measurementsUsed: 3,
        fit: zip([-60.0, -30, -4], [120.0, 138, 131]).map { day, value in
            FitPoint(
                measurement: Measurement(observable: "sum-of-diameters", day: day, value: value), lower: 112, median: 129 - day / 20,
                upper: 148)
        },
        warnings: ["assumption: exposure in grams a week"])

    /// The case on the table.
    static func open(scenarioCount: Int = 3, withForecasts: Bool = true) -> OpenCase {
        let cases = scenarios.prefix(scenarioCount).enumerated().map { CaseScenario(id: Int64(11 + $0), scenario: $1) }
        var open = OpenCase(
            item: item(1, patient: "CRC-0147"), model: model, subject: subject,
            documents: [
                DocumentHead(
                    id: 1, title: "Radiology report", day: reference.adding(days: -4).day, firstLine: "Four lesions, segments II to VI.")
            ],
            calibration: .ready(StoredTwin(calibration: calibration, drawsSHA256: "00ff")), scenarios: Array(cases), canUndo: true,
            canRedo: false,
            decisionDraft: DecisionDraft(
                present: seats, question: "Which treatment first, and when to operate?", options: cases.map(\.scenario.name)),
            decisions: [])
        guard withForecasts else { return open }
        for (index, scenario) in cases.enumerated() {
            var slot = ScenarioForecast()
            slot.forecast = forecast(scenario.scenario, index: index)
            slot.requested = 1
            slot.received = 1
            open.forecasts[scenario.id] = slot
        }
        if cases.count >= 2 { open.comparison = Comparison(open.shownForecasts.compactMap(\.self)) }
        return open
    }

    /// An event that answers every forecast of `effects` with the fixture's figures.
    static func answers(_ effects: [Effect]) -> [Event] {
        effects.compactMap { effect in
            guard case .forecast(let order) = effect else { return nil }
            let index = Int(order.scenarioID) - 11
            return .forecastReady(
                item: order.item, scenario: order.scenarioID, request: order.request,
                .success(forecast(order.scenario, index: index, days: order.days)))
        }
    }

    /// The text of the screen.
    static func text(_ state: State) -> String { View.draw(state).frame.text }

    /// Presses keys one after another; all the effects that they asked for.
    @discardableResult
    static func press(_ keys: [Key], _ state: inout State) -> [Effect] {
        keys.flatMap { Update.apply(.key($0), to: &state) }
    }

    static func type(_ text: String, _ state: inout State) {
        for scalar in text.unicodeScalars { _ = Update.apply(.key(.character(scalar)), to: &state) }
    }
}

extension DecisionDraft {
    /// Fills in what a decision cannot be signed without.
    mutating func completeForSigning() {
        choice = .scenario(Fixture.scenarios[0].name)
        reason = "it fits"
        followUp = CalendarDay("2027-02-25")
        plan.standing = GuidelineStanding.none
        plan.informant = "Dr Leroy"
    }
}
