// One FHIR resource: its kind decides what is read of it; helpers for what many kinds share.

import Records
import Twins

/// Reads one resource; notes are things to tell about what was taken.
struct FHIRResource {
    let value: JSONValue
    let object: JSONObject
    let type: String
    let id: String?
    let fullURL: String?
    var notes: [(message: String, path: String)] = []

    init(value: JSONValue, object: JSONObject, type: String, id: String?, fullURL: String?) {
        self.value = value
        self.object = object
        self.type = type
        self.id = id
        self.fullURL = fullURL
    }

    /// The resource types that are read.
    static let kinds: Set<String> = [
        "Patient", "Condition", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "Medication", "Procedure",
        "Observation", "DocumentReference",
    ]

    mutating func outcome() throws(Refusal) -> Outcome {
        switch type {
        case "Patient": try patient()
        case "Condition": try condition()
        case "MedicationRequest", "MedicationStatement", "MedicationAdministration": try medication()
        case "Medication": .medication(try concept(object["code"], at: "code", prefer: [Code.atc]))
        case "Procedure": try procedure()
        case "Observation": try observation()
        case "DocumentReference": try document()
        default: .left("this kind of resource is not read")
        }
    }

    // MARK: What many kinds share

    /// A text member that must be one of FHIR's codes, if it is there.
    func status(_ key: String = "status") throws(Refusal) -> String {
        guard let value = object[key] else { throw Refusal(key, "\(type).\(key) is missing") }
        guard let text = value.string, !text.isEmpty else { throw Refusal(key, "must be a code, not \(value.kindName)") }
        return text
    }

    /// What the resource is about.
    func subject(_ key: String = "subject") throws(Refusal) -> String {
        guard let value = object[key] else { throw Refusal(key, "does not say which patient it belongs to") }
        if let reference = value["reference"]?.string, !reference.isEmpty {
            guard !reference.hasPrefix("#") else {
                throw Refusal(key + ".reference", "a patient contained in another resource cannot be read")
            }
            // A conditional reference names an identifier (R4 §3.1.0.11.2).
            if reference.hasPrefix("Patient?identifier=") { return "identifier:" + reference.dropFirst("Patient?identifier=".count) }
            return FHIRReader.plain(reference)
        }
        if let number = value["identifier"]?["value"]?.string {
            return "identifier:" + (value["identifier"]?["system"]?.string ?? "") + "|" + number
        }
        throw Refusal(key, "does not say which patient it belongs to")
    }

    /// A date member; nil if it is not there.
    mutating func date(_ value: JSONValue?, at path: String) throws(Refusal) -> FHIRDate? {
        guard let value else { return nil }
        guard let text = value.string else { throw Refusal(path, "a date must be a text, not \(value.kindName)") }
        do throws(FHIRDate.Fault) {
            let date = try FHIRDate(text)
            if date.lacksZone { notes.append(("a time without its zone was taken as UTC", path)) }
            return date
        } catch {
            throw Refusal(path, error.message(String(text.prefix(80))))
        }
    }

    /// A period's start and end. An end before its start is refused.
    mutating func period(_ value: JSONValue?, at path: String) throws(Refusal) -> (start: Instant?, end: Instant?) {
        guard let value else { return (nil, nil) }
        guard value.object != nil else { throw Refusal(path, "a period must be an object, not \(value.kindName)") }
        let start = try date(value["start"], at: path + ".start")
        let end = try date(value["end"], at: path + ".end")
        // A whole day or month as the end lasts until its end, so only a clear reversal is a fault.
        if let start, let end, end.instant.adding(days: 1) < start.instant, end.precision.isAtLeastDay, start.precision.isAtLeastDay {
            throw Refusal(path, "ends before it starts")
        }
        return (start?.instant, end?.instant)
    }

    /// The code of a CodeableConcept: the first coding of a preferred system, else the first, else its text.
    func concept(_ value: JSONValue?, at path: String, prefer: [String] = [Code.local, Code.loinc, Code.snomed]) throws(Refusal) -> Code {
        guard let value else { throw Refusal(path, "is missing, so that nobody can know what was meant") }
        guard value.object != nil else { throw Refusal(path, "must be an object, not \(value.kindName)") }
        let text = value["text"]?.string ?? ""
        var codes: [Code] = []
        for (index, coding) in (value["coding"]?.array ?? []).enumerated() {
            guard let code = coding["code"]?.string, !code.isEmpty else { continue }
            let here = "\(path).coding[\(index)].code"
            guard code.utf8.count <= 256 else { throw Refusal(here, "is longer than a code can be") }
            let system = Self.systems[coding["system"]?.string ?? ""] ?? coding["system"]?.string ?? ""
            if system == Code.loinc, !LOINC.isValid(code) {
                throw Refusal(here, "«\(code)» is not a LOINC code: its check digit is wrong")
            }
            codes.append(Code(system: system, code: code, display: coding["display"]?.string ?? text))
        }
        for system in prefer {
            if let code = codes.first(where: { $0.system == system }) { return code }
        }
        if let first = codes.first { return first }
        guard !text.isEmpty else { throw Refusal(path, "has neither a code nor a text") }
        return Code(system: Code.textOnly, code: String(text.prefix(256)), display: text)
    }

    /// Other names under which the systems are written.
    private static let systems: [String: String] = [
        "urn:oid:2.16.840.1.113883.6.1": Code.loinc, "https://loinc.org": Code.loinc, "urn:oid:2.16.840.1.113883.6.96": Code.snomed,
        "urn:oid:2.16.840.1.113883.6.73": Code.atc, "https://www.whocc.no/atc": Code.atc,
    ]

    /// A name for this resource, among its patient's, that stays the same when the file is imported again; nil if it has none.
    func source(part: String = "") -> String? {
        let suffix = part.isEmpty ? "" : "#" + part
        if let fullURL, Self.isAbsolute(fullURL) { return "fhir:" + fullURL + suffix }
        return id.map { "fhir:\(type)/\($0)\(suffix)" }
    }

    static func isAbsolute(_ address: String) -> Bool {
        address.hasPrefix("urn:uuid:") || address.hasPrefix("http://") || address.hasPrefix("https://")
    }
}

extension Code {
    /// The system of what a source named in words only: the words are the code.
    public static let textOnly = "urn:twinboard:text"
}

extension BirthPrecision {
    var isAtLeastDay: Bool { self == .day || self == .instant }
}
