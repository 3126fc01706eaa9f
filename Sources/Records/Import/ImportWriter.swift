// Writes the pieces of an import into the running transaction, telling what is new from what is there.
import GRDB
import Twins

/// Takes patients, observations, facts and letters while an import runs. See ``Store/importRecords(origin:actor:_:)``.
public final class ImportWriter {
    private let db: Database
    private let path: String
    private let origin: Int64
    private let now: Instant
    private var isOpen = true
    private var codes: [Code: Int64] = [:]
    private var touched: Set<Int64> = []
    private(set) var patients: [PatientHandle] = []
    private(set) var summary = ImportSummary()

    init(_ db: Database, path: String, origin: Int64, now: Instant) {
        self.db = db
        self.path = path
        self.origin = origin
        self.now = now
    }

    func end() { isOpen = false }

    /// Adds a patient, or updates the one that has the same name at the source.
    ///
    /// Errors: `.exists` if the pseudonym is another source's, `.refused` for a pseudonym that is empty or too long.
    @discardableResult
    public func add(_ patient: ImportPatient) throws(StoreError) -> PatientHandle {
        try checked {
            let handle: PatientHandle
            let birth = patient.birth?.milliseconds
            if let known = try find(patient.source) {
                handle = known
                try db.execute(
                    cachedSQL: """
                        UPDATE patient SET sex = ?1, birth = ?2, birth_precision = ?3, note = ?4 WHERE key = ?5
                            AND (sex IS NOT ?1 OR birth IS NOT ?2 OR birth_precision IS NOT ?3 OR note IS NOT ?4)
                        """, [patient.sex.rawValue, birth, patient.birthPrecision.rawValue, patient.note, known.key])
                let changed = try db.changesCount + write(patient.identity, of: known)
                summary.patients.count(changed > 0 ? .updated : .unchanged)
            } else {
                let id = try newPseudonym(patient.id)
                try db.execute(
                    cachedSQL: """
                        INSERT INTO patient (id, source, sex, birth, birth_precision, note, created) VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    [
                        id, patient.source, patient.sex.rawValue, birth, patient.birthPrecision.rawValue, patient.note, now.milliseconds,
                    ])
                handle = PatientHandle(id: id, key: db.lastInsertedRowID)
                _ = try write(patient.identity, of: handle)
                summary.patients.count(.added)
            }
            touch(handle)
            return handle
        }
    }

    /// The patient who has this name at the source, from this import or an earlier one; nil if there is none.
    public func handle(source: String) throws(StoreError) -> PatientHandle? {
        try checked { try find(source) }
    }

    /// Adds an observation, or updates the one that has the same name at the source.
    public func add(_ item: ImportObservation, to patient: PatientHandle) throws(StoreError) {
        try checked {
            let observation = item.observation
            var number: Double?
            var unit: String?
            var written: String?
            var answer: Int64?
            var text: String?
            switch observation.value {
            case .quantity(let quantity):
                guard quantity.value.isFinite else {
                    throw StoreError.refused("\(patient.id): an observation of \(observation.code.code) is not a number")
                }
                number = quantity.value
                unit = quantity.unit.ucum
                written = quantity.written
            case .coded(let code): answer = try key(of: code)
            case .text(let words): text = words
            }
            let code = try key(of: observation.code)
            let source = item.source ?? "\(observation.code.system)|\(observation.code.code)|\(observation.time.milliseconds)"
            let values: Arguments = [
                patient.key, source, code, observation.time.milliseconds, number, unit, answer, text, origin, written,
            ]
            summary.observations.count(
                try upsert(
                    insert: """
                        INSERT INTO observation (patient, source, code, time, number, unit, answer, text, import, written)
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (patient, source) DO NOTHING
                        """,
                    update: """
                        UPDATE observation SET code = ?3, time = ?4, number = ?5, unit = ?6, answer = ?7, text = ?8, import = ?9,
                            written = ?10
                        WHERE patient = ?1 AND source = ?2 AND (code IS NOT ?3 OR time IS NOT ?4 OR number IS NOT ?5 OR unit IS NOT ?6
                            OR answer IS NOT ?7 OR text IS NOT ?8 OR written IS NOT ?10)
                        """, values))
            touch(patient)
        }
    }

    /// Adds a condition, medication or procedure, or updates the one that has the same name at the source.
    public func add(_ item: ImportFact, to patient: PatientHandle) throws(StoreError) {
        try checked {
            let fact = item.fact
            let code = try key(of: fact.code)
            let source =
                item.source
                ?? "\(fact.kind.rawValue)|\(fact.code.system)|\(fact.code.code)|\(fact.start.map { String($0.milliseconds) } ?? "")"
            summary.facts.count(
                try upsert(
                    insert: """
                        INSERT INTO fact (patient, source, kind, code, start, "end", status, import)
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (patient, source) DO NOTHING
                        """,
                    update: """
                        UPDATE fact SET kind = ?3, code = ?4, start = ?5, "end" = ?6, status = ?7, import = ?8
                        WHERE patient = ?1 AND source = ?2 AND (kind IS NOT ?3 OR code IS NOT ?4 OR start IS NOT ?5 OR "end" IS NOT ?6
                            OR status IS NOT ?7)
                        """,
                    [
                        patient.key, source, fact.kind.rawValue, code, fact.start?.milliseconds, fact.end?.milliseconds, fact.status,
                        origin,
                    ]))
            touch(patient)
        }
    }

    /// Adds a letter, or updates the one that has the same name at the source.
    public func add(_ document: ImportDocument, to patient: PatientHandle) throws(StoreError) {
        try checked {
            let source = document.source ?? "\(document.title)|\(document.time.map { String($0.milliseconds) } ?? "")"
            let before = try indexed(patient, source)
            let outcome = try upsert(
                insert: """
                    INSERT INTO document (patient, source, title, category, time, text, import)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (patient, source) DO NOTHING
                    """,
                update: """
                    UPDATE document SET title = ?3, category = ?4, time = ?5, text = ?6, import = ?7
                    WHERE patient = ?1 AND source = ?2 AND (title IS NOT ?3 OR category IS NOT ?4 OR time IS NOT ?5 OR text IS NOT ?6)
                    """,
                [patient.key, source, document.title, document.category, document.time?.milliseconds, document.text, origin])
            if outcome != .unchanged { try reindex(patient, source, before: before) }
            summary.documents.count(outcome)
            touch(patient)
        }
    }

    /// Invariant R5: what a patient's row says of their record is what the record holds.
    func recount(_ patient: PatientHandle) throws {
        try db.execute(
            cachedSQL: """
                UPDATE patient SET
                    observations = (SELECT count(*) FROM observation WHERE patient = ?1),
                    facts = (SELECT count(*) FROM fact WHERE patient = ?1),
                    documents = (SELECT count(*) FROM document WHERE patient = ?1),
                    seen = (SELECT max(time) FROM (
                        SELECT max(time) AS time FROM observation WHERE patient = ?1
                        UNION ALL SELECT max(time) FROM document WHERE patient = ?1
                        UNION ALL SELECT max(start) FROM fact WHERE patient = ?1))
                WHERE key = ?1
                """, [patient.key])
    }

    private func checked<T>(_ body: () throws -> T) throws(StoreError) -> T {
        guard isOpen else { throw .refused("this import is over") }
        do { return try body() } catch { throw StoreError(error, path: path) }
    }

    private func touch(_ patient: PatientHandle) {
        if touched.insert(patient.key).inserted {
            patients.append(patient)
            summary.patientIDs.append(patient.id)
        }
    }

    private func find(_ source: String) throws -> PatientHandle? {
        try Row.fetchOne(db, cachedSQL: "SELECT id, key FROM patient WHERE source = ?", [source]).map {
            PatientHandle(id: $0[0], key: $0[1])
        }
    }

    private func newPseudonym(_ wanted: String?) throws -> String {
        if let wanted {
            guard !wanted.isEmpty, wanted.utf8.count <= 64 else { throw StoreError.refused("a pseudonym has 1 to 64 bytes") }
            if try isTaken(wanted) { throw StoreError.exists(kind: "patient", id: wanted) }
            return wanted
        }
        var number = try Int.fetchOne(db, sql: "SELECT coalesce(max(key), 0) + 1 FROM patient") ?? 1
        while true {
            let digits = String(number)
            let id = "P-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
            if try !isTaken(id) { return id }
            number += 1
        }
    }

    private func isTaken(_ id: String) throws -> Bool {
        try Row.fetchOne(db, cachedSQL: "SELECT 1 FROM patient WHERE id = ?", [id]) != nil
    }

    /// Returns how many rows changed. A national identifier that somebody entered stays where the source brings none.
    private func write(_ identity: Identity?, of patient: PatientHandle) throws -> Int {
        guard var identity else { return 0 }
        if identity.nationalIdentifier == nil,
            let row = try Row.fetchOne(db, cachedSQL: "SELECT numbers FROM identity WHERE patient = ?", [patient.key])
        {
            let known: [IdentityNumber] = try StoredJSON.value(row[0])
            identity.nationalIdentifier = Identity(names: "", numbers: known).nationalIdentifier
        }
        let numbers = try StoredJSON.text(identity.numbers)
        try db.execute(
            cachedSQL: """
                INSERT INTO identity (patient, names, folded, numbers) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (patient)
                DO UPDATE SET names = ?2, folded = ?3, numbers = ?4 WHERE names IS NOT ?2 OR numbers IS NOT ?4
                """, [patient.key, identity.names, Store.folded(identity.names), numbers])
        return db.changesCount
    }

    private func indexed(_ patient: PatientHandle, _ source: String) throws -> Row? {
        try Row.fetchOne(
            db, cachedSQL: "SELECT key, title, text FROM document WHERE patient = ? AND source = ?", [patient.key, source])
    }

    /// Invariant R7: the index has the words of the letter as it stands, and no others.
    private func reindex(_ patient: PatientHandle, _ source: String, before: Row?) throws {
        if let before {
            try db.execute(
                cachedSQL: "INSERT INTO document_text (document_text, rowid, title, text) VALUES ('delete', ?, ?, ?)",
                [before[0] as Int64, before[1] as String, before[2] as String])
        }
        try db.execute(
            cachedSQL: """
                INSERT INTO document_text (rowid, title, text) SELECT key, title, text FROM document WHERE patient = ? AND source = ?
                """, [patient.key, source])
    }

    private func upsert(insert: String, update: String, _ values: Arguments) throws -> ImportOutcome {
        try db.execute(cachedSQL: insert, values)
        if db.changesCount > 0 { return .added }
        try db.execute(cachedSQL: update, values)
        return db.changesCount > 0 ? .updated : .unchanged
    }

    private func key(of code: Code) throws -> Int64 {
        if let known = codes[code] { return known }
        let arguments: Arguments = [code.system, code.code, code.display]
        // The first display that is not empty stays: it is shown, never compared.
        try db.execute(
            cachedSQL: """
                INSERT INTO code (system, code, display) VALUES (?1, ?2, ?3) ON CONFLICT (system, code)
                DO UPDATE SET display = ?3 WHERE display = ''
                """, arguments)
        guard let row = try Row.fetchOne(db, cachedSQL: "SELECT key FROM code WHERE system = ? AND code = ?", [code.system, code.code])
        else { throw StoreError.corrupt(path, detail: "the table of codes") }
        let key: Int64 = row[0]
        codes[code] = key
        return key
    }
}
