// What the workstation wants done that a pure function cannot do. `Worker` carries each of them out.
import Meetings
import Records
import Surface
import Twins

public enum Effect: Sendable {
    case loadAgenda
    /// The meeting so many places after the one that is shown, in the order of their days.
    case loadOtherMeeting(by: Int)
    case openCase(item: Int64)
    /// What another seat may have changed of the case that is open.
    case reloadCase(item: Int64)
    /// Shows any patient of the store: on the meeting that has the case already, else on the preparation's agenda.
    case openPatient(String)
    case loadDocument(patient: String, id: Int64)
    /// Calibrates the twin on the record up to the case's «now», and stores the calibration.
    case calibrate(item: AgendaItem, subject: Subject)
    /// Computes a forecast. One runs for a scenario at a time; of those that wait only the last is computed.
    case forecast(ForecastOrder)
    /// Compares the forecasts that are on the screen.
    case compare(item: Int64, request: Int, [Forecast])
    /// `seen`: the scenario as it was read, then as it was sent since; over anything else in the store nothing is written.
    case saveScenario(item: Int64, id: Int64, Scenario, seen: [Scenario])
    case addScenario(item: Int64, Scenario, after: Int64?)
    case removeScenario(item: Int64, id: Int64)
    case undo(item: Int64)
    case redo(item: Int64)
    /// `seen` as above.
    case saveDecisionDraft(item: Int64, DecisionDraft, seen: [DecisionDraft])
    case seats(SeatsEffect)
    case sign(Decision, meeting: String)
    /// Writes the decision sheet into files beside the store, after everything that waits for the store.
    case exportSheet(AgendaItem)
    /// Unlocks the chair's key, or makes it, and signs.
    case signWith(PassphraseRequest, Passphrase)
    /// Signs where the ledger stands, if a key is unlocked at this seat.
    case checkpoint
    /// Notes something of a case before it is decided.
    case prepare(item: Int64, PreparationChange)
    case search(String)
    case loadTrainings
    case openTraining(String)
    /// A letter of the training's cut record.
    case readTrainingLetter(String, key: Int64)
    case castTrainingVote(String, TrainingVote)
    case revealTraining(String)
    /// Every decided case of the store against what happened.
    case loadFollowUps(ifChanged: Bool = false)
    case noteOutcome(item: Int64, FollowUp, over: Int)
    case runEvidence(model: String)
    case setTheme(String)
    case setMouse(Bool)
    case copy(String)
    /// Ask for `.woken` with this token after so many milliseconds.
    case wake(token: Int, afterMilliseconds: Int)
    case redraw
    case suspend
    case quit
}

extension Effect {
    /// The case that a change belongs to; nil for all that is no change.
    var item: Int64? {
        switch self {
        case .saveScenario(let item, _, _, _), .saveDecisionDraft(let item, _, _), .seats(.keep(let item, _)): item
        default: nil
        }
    }
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

    public init(
        item: Int64, scenarioID: Int64, model: String, subject: Subject, twin: StoredTwin, scenario: Scenario, days: [Double], request: Int,
        isDraft: Bool
    ) {
        self.item = item
        self.scenarioID = scenarioID
        self.model = model
        self.subject = subject
        self.twin = twin
        self.scenario = scenario
        self.days = days
        self.request = request
        self.isDraft = isDraft
    }
}
