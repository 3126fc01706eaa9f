// The last door before a decision: what the store itself refuses to keep as one, whoever writes it.

extension Schema {
    /// Invariant R9: no row of `decision` without a choice, a reason, the name of who signed, and a quorum or the reason for its absence.
    /// The module Meetings asks for more and says it in words; this holds against a fault there, and against another program.
    static let deciding = """
        CREATE TRIGGER decision_complete BEFORE INSERT ON decision
        WHEN NOT coalesce(CASE WHEN json_valid(NEW.body) THEN
            json_type(NEW.body, '$.draft.choice') = 'object'
            AND trim(NEW.signed_by) <> '' AND json_extract(NEW.body, '$.signedBy') = NEW.signed_by
            AND trim(json_extract(NEW.body, '$.draft.reason'), ' ' || char(9, 10, 13, 160)) <> ''
            AND (json_extract(NEW.body, '$.quorumReached') = 1
                OR trim(json_extract(NEW.body, '$.draft.withoutQuorum'), ' ' || char(9, 10, 13, 160)) <> '')
        END, 0)
        BEGIN SELECT raise(ABORT, 'a decision needs a choice, a reason, a signature, and a quorum or the reason for its absence'); END;
        """
}
