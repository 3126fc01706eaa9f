// Opinions, reveals and votes: added, never changed, each with its entry in the ledger.
import GRDB
import Twins

extension Store {
    /// All that bears on a case's opinions and votes, at one moment. Errors: `.noSuch`.
    public func voices(_ agendaItem: Int64) throws(StoreError) -> VoicesRow {
        try read { db in try voices(db, agendaItem) }
    }

    /// What a new opinion or a declaration is, once the rules have been held against what the store has.
    public struct Entry: Sendable {
        /// The opinion; nil: the seat gives none.
        public var body: String?
        /// Why the simulation opens to the seat without an opinion; nil: it has one.
        public var reveal: String?
        /// Why the opinions are unsealed for all with this entry; nil: they stay as they are.
        public var unsealing: String?
        public init(body: String? = nil, reveal: String? = nil, unsealing: String? = nil) {
            self.body = body
            self.reveal = reveal
            self.unsealing = unsealing
        }
    }

    /// Adds an opinion, a declaration or an unsealing of a case, with its entry in the ledger, in one commit.
    ///
    /// Invariant R10: the rules are held against what the store has inside the transaction that adds: `rule` is called there, and what
    /// it throws leaves nothing behind. The ledger holds the hash of an opinion, not its words: those are sealed.
    public func addVoice(
        _ agendaItem: Int64, seat: String, actor: String, rule: (VoicesRow) throws -> Entry
    ) throws(StoreError) -> VoiceRow? {
        try write { db in
            let before = try voices(db, agendaItem)
            let entry = try rule(before)
            var added: VoiceRow?
            if let body = entry.body {
                let version = (before.opinions.last { $0.seat == seat }?.version ?? 0) + 1
                let row = VoiceRow(
                    key: 0, agendaItem: agendaItem, seat: seat, version: version, body: StoredText.clean(body), time: before.now)
                try insert(db, row, sql: "INSERT INTO opinion (agenda_item, seat, version, body, time) VALUES (?, ?, ?, ?, ?)")
                try note(db, .opinion, row, actor: actor)
                added = row
            }
            if let reason = entry.reveal { try reveal(db, agendaItem, seat: seat, reason: reason, actor: actor, at: before.now) }
            if entry.body != nil || entry.reveal != nil { try dropBegunOpinion(db, agendaItem, seat: seat) }
            if let reason = entry.unsealing { try reveal(db, agendaItem, seat: "", reason: reason, actor: actor, at: before.now) }
            return added
        }
    }

    /// Adds a vote, or a further version of a seat's vote, with its entry in the ledger, in one commit; `rule` as above.
    @discardableResult
    public func addVote(
        _ agendaItem: Int64, seat: String, actor: String, rule: (VoicesRow) throws -> String
    ) throws(StoreError) -> VoiceRow {
        try write { db in
            let before = try voices(db, agendaItem)
            let body = StoredText.clean(try rule(before))
            let version = (before.votes.last { $0.seat == seat }?.version ?? 0) + 1
            let row = VoiceRow(key: 0, agendaItem: agendaItem, seat: seat, version: version, body: body, time: before.now)
            try insert(db, row, sql: "INSERT INTO vote (agenda_item, seat, version, body, time) VALUES (?, ?, ?, ?, ?)")
            try note(db, .vote, row, actor: actor)
            return row
        }
    }

    private func insert(_ db: Database, _ row: VoiceRow, sql: String) throws {
        try db.execute(cachedSQL: sql, [row.agendaItem, row.seat, row.version, row.body, row.time.milliseconds])
    }

    /// A case is opened to a seat, and unsealed, once; a second time changes nothing.
    private func reveal(
        _ db: Database, _ agendaItem: Int64, seat: String, reason: String, actor: String, at time: Instant
    ) throws {
        try db.execute(
            cachedSQL: """
                INSERT INTO reveal (agenda_item, seat, time, reason, actor) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, [agendaItem, seat, time.milliseconds, reason, actor])
        guard db.changesCount == 1 else { return }
        try append(
            db, .reveal, actor: actor, patient: try patient(db, agendaItem),
            detail: ["agenda_item": String(agendaItem), "seat": seat.isEmpty ? "all" : seat, "reason": StoredText.clean(reason)])
    }

    private func note(_ db: Database, _ action: LedgerAction, _ row: VoiceRow, actor: String) throws {
        var bytes = CanonicalBytes(domain: "twinboard voice 1")
        bytes.add(action.rawValue)
        bytes.add(row.agendaItem)
        bytes.add(row.seat)
        bytes.add(Int64(row.version))
        bytes.add(row.body)
        bytes.add(row.time.milliseconds)
        try append(
            db, action, actor: actor, patient: try patient(db, row.agendaItem),
            detail: [
                "agenda_item": String(row.agendaItem), "seat": StoredText.clean(row.seat), "version": String(row.version),
                "content": Hex.text(bytes.sha256),
            ])
    }

    private func patient(_ db: Database, _ agendaItem: Int64) throws -> String {
        let row = try Row.fetchOne(
            db, cachedSQL: "SELECT p.id FROM agenda_item a JOIN patient p ON p.key = a.patient WHERE a.id = ?", [agendaItem])
        guard let row else { throw StoreError.noSuch(kind: "agenda item", id: String(agendaItem)) }
        return row[0]
    }

    private func voices(_ db: Database, _ agendaItem: Int64) throws -> VoicesRow {
        guard let item = try Row.fetchOne(db, cachedSQL: "SELECT meeting FROM agenda_item WHERE id = ?", [agendaItem]) else {
            throw StoreError.noSuch(kind: "agenda item", id: String(agendaItem))
        }
        let opinions = try Row.fetchAll(
            db,
            cachedSQL: "SELECT key, agenda_item, seat, version, body, time FROM opinion WHERE agenda_item = ? ORDER BY seat, version",
            [agendaItem]
        ).map(Self.voice)
        let votes = try Row.fetchAll(
            db, cachedSQL: "SELECT key, agenda_item, seat, version, body, time FROM vote WHERE agenda_item = ? ORDER BY seat, version",
            [agendaItem]
        ).map(Self.voice)
        let reveals = try Row.fetchAll(
            db, cachedSQL: "SELECT seat, time, reason, actor FROM reveal WHERE agenda_item = ? ORDER BY time, seat", [agendaItem]
        ).map { RevealRow(seat: $0[0], time: Instant(milliseconds: $0[1]), reason: $0[2], actor: $0[3]) }
        let decided = try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM decision WHERE agenda_item = ? LIMIT 1", [agendaItem])
        let draft = try Row.fetchOne(db, cachedSQL: "SELECT body FROM draft WHERE agenda_item = ?", [agendaItem])
        return VoicesRow(
            agendaItem: agendaItem, meeting: item[0], now: clock(), opinions: opinions, votes: votes, reveals: reveals,
            stays: try openSeats(db, item[0]), isDecided: decided != nil, draft: draft?[0])
    }

    private static func voice(_ row: Row) -> VoiceRow {
        VoiceRow(
            key: row[0], agendaItem: row[1], seat: row[2], version: row[3], body: row[4], time: Instant(milliseconds: row[5]))
    }
}
