// The tables of a meeting of many seats, added in version 2: who prepared, who is there, who thinks what, who signed, what came of it.

extension Schema {
    /// What is noted of a meeting and of each case before it meets; `body` is the module Meetings' own value as JSON. `version` rises with
    /// every change, so that of two seats that edit the same thing the second is told.
    static let preparation = """
        CREATE TABLE meeting_preparation (
            meeting TEXT PRIMARY KEY REFERENCES meeting (id) ON DELETE CASCADE, body TEXT NOT NULL, version INTEGER NOT NULL,
            actor TEXT NOT NULL, updated INTEGER NOT NULL) STRICT;
        CREATE TABLE case_preparation (
            agenda_item INTEGER PRIMARY KEY REFERENCES agenda_item (id) ON DELETE CASCADE, body TEXT NOT NULL,
            version INTEGER NOT NULL, actor TEXT NOT NULL, updated INTEGER NOT NULL) STRICT;
        CREATE TABLE case_time (
            key INTEGER PRIMARY KEY, agenda_item INTEGER NOT NULL REFERENCES agenda_item (id) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER) STRICT;
        CREATE INDEX case_time_item ON case_time (agenda_item);
        """

    /// Who sits at which terminal: one row for each stay, so that it can be told later who was there when. A seat is there while `left` is
    /// null and `heartbeat` is young; of one name there is one such row. `pointer` is what its screen shows, as JSON.
    static let presence = """
        CREATE TABLE seat (
            key INTEGER PRIMARY KEY AUTOINCREMENT, meeting TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE, name TEXT NOT NULL,
            specialty TEXT NOT NULL, role TEXT NOT NULL, joined INTEGER NOT NULL, heartbeat INTEGER NOT NULL, "left" INTEGER,
            pointer TEXT, pointed INTEGER) STRICT;
        CREATE INDEX seat_meeting ON seat (meeting, joined);
        CREATE UNIQUE INDEX seat_present ON seat (meeting, name) WHERE "left" IS NULL;
        """

    /// Opinions and votes are only ever added to: a revision is a further row. A `reveal` opens a case's simulation to a seat that gives no
    /// opinion, or, where `seat` is empty, unseals the opinions for all; `actor` did it.
    static let opinions = """
        CREATE TABLE opinion (
            key INTEGER PRIMARY KEY, agenda_item INTEGER NOT NULL REFERENCES agenda_item (id), seat TEXT NOT NULL,
            version INTEGER NOT NULL, body TEXT NOT NULL, time INTEGER NOT NULL, UNIQUE (agenda_item, seat, version)) STRICT;
        CREATE TABLE reveal (
            agenda_item INTEGER NOT NULL REFERENCES agenda_item (id), seat TEXT NOT NULL, time INTEGER NOT NULL,
            reason TEXT NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (agenda_item, seat)) STRICT, WITHOUT ROWID;
        CREATE TABLE vote (
            key INTEGER PRIMARY KEY, agenda_item INTEGER NOT NULL REFERENCES agenda_item (id), seat TEXT NOT NULL,
            version INTEGER NOT NULL, body TEXT NOT NULL, time INTEGER NOT NULL, UNIQUE (agenda_item, seat, version)) STRICT;
        CREATE TRIGGER opinion_unchanged BEFORE UPDATE ON opinion BEGIN SELECT raise(ABORT, 'opinions are only added to'); END;
        CREATE TRIGGER opinion_undeleted BEFORE DELETE ON opinion BEGIN SELECT raise(ABORT, 'opinions are only added to'); END;
        CREATE TRIGGER reveal_unchanged BEFORE UPDATE ON reveal BEGIN SELECT raise(ABORT, 'reveals are only added to'); END;
        CREATE TRIGGER reveal_undeleted BEFORE DELETE ON reveal BEGIN SELECT raise(ABORT, 'reveals are only added to'); END;
        CREATE TRIGGER vote_unchanged BEFORE UPDATE ON vote BEGIN SELECT raise(ABORT, 'votes are only added to'); END;
        CREATE TRIGGER vote_undeleted BEFORE DELETE ON vote BEGIN SELECT raise(ABORT, 'votes are only added to'); END;
        """

