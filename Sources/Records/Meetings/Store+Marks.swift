// What has changed since a terminal last looked, in two short reads: so that of eight terminals none reads a whole meeting anew because
// another gave a sign of life.
import GRDB
import Twins

/// A meeting as marks: where two are equal, nothing that they stand for has changed.
public struct StoreMarks: Hashable, Sendable {
    /// The list of meetings, this meeting's head, and its roster.
    public var meeting: String
    /// Imports and calibrations, of any patient.
    public var records: String
    /// Of each case, by agenda item: place, state, scenarios with their history, draft, decisions, preparation, follow-up.
    public var cases: [Int64: String]
}

extension Store {
    /// The marks of a meeting. Signs of life, pointers, opinions, votes and the clock move none of them.
    public func marks(_ meeting: String) throws(StoreError) -> StoreMarks {
        try read { db in
            let head = try Row.fetchOne(
                db,
                cachedSQL: """
                    SELECT
                        (SELECT group_concat(id || '/' || start || '/' || title || '/' || chair || '/' || board || '/' || is_demo, '|')
                            FROM meeting)
                        || '#' || (SELECT count(*) || '/' || coalesce(max(id), 0) FROM attendance WHERE meeting = ?1)
                        || '#' || coalesce((SELECT version FROM meeting_preparation WHERE meeting = ?1), 0),
                        (SELECT coalesce(max(key), 0) FROM import) || '/' || (SELECT coalesce(max(key), 0) FROM calibration)
                    """, [meeting])
            let cases = try Row.fetchAll(
                db,
                cachedSQL: """
                    SELECT a.id,
                        a.position || '/' || a.state || '/' || a.model || '/' || coalesce(a.reference, 0) || '/' || a.question
                        || '#' || (SELECT count(*) || '/' || coalesce(sum(updated), 0) || '/' || coalesce(sum(id), 0)
                            FROM scenario WHERE agenda_item = a.id)
                        || '#' || (SELECT coalesce(max(sequence), 0) || '/' || coalesce(sum(is_undone), 0)
                            FROM scenario_change WHERE agenda_item = a.id)
                        || '#' || coalesce((SELECT updated || '/' || length(body) FROM draft WHERE agenda_item = a.id), '')
                        || '#' || (SELECT count(*) FROM decision WHERE agenda_item = a.id)
                        || '#' || coalesce((SELECT version FROM case_preparation WHERE agenda_item = a.id), 0)
                        || '#' || (SELECT count(*) FROM follow_up WHERE agenda_item = a.id)
                    FROM agenda_item a WHERE a.meeting = ?
                    """, [meeting])
            return StoreMarks(
                meeting: head?[0] ?? "", records: head?[1] ?? "",
                cases: Dictionary(cases.map { ($0[0] as Int64, $0[1] as String) }, uniquingKeysWith: { first, _ in first }))
        }
    }
}
