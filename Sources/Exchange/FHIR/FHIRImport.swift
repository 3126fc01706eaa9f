// The door for FHIR R4: a Bundle, NDJSON or a single resource becomes a batch for the store and an account of it.

import Records
import Twins

/// A file that was read and understood, ready to be written in one transaction.
public struct ImportedFile: Sendable {
    public var origin: ImportOrigin
    public var batch: ImportBatch
    public var report: ImportReport
}

/// Reads FHIR R4 files. Nothing is written here; see ``Importer``.
///
/// Invariant 6: a file either gives a whole account (everything in it taken, left or refused) or throws; never half of it.
public enum FHIRImport {
    /// Reads a file (`.json`, `.json.gz`, `.ndjson`, `.ndjson.gz`; compression is told by its first bytes).
    ///
    /// Cost: linear in the file; memory one chunk, one entry and what is taken.
    public static func read(path: String, limits: ImportLimits = .standard) throws(ImportError) -> ImportedFile {
        let file = FileSource.name(of: path)
        let hashed = HashingSource(try FileSource(path: path, limit: limits.bytes))
        let source = try decoded(hashed, file: file, limits: limits)
        var result = try read(source, file: file, isLines: isLines(file), limits: limits)
        result.origin.sha256 = hashed.hexadecimal
        return result
    }

    private static func isLines(_ file: String) -> Bool {
        let name = file.lowercased()
        return name.hasSuffix(".ndjson") || name.hasSuffix(".ndjson.gz") || name.hasSuffix(".jsonl")
    }

    static func read(
        _ source: any ByteSource, file: String, isLines: Bool, limits: ImportLimits, chunk: Int = 65_536
    ) throws(ImportError) -> ImportedFile {
        var parser = JSONStreamParser(source, file: file, limits: limits, chunk: chunk)
        var reader = FHIRReader(file: file)
        var format = ""
        var number = 0
        while let document = try parser.document(
            number: isLines ? number : nil, entry: { (entry) throws(ImportError) in reader.take(entry) })
        {
            format = try finish(document, isLines: isLines, &parser, &reader)
            number += 1
            if !isLines { break }
        }
        guard number > 0 else { throw ImportError(.malformed, Place(file: file, line: 1), "the file is empty") }
        try parser.finish()
        var report = ImportReport(file: file, format: isLines ? "FHIR R4 NDJSON" : format)
        let batch = reader.finished(&report)
        return ImportedFile(origin: ImportOrigin(name: report.file, format: "fhir-r4", sha256: ""), batch: batch, report: report)
    }

    /// Checks a document after its entries: that it is a Bundle with a type, or a resource by itself.
    private static func finish(
        _ document: JSONDocument, isLines: Bool, _ parser: inout JSONStreamParser, _ reader: inout FHIRReader
    ) throws(ImportError) -> String {
        func malformed(_ key: String, _ message: String) -> ImportError {
            let prefix = document.start.path
            let path = prefix.isEmpty ? key : prefix + "." + key
            let line = document.members.line(of: key) ?? document.line
            return ImportError(.malformed, Place(file: document.start.file, line: line, path: path), message)
        }
        if let type = document.members["resourceType"], type.string == nil {
            throw malformed("resourceType", "must be a text, not \(type.kindName)")
        }
        guard document.members["resourceType"] == .string("Bundle") else {
            guard document.entryCount == nil else {
                throw malformed("resourceType", "a list of entries was found, but the resource is not a Bundle")
            }
            try parser.countEntry()
            let value = JSONValue.object(document.members)
            reader.take(resource: value, fullURL: nil, place: document.start, path: document.start.path, defects: document.defects)
            return "FHIR R4 " + (document.members["resourceType"]?.string ?? "resource")
        }
        if let fault = document.defects.first(where: { $0.gravity == .fault }) { throw ImportError(.malformed, fault.place, fault.message) }
        guard let type = document.members["type"] else {
            var message = "Bundle.type is missing: it must say what the bundle is (collection, transaction, document …)"
            if let first = reader.firstSeen { message += "; its first entry is \(first)" }
            throw malformed(
                "type", message + "; none of its \(document.entryCount ?? 0) entries was taken. Ask the sender for a valid bundle")
        }
        let name = type.string ?? type.kindName
        guard ["document", "message", "transaction", "batch", "collection", "searchset"].contains(name) else {
            let answers = ["transaction-response", "batch-response", "history"].contains(name)
            throw malformed(
                "type",
                answers
                    ? "a bundle of type \(name) holds a server's answers, not a record; export a collection or searchset"
                    : "«\(name)» is not a type of Bundle")
        }
        return "FHIR R4 Bundle (\(name))"
    }
}
