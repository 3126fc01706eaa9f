// Turns resources, one at a time, into what the store takes; references are resolved when all have been seen.

import Records
import Twins

/// A fault that refuses one resource.
struct Refusal: Error, Hashable {
    /// Below the resource: `component[1].valueQuantity`.
    var path: String
    var reason: String
    init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// What became of one resource that was not refused.
enum Outcome {
    case patient(PatientDraft)
    case items(subject: String, [Item])
    /// A Medication that others refer to.
    case medication(Code)
    case left(String)
}

/// One thing that was read and waits for its patient.
enum Item {
    case observation(ImportObservation)
    case fact(ImportFact)
    /// A medication whose code is in a resource of its own.
    case medicationReference(String, ImportFact)
    case document(ImportDocument)
}

/// A patient as read, with everything by which others may refer to them.
struct PatientDraft {
    var record: ImportPatient
    var references: [String]
}

/// Collects a file's resources.
struct FHIRReader {
    let file: String
    private var report: ImportReport
    private var entries: [ImportBatch.Entry] = []
    /// From any way of naming a patient to its place in `entries`.
    private var patients: [String: Int] = [:]
    /// Names of patients, and of the other resources taken, at their source.
    private var sources: Set<String> = []
    private var resources: Set<String> = []
    private var medications: [String: Code] = [:]
    private var waiting: [Waiting] = []
    /// What the first entry is, for a message about its bundle.
    private(set) var firstSeen: String?

    private struct Waiting {
        var subject: String
        var item: Item
        var what: String
        var path: String
        var line: Int32
    }

    init(file: String) {
        self.file = file
        report = ImportReport(file: file, format: "")
    }

    /// Takes one entry of a Bundle.
    mutating func take(_ entry: JSONEntry) {
        let path = entry.place.path
        guard let object = entry.value.object else {
            report.refuse(entry.place, "entry", "an entry must be an object, not \(entry.value.kindName)")
            return
        }
        if object["request"]?["method"] == .string("DELETE") {
            report.leave("entry", "asks a server to delete something, which an import does not do")
            return
        }
        guard let resource = object["resource"] else {
            report.leave("entry", "has no resource")
            return
        }
        if let mode = object["search"]?["mode"]?.string, mode == "outcome" {
            report.leave("entry", "is a search's own message")
            return
        }
        var place = entry.place
        place.line = object.line(of: "resource") ?? place.line
        take(
            resource: resource, fullURL: object["fullUrl"]?.string, place: place, path: path.isEmpty ? "resource" : path + ".resource",
            defects: entry.defects)
    }

    /// Takes one resource.
    mutating func take(resource: JSONValue, fullURL: String?, place: Place, path: String, defects: [JSONDefect]) {
        let base = Place(file: file, line: place.line, path: path)
        guard let object = resource.object, let type = object["resourceType"]?.string else {
            report.refuse(base, "resource", "has no resourceType, so that nobody can know what it is")
            return
        }
        let id = object["id"]?.string
        let what = type + (id.map { " «\($0)»" } ?? "")
        if firstSeen == nil { firstSeen = "\(path), a \(what)" }
        if let fault = defects.first(where: { $0.gravity == .fault }) {
            report.refuse(fault.place, what, fault.message)
            return
        }
        for note in defects { report.note(note.place, note.message) }
        do throws(Refusal) {
            if FHIRResource.kinds.contains(type) { try Self.checkID(object["id"]) }
            var resourceReader = FHIRResource(value: resource, object: object, type: type, id: id, fullURL: fullURL)
            let outcome = try resourceReader.outcome()
            for (message, below) in resourceReader.notes { report.note(self.place(base, resource, below), message) }
            try accept(outcome, type: type, what: what, id: id, fullURL: fullURL, base: base)
        } catch {
            report.refuse(self.place(base, resource, error.path), what, error.reason)
        }
    }

    private func place(_ base: Place, _ resource: JSONValue, _ below: String) -> Place {
        var place = base
        place.line = resource.line(near: below) ?? base.line
        if !below.isEmpty { place.path = base.path.isEmpty ? below : base.path + "." + below }
        return place
    }

