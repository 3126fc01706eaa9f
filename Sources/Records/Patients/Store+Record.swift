// One patient's record: observations, facts, and the subject that a model is given.
import GRDB
import Twins

extension Store {
    /// Observations in order of time. Takes a token with `.observations`.
    ///
    /// `codes` empty: all; `from` and `through` are inclusive; `limit` keeps the earliest.
    public func observations(
        _ token: AccessToken, codes: [Code] = [], from: Instant? = nil, through: Instant? = nil, limit: Int = .max
    ) throws(StoreError) -> [RecordedObservation] {
        let key = try token.patientKey(.observations)
        return try read { db in try observations(db, key, codes: codes, from: from, through: through, limit: limit) }
    }

    private func observations(
        _ db: Database, _ key: Int64, codes: [Code] = [], from: Instant? = nil, through: Instant? = nil, limit: Int = .max
    ) throws -> [RecordedObservation] {
        let wanted = codes.isEmpty ? nil : try StoredJSON.text(codes.map { [$0.system, $0.code] })
        let rows = try Row.fetchAll(
            db,
            cachedSQL: """
                SELECT c.system, c.code, c.display, o.time, o.number, o.unit, a.system, a.code, a.display, o.text, o.written,
                    o.source
                FROM observation o JOIN code c ON c.key = o.code LEFT JOIN code a ON a.key = o.answer
                WHERE o.patient = ?1 AND (?2 IS NULL OR o.time >= ?2) AND (?3 IS NULL OR o.time <= ?3)
                    AND (?4 IS NULL OR o.code IN (
                        SELECT k.key FROM json_each(?4) w JOIN code k
                            ON k.system = json_extract(w.value, '$[0]') AND k.code = json_extract(w.value, '$[1]')))
                ORDER BY o.time, o.key LIMIT ?5
                """, [key, from?.milliseconds, through?.milliseconds, wanted, max(0, limit)])
        return rows.map { RecordedObservation(observation: Self.observation($0), source: $0[11]) }
    }

    /// Conditions, medications and procedures by start, undated ones first. Takes a token with `.facts`.
    public func facts(_ token: AccessToken, kind: CodedFact.Kind? = nil) throws(StoreError) -> [RecordedFact] {
        let key = try token.patientKey(.facts)
        return try read { db in try facts(db, key, kind: kind) }
    }

    private func facts(_ db: Database, _ key: Int64, kind: CodedFact.Kind? = nil) throws -> [RecordedFact] {
        try Row.fetchAll(
            db,
            cachedSQL: """
                SELECT f.kind, c.system, c.code, c.display, f.start, f."end", f.status, f.source
                FROM fact f JOIN code c ON c.key = f.code WHERE f.patient = ?1 AND (?2 IS NULL OR f.kind = ?2)
                ORDER BY f.start, f.key
                """, [key, kind?.rawValue]
        ).map { row in
            guard let kind = CodedFact.Kind(rawValue: row[0]) else {
                throw StoreError.corrupt(path, detail: "a fact of kind «\(row[0] as String)»")
            }
            let fact = CodedFact(
                kind: kind, code: Code(system: row[1], code: row[2], display: row[3]),
                start: (row[4] as Int64?).map(Instant.init(milliseconds:)), end: (row[5] as Int64?).map(Instant.init(milliseconds:)),
                status: row[6])
            return RecordedFact(fact: fact, source: row[7])
        }
    }

    /// The patient as a model sees them: no name, no number, no letter. Takes a token with `.observations` and `.facts`.
    ///
    /// `reference` («now») nil: the time of the last observation, else the last start of a fact, else the clock's.
    public func subject(_ token: AccessToken, reference: Instant? = nil) throws(StoreError) -> Subject {
        let key = try token.patientKey(.observations)
        _ = try token.patientKey(.facts)
        return try read { db in
            guard let head = try Row.fetchOne(db, cachedSQL: "SELECT sex, birth FROM patient WHERE key = ?", [key]) else {
                throw StoreError.noSuch(kind: "patient", id: token.patient ?? "")
            }
            let observations = try observations(db, key).map(\.observation)
            let facts = try facts(db, key).map(\.fact)
            return Subject(
                sex: Sex(rawValue: head[0]) ?? .unknown, birth: (head[1] as Int64?).map(Instant.init(milliseconds:)),
                observations: observations, facts: facts,
                reference: reference ?? observations.last?.time ?? facts.compactMap(\.start).max() ?? clock())
        }
    }

    /// An observation from a row's first eleven columns. The table's checks say that one of number, answer and text is there.
    private static func observation(_ row: Row) -> Observation {
        let value: ObservedValue
        if let number = row[4] as Double? {
            value = .quantity(Quantity(number, Unit(row[5] as String? ?? "1"), written: row[10]))
        } else if let system = row[6] as String? {
            value = .coded(Code(system: system, code: row[7], display: row[8]))
        } else {
            value = .text(row[9] as String? ?? "")
        }
        return Observation(
            code: Code(system: row[0], code: row[1], display: row[2]), time: Instant(milliseconds: row[3]), value: value)
    }
}
