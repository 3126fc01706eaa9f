// A case's decision as commands work on it: read, changed field by field in one commit or not at all, signed through the board's one door.
import Meetings
import Records
import Twins
import Workstation

extension Desk {
    /// A case with its decision in the making and what stands in the way of a signature.
    struct DecisionCase {
        var meeting: Meeting
        var item: AgendaItem
        var draft: DecisionDraft
        var decisions: [Decision]
        var options: [String]
        var rule: QuorumRule
        var problems: [SigningProblem] { draft.problems(rule: rule, options: options) }
        /// Fields of the preparation that were changed since the last signature.
        var preparedSince: [String] = []
        /// The draft or the preparation says something that the last signed version does not.
        var isUnsigned: Bool { !preparedSince.isEmpty || (decisions.last.map { $0.draft != draft } ?? true) }
    }

    /// `meeting` nil: the patient's last one.
    func decisionCase(_ patient: String, meeting wanted: String?) throws -> DecisionCase {
        _ = try store.access(actor: actor, patient: patient, categories: .record, purpose: "decision")
        // The latest meeting comes first.
        let items = try board.items(patient: patient)
        guard let item = wanted.map({ id in items.first { $0.meeting == id } }) ?? items.first else {
            throw CommandFailure.noSuch("\(patient) is on no agenda" + (wanted.map { " of the meeting «\($0)»" } ?? ""))
        }
        let meeting = try board.meeting(item.meeting)
        let options = try board.scenarios(item.id).scenarios.map(\.scenario.name)
        let decisions = try board.decisions(item.id)
        let draft =
            try board.draft(item.id) ?? decisions.last?.draft
            ?? DecisionDraft(present: meeting.seats, question: item.question, options: options)
        return DecisionCase(
            meeting: meeting, item: item, draft: draft, decisions: decisions, options: options,
            rule: board.rules.rule(for: meeting.board).quorum, preparedSince: try board.preparedSince(decisions.last))
    }

    /// Changes the draft in memory: what is set first, then what is taken out, then what is added. Errors name the field; nothing is stored.
    func edited(_ open: DecisionCase, _ edits: DecisionEdits) throws -> DecisionCase {
        var open = open
        let context = EntryContext(day: open.meeting.day, options: open.options, roster: open.meeting.seats)
        for edit in edits.set { try open.draft.set(edit.field, to: edit.text, context) }
        // From the back, so that the numbers are those that were shown.
        for edit in edits.remove.sorted(by: { $0.place > $1.place }) { try open.draft.remove(edit.place, from: edit.field) }
        for edit in edits.add { try open.draft.add(edit.text, to: edit.field, context) }
        open.draft.options = open.decisions.isEmpty ? open.options : open.draft.options
        return open
    }

    func save(_ open: DecisionCase) throws {
        try board.save(open.draft, item: open.item.id)
        if open.item.state == .waiting { try board.markOpen(open.item.id) }
    }

    /// Signs as the chair. All that is missing is said at once; nothing is changed then.
    func sign(_ open: DecisionCase, name: String, withFigures: Bool) throws -> Decision {
        let problems = open.problems
        guard problems.isEmpty else {
            throw CommandFailure(
                message: "not signed, nothing was changed: " + problems.map(\.description).joined(separator: "; "), status: 1)
        }
        guard open.isUnsigned else {
            throw CommandFailure(
                message: "not signed: nothing has changed since version \(open.decisions.count) was signed; set a field for an amendment",
                status: 1)
        }
        let decision = try open.draft.signed(
            item: open.item.id, version: open.decisions.count + 1, rule: open.rule, options: open.options, name: name,
            chair: open.meeting.chair, at: Clock.now(), seen: withFigures ? try figures(open) : nil)
        return try board.sign(decision, meeting: open.meeting.id, seat: actor, signer: try signer(open.meeting.chair))
    }

    /// The chair's key, unlocked by the passphrase that is asked for; made the first time.
    private func signer(_ name: String) throws -> Signer {
        try store.signer(named: name) == nil
            ? try store.makeSigner(name, passphrase: PassphrasePrompt.chosen(name), actor: actor)
            : try store.unlock(name, passphrase: PassphrasePrompt.existing(name))
    }

    /// The figures that `compare` prints of this case, as the workstation keeps those on its screen.
    private func figures(_ open: DecisionCase) throws -> SimulationSeen {
        let token = try store.access(actor: actor, patient: open.item.patient, categories: .record, purpose: "decision")
        let model = try Self.model(open.item.model)
        let shown = Case(
            patient: open.item.patient, item: open.item, model: model,
            subject: try store.subject(token, reference: open.item.reference),
            scenarios: try board.scenarios(open.item.id).scenarios.map(\.scenario), leftOut: [])
        let twin = try twin(shown)
        let days = Update.days(horizon: model.horizon)
        let forecasts = try forecasts(shown, twin, scenarios: shown.scenarios, days: days)
        return SimulationSeen(twin: twin.calibration, drawsSHA256: twin.drawsSHA256, comparison: Comparison(forecasts))
    }
}

/// What a command line asks to change.
struct DecisionEdits {
    var set: [(field: DecisionField, text: String)] = []
    var add: [(field: DecisionField, text: String)] = []
    var remove: [(field: DecisionField, place: Int)] = []
    var isEmpty: Bool { self.set.isEmpty && add.isEmpty && remove.isEmpty }

    /// Each as `field=text`. Errors: wrong usage, with what is known.
    init(set: [String], add: [String], remove: [String]) throws {
        self.set = try set.map(Self.split)
        self.add = try add.map(Self.split)
        self.remove = try remove.map { text in
            let (field, number) = try Self.split(text)
            guard let place = Int(number), place > 0 else {
                throw CommandFailure.usage("--remove \(field.rawValue)=N takes the entry's number from 1, not «\(number)»")
            }
            return (field, place - 1)
        }
    }

    private static func split(_ text: String) throws -> (field: DecisionField, text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let field = DecisionField(rawValue: String(parts[0])) else {
            let known = DecisionField.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure.usage("«\(text)» is not FIELD=TEXT with one of the fields \(known)")
        }
        return (field, String(parts[1]))
    }
}
