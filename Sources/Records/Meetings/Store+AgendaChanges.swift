// Changes to an agenda before it is decided: another question, another place, taken off, put off to another meeting.
import GRDB
import Twins

extension Store {
    /// Changes question and model of a case that has no decision. Errors: `.noSuch`; `.refused` once it is decided.
    @discardableResult
    public func updateAgendaItem(_ id: Int64, question: String, model: String, actor: String) throws(StoreError) -> AgendaItemRow {
        try write { db in
            let patient = try requireUndecided(db, id)
            try db.execute(cachedSQL: "UPDATE agenda_item SET question = ?, model = ? WHERE id = ?", [question, model, id])
            try append(
                db, .prepare, actor: actor, patient: patient,
                detail: ["agenda_item": String(id), "what": "question", "model": model])
            return try agendaItem(db, id)
        }
    }

    /// Moves a case to another place of its agenda, from 1; beyond the end means the end.
    public func moveAgendaItem(_ id: Int64, to position: Int) throws(StoreError) {
        try write { db in
            let item = try agendaItem(db, id)
            var order = try agenda(db, item.meeting).map(\.id).filter { $0 != id }
            order.insert(id, at: min(max(position - 1, 0), order.count))
            try numberItems(db, order)
        }
    }

    /// Takes a case off its agenda, with its scenarios, draft and preparation.
    ///
    /// Errors: `.refused` once somebody has given an opinion or signed: what was said stays on the record; postpone it instead.
    public func removeAgendaItem(_ id: Int64, actor: String) throws(StoreError) {
        try write { db in
            let patient = try requireUndecided(db, id)
            let said = try Row.fetchOne(
                db, cachedSQL: "SELECT 1 FROM opinion WHERE agenda_item = ?1 UNION SELECT 1 FROM vote WHERE agenda_item = ?1 LIMIT 1", [id])
            guard said == nil else {
                throw StoreError.refused("the case of \(patient) has opinions: it stays on the agenda; postpone it instead")
            }
            let item = try agendaItem(db, id)
            try append(
                db, .prepare, actor: actor, patient: patient,
                detail: ["agenda_item": String(id), "meeting": item.meeting, "what": "removed"])
            try db.execute(cachedSQL: "DELETE FROM agenda_item WHERE id = ?", [id])
            try numberItems(db, try agenda(db, item.meeting).map(\.id))
        }
    }

    /// Puts a case off to another meeting in one commit: here it stands as postponed, there at the end of the agenda with its scenarios
    /// and what was prepared; returns the new item.
    ///
    /// `bodies`: the preparation of the case here and there. Errors: `.refused` where it is decided, or stands there already.
    public func postponeAgendaItem(
        _ id: Int64, to meeting: String, bodies: (here: String, there: String), over version: Int, actor: String, state: String,
        newState: String
    ) throws(StoreError) -> AgendaItemRow {
        try write { db in
            let patient = try requireUndecided(db, id)
            let item = try agendaItem(db, id)
            guard item.meeting != meeting else {
                throw StoreError.refused("the case of \(patient) is on the agenda of «\(meeting)» already")
            }
            let stands = try agenda(db, meeting).contains { $0.patient == item.patient && $0.model == item.model }
            guard !stands else {
                throw StoreError.refused("\(patient) is on the agenda of «\(meeting)» already: take one of the two off")
            }
            var other = item
            other.id = 0
            other.meeting = meeting
            other.position = 0
            other.state = newState
            let added = try addAgendaItem(db, other, scenarios: try scenarios(db, id).map(\.scenario))
            try saveCasePreparation(
                db, id, body: bodies.here, over: version, actor: actor, what: "postponed to \(meeting)", state: state)
            try saveCasePreparation(
                db, added.id, body: bodies.there, over: 0, actor: actor, what: "postponed from \(item.meeting)", state: nil)
            return added
        }
    }

    /// The item's patient. Errors: `.noSuch`, `.refused`.
    private func requireUndecided(_ db: Database, _ id: Int64) throws -> String {
        let patient = try requireItem(db, id)
        guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM decision WHERE agenda_item = ? LIMIT 1", [id]) == nil else {
            throw StoreError.refused("the case of \(patient) is decided: it stays as it is; only an amendment changes it")
        }
        return patient
    }
}