    /// Added in version 3. What a seat has begun to write of its opinion: overwritten as it goes on, gone once the opinion is given. It is
    /// no opinion yet, so the ledger holds nothing of it.
    static let begunOpinions = """
        CREATE TABLE opinion_draft (
            agenda_item INTEGER NOT NULL REFERENCES agenda_item (id) ON DELETE CASCADE, seat TEXT NOT NULL, body TEXT NOT NULL,
            updated INTEGER NOT NULL, PRIMARY KEY (agenda_item, seat)) STRICT, WITHOUT ROWID;
        """

    /// The triggers on insertion also stop REPLACE, as the ledger's do. The signers' public keys with the secret ones wrapped by a passphrase; signatures in minisign's format of decisions and of
    /// checkpoints of the ledger.
    static let signing = """
        CREATE TABLE signer (
            key INTEGER PRIMARY KEY, name TEXT NOT NULL, key_id BLOB NOT NULL UNIQUE, public BLOB NOT NULL, wrapped BLOB NOT NULL,
            created INTEGER NOT NULL, retired INTEGER) STRICT;
        CREATE INDEX signer_name ON signer (name);
        CREATE TRIGGER signer_added BEFORE INSERT ON signer WHEN new.key <> (SELECT coalesce(max(key), 0) + 1 FROM signer)
        BEGIN SELECT raise(ABORT, 'keys are only added to'); END;
        CREATE TRIGGER signer_unchanged BEFORE UPDATE ON signer
        WHEN new.key <> old.key OR new.name <> old.name OR new.key_id <> old.key_id OR new.public <> old.public
            OR new.created <> old.created OR old.retired IS NOT NULL
        BEGIN SELECT raise(ABORT, 'keys are only added to'); END;
        CREATE TRIGGER signer_undeleted BEFORE DELETE ON signer BEGIN SELECT raise(ABORT, 'keys are only added to'); END;
        CREATE TABLE signature (
            key INTEGER PRIMARY KEY, signer INTEGER NOT NULL REFERENCES signer (key), decision INTEGER REFERENCES decision (id),
            ledger INTEGER REFERENCES ledger (sequence), message BLOB NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL,
            CHECK ((decision IS NULL) <> (ledger IS NULL))) STRICT;
        CREATE INDEX signature_decision ON signature (decision);
        CREATE TRIGGER signature_added BEFORE INSERT ON signature WHEN new.key <> (SELECT coalesce(max(key), 0) + 1 FROM signature)
        BEGIN SELECT raise(ABORT, 'signatures are only added to'); END;
        CREATE TRIGGER signature_unchanged BEFORE UPDATE ON signature BEGIN SELECT raise(ABORT, 'signatures are only added to'); END;
        CREATE TRIGGER signature_undeleted BEFORE DELETE ON signature BEGIN SELECT raise(ABORT, 'signatures are only added to'); END;
        """

    /// What came of a decision: one row each time it was looked at again.
    static let followUp = """
        CREATE TABLE follow_up (
            key INTEGER PRIMARY KEY, agenda_item INTEGER NOT NULL REFERENCES agenda_item (id), version INTEGER NOT NULL,
            body TEXT NOT NULL, actor TEXT NOT NULL, time INTEGER NOT NULL, UNIQUE (agenda_item, version)) STRICT;
        """

    /// Training sessions have tables of their own, so that nothing of one can be taken for a real meeting.
    static let training = """
        CREATE TABLE training (id TEXT PRIMARY KEY, body TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
        CREATE TABLE training_run (
            training TEXT NOT NULL REFERENCES training (id) ON DELETE CASCADE, run INTEGER NOT NULL, started INTEGER NOT NULL,
            revealed INTEGER, result TEXT, PRIMARY KEY (training, run), CHECK ((revealed IS NULL) = (result IS NULL))) STRICT;
        CREATE TABLE training_vote (
            key INTEGER PRIMARY KEY, training TEXT NOT NULL, run INTEGER NOT NULL, seat TEXT NOT NULL, body TEXT NOT NULL,
            time INTEGER NOT NULL, UNIQUE (training, run, seat),
            FOREIGN KEY (training, run) REFERENCES training_run (training, run) ON DELETE CASCADE) STRICT;
        """
}
