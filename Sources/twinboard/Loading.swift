// Brings files into the store: records through Exchange, meetings through Meetings. Used by `import` and `demo` alike.
import Exchange
import Meetings
import Records
import Twins

enum Loading {
    /// Takes a file of records; its report. A table needs its map.
    static func records(_ file: String, map: String?, into store: Store) throws -> ImportReport {
        try Importer(store: store, actor: Environment.person).importFile(path: file, map: try map.map { try CSVMap(path: $0) })
    }

    /// Takes a meeting file: its patients must be in the store, its models and scenarios must be known. Returns the number of cases.
    static func meeting(_ file: String, into store: Store, isDemo: Bool) throws -> Int {
        let source = try MeetingFile(path: file)
        if !isDemo, let decided = source.items.first(where: { $0.decided != nil }) {
            throw CommandFailure.data("\(file): \(decided.patient): a file cannot decide a case; take out [item.decided]")
        }
        let board = Board(store)
        let seats = source.seats.map { Seat(name: $0.name, specialty: $0.specialty, role: Seat.Role(rawValue: $0.role) ?? .observer) }
        // Everything is checked before anything is written.
        var items: [(item: AgendaItem, scenarios: [Scenario])] = []
        for (place, item) in source.items.enumerated() {
            let model = try Desk.model(item.model)
            let token = try store.access(actor: Environment.person, patient: item.patient, categories: .record, purpose: "meeting file")
            // A date without a time means all of that day: the scan of the same morning belongs to the record.
            let reference = Instant(endOf: item.reference)
            let subject = try store.subject(token, reference: reference)
            guard item.scenarios.count <= 4 else { throw CommandFailure.data("\(file): \(item.patient): more than four scenarios") }
            let scenarios = try item.scenarios.map { scenario in
                do {
                    let completed = try model.completed(scenario)
                    try model.validate(completed, for: subject)
                    return completed
                } catch {
                    throw CommandFailure.data("\(file): \(item.patient), scenario «\(scenario.name)»: \(error)")
                }
            }
            items.append(
                (
                    AgendaItem(
                        id: 0, meeting: source.id, position: place + 1, patient: item.patient, model: item.model, question: item.question,
                        reference: reference, state: .waiting), scenarios
                ))
        }
        do {
            try board.add(
                Meeting(
                    id: source.id, title: source.title, board: source.board, day: source.day, time: source.time, chair: source.chair,
                    isDemo: isDemo, seats: seats), agenda: items, preparation: source.preparation,
                cases: source.items.map(\.preparation), actor: Environment.person)
        } catch {
            guard case .store(.exists) = error else { throw error }
            throw CommandFailure.data("\(file): the meeting «\(source.id)» is in the store already; give the file another id")
        }
        if isDemo { try Desk(store).decide(source) }
        return items.count
    }
}
