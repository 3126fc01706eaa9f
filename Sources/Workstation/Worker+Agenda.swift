// Which meeting is on the screen, and how a patient of the store comes onto an agenda.
import Meetings
import Records
import Twins

extension Worker {
    /// The agenda of the meeting on the screen. The first time, without one asked for: of those with an undecided case the nearest to today.
    public func agenda() throws -> Agenda {
        let meetings = try board.meetings()
        guard let meeting = try current(meetings) else { return Agenda(meeting: nil, entries: [], place: 0, meetings: 0) }
        let place = (meetings.firstIndex { $0.id == meeting.id } ?? 0) + 1
        let marks = try board.store.marks(meeting.id)
        return Agenda(
            meeting: meeting, entries: try board.agenda(meeting.id).map { try keptEntry($0, marks) }, place: place, meetings: meetings.count
        )
    }

    private func current(_ meetings: [Meeting]) throws -> Meeting? {
        if let id = meetingID.withLock(\.self) {
            guard let found = meetings.first(where: { $0.id == id }) else {
                throw WorkError("no meeting «\(id)» in this store; there are \(meetings.map(\.id).joined(separator: ", "))")
            }
            return found
        }
        let today = Store.systemClock().day.number
        let waiting = try meetings.filter { meeting in try board.agenda(meeting.id).contains { $0.state == .waiting || $0.state == .open } }
        let chosen = (waiting.isEmpty ? meetings : waiting).min { abs($0.day.number - today) < abs($1.day.number - today) }
        meetingID.withLock { $0 = chosen?.id }
        return chosen
    }

    /// Moves on to another meeting, in the order of their days, round the end.
    func chooseMeeting(_ by: Int) throws {
        let meetings = try board.meetings()
        guard !meetings.isEmpty, let now = try current(meetings), let place = meetings.firstIndex(where: { $0.id == now.id }) else {
            return
        }
        let next = meetings[((place + by) % meetings.count + meetings.count) % meetings.count]
        meetingID.withLock { $0 = next.id }
    }

    /// The case under which a patient is shown: the latest on any agenda; for a patient on none, a new one on the agenda of the
    /// preparation, with the model that the record speaks to most and the scenarios that it suggests.
    func preparedCase(of patient: String) throws -> Int64 {
        // The latest meeting comes first.
        if let item = try board.items(patient: patient).first {
            meetingID.withLock { $0 = item.meeting }
            return item.id
        }
        let subject = try board.store.subject(try token(patient, purpose: "case"))
        let suited = models.map { model in (model, suitability(of: model, for: subject)) }
        guard let model = suited.max(by: { $0.1 < $1.1 })?.0 else { throw WorkError("this program has no model") }
        if try !board.meetings().contains(where: { $0.id == Self.preparation }) {
            try board.save(
                Meeting(
                    id: Self.preparation, title: "Preparation", board: "general", day: Store.systemClock().day, time: "00:00", chair: seat,
                    isDemo: false, seats: []))
        }
        let position = try board.agenda(Self.preparation).count + 1
        let item = try board.add(
            AgendaItem(
                id: 0, meeting: Self.preparation, position: position, patient: patient, model: model.id,
                question: "To be prepared: which question does the board put?", reference: subject.reference, state: .waiting),
            scenarios: Array(model.suggestedScenarios(for: subject).prefix(State.mostScenarios)))
        meetingID.withLock { $0 = Self.preparation }
        return item.id
    }

    private static let preparation = "preparation"

    /// Measurements that the model uses, and after them the items of the record that it asks for.
    private func suitability(of model: any TwinModel, for subject: Subject) -> Double {
        let present = model.completeness(of: subject)
        let share = present.isEmpty ? 0 : Double(present.count(where: \.isPresent)) / Double(present.count)
        return Double(subject.measurements(of: model.observables).used.count) + share
    }
}
