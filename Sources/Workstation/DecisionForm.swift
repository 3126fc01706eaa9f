// The lines of the Decision screen's form, from the draft: what each shows and what can be done with it.
import Meetings
import Surface
import Twins

/// One line of the form that can be chosen.
enum DecisionLine: Hashable, Sendable {
    case seat(Int)
    case addSeat
    case question
    case option(Int)
    case other
    case reason
    case standing
    case guideline
    case deviation
    case informant
    case followUp
    case withoutQuorum
    case alternative(Int)
    case addAlternative
    case step(Int)
    case addStep
    case test(Int)
    case addTest
    case trial
    case comorbidity
    case preference
    case correspondents
    case dissent
    case sign
}

enum DecisionForm {
    /// The lines in order: what must be said first, what may be said after it. The reason for a missing quorum is asked for only where it
    /// is missing, a guideline's name only where there is one.
    static func lines(_ open: OpenCase, roster: [Seat], rule: QuorumRule) -> [DecisionLine] {
        let draft = open.decisionDraft
        var lines: [DecisionLine] = seats(open, roster: roster).indices.map { .seat($0) }
        lines += [.addSeat, .question]
        lines += open.scenarios.indices.map { .option($0) }
        lines += [.other, .reason, .standing]
        if let standing = draft.plan.standing, standing != GuidelineStanding.none { lines.append(.guideline) }
        if draft.plan.standing == .departs { lines.append(.deviation) }
        lines += [.informant, .followUp]
        if !Quorum(draft.present, rule: rule).isReached { lines.append(.withoutQuorum) }
        lines += draft.plan.alternatives.indices.map { .alternative($0) } + [.addAlternative]
        lines += draft.plan.steps.indices.map { .step($0) } + [.addStep]
        lines += draft.plan.tests.indices.map { .test($0) } + [.addTest]
        // From the simulation a board may depart whatever the guideline says.
        if draft.plan.standing != .departs { lines.append(.deviation) }
        return lines + [.trial, .comorbidity, .preference, .correspondents, .dissent, .sign]
    }

    /// The meeting's seats, and after them those that were added for this case.
    static func seats(_ open: OpenCase, roster: [Seat]) -> [Seat] {
        roster + open.decisionDraft.present.filter { present in !roster.contains { $0.name == present.name } }
    }

    /// The field of the decision that a line's text is; nil for lines that are no single text.
    static func field(_ line: DecisionLine) -> DecisionField? {
        switch line {
        case .question: .question
        case .reason: .reason
        case .standing: .standing
        case .guideline: .guideline
        case .deviation: .deviation
        case .informant: .informant
        case .followUp: .followUp
        case .withoutQuorum: .withoutQuorum
        case .trial: .trial
        case .comorbidity: .comorbidity
        case .preference: .preference
        case .correspondents: .correspondents
        case .dissent: .dissent
        default: nil
        }
    }

    /// Fields whose every letter is the draft's at once; others must be read as a date, a list or a guideline when they are whole.
    static func isPlain(_ field: DecisionField) -> Bool {
        switch field {
        case .question, .reason, .deviation, .informant, .withoutQuorum, .trial, .comorbidity, .preference, .dissent: true
        default: false
        }
    }

    /// Text that the line edits.
    static func text(_ line: DecisionLine, _ draft: DecisionDraft) -> String {
        switch line {
        case .other: if case .other(let words) = draft.choice { words } else { "" }
        case .alternative(let place): draft.plan.alternatives.indices.contains(place) ? draft.plan.alternatives[place].text : ""
        case .step(let place): draft.plan.steps.indices.contains(place) ? draft.plan.steps[place].entry : ""
        case .test(let place): draft.plan.tests.indices.contains(place) ? draft.plan.tests[place].entry : ""
        default: field(line).map { draft.text($0) } ?? ""
        }
    }

    /// The list and the place in it of a line that is one of several entries.
    static func entry(_ line: DecisionLine, _ draft: DecisionDraft, roster: [Seat]) -> (field: DecisionField, place: Int)? {
        switch line {
        case .alternative(let place): (.alternatives, place)
        case .step(let place): (.steps, place)
        case .test(let place): (.tests, place)
        default: nil
        }
    }

    /// The first line where something is missing for a signature; the signature itself when nothing is.
    static func firstMissing(_ open: OpenCase, lines: [DecisionLine], rule: QuorumRule) -> Int {
        let problem = open.decisionDraft.problems(rule: rule, options: open.scenarios.map { open.shown($0).name }).first
        let line: DecisionLine =
            switch problem?.field {
            case .present?: .seat(0)
            case .choice?: open.scenarios.isEmpty ? .other : .option(0)
            case .reason?: .reason
            case .standing?: .standing
            case .guideline?: .guideline
            case .deviation?: .deviation
            case .informant?: .informant
            case .followUp?: .followUp
            case .withoutQuorum?: .withoutQuorum
            case .alternatives?: open.decisionDraft.plan.alternatives.isEmpty ? .option(0) : .alternative(0)
            default: .sign
            }
        return lines.firstIndex(of: line) ?? lines.firstIndex(of: .addSeat) ?? 0
    }
}
