// What the workstation wants done that a pure function cannot do. `Worker` carries each of them out.
import Meetings
import Surface
import Twins

public enum Effect: Sendable {
    case loadAgenda
    case openCase(item: Int64)
    case loadDocument(patient: String, id: Int64)
    /// Calibrates the twin on the record up to the case's «now», and stores the calibration.
    case calibrate(item: AgendaItem, subject: Subject)
    /// Computes a forecast; a running one for the same scenario is cancelled.
    case forecast(ForecastOrder)
    /// Compares the forecasts that are on the screen.
    case compare(item: Int64, request: Int, [Forecast])
    case saveScenario(item: Int64, id: Int64, Scenario)
    case addScenario(item: Int64, Scenario, after: Int64?)
    case removeScenario(item: Int64, id: Int64)
    case undo(item: Int64)
    case redo(item: Int64)
    case saveDecisionDraft(item: Int64, DecisionDraft)
    case sign(Decision, meeting: String)
    case search(String)
    case runEvidence(model: String)
    case setTheme(String)
    case setMouse(Bool)
    case copy(String)
    /// Ask for `.woken` with this token after so many milliseconds.
    case wake(token: Int, afterMilliseconds: Int)
    case redraw
    case suspend
    case bell
    case quit
}

/// What a forecast is asked with.
public struct ForecastOrder: Sendable {
    public var item: Int64
    public var scenarioID: Int64
    public var model: String
    public var subject: Subject
    public var twin: StoredTwin
    public var scenario: Scenario
    public var days: [Double]
    public var request: Int
    /// A forecast of a value that is still changing is not worth keeping in the store.
    public var isDraft: Bool
}
