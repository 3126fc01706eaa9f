// What was noted of a meeting and of its cases before it meets; of two who edit the same thing the second is told.
import GRDB
import Twins

/// A preparation as the store keeps it.
public struct PreparationRow: Hashable, Codable, Sendable {
    /// The module Meetings' own value as JSON.
    public var body: String
    /// 1 for the first; rises with every change.
    public var version: Int
    public var actor: String
    public var updated: Instant
}

/// What comes with a meeting that is added as a whole: its own preparation, and those of its cases by their place from 0.
public struct MeetingPreparationBodies: Hashable, Sendable {
    public struct Case: Hashable, Sendable {
        public var body: String
        /// Nil leaves the item's own.
        public var state: String?
        public init(body: String, state: String? = nil) {
            self.body = body
            self.state = state
        }
    }
    public var meeting: String?
    public var cases: [Int: Case]
    public var actor: String
    public init(meeting: String? = nil, cases: [Int: Case] = [:], actor: String = "") {
        self.meeting = meeting
        self.cases = cases
        self.actor = actor
    }
}

extension Store {
    /// A meeting's preparation; nil if nothing was noted yet.
    public func meetingPreparation(_ meeting: String) throws(StoreError) -> PreparationRow? {
        try read { db in try meetingPreparation(db, meeting) }
    }

    /// A case's preparation; nil if nothing was noted yet.
    public func casePreparation(_ agendaItem: Int64) throws(StoreError) -> PreparationRow? {
        try read { db in try casePreparation(db, agendaItem) }
    }

    private func meetingPreparation(_ db: Database, _ meeting: String) throws -> PreparationRow? {
        try Row.fetchOne(
            db, cachedSQL: "SELECT body, version, actor, updated FROM meeting_preparation WHERE meeting = ?", [meeting]
        ).map(Self.preparation)
    }

    private func casePreparation(_ db: Database, _ item: Int64) throws -> PreparationRow? {
        try Row.fetchOne(
            db, cachedSQL: "SELECT body, version, actor, updated FROM case_preparation WHERE agenda_item = ?", [item]
        ).map(Self.preparation)
    }

    /// Keeps a meeting's preparation. Invariant R9: a change is kept only over the version that its author has read (0: none yet).
    ///
    /// Errors: `.noSuch`; `.changedMeanwhile` if another has changed it since, and nothing is kept.
    @discardableResult
    public func saveMeetingPreparation(
        _ meeting: String, body: String, over version: Int, actor: String
    ) throws(StoreError) -> PreparationRow {
        try write { db in
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM meeting WHERE id = ?", [meeting]) != nil else {
                throw StoreError.noSuch(kind: "meeting", id: meeting)
            }
            return try saveMeetingPreparation(db, meeting, body: body, over: version, actor: actor)
        }
    }

    @discardableResult
    func saveMeetingPreparation(
        _ db: Database, _ meeting: String, body: String, over version: Int, actor: String
    ) throws -> PreparationRow {
        let row = try next(after: try meetingPreparation(db, meeting), over: version, body, actor, "the meeting «\(meeting)»")
        try db.execute(
            cachedSQL: """
                INSERT INTO meeting_preparation (meeting, body, version, actor, updated) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (meeting) DO UPDATE SET body = ?2, version = ?3, actor = ?4, updated = ?5
                """, [meeting, row.body, row.version, row.actor, row.updated.milliseconds])
        return row
    }

    /// Keeps a case's preparation, as ``saveMeetingPreparation(_:body:over:actor:)``, with the case's new state where it has one, and an
    /// entry `prepare` in the ledger that says `what` was done: all in one commit.
    @discardableResult
    public func saveCasePreparation(
        _ item: Int64, body: String, over version: Int, actor: String, what: String, state: String? = nil
    ) throws(StoreError) -> PreparationRow {
        try write { db in
            try saveCasePreparation(db, item, body: body, over: version, actor: actor, what: what, state: state)
        }
    }

    @discardableResult
    func saveCasePreparation(
        _ db: Database, _ item: Int64, body: String, over version: Int, actor: String, what: String, state: String?
    ) throws -> PreparationRow {
        let patient = try requireItem(db, item)
        let row = try next(after: try casePreparation(db, item), over: version, body, actor, "the case of \(patient)")
        try db.execute(
            cachedSQL: """
                INSERT INTO case_preparation (agenda_item, body, version, actor, updated) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (agenda_item) DO UPDATE SET body = ?2, version = ?3, actor = ?4, updated = ?5
                """, [item, row.body, row.version, row.actor, row.updated.milliseconds])
        if let state { try db.execute(cachedSQL: "UPDATE agenda_item SET state = ? WHERE id = ?", [state, item]) }
        try append(db, .prepare, actor: actor, patient: patient, detail: ["agenda_item": String(item), "what": what])
        return row
    }

    private func next(
        after last: PreparationRow?, over version: Int, _ body: String, _ actor: String, _ what: String
    ) throws -> PreparationRow {
        guard (last?.version ?? 0) == version else {
            throw StoreError.changedMeanwhile(what: what, by: last?.actor ?? "", at: last?.updated ?? clock())
        }
        return PreparationRow(
            body: StoredText.clean(body), version: version + 1, actor: StoredText.clean(actor), updated: clock())
    }

    private static func preparation(_ row: Row) -> PreparationRow {
        PreparationRow(body: row[0], version: row[1], actor: row[2], updated: Instant(milliseconds: row[3]))
    }
}
