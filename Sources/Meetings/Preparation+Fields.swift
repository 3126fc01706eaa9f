// The fields of a preparation by name, for a shell and for meeting files: one list, so that both know the same.
import Twins

/// What is wrong with a field that was to be set.
public enum PreparationError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownField(String, known: [String])
    case badValue(field: String, value: String, expected: String)

    public var description: String {
        switch self {
        case .unknownField(let name, let known): "no field «\(name)»; there are \(known.joined(separator: ", "))"
        case .badValue(let field, let value, let expected): "\(field): «\(value)» is not \(expected)"
        }
    }
}

extension MeetingPreparation {
    public static let fields = [
        "coordinator", "required", "establishment", "address", "place", "link", "network", "manager", "board-type",
    ]

    /// Sets a field by its name; lists are separated by `;`, an empty value clears.
    public mutating func set(_ field: String, to value: String) throws(PreparationError) {
        switch field {
        case "coordinator": coordinator = value
        case "required": requiredSpecialties = FieldText.list(value)
        case "establishment": establishment = value
        case "address": address = value
        case "network": network = value
        case "manager": manager = value
        case "board-type": boardType = try FieldText.choice(field, value, Self.boardTypes) ?? ""
        case "place": place = value
        case "link": link = value
        default: throw .unknownField(field, known: Self.fields)
        }
    }

    /// Every field with its value as text, in order.
    public var values: [(field: String, value: String)] {
        let texts = [
            coordinator, requiredSpecialties.joined(separator: "; "), establishment, address, place, link, network, manager, boardType,
        ]
        return Array(zip(Self.fields, texts)).map { ($0, $1) }
    }
}

extension CasePreparation {
    public static let fields =
        [
            "requester", "presenter", "gp", "correspondents", "guideline", "guideline-version", "guideline-day", "kind", "recourse",
            "paediatric", "performance", "geriatric", "pain", "discovery", "comorbidity", "confirmed", "synthesis", "pathology",
            "molecular",
            "surveillance", "recourse-to",
        ] + TumourDescription.fields

    /// Sets a field by its name; lists are separated by `;`, an empty value clears. What needs a reason (blocked, registered,
    /// postponed) has functions of its own.
    public mutating func set(_ field: String, to value: String) throws(PreparationError) {
        switch field {
        case "requester": requester = value
        case "presenter": presenter = value
        case "gp": generalPractitioner = value
        case "correspondents": correspondents = FieldText.list(value)
        case "guideline", "guideline-version", "guideline-day": try setGuideline(field, value)
        case "kind":
            kind = try FieldText.choice(field, value, Kind.allCases.map(\.rawValue)).flatMap(Kind.init)
        case "recourse": isRecourse = try FieldText.flag(field, value)
        case "paediatric": isPaediatric = try FieldText.flag(field, value)
        case "performance":
            performanceStatus = try FieldText.choice(field, value, (0...4).map(String.init)).flatMap { Int($0) }
        case "geriatric": geriatricScreen = value
        case "pain": pain = value
        case "discovery": discovery = value
        case "comorbidity": comorbidity = value
        case "confirmed": confirmed = FieldText.list(value)
        case "synthesis": synthesis = value
        case "pathology": pathology = value
        case "molecular": molecular = value
        case "surveillance": surveillance = value
        case "recourse-to": recoursePlan = value
        case let name where TumourDescription.fields.contains(name): try tumour.set(name, to: value)
        default: throw .unknownField(field, known: Self.fields)
        }
    }

    private mutating func setGuideline(_ field: String, _ value: String) throws(PreparationError) {
        var next = guideline ?? Guideline(name: "", version: "")
        switch field {
        case "guideline": next.name = value
        case "guideline-version": next.version = value
        default:
            next.day = try FieldText.day(field, value)
        }
        guideline = next.name.isEmpty && next.version.isEmpty && next.day == nil ? nil : next
    }

    /// Every field with its value as text, in order; what was noted with a reason comes after.
    public var values: [(field: String, value: String)] {
        let texts =
            [
                requester, presenter, generalPractitioner, correspondents.joined(separator: "; "), guideline?.name ?? "",
                guideline?.version ?? "", guideline?.day?.description ?? "", kind?.rawValue ?? "", isRecourse ? "yes" : "no",
                isPaediatric ? "yes" : "no", performanceStatus.map(String.init) ?? "", geriatricScreen, pain, discovery, comorbidity,
                confirmed.joined(separator: "; "), synthesis, pathology, molecular, surveillance, recoursePlan,
            ] + tumour.texts
        return Array(zip(Self.fields, texts)).map { ($0, $1) }
            + [("information", informationText), ("registered", registered ?? ""), ("postponed", postponedText)]
    }

    /// Fields, by name, that say something else than in another preparation; the deliveries, which come after the signature, aside.
    public func changes(since other: CasePreparation) -> [(field: String, was: String, now: String)] {
        zip(other.values, values).filter { $0.value != $1.value }.map { ($1.field, $0.value, $1.value) }
    }

    /// `informed on 2026-11-20 by Dr Roux`, `blocked: …`, or that nobody has noted it.
    public var informationText: String {
        switch information {
        case .informed(let day, let name): "informed on \(day) by \(name)"
        case .blocked(let reason): "blocked: \(reason)"
        case nil: "not noted"
        }
    }

    public var postponedText: String { postponed.map { "to \($0.meeting): \($0.reason)" } ?? "" }
}

/// Values of fields as they are typed.
enum FieldText {
    static func list(_ value: String) -> [String] {
        value.split(separator: ";").map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    }

    static func day(_ field: String, _ value: String) throws(PreparationError) -> CalendarDay? {
        if value.isEmpty { return nil }
        guard let day = CalendarDay(value) else { throw .badValue(field: field, value: value, expected: "a date (YYYY-MM-DD)") }
        return day
    }

    static func flag(_ field: String, _ value: String) throws(PreparationError) -> Bool {
        switch value {
        case "yes", "true": return true
        case "no", "false", "": return false
        default: throw .badValue(field: field, value: value, expected: "yes or no")
        }
    }

    static func choice(_ field: String, _ value: String, _ known: [String]) throws(PreparationError) -> String? {
        if value.isEmpty { return nil }
        guard known.contains(value) else {
            throw .badValue(field: field, value: value, expected: "one of \(known.joined(separator: ", "))")
        }
        return value
    }
}
