// The fields of a decision by name, each set from what a person types: the screen's form and the command share them.
import Twins

/// A field of a decision that a text sets.
public enum DecisionField: String, CaseIterable, Sendable {
    case present, question, choice, reason, standing, guideline, deviation, informant, followUp = "follow-up"
    case withoutQuorum = "without-quorum"
    case alternatives, steps, tests, trial, comorbidity, preference, correspondents, dissent

    /// As the screen and the command call it.
    public var label: String {
        switch self {
        case .present: "Present"
        case .question: "Question"
        case .choice: "First choice"
        case .reason: "Reason"
        case .standing: "Guideline"
        case .guideline: "Which one"
        case .deviation: "Why it departs"
        case .informant: "Tells the patient"
        case .followUp: "Follow-up"
        case .withoutQuorum: "Without quorum"
        case .alternatives: "Alternatives"
        case .steps: "Sequence"
        case .tests: "Further tests"
        case .trial: "Trial"
        case .comorbidity: "Comorbidity"
        case .preference: "Patient wants"
        case .correspondents: "Sheet goes to"
        case .dissent: "Dissent"
        }
    }

    /// Fields that hold several entries, added and removed one by one.
    public var isList: Bool { [.present, .alternatives, .steps, .tests, .correspondents].contains(self) }
}

/// What an entry is read against.
public struct EntryContext: Sendable {
    /// The meeting's: dates such as `+12w` count from it.
    public var day: CalendarDay
    /// The scenarios' names, in their order.
    public var options: [String]
    /// The meeting's seats, so that a name alone is enough for one of them.
    public var roster: [Seat]
    public init(day: CalendarDay, options: [String], roster: [Seat]) {
        self.day = day
        self.options = options
        self.roster = roster
    }

    /// A scenario by its name or its letter, or `other: words`.
    func choice(_ text: String, _ field: DecisionField) throws(EntryError) -> Choice {
        let name = EntryText.tidy(text)
        if let exact = options.first(where: { $0 == text || EntryText.tidy($0) == name }) { return .scenario(exact) }
        if name.unicodeScalars.count == 1, let letter = name.uppercased().unicodeScalars.first, letter.value >= 65,
            options.indices.contains(Int(letter.value) - 65)
        {
            return .scenario(options[Int(letter.value) - 65])
        }
        if name.lowercased().hasPrefix("other:") {
            let words = EntryText.tidy(String(name.dropFirst(6)))
            guard EntryText.says(words) else { throw EntryError(field.rawValue, "say what else behind «other:»") }
            return .other(words)
        }
        let known = options.enumerated().map { "\(Character(Unicode.Scalar(UInt8(65 + $0 % 26)))) «\($1)»" }.joined(separator: ", ")
        throw EntryError(
            field.rawValue, "«\(name)» is none of the scenarios (\(known)); for something else write other: and what")
    }
}

extension DecisionDraft {
    /// Sets a field from a text; an empty text empties it. On an error the draft is as it was.
    public mutating func set(_ field: DecisionField, to text: String, _ context: EntryContext) throws(EntryError) {
        try Self.check(text, field)
        let words = EntryText.tidy(text)
        switch field {
        case .question: question = text
        case .choice: choice = words.isEmpty ? nil : try context.choice(text, field)
        case .reason: reason = text
        case .dissent: dissent = text
        case .withoutQuorum: withoutQuorum = text
        case .standing: try setStanding(words)
        case .guideline: plan.guideline = words.isEmpty ? nil : try Guideline(typed: text)
        case .deviation: plan.deviation = text
        case .trial: plan.trial = text
        case .informant: plan.informant = words
        case .comorbidity: plan.comorbidity = text
        case .preference: plan.preference = text
        case .followUp: followUp = words.isEmpty ? nil : try Self.reviewDay(words, context)
        case .present, .alternatives, .steps, .tests, .correspondents:
            var emptied = self
            emptied.removeAll(field)
            for entry in text.split(separator: ";") where EntryText.says(String(entry)) {
                try emptied.add(String(entry), to: field, context)
            }
            self = emptied
        }
    }

    private mutating func setStanding(_ words: String) throws(EntryError) {
        guard let standing = GuidelineStanding(rawValue: words.lowercased()) else {
            guard words.isEmpty else {
                throw EntryError(DecisionField.standing.rawValue, "«\(words)» is not follows, departs or none (none for the question)")
            }
            plan.standing = nil
            return
        }
        plan.standing = standing
        if standing == .none { plan.guideline = nil }
    }