    /// FHIR R4, data type `id`: `[A-Za-z0-9\-\.]{1,64}`.
    private static func checkID(_ value: JSONValue?) throws(Refusal) {
        guard let value else { return }
        guard let id = value.string, (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E
            })
        else { throw Refusal("id", "«\(value.string ?? value.kindName)» is not a FHIR id (letters, digits, - and . only)") }
    }

    private mutating func accept(
        _ outcome: Outcome, type: String, what: String, id: String?, fullURL: String?, base: Place
    ) throws(Refusal) {
        switch outcome {
        case .left(let reason): report.leave(type, reason)
        case .medication(let code):
            for reference in Self.names(type: type, id: id, fullURL: fullURL) { medications[reference] = code }
        case .patient(let draft):
            let isNew = draft.references.allSatisfy { patients[$0] == nil }
            guard isNew, sources.insert(draft.record.source).inserted else {
                throw Refusal("", "this patient stands twice in the file; which of the two is right cannot be known")
            }
            for reference in draft.references { patients[reference] = entries.count }
            entries.append(ImportBatch.Entry(patient: draft.record, observations: [], facts: [], documents: []))
        case .items(let subject, let items):
            if let name = fullURL ?? id.map({ type + "/" + $0 }), !resources.insert(name).inserted {
                throw Refusal("", "a resource of this name stands before it in the file; which of the two is right cannot be known")
            }
            for item in items {
                waiting.append(
                    Waiting(subject: subject, item: item, what: what, path: base.path, line: Int32(clamping: base.line ?? 0)))
            }
        }
    }

    /// The ways in which a reference can name a resource of this file.
    static func names(type: String, id: String?, fullURL: String?) -> [String] {
        var names: [String] = []
        if let fullURL, !fullURL.isEmpty { names.append(fullURL) }
        if let id { names.append("\(type)/\(id)") }
        return names
    }

    /// A reference without its version.
    static func plain(_ reference: String) -> String {
        guard let history = reference.range(ofText: "/_history/") else { return reference }
        return String(reference[..<history])
    }

    /// Hands out everything that waited; what names no patient of the file is refused.
    mutating func finished(_ report: inout ImportReport) -> ImportBatch {
        self.report.format = report.format
        if !entries.isEmpty { self.report.take("patients", entries.count) }
        for one in waiting {
            let place = Place(file: file, line: Int(one.line), path: one.path)
            guard let index = patients[one.subject] else {
                let reason = "belongs to «\(one.subject)», who is not among the patients taken from this file"
                self.report.refuse(Place(file: file, line: place.line, path: place.path + ".subject"), one.what, reason)
                continue
            }
            hand(one.item, to: index, what: one.what, place: place)
        }
        waiting = []
        for entry in entries { self.report.patients.append(entry.patient.id ?? "") }
        self.report.patients.removeAll { $0.isEmpty }
        report = self.report
        return ImportBatch(patients: entries)
    }

    private mutating func hand(_ item: Item, to index: Int, what: String, place: Place) {
        switch item {
        case .observation(let observation):
            if let birth = entries[index].patient.birth, observation.observation.time < birth.adding(days: -366) {
                report.note(place, "an observation lies before its patient's birth")
            }
            entries[index].observations.append(observation)
            report.take("observations")
        case .fact(let fact):
            entries[index].facts.append(fact)
            report.take(fact.fact.kind.rawValue + "s")
        case .medicationReference(let reference, var fact):
            guard let code = medications[reference] else {
                report.refuse(place, what, "its medication «\(reference)» is not in this file")
                return
            }
            fact.fact.code = code
            entries[index].facts.append(fact)
            report.take("medications")
        case .document(let document):
            entries[index].documents.append(document)
            report.take("documents")
        }
    }
}

extension String {
    /// Where another text starts in this one.
    func range(ofText text: String) -> String.Index? {
        guard let first = text.first else { return nil }
        var position = startIndex
        while let found = self[position...].firstIndex(of: first) {
            if self[found...].hasPrefix(text) { return found }
            position = index(after: found)
        }
        return nil
    }
}
