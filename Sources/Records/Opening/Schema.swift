// The tables, and how a store of an earlier version becomes one of this version.
import GRDB

/// The schema's versions. A migration that was released is never changed; a new one is added below it.
enum Schema {
    /// `twbd`, in the file's header.
    static let applicationID = 0x7477_6264
    /// What this program writes; kept in `user_version`.
    static let version = 4

    /// Refuses a file of another program, and one that a newer twinboard wrote. Nothing is changed.
    static func refuseOthers(_ db: Database, path: String) throws {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        // An empty file has no table yet, one that another process is just making at most the migrator's own, made in a commit before ours.
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
        if application != applicationID, tables > 0 || application != 0 { throw StoreError.notAStore(path) }
        if found > version { throw StoreError.newerSchema(path, found: found, known: version) }
    }

    static func migrate(_ pool: DatabasePool) throws {
        if try isCurrent(pool) { return }
        do {
            try migrator.migrate(pool)
        } catch {
            // Two processes may make the same new store: whoever comes second finds it made.
            guard try isCurrent(pool) else { throw error }
        }
    }

    static func isCurrent(_ db: Database) throws -> Bool { try Int.fetchOne(db, sql: "PRAGMA user_version") == version }

    private static func isCurrent(_ pool: DatabasePool) throws -> Bool {
        try pool.read(isCurrent)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: records)
            try db.execute(sql: documents)
            try db.execute(sql: twins)
            try db.execute(sql: meetings)
            try db.execute(sql: ledger)
            try db.execute(sql: "PRAGMA application_id = 0x74776264; PRAGMA user_version = 1;")
        }
        migrator.registerMigration("2") { db in
            for tables in [preparation, presence, opinions, signing, followUp, training] { try db.execute(sql: tables) }
            try db.execute(sql: "PRAGMA user_version = 2;")
        }
        migrator.registerMigration("3") { db in
            try db.execute(sql: begunOpinions)
            try db.execute(sql: "PRAGMA user_version = 3;")
        }
        migrator.registerMigration("4") { db in
            try db.execute(sql: "ALTER TABLE identity ADD COLUMN details TEXT NOT NULL DEFAULT '{}'; PRAGMA user_version = 4;")
        }
        return migrator
    }

    /// Times are milliseconds since 1970 in UTC. The columns `seen`, `observations`, `facts`, `documents` of a patient are
    /// counted anew at the end of every import (invariant R5), so that a list of patients reads one table. `written` is the decimal as the
    /// source wrote it, beside the number that is computed with.
    private static let records = """
        CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE code (
            key INTEGER PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, display TEXT NOT NULL, UNIQUE (system, code)) STRICT;
        CREATE TABLE patient (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL UNIQUE,
            sex TEXT NOT NULL, birth INTEGER, birth_precision TEXT NOT NULL, note TEXT NOT NULL, created INTEGER NOT NULL,
            seen INTEGER, observations INTEGER NOT NULL DEFAULT 0, facts INTEGER NOT NULL DEFAULT 0,
            documents INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE identity (
            patient INTEGER PRIMARY KEY REFERENCES patient (key), names TEXT NOT NULL, folded TEXT NOT NULL,
            numbers TEXT NOT NULL) STRICT;
        CREATE TABLE import (
            key INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL,
            sha256 TEXT NOT NULL) STRICT;
        CREATE TABLE observation (
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient (key), code INTEGER NOT NULL REFERENCES code (key),
            time INTEGER NOT NULL, number REAL, unit TEXT, written TEXT, answer INTEGER REFERENCES code (key), text TEXT,
            source TEXT NOT NULL, import INTEGER NOT NULL REFERENCES import (key),
            CHECK ((number IS NOT NULL) + (answer IS NOT NULL) + (text IS NOT NULL) = 1),
            CHECK ((number IS NULL) = (unit IS NULL)), CHECK (written IS NULL OR number IS NOT NULL)) STRICT;
        CREATE UNIQUE INDEX observation_source ON observation (patient, source);
        CREATE INDEX observation_code ON observation (patient, code, time);
        CREATE TABLE fact (
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient (key), kind TEXT NOT NULL,
            code INTEGER NOT NULL REFERENCES code (key), start INTEGER, "end" INTEGER, status TEXT NOT NULL,
            source TEXT NOT NULL, import INTEGER NOT NULL REFERENCES import (key)) STRICT;
        CREATE UNIQUE INDEX fact_source ON fact (patient, source);
        """

    /// Letters, and the index of their words without accents. ``ImportWriter`` keeps the two together (invariant R7): triggers
    /// may not write to a full-text table while `trusted_schema` is off, before SQLite 3.41 at least.
    private static let documents = """
        CREATE TABLE document (
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient (key), title TEXT NOT NULL, category TEXT NOT NULL,
            time INTEGER, text TEXT NOT NULL, source TEXT NOT NULL, import INTEGER NOT NULL REFERENCES import (key)) STRICT;
        CREATE UNIQUE INDEX document_source ON document (patient, source);
        CREATE INDEX document_time ON document (key, time, patient);
        CREATE VIRTUAL TABLE document_text USING fts5 (
            title, text, content = 'document', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        """

    /// `head` is the calibration in JSON without its draws; `draws` are IEEE 754 doubles, little-endian, row by row.
    private static let twins = """
        CREATE TABLE calibration (
            key INTEGER PRIMARY KEY, patient INTEGER NOT NULL REFERENCES patient (key), model TEXT NOT NULL, version TEXT NOT NULL,
            created INTEGER NOT NULL, head TEXT NOT NULL, draws BLOB NOT NULL, draws_sha256 TEXT NOT NULL) STRICT;
        CREATE INDEX calibration_model ON calibration (patient, model);
        CREATE TABLE forecast (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE INDEX forecast_used ON forecast (used, size);
        """

    private static let meetings = """
        CREATE TABLE meeting (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, board TEXT NOT NULL, start INTEGER NOT NULL, chair TEXT NOT NULL,
            quorum TEXT NOT NULL, is_demo INTEGER NOT NULL) STRICT;
        CREATE TABLE agenda_item (
            id INTEGER PRIMARY KEY AUTOINCREMENT, meeting TEXT NOT NULL REFERENCES meeting (id), position INTEGER NOT NULL,
            patient INTEGER NOT NULL REFERENCES patient (key), model TEXT NOT NULL, question TEXT NOT NULL, state TEXT NOT NULL,
            reference INTEGER, note TEXT NOT NULL) STRICT;
        CREATE INDEX agenda_item_meeting ON agenda_item (meeting, position);
        CREATE INDEX agenda_item_patient ON agenda_item (patient);
        CREATE TABLE attendance (
            id INTEGER PRIMARY KEY AUTOINCREMENT, meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
            agenda_item INTEGER REFERENCES agenda_item (id) ON DELETE CASCADE,
            name TEXT NOT NULL, specialty TEXT NOT NULL, role TEXT NOT NULL, is_present INTEGER NOT NULL) STRICT;
        CREATE INDEX attendance_meeting ON attendance (meeting);
        CREATE INDEX attendance_item ON attendance (agenda_item);
        CREATE TABLE scenario (
            id INTEGER PRIMARY KEY AUTOINCREMENT, agenda_item INTEGER NOT NULL REFERENCES agenda_item (id) ON DELETE CASCADE,
            position INTEGER NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, updated INTEGER NOT NULL) STRICT;
        CREATE INDEX scenario_item ON scenario (agenda_item, position);
        CREATE TABLE scenario_change (
            agenda_item INTEGER NOT NULL REFERENCES agenda_item (id) ON DELETE CASCADE, sequence INTEGER NOT NULL,
            label TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, is_undone INTEGER NOT NULL,
            PRIMARY KEY (agenda_item, sequence)) STRICT, WITHOUT ROWID;
        CREATE TABLE draft (
            agenda_item INTEGER PRIMARY KEY REFERENCES agenda_item (id) ON DELETE CASCADE, body TEXT NOT NULL,
            updated INTEGER NOT NULL) STRICT;
        """

    /// Invariant R3: entries of the ledger and decisions are only ever appended, each linked to the one before.
    ///
    /// The trigger on insertion also stops REPLACE, which deletes without asking the trigger on deletion.
    private static let ledger = """
        CREATE TABLE ledger (
            sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, patient TEXT NOT NULL,
            categories TEXT NOT NULL, detail TEXT NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
        CREATE INDEX ledger_patient ON ledger (patient, sequence);
        CREATE TABLE ledger_head (
            one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
        INSERT INTO ledger_head VALUES (1, 0, zeroblob(32));
        CREATE TRIGGER ledger_appended BEFORE INSERT ON ledger
        WHEN new.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger)
            OR new.previous <> coalesce((SELECT hash FROM ledger ORDER BY sequence DESC LIMIT 1), zeroblob(32))
        BEGIN SELECT raise(ABORT, 'the ledger is only appended to'); END;
        CREATE TRIGGER ledger_unchanged BEFORE UPDATE ON ledger
        BEGIN SELECT raise(ABORT, 'the ledger is only appended to'); END;
        CREATE TRIGGER ledger_undeleted BEFORE DELETE ON ledger
        BEGIN SELECT raise(ABORT, 'the ledger is only appended to'); END;
        CREATE TABLE decision (
            id INTEGER PRIMARY KEY, agenda_item INTEGER NOT NULL REFERENCES agenda_item (id), version INTEGER NOT NULL,
            body TEXT NOT NULL, signed_by TEXT NOT NULL, time INTEGER NOT NULL, content_sha256 TEXT NOT NULL,
            ledger INTEGER NOT NULL REFERENCES ledger (sequence), UNIQUE (agenda_item, version)) STRICT;
        CREATE TRIGGER decision_appended BEFORE INSERT ON decision
        WHEN new.id <> (SELECT coalesce(max(id), 0) + 1 FROM decision)
            OR new.version <> (SELECT coalesce(max(version), 0) + 1 FROM decision WHERE agenda_item = new.agenda_item)
        BEGIN SELECT raise(ABORT, 'decisions are only appended to'); END;
        CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision
        BEGIN SELECT raise(ABORT, 'decisions are only appended to'); END;
        CREATE TRIGGER decision_undeleted BEFORE DELETE ON decision
        BEGIN SELECT raise(ABORT, 'decisions are only appended to'); END;
        """
}
