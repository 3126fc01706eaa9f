// Meetings and their agenda in the store.
import Records
import Twins

extension Board {
    /// All meetings, soonest first.
    public func meetings() throws(BoardError) -> [Meeting] {
        let rows = try Self.stored { () throws(StoreError) in try store.meetings() }
        var meetings: [Meeting] = []
        for row in rows { meetings.append(try meeting(row)) }
        return meetings.sorted { ($0.day, $0.time, $0.id) < ($1.day, $1.time, $1.id) }
    }

    public func meeting(_ id: String) throws(BoardError) -> Meeting {
        try meeting(Self.stored { () throws(StoreError) in try store.meeting(id) })
    }

    private func meeting(_ row: MeetingRow) throws(BoardError) -> Meeting {
        let seats = try Self.stored { () throws(StoreError) in try store.attendance(row.id) }
        let minutes = Int((row.start.milliseconds - Instant(row.start.day).milliseconds) / 60_000)
        let time = (minutes / 60 < 10 ? "0" : "") + "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
        return Meeting(
            id: row.id, title: row.title, board: row.board, day: row.start.day, time: time, chair: row.chair, isDemo: row.isDemo,
            seats: seats.filter { $0.isPresent && $0.agendaItem == nil }.map {
                Seat(name: $0.name, specialty: $0.specialty, role: Seat.Role(rawValue: $0.role) ?? .observer)
            })
    }

    /// Creates a meeting with its seats, or replaces one of the same identifier that has no decision yet (`.store(.refused)` if it has).
    public func save(_ meeting: Meeting) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.saveMeeting(Self.row(meeting), seats: Self.seats(meeting)) }
    }

    /// Creates a meeting with its seats, its cases in their order, the scenarios of each and what was prepared (`cases` in
    /// the order of the agenda): all of it in one commit, or nothing.
    ///
    /// The items' own meeting and position are not looked at. Errors: `.store(.exists)` if there is such a meeting already.
    public func add(
        _ meeting: Meeting, agenda: [(item: AgendaItem, scenarios: [Scenario])], preparation: MeetingPreparation? = nil,
        cases: [CasePreparation] = [], actor: String = ""
    ) throws(BoardError) {
        var bodies = MeetingPreparationBodies(actor: actor)
        bodies.meeting = try preparation.map { value throws(BoardError) in
            try Self.encode(value, what: "preparation of a meeting, version", id: 0)
        }
        for (place, value) in cases.enumerated() where value != CasePreparation() {
            bodies.cases[place] = MeetingPreparationBodies.Case(
                body: try Self.encode(value, what: "preparation of case", id: Int64(place)),
                state: value.registered == nil ? nil : CaseState.registered.rawValue)
        }
        try Self.stored { () throws(StoreError) in
            try store.addMeeting(
                Self.row(meeting), seats: Self.seats(meeting), agenda: agenda.map { (Self.row($0.item), $0.scenarios) },
                preparation: bodies)
        }
    }

    private static func row(_ meeting: Meeting) -> MeetingRow {
        let parts = meeting.time.split(separator: ":").compactMap { Int($0) }
        let minutes = parts.count == 2 ? parts[0] * 60 + parts[1] : 0
        let start = Instant(milliseconds: Instant(meeting.day).milliseconds + Int64(minutes) * 60_000)
        return MeetingRow(
            id: meeting.id, title: meeting.title, board: meeting.board, start: start, chair: meeting.chair, isDemo: meeting.isDemo)
    }

    private static func seats(_ meeting: Meeting) -> [AttendanceRow] {
        meeting.seats.map { AttendanceRow(meeting: meeting.id, name: $0.name, specialty: $0.specialty, role: $0.role.rawValue) }
    }

    /// The cases of a meeting in their order.
    public func agenda(_ meeting: String) throws(BoardError) -> [AgendaItem] {
        try Self.stored { () throws(StoreError) in try store.agenda(meeting) }.map(item)
    }

    public func item(_ id: Int64) throws(BoardError) -> AgendaItem {
        item(try Self.stored { () throws(StoreError) in try store.agendaItem(id) })
    }

    /// The cases of a patient over all meetings.
    public func items(patient: String) throws(BoardError) -> [AgendaItem] {
        try Self.stored { () throws(StoreError) in try store.agendaItems(patient: patient) }.map(item)
    }

    private func item(_ row: AgendaItemRow) -> AgendaItem {
        AgendaItem(
            id: row.id, meeting: row.meeting, position: row.position, patient: row.patient, model: row.model, question: row.question,
            reference: row.reference ?? Instant(milliseconds: 0), state: CaseState(rawValue: row.state) ?? .waiting)
    }

    /// Puts a case on the agenda with its scenarios, in one commit; returns it as stored.
    public func add(_ item: AgendaItem, scenarios: [Scenario]) throws(BoardError) -> AgendaItem {
        self.item(try Self.stored { () throws(StoreError) in try store.addAgendaItem(Self.row(item), scenarios: scenarios) })
    }

    private static func row(_ item: AgendaItem) -> AgendaItemRow {
        AgendaItemRow(
            id: item.id, meeting: item.meeting, position: item.position, patient: item.patient, model: item.model,
            question: item.question, state: item.state.rawValue, reference: item.reference)
    }

    /// Marks a case as opened by the board.
    public func markOpen(_ id: Int64) throws(BoardError) {
        try Self.stored { () throws(StoreError) in _ = try store.setAgendaState(id, CaseState.open.rawValue) }
    }
}
