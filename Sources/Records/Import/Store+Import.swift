// Takes an import in one transaction: all of it, or nothing.
import GRDB

extension Store {
    /// Imports a batch. A second import of the same batch changes nothing; of a changed one, only what changed.
    @discardableResult
    public func importRecords(_ batch: ImportBatch, origin: ImportOrigin, actor: String) throws(StoreError) -> ImportSummary {
        do {
            return try importRecords(origin: origin, actor: actor) { writer in
                for entry in batch.patients {
                    let patient = try writer.add(entry.patient)
                    for observation in entry.observations { try writer.add(observation, to: patient) }
                    for fact in entry.facts { try writer.add(fact, to: patient) }
                    for document in entry.documents { try writer.add(document, to: patient) }
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Imports piece by piece, so that a large file need not be held in memory.
    ///
    /// `body` is called once with a writer that is good only inside it. If it throws, nothing of the import remains and its
    /// error comes out as it is; other processes wait meanwhile (up to ten seconds) if they want to write, and read on freely.
    /// Writes one entry `import` in the ledger for each patient touched.
    @discardableResult
    public func importRecords(
        origin: ImportOrigin, actor: String, _ body: (ImportWriter) throws -> Void
    ) throws -> ImportSummary {
        var own: (any Error)?
        do {
            return try write { db in
                try db.execute(
                    cachedSQL: "INSERT INTO import (time, actor, name, format, sha256) VALUES (?, ?, ?, ?, ?)",
                    [clock().milliseconds, actor, origin.name, origin.format, origin.sha256])
                let writer = ImportWriter(db, path: path, origin: db.lastInsertedRowID, now: clock())
                defer { writer.end() }
                do {
                    try body(writer)
                } catch {
                    own = error
                    throw error
                }
                for patient in writer.patients {
                    try writer.recount(patient)
                    try append(
                        db, .import, actor: actor, patient: patient.id,
                        detail: ["file": origin.name, "format": origin.format, "sha256": origin.sha256])
                }
                return writer.summary
            }
        } catch {
            throw own ?? error
        }
    }
}
