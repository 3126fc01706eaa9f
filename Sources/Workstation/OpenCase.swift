// The case on the table: the record, the twin, its scenarios with their forecasts, and the decision in the making.
import Meetings
import Records
import Twins

/// Where a computation stands.
public enum Progress<Value: Sendable>: Sendable {
    case notStarted
    case running
    case ready(Value)
    case failed(String)

    public var value: Value? { if case .ready(let value) = self { value } else { nil } }
    public var isRunning: Bool { if case .running = self { true } else { false } }
    public var failure: String? { if case .failed(let words) = self { words } else { nil } }
}

/// A forecast, and which scenario it is of: an older one stays on the screen, marked, while its successor is computed.
public struct ScenarioForecast: Sendable {
    public var forecast: Forecast?
    /// Raised at every request; an answer with an older number is dropped.
    public var requested = 0
    /// The request whose first picture, from few draws, has come.
    public var begun = 0
    public var received = 0
    /// How far the latest request is, where it takes long enough to be told.
    var share: Double?
    public var failure: String?
    public init() {}
    public var isCurrent: Bool { requested == received && failure == nil }
    /// Whether something of the latest request is on its way and nothing of it is here yet.
    var isAwaited: Bool { requested != max(begun, received) }
}

/// Which of a scenario's forecasts is on the screen.
struct ForecastAnswer: Hashable, Sendable {
    var scenario: Int64
    var begun: Int
    var received: Int
}

/// A change that is drawn but not yet in the store.
public struct ScenarioDraft: Sendable {
    public var id: Int64
    public var scenario: Scenario
    /// As it was read before the first change, then as it was sent to the store since; empty: as the case has it.
    public var seen: [Scenario]
    public init(id: Int64, scenario: Scenario, seen: [Scenario] = []) {
        self.id = id
        self.scenario = scenario
        self.seen = seen
    }
}

/// A document of the record, without its text.
public struct DocumentHead: Hashable, Sendable, Identifiable {
    public var id: Int64
    public var title: String
    public var day: CalendarDay?
    public var firstLine: String
    public init(id: Int64, title: String, day: CalendarDay?, firstLine: String) {
        self.id = id
        self.title = title
        self.day = day
        self.firstLine = firstLine
    }
}

/// The case that is open.
public struct OpenCase: Sendable {
    public var item: AgendaItem
    public var model: any TwinModel
    public var subject: Subject
    public var documents: [DocumentHead]
    public var calibration: Progress<StoredTwin>
    public var scenarios: [CaseScenario]
    public var forecasts: [Int64: ScenarioForecast] = [:]
    /// Of the forecasts that are on the screen; nil until every scenario has one.
    public var comparison: Comparison?
    /// The comparison of what is on the screen was asked for and has not come.
    public var isComparing = false
    /// What it was asked of, so that the same is not compared again.
    var comparedAnswers: [ForecastAnswer] = []
    /// Invariant 1: what is drawn without a draft mark is in the store.
    public var draft: ScenarioDraft?
    public var canUndo: Bool
    public var canRedo: Bool
    public var decisionDraft: DecisionDraft
    /// The decision draft differs from what the store has.
    public var decisionIsUnsaved = false
    /// The draft as it was read from the store, then as it was sent to it since.
    var decisionSeen: [DecisionDraft]
    /// The decision and its amendments, oldest first.
    public var decisions: [Decision]
    /// What was noted of the case before the meeting.
    public var preparation = CasePreparation()

    public init(
        item: AgendaItem, model: any TwinModel, subject: Subject, documents: [DocumentHead], calibration: Progress<StoredTwin>,
        scenarios: [CaseScenario], canUndo: Bool, canRedo: Bool, decisionDraft: DecisionDraft, decisions: [Decision]
    ) {
        self.item = item
        self.model = model
        self.subject = subject
        self.documents = documents
        self.calibration = calibration
        self.scenarios = scenarios
        self.canUndo = canUndo
        self.canRedo = canRedo
        self.decisionDraft = decisionDraft
        decisionSeen = [decisionDraft]
        self.decisions = decisions
    }

    /// The scenario as the screen shows it: the draft, where there is one.
    public func shown(_ scenario: CaseScenario) -> Scenario {
        draft.flatMap { $0.id == scenario.id ? $0.scenario : nil } ?? scenario.scenario
    }
    /// For each scenario its column in the comparison; nil where it is not in it: a comparison may be older than the scenarios on the
    /// screen, and a figure is shown only under the scenario that it was computed for.
    var columns: [Int?] {
        scenarios.map { scenario in
            guard let forecast = forecasts[scenario.id]?.forecast else { return nil }
            return comparison?.forecasts.firstIndex { $0.scenario == forecast.scenario }
        }
    }
    /// The first scenario whose figures are not those of what is stored, with why; nil when all stand.
    var unsettled: String? {
        for (place, scenario) in scenarios.enumerated() {
            let letter = ComparePlots.letter(place)
            if draft?.id == scenario.id { return "scenario \(letter) has a change that is not saved yet" }
            if let slot = forecasts[scenario.id], slot.requested != slot.received { return "scenario \(letter) is still being computed" }
        }
        if isComparing { return "the scenarios are still being compared" }
        return calibration.isRunning ? "the twin is still being fitted" : nil
    }
    /// Scenarios without figures, each with the reason.
    var failures: [String] {
        scenarios.enumerated().compactMap { place, scenario in
            forecasts[scenario.id]?.failure.map { "The forecast of \(ComparePlots.letter(place)) failed: \($0)" }
        }
    }
    public var isDecided: Bool { !decisions.isEmpty }
    /// The draft is the last signed version, unchanged.
    var isSigned: Bool { decisions.last.map { $0.draft == decisionDraft } ?? false }
    /// Forecasts in the scenarios' order; nil where there is none yet.
    public var shownForecasts: [Forecast?] { scenarios.map { forecasts[$0.id]?.forecast } }
}

/// A calibration with the identity of its draws.
public struct StoredTwin: Sendable {
    public var calibration: Calibration
    public var drawsSHA256: String
    public init(calibration: Calibration, drawsSHA256: String) {
        self.calibration = calibration
        self.drawsSHA256 = drawsSHA256
    }
}
