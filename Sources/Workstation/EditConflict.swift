// Two seats changed the same thing: the second is told what the first did, and says which of the two stands.
import Meetings
import Twins

/// A change of this seat that was not saved, because another seat had changed the same since it was read here.
public enum EditConflict: Hashable, Sendable {
    /// `theirs` nil: the other seat removed it.
    case scenario(item: Int64, id: Int64, mine: Scenario, theirs: Scenario?)
    case draft(item: Int64, DraftMerge, stored: DecisionDraft)

    public var item: Int64 {
        switch self {
        case .scenario(let item, _, _, _), .draft(let item, _, _): item
        }
    }

    /// Whether another conflict is about the same thing, and so takes this one's place.
    func isAbout(_ other: EditConflict) -> Bool {
        switch (self, other) {
        case (.scenario(_, let id, _, _), .scenario(_, let other, _, _)): id == other
        case (.draft(let item, _, _), .draft(let other, _, _)): item == other
        default: false
        }
    }
}

/// What came of saving something that two seats may edit.
public enum EditEvent: Sendable {
    case conflict(EditConflict)
    /// Another seat had changed other values of the scenario: both changes are in.
    case scenarioMerged(item: Int64, id: Int64, sent: Scenario, merged: Scenario)
    /// Another seat had changed other fields of the draft: both are in. `taken`: those, in words.
    case draftMerged(item: Int64, sent: DecisionDraft, merged: DecisionDraft, taken: [String])
}

/// Conflicts that wait to be settled, and which of them the person has put off.
public struct Conflicts: Sendable {
    public var waiting: [EditConflict] = []
    /// Put off until the next change of screen.
    var isPutOff = false
    public init() {}
}

enum ConflictWords {
    static func title(_ conflict: EditConflict) -> String {
        switch conflict {
        case .scenario(_, _, let mine, _): "«\(mine.name)» was changed at another seat"
        case .draft: "The draft was changed at another seat"
        }
    }

    static func lines(_ conflict: EditConflict) -> [String] {
        switch conflict {
        case .scenario(_, _, _, nil): ["The other seat removed it. Your change to it is not saved."] + ask
        case .scenario(_, _, let mine, .some(let theirs)):
            ["The other seat's is in the store, yours is not saved:"] + differences(mine, theirs).prefix(5) + ask
        case .draft(_, let merge, _):
            ["Both of you changed \(merge.conflicts.joined(separator: ", ")). The other seat's is in the store, yours is not saved:"]
                + fields(merge).prefix(5) + ask
        }
    }

    private static let ask = ["", "Type «mine» or «theirs» for what is to stand, then Enter. Esc puts it off; nothing is lost."]

    private static func differences(_ mine: Scenario, _ theirs: Scenario) -> [String] {
        var lines: [String] = []
        if mine.name != theirs.name { lines.append("name: theirs «\(theirs.name)», yours «\(mine.name)»") }
        if mine.interventions.map(\.kind) != theirs.interventions.map(\.kind) {
            func list(_ scenario: Scenario) -> String {
                scenario.interventions.isEmpty ? "none" : scenario.interventions.map(\.kind).joined(separator: ", ")
            }
            return lines + ["interventions: theirs \(list(theirs)), yours \(list(mine))"]
        }
        for (own, other) in zip(mine.interventions, theirs.interventions) {
            for key in Set(own.values.keys).union(other.values.keys).sorted() where own.values[key] != other.values[key] {
                lines.append("\(own.kind), \(key): theirs \(text(other.values[key])), yours \(text(own.values[key]))")
            }
        }
        return lines
    }

    private static func text(_ value: FieldValue?) -> String {
        switch value {
        case nil: "nothing"
        case .number(let number): FigureText.fieldNumber(number, step: 1)
        case .choice(let choice): choice
        case .flag(let flag): flag ? "yes" : "no"
        }
    }

    private static func fields(_ merge: DraftMerge) -> [String] {
        var lines: [String] = []
        func line(_ name: String, _ mine: String, _ theirs: String) {
            if mine != theirs { lines.append("\(name): theirs «\(theirs)», yours «\(mine)»") }
        }
        line("choice", merge.mine.choice?.text ?? "nothing", merge.theirs.choice?.text ?? "nothing")
        line("reason", merge.mine.reason, merge.theirs.reason)
        line("dissent", merge.mine.dissent, merge.theirs.dissent)
        line("follow-up", merge.mine.followUp?.description ?? "none", merge.theirs.followUp?.description ?? "none")
        line("question", merge.mine.question, merge.theirs.question)
        line("without quorum", merge.mine.withoutQuorum, merge.theirs.withoutQuorum)
        return lines
    }
}
