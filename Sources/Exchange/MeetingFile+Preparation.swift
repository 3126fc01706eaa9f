// What a meeting file says of the preparation: the fields of a shell, and what was noted of the patient's information.
import Meetings
import Twins

extension MeetingFile {
    static let preparationKeys = CasePreparation.fields + ["informed", "informed-by", "blocked", "registered"]

    static func preparation(_ reader: TOMLTableReader) throws(ImportError) -> MeetingPreparation {
        var preparation = MeetingPreparation()
        for field in MeetingPreparation.fields {
            guard let value = try reader.fieldText(field) else { continue }
            do { try preparation.set(field, to: value) } catch { throw reader.fault(field, error.description) }
        }
        return preparation
    }

    static func casePreparation(_ table: TOMLTableReader) throws(ImportError) -> CasePreparation {
        var preparation = CasePreparation()
        for field in CasePreparation.fields {
            guard let value = try table.fieldText(field) else { continue }
            do { try preparation.set(field, to: value) } catch { throw table.fault(field, error.description) }
        }
        let informed = try table.optionalDay("informed")
        let blocked = try table.optionalText("blocked")
        if let blocked {
            guard informed == nil else { throw table.fault("blocked", "a patient who was informed is not blocked: give one of the two") }
            guard blocked.contains(where: { !$0.isWhitespace }) else { throw table.fault("blocked", "must say the reason") }
            preparation.information = .blocked(reason: blocked)
        } else if let informed {
            preparation.information = .informed(on: informed, by: try table.text("informed-by"))
        }
        preparation.registered = try table.optionalText("registered")
        guard preparation.registered.map({ $0.contains { !$0.isWhitespace } }) ?? true else {
            throw table.fault("registered", "must say the reason: the rule by which the case needs no discussion")
        }
        return preparation
    }
}

/// What a demo's board decided in the past, and what came of it.
public struct PastDecision: Codable, Hashable, Sendable {
    /// The name of one of the case's scenarios.
    public var choice: String
    public var reason: String
    public var review: CalendarDay
    /// Who told the patient.
    public var informant: String
    /// The guideline that was followed; nil: there was none for the question.
    public var guideline: Guideline?
    public var look: FollowUp?
}

extension MeetingFile {
    static func pastDecision(_ table: TOMLTableReader) throws(ImportError) -> PastDecision? {
        guard let decided = try table.optionalTable("decided") else { return nil }
        try decided.allow([
            "choice", "reason", "review", "carried-out", "why", "given", "note", "informant", "guideline", "guideline-version",
        ])
        var look: FollowUp?
        if let word = try decided.optionalText("carried-out") {
            guard let carriedOut = FollowUp.CarriedOut(rawValue: word) else {
                throw decided.fault("carried-out", "«\(word)» is not yes, partly or no")
            }
            look = FollowUp(
                carriedOut: carriedOut, reason: try decided.optionalText("why") ?? "",
                givenInstead: try decided.optionalText("given") ?? "",
                note: try decided.optionalText("note") ?? "")
        }
        let guideline = try decided.optionalText("guideline")
        let version = try decided.optionalText("guideline-version") ?? ""
        return PastDecision(
            choice: try decided.text("choice"), reason: try decided.text("reason"), review: try decided.day("review"),
            informant: try decided.text("informant"), guideline: guideline.map { Guideline(name: $0, version: version) }, look: look)
    }
}

extension TOMLTableReader {
    /// A field's value as it would be typed: lists with `;` between, dates as they are written.
    fileprivate func fieldText(_ key: String) throws(ImportError) -> String? {
        switch members[key] {
        case nil: return nil
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .flag(let flag): return flag ? "yes" : "no"
        case .date: return try optionalDay(key)?.description
        case .list: return try optionalTexts(key)?.joined(separator: "; ")
        case .some(let other): throw fault(key, "must be a text, a number, a date or a list of texts, not \(other.kindName)")
        }
    }
}
