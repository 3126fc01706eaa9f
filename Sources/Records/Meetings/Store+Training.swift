// Training sessions: a case, its runs, the votes of each. Tables of their own, which no list of meetings or decisions reads.
import GRDB
import Twins

public struct TrainingRow: Hashable, Codable, Sendable {
    public var id: String
    public var body: String
    public var created: Instant
    /// The last run, from 1.
    public var run: Int
}

public struct TrainingRunRow: Hashable, Codable, Sendable {
    public var run: Int
    public var started: Instant
    public var revealed: Instant?
    /// What was revealed; nil before.
    public var result: String?
}

public struct TrainingVoteRow: Hashable, Codable, Sendable {
    public var run: Int
    public var seat: String
    public var body: String
    public var time: Instant
}

extension Store {
    private static let selectTraining = """
        SELECT t.id, t.body, t.created, (SELECT max(run) FROM training_run WHERE training = t.id) FROM training t\u{20}
        """

    public func trainings() throws(StoreError) -> [TrainingRow] {
        try read { db in try Row.fetchAll(db, cachedSQL: Self.selectTraining + "ORDER BY t.id").map(Self.training) }
    }

    /// Errors: `.noSuch`.
    public func training(_ id: String) throws(StoreError) -> TrainingRow {
        try read { db in try training(db, id) }
    }

    private func training(_ db: Database, _ id: String) throws -> TrainingRow {
        guard let row = try Row.fetchOne(db, cachedSQL: Self.selectTraining + "WHERE t.id = ?", [id]) else {
            throw StoreError.noSuch(kind: "training", id: id)
        }
        return Self.training(row)
    }

    /// Makes a training with its first run. Errors: `.exists`.
    public func addTraining(_ id: String, body: String, patient: String, actor: String) throws(StoreError) {
        try write { db in
            guard !id.isEmpty else { throw StoreError.refused("a training needs an identifier") }
            guard try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM training WHERE id = ?", [id]) == nil else {
                throw StoreError.exists(kind: "training", id: id)
            }
            let now = clock().milliseconds
            try db.execute(cachedSQL: "INSERT INTO training (id, body, created) VALUES (?, ?, ?)", [id, body, now])
            try db.execute(cachedSQL: "INSERT INTO training_run (training, run, started) VALUES (?, 1, ?)", [id, now])
            try append(db, .train, actor: actor, patient: patient, detail: ["training": id, "what": "made"])
        }
    }

    public func trainingRuns(_ id: String) throws(StoreError) -> [TrainingRunRow] {
        try read { db in
            try Row.fetchAll(
                db, cachedSQL: "SELECT run, started, revealed, result FROM training_run WHERE training = ? ORDER BY run", [id]
            ).map {
                TrainingRunRow(
                    run: $0[0], started: Instant(milliseconds: $0[1]), revealed: ($0[2] as Int64?).map(Instant.init(milliseconds:)),
                    result: $0[3])
            }
        }
    }

    public func trainingVotes(_ id: String, run: Int) throws(StoreError) -> [TrainingVoteRow] {
        try read { db in
            try Row.fetchAll(
                db, cachedSQL: "SELECT run, seat, body, time FROM training_vote WHERE training = ? AND run = ? ORDER BY seat", [id, run]
            ).map { TrainingVoteRow(run: $0[0], seat: $0[1], body: $0[2], time: Instant(milliseconds: $0[3])) }
        }
    }

    /// Invariant R10: a vote is cast, or changed, only while its run is not revealed; decided inside the transaction that keeps it.
    public func castTrainingVote(_ id: String, seat: String, body: String) throws(StoreError) {
        try write { db in
            let row = try training(db, id)
            try requireBlind(db, row)
            try db.execute(
                cachedSQL: """
                    INSERT INTO training_vote (training, run, seat, body, time) VALUES (?1, ?2, ?3, ?4, ?5)
                    ON CONFLICT (training, run, seat) DO UPDATE SET body = ?4, time = ?5
                    """, [id, row.run, seat, body, clock().milliseconds])
        }
    }

    /// Keeps what is revealed with the run; from here on nobody votes in it.
    public func revealTraining(_ id: String, run: Int, result: String, patient: String, actor: String) throws(StoreError) {
        try write { db in
            let row = try training(db, id)
            guard row.run == run else { throw StoreError.refused("run \(run) of the training «\(id)» is over: run \(row.run) has begun") }
            try requireBlind(db, row)
            try db.execute(
                cachedSQL: "UPDATE training_run SET revealed = ?, result = ? WHERE training = ? AND run = ?",
                [clock().milliseconds, result, id, run])
            try append(db, .train, actor: actor, patient: patient, detail: ["training": id, "what": "revealed", "run": String(run)])
        }
    }

    /// Begins a further run; the earlier ones stay with their votes.
    public func resetTraining(_ id: String) throws(StoreError) -> Int {
        try write { db in
            let row = try training(db, id)
            try db.execute(
                cachedSQL: "INSERT INTO training_run (training, run, started) VALUES (?, ?, ?)", [id, row.run + 1, clock().milliseconds])
            return row.run + 1
        }
    }

    private func requireBlind(_ db: Database, _ row: TrainingRow) throws {
        let isBlind =
            try Row.fetchOne(
                db, cachedSQL: "SELECT 1 FROM training_run WHERE training = ? AND run = ? AND revealed IS NULL", [row.id, row.run]) != nil
        guard isBlind else {
            throw StoreError.refused("run \(row.run) of the training «\(row.id)» is revealed: «training reset» begins another")
        }
    }

    private static func training(_ row: Row) -> TrainingRow {
        TrainingRow(id: row[0], body: row[1], created: Instant(milliseconds: row[2]), run: row[3])
    }
}
