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
    case dissent
    case followUp
    case withoutQuorum
    case sign
}

enum DecisionForm {
    /// The lines in order. The reason for a missing quorum is asked for only where it is missing.
    static func lines(_ open: OpenCase, roster: [Seat], rule: QuorumRule) -> [DecisionLine] {
        var lines: [DecisionLine] = seats(open, roster: roster).indices.map { .seat($0) }
        lines += [.addSeat, .question]
        lines += open.scenarios.indices.map { .option($0) }
        lines += [.other, .reason, .dissent, .followUp]
        if !Quorum(open.decisionDraft.present, rule: rule).isReached { lines.append(.withoutQuorum) }
        return lines + [.sign]
    }

    /// The meeting's seats, and after them those that were added for this case.
    static func seats(_ open: OpenCase, roster: [Seat]) -> [Seat] {
        roster + open.decisionDraft.present.filter { present in !roster.contains { $0.name == present.name } }
    }

    /// Text that the line edits; nil for lines that are toggled.
    static func text(_ line: DecisionLine, _ draft: DecisionDraft) -> String? {
        switch line {
        case .addSeat: ""
        case .question: draft.question
        case .other: if case .other(let words) = draft.choice { words } else { "" }
        case .reason: draft.reason
        case .dissent: draft.dissent
        case .followUp: draft.followUp?.description ?? ""
        case .withoutQuorum: draft.withoutQuorum
        case .seat, .option, .sign: nil
        }
    }

    /// A name and a specialty as typed: `Anne Roux, pathology`; nil without both.
    static func seat(typed: String) -> Seat? {
        let parts = typed.split(separator: ",", maxSplits: 1).map { part in
            part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return Seat(name: parts[0], specialty: parts[1])
    }

    /// A date as typed: `2027-02-25`, or from the meeting's day `+12w`, `+3m`, `+90d`.
    static func date(typed: String, from day: CalendarDay) -> CalendarDay? {
        let text = typed.filter { !$0.isWhitespace }
        if text.hasPrefix("+"), let last = text.last, let count = Int(text.dropFirst().dropLast()), (1...5000).contains(count) {
            switch last {
            case "d": return CalendarDay(number: day.number + count)
            case "w": return CalendarDay(number: day.number + 7 * count)
            case "m": return CalendarDay(number: day.number + Int((DayCount.month * Double(count)).rounded()))
            default: return nil
            }
        }
        return CalendarDay(text)
    }
}