    private static func reviewDay(_ words: String, _ context: EntryContext) throws(EntryError) -> CalendarDay {
        guard let day = EntryText.date(words, from: context.day) else {
            throw EntryError(DecisionField.followUp.rawValue, "type a date such as 2027-02-25, or +12w, +3m, +90d from the meeting")
        }
        guard day > context.day else {
            throw EntryError(DecisionField.followUp.rawValue, "the follow-up must come after the meeting of \(context.day)")
        }
        return day
    }

    /// Adds an entry to a field that holds several; a step begins with its kind: `surgery: resection, +4w to +8w`.
    public mutating func add(_ text: String, to field: DecisionField, _ context: EntryContext) throws(EntryError) {
        try Self.check(text, field)
        switch field {
        case .present:
            let name = EntryText.tidy(text)
            let known = context.roster.first { PersonName.folded($0.name) == PersonName.folded(name) }
            guard let seat = known ?? EntryText.seat(text) else {
                throw EntryError(field.rawValue, "type a name, a comma and the specialty: Anne Roux, pathology")
            }
            if !present.contains(where: { PersonName.folded($0.name) == PersonName.folded(seat.name) }) { present.append(seat) }
        case .alternatives:
            let choice = try context.choice(text, field)
            guard choice != self.choice, !plan.alternatives.contains(choice) else {
                throw EntryError(field.rawValue, "«\(choice.text)» is proposed already")
            }
            plan.alternatives.append(choice)
        case .steps:
            guard let colon = text.firstIndex(of: ":"), let kind = TreatmentKind(typed: String(text[..<colon])) else {
                let kinds = TreatmentKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw EntryError(field.rawValue, "begin with its kind and a colon, surgery: resection, +4w to +8w; kinds are \(kinds)")
            }
            plan.steps.append(try PlannedStep(typed: String(text[text.index(after: colon)...]), kind: kind, from: context.day))
        case .tests: plan.tests.append(try FurtherTest(typed: text, from: context.day))
        case .correspondents:
            guard EntryText.says(text) else { throw EntryError(field.rawValue, "say to whom") }
            plan.correspondents.append(EntryText.tidy(text))
        default: throw EntryError(field.rawValue, "holds one entry: set it instead of adding to it")
        }
    }

    /// Takes an entry out of a field that holds several. Errors: a field of one entry, a place that there is not.
    public mutating func remove(_ place: Int, from field: DecisionField) throws(EntryError) {
        guard field.isList else { throw EntryError(field.rawValue, "holds one entry: set it to nothing to empty it") }
        let count = entries(field).count
        guard (0..<count).contains(place) else { throw EntryError(field.rawValue, "there is no entry \(place + 1); it has \(count)") }
        switch field {
        case .present: present.remove(at: place)
        case .alternatives: plan.alternatives.remove(at: place)
        case .steps: plan.steps.remove(at: place)
        case .tests: plan.tests.remove(at: place)
        default: plan.correspondents.remove(at: place)
        }
    }

    private mutating func removeAll(_ field: DecisionField) {
        switch field {
        case .present: present = []
        case .alternatives: plan.alternatives = []
        case .steps: plan.steps = []
        case .tests: plan.tests = []
        default: plan.correspondents = []
        }
    }

    /// The entries of a field that holds several, as they are typed.
    public func entries(_ field: DecisionField) -> [String] {
        switch field {
        case .present: present.map { "\($0.name), \($0.specialty)" }
        case .alternatives: plan.alternatives.map(\.text)
        case .steps: plan.steps.map { "\($0.kind.rawValue): \($0.entry)" }
        case .tests: plan.tests.map(\.entry)
        case .correspondents: plan.correspondents
        default: []
        }
    }

    /// What a field holds, as a person reads it; empty where it holds nothing.
    public func text(_ field: DecisionField) -> String {
        switch field {
        case .question: question
        case .choice: choice?.text ?? ""
        case .reason: reason
        case .dissent: dissent
        case .withoutQuorum: withoutQuorum
        case .standing: plan.standing.map(\.rawValue) ?? ""
        case .guideline: plan.guideline?.entry ?? ""
        case .deviation: plan.deviation
        case .trial: plan.trial
        case .informant: plan.informant
        case .comorbidity: plan.comorbidity
        case .preference: plan.preference
        case .followUp: followUp?.description ?? ""
        case .present, .alternatives, .steps, .tests, .correspondents: entries(field).joined(separator: "; ")
        }
    }

    private static func check(_ text: String, _ field: DecisionField) throws(EntryError) {
        guard text.unicodeScalars.count <= EntryText.limit else {
            throw EntryError(field.rawValue, "is longer than \(EntryText.limit) characters")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw EntryError(field.rawValue, "holds a control character; write it on one line")
        }
    }
}
