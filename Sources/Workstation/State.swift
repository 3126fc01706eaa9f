// Everything the workstation knows at a moment. The screen is a pure function of it, and of nothing else.
import Meetings
import Records
import Surface
import Twins

/// The screens, in the order of a case's life.
public enum Route: String, Hashable, Sendable, CaseIterable {
    case agenda, patientCase, compare, editor, evidence, decision, seats
    case followUp, training

    public var title: String {
        switch self {
        case .agenda: "Agenda"
        case .patientCase: "Case"
        case .compare: "Compare"
        case .editor: "Scenario"
        case .evidence: "Evidence"
        case .decision: "Decision"
        case .seats: "Seats"
        case .followUp: "Follow-up"
        case .training: "Training"
        }
    }

    /// The digit that shows it.
    public var digit: Int { (Route.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// Shows the selected case, which is opened for it.
    var isOfCase: Bool { ![.agenda, .followUp, .training].contains(self) }
}

/// A line of the agenda, with what its preview shows.
public struct AgendaEntry: Sendable, Identifiable {
    public var item: AgendaItem
    public var sex: Sex
    /// Years, at the case's «now»; nil if the birth is unknown.
    public var age: Double?
    /// The main conditions, in the record's words.
    public var summary: String
    public var completeness: [CompletenessItem]
    public var twinTitle: String
    public var isCalibrated: Bool
    /// What was decided, if it was.
    public var decision: String?
    public var scenarioNames: [String]
    public var preparation = CasePreparation()
    public var id: Int64 { item.id }

    public init(
        item: AgendaItem, sex: Sex, age: Double?, summary: String, completeness: [CompletenessItem], twinTitle: String,
        isCalibrated: Bool, decision: String?, scenarioNames: [String]
    ) {
        self.item = item
        self.sex = sex
        self.age = age
        self.summary = summary
        self.completeness = completeness
        self.twinTitle = twinTitle
        self.isCalibrated = isCalibrated
        self.decision = decision
        self.scenarioNames = scenarioNames
    }
}

/// A meeting's agenda, and its place among the store's meetings.
public struct Agenda: Sendable {
    public var meeting: Meeting?
    public var entries: [AgendaEntry]
    /// From 1; 0 without a meeting.
    public var place: Int
    public var meetings: Int
    public init(meeting: Meeting?, entries: [AgendaEntry], place: Int, meetings: Int) {
        self.meeting = meeting
        self.entries = entries
        self.place = place
        self.meetings = meetings
    }
}

/// A sentence in the line above the footer, until the next key.
public struct Message: Hashable, Sendable {
    public enum Tone: Hashable, Sendable { case note, good, warning, danger }
    public var text: String
    public var tone: Tone
    public init(_ text: String, _ tone: Tone = .note) {
        self.text = text
        self.tone = tone
    }
}

/// What lies over a screen and takes the keys first.
public enum Overlay: Sendable {
    case help(scroll: Int)
    case palette(PaletteState)
    case search(SearchState)
    case confirm(Confirmation)
    /// The chair's passphrase.
    case passphrase(PassphraseDialog)
    /// A letter of the record, read in full.
    case document(title: String, text: String, scroll: Int)
}

/// A question that must be answered before something is done.
public struct Confirmation: Sendable {
    public enum Purpose: Hashable, Sendable {
        case sign, removeScenario(Int64), removeIntervention(scenario: Int64, index: Int)
        case dissent, unseal, settle(EditConflict)
        case prepare(item: Int64, PreparationPrompt), followUp(Int64), trainingVote(String)
    }
    public var title: String
    public var lines: [String]
    /// What the person must type, when a key alone is not enough.
    public var input: TextInput?
    public var purpose: Purpose
    public init(title: String, lines: [String], input: TextInput? = nil, purpose: Purpose) {
        self.title = title
        self.lines = lines
        self.input = input
        self.purpose = purpose
    }
}

public struct PaletteState: Sendable {
    public var input = TextInput()
    public var selected = 0
    public init() {}
}

public struct SearchState: Sendable {
    public var input = TextInput()
    public var hits: [SearchHit] = []
    public var selected = 0
    /// The words that `hits` answer; a search that is still running has other words in `input`.
    public var answered = ""
    public init() {}
}

/// A place that `/` found.
public struct SearchHit: Hashable, Sendable {
    public enum Target: Hashable, Sendable { case agendaItem(Int64), patient(String), document(patient: String, id: Int64) }
    public var title: String
    public var detail: String
    public var target: Target
    public init(title: String, detail: String, target: Target) {
        self.title = title
        self.detail = detail
        self.target = target
    }
}

/// The whole state of the workstation.
public struct State: Sendable {
    public var size: Size
    public var look: Look
    public var themes: [Theme]
    /// The wall clock, to the minute; the header shows it.
    public var now: Instant
    /// Minutes east of UTC, for the header's clock.
    public var utcOffsetMinutes = 0
    public var meeting: Meeting?
    /// The meeting's place among the store's, from 1, and how many there are.
    public var meetingPlace = (0, of: 0)
    public var agenda: [AgendaEntry] = []
    public var selected = 0
    public var route = Route.agenda
    public var open: OpenCase?
    /// Why the selected case could not be opened.
    public var openFailure: String?
    /// The letter that was asked for last: another one that comes late is not shown.
    public var wantedDocument: Int64?
    /// Invariant 1: changes that the store has refused so far, such as on a full disk; tried again until they are in.
    public var unsaved: [Effect] = []
    /// Why; stays on the screen until a change is saved.
    public var saveProblem: String?
    public var overlay: Overlay?
    public var message: Message?
    public var caseView = CaseView()
    public var compareView = CompareView()
    public var editorView = EditorView()
    public var evidenceView = EvidenceView()
    public var decisionView = DecisionView()
    public var seatsView = SeatsView()
    /// The seat taken here; nil: somebody looks on, and is asked for nothing.
    public var sitting: Sitting?
    public var seatsNow = SeatsNow()
    public var conflicts = Conflicts()
    public var followUpView = FollowUpView()
    public var trainingView = TrainingView()
    public var mouseIsOn = true
    /// Rises with every request, so that a late answer to an old one is known as such.
    public var generation = 0
    /// The token of the last deadline asked for; an older one that comes is ignored.
    public var wakeToken = 0

    public init(size: Size, look: Look, themes: [Theme], now: Instant) {
        self.size = size
        self.look = look
        self.themes = themes
        self.now = now
    }

    public var selectedEntry: AgendaEntry? { agenda.indices.contains(selected) ? agenda[selected] : nil }
    /// Who counts for the quorum right now: those who sit there; where nobody has taken a seat, the draft's list if a case is open, else
    /// the meeting's seats.
    public var seats: [Seat] { !present.isEmpty ? present.map(\.seat) : open?.decisionDraft.present ?? meeting?.seats ?? [] }
}

/// Where the person is on the Case screen.
public struct CaseView: Sendable {
    public enum Pane: Int, Sendable, CaseIterable { case facts, timeline, measures, documents }
    public var pane = Pane.facts
    public var offset: [Pane: Int] = [:]
    public var selectedDocument = 0
    /// Which of the model's observables the fit shows.
    public var observable = 0
    public init() {}
}

/// Where the person is on Compare.
public struct CompareView: Sendable {
    public var focused = 0
    public var observable = 0
    public var isOverlay = false
    /// The endpoint table fills the screen.
    public var isTable = false
    /// Arrow keys move the cursor instead of the focus.
    public var movesCursor = false
    /// Days from «now»; nil: half the horizon.
    public var cursorDay: Double?
    public var endpoint = 0
    /// Days shown after «now»; nil: the model's own horizon.
    public var horizon: Double?
    public init() {}
}

/// Where the person is in the scenario editor.
public struct EditorView: Sendable {
    /// Index of the scenario in the case.
    public var scenario = 0
    /// Line of the form.
    public var line = 0
    public var offset = 0
    /// Typing a number or a name into the line.
    public var input: TextInput?
    /// Choosing a kind of intervention to add.
    public var adding: Int?
    /// Endpoints of a scenario as they were before its first change on this screen, by endpoint: the preview shows the change.
    public var before: [Int64: [String: Estimate]] = [:]
    public init() {}
}

/// Where the person is on Evidence.
public struct EvidenceView: Sendable {
    /// On a wide screen: 0 this patient and the checks, 1 the model.
    public var column = 1
    public var offsets = [0, 0]
    /// Checks of `validate`, when they were run in this session.
    public var checks: [EvidenceCheck]?
    public var isRunning = false
    public init() {}
}

/// Where the person is on the Decision screen.
public struct DecisionView: Sendable {
    public var line = 0
    public var offset = 0
    public var input: TextInput?
    /// A list to choose from lies over the form.
    public var pick: PickList?
    /// The kind of the step whose words are being typed.
    public var kind: TreatmentKind?
    /// The cursor was put on the first line that is missing; from there it goes where the person goes.
    public var isPlaced = false
    public init() {}
}
