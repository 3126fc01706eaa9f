// The one door for every file that comes in: told apart by its name, read whole, then written in one transaction.

import Records

/// Reads files and writes what they hold into a store.
///
/// Invariant 7: a file is in the store as a whole or not at all; it is read to its end before the first row is written.
public struct Importer: Sendable {
    public var store: Store
    /// Who imports, for the ledger.
    public var actor: String
    public var limits: ImportLimits

    public init(store: Store, actor: String, limits: ImportLimits = .standard) {
        self.store = store
        self.actor = actor
        self.limits = limits
    }

    /// Reads a file without writing anything.
    ///
    /// `.json`, `.ndjson` and their `.gz` are FHIR R4; `.csv` and `.tsv` need a mapping.
    /// A file of another name is CSV if a mapping is given.
    public static func read(path: String, map: CSVMap? = nil, limits: ImportLimits = .standard) throws(ImportError) -> ImportedFile {
        var name = FileSource.name(of: path).lowercased()
        if name.hasSuffix(".gz") { name = String(name.dropLast(3)) }
        let isJSON = [".json", ".ndjson", ".jsonl"].contains { name.hasSuffix($0) }
        let isTable = [".csv", ".tsv"].contains { name.hasSuffix($0) }
        if isJSON { return try FHIRImport.read(path: path, limits: limits) }
        if let map { return try CSVImport.read(path: path, map: map, limits: limits) }
        let place = Place(file: FileSource.name(of: path))
        if isTable { throw ImportError(.mapping, place, "a table needs a mapping that says what its columns mean: --map FILE") }
        if name.hasSuffix(".edf") { throw ImportError(.malformed, place, "recordings (EDF+) cannot be imported yet") }
        return try FHIRImport.read(path: path, limits: limits)
    }

    /// Imports one file.
    ///
    /// - Returns: the account; empty (``ImportReport/isEmpty``) if everything was refused, and then the store is as it was.
    /// - Throws: ``ImportError`` if the file is refused as a whole, `StoreError` if it cannot be written.
    public func importFile(path: String, map: CSVMap? = nil) throws -> ImportReport {
        try write(try Self.read(path: path, map: map, limits: limits))
    }

    /// Writes what was read.
    public func write(_ file: ImportedFile) throws(StoreError) -> ImportReport {
        var report = file.report
        guard !file.batch.patients.isEmpty else { return report }
        let summary = try store.importRecords(file.batch, origin: file.origin, actor: actor)
        report.patients = summary.patientIDs
        return report
    }
}
