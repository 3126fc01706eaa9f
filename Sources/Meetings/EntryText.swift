// What a person types for a field of a decision, read the same way at the screen and in a command: dates, windows of time, people.
import Twins

/// What cannot be read as what it should be: which field, and what to type instead.
public struct EntryError: Error, Hashable, Sendable, CustomStringConvertible {
    public var field: String
    public var message: String
    public init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }
    public var description: String { "\(field): \(message)" }
}

public enum EntryText {
    /// Characters that a field holds at most.
    public static let limit = 2000

    /// Whether a text says anything: a letter or a digit. A blank, a dash or an invisible character does not.
    public static func says(_ text: String) -> Bool { text.contains { $0.isLetter || $0.isNumber } }

    /// A name and a specialty: `Anne Roux, pathology`; nil without both.
    public static func seat(_ typed: String) -> Seat? {
        let parts = typed.split(separator: ",", maxSplits: 1).map { tidy(String($0)) }
        guard parts.count == 2, says(parts[0]), says(parts[1]) else { return nil }
        return Seat(name: parts[0], specialty: parts[1])
    }

    /// A date: `2027-02-25`, or from the meeting's day `+12w`, `+3m`, `+90d`. Nil where it is none.
    public static func date(_ typed: String, from day: CalendarDay) -> CalendarDay? {
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

    /// Words with a window of time behind the last comma: `resection, +4w to +8w`, `scan, by 2027-01-15`, `first cycle, from +1w`. Without
    /// one the whole is words.
    ///
    /// Errors: no words; a window that begins like one and is none, that ends before it begins, or lies before the meeting.
    public static func timed(_ typed: String, field: String, from day: CalendarDay) throws(EntryError) -> (
        what: String, earliest: CalendarDay?, latest: CalendarDay?
    ) {
        var words = tidy(typed)
        var window: (CalendarDay?, CalendarDay?) = (nil, nil)
        if let comma = words.lastIndex(of: ",") {
            let behind = tidy(String(words[words.index(after: comma)...]))
            if let found = Self.window(behind, from: day) {
                window = found
                words = tidy(String(words[..<comma]))
            } else if behind.first == "+" || behind.hasPrefix("from ") || behind.hasPrefix("by ") || isYear(behind) {
                throw EntryError(field, "«\(behind)» is no window of time: write +4w to +8w, from +4w, by +8w, or dates such as 2027-01-15")
            }
        }
        guard says(words) else { throw EntryError(field, "say what, and behind a comma when: resection, +4w to +8w") }
        if let earliest = window.0, let latest = window.1, latest < earliest {
            throw EntryError(field, "the latest day \(latest) comes before the earliest \(earliest)")
        }
        if let early = [window.0, window.1].compactMap(\.self).min(), early < day {
            throw EntryError(field, "\(early) lies before the meeting of \(day)")
        }
        return (words, window.0, window.1)
    }

    private static func isYear(_ text: String) -> Bool {
        text.count >= 5 && text.prefix(4).allSatisfy(\.isNumber) && text.dropFirst(4).first == "-"
    }

    private static func window(_ text: String, from day: CalendarDay) -> (CalendarDay?, CalendarDay?)? {
        if text.hasPrefix("from "), let one = date(String(text.dropFirst(5)), from: day) { return (one, nil) }
        if text.hasPrefix("by "), let one = date(String(text.dropFirst(3)), from: day) { return (nil, one) }
        if let one = date(text, from: day) { return (one, one) }
        let parts = text.split(separator: " ")
        guard parts.count == 3, parts[1] == "to", let first = date(String(parts[0]), from: day),
            let last = date(String(parts[2]), from: day)
        else { return nil }
        return (first, last)
    }

    /// A window as it is typed; empty without one.
    static func words(_ earliest: CalendarDay?, _ latest: CalendarDay?) -> String {
        switch (earliest, latest) {
        case (nil, nil): ""
        case (let first?, nil): ", from \(first)"
        case (nil, let last?): ", by \(last)"
        case (let first?, let last?): first == last ? ", \(first)" : ", \(first) to \(last)"
        }
    }

    /// One blank between words, none around them.
    public static func tidy(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension PlannedStep {
    /// Errors: as ``EntryText/timed(_:field:from:)``.
    public init(typed: String, kind: TreatmentKind, from day: CalendarDay) throws(EntryError) {
        let read = try EntryText.timed(typed, field: "steps", from: day)
        self.init(kind: kind, what: read.what, earliest: read.earliest, latest: read.latest)
    }

    /// What and when, as it is typed.
    public var entry: String { what + EntryText.words(earliest, latest) }
}

extension FurtherTest {
    /// Errors: as ``EntryText/timed(_:field:from:)``.
    public init(typed: String, from day: CalendarDay) throws(EntryError) {
        let read = try EntryText.timed(typed, field: "tests", from: day)
        self.init(what: read.what, earliest: read.earliest, latest: read.latest)
    }

    public var entry: String { what + EntryText.words(earliest, latest) }
}

extension Guideline {
    /// A name, and behind semicolons a version and the day of that version: `ESMO metastatic colorectal cancer; 2023; 2023-01-10`.
    ///
    /// Errors: no name, a day that is none, more than three parts.
    public init(typed: String) throws(EntryError) {
        let parts = typed.split(separator: ";", omittingEmptySubsequences: false).map { EntryText.tidy(String($0)) }
        guard let name = parts.first, EntryText.says(name), parts.count <= 3 else {
            throw EntryError("guideline", "type its name; its version; the day of that version (2023-01-10), the last two if known")
        }
        var day: CalendarDay?
        if parts.count == 3, !parts[2].isEmpty {
            guard let read = CalendarDay(parts[2]) else { throw EntryError("guideline", "«\(parts[2])» is not a day (YYYY-MM-DD)") }
            day = read
        }
        self.init(name: name, version: parts.count > 1 ? parts[1] : "", day: day)
    }

    public var entry: String { name + (version.isEmpty && day == nil ? "" : "; " + version) + (day.map { "; \($0)" } ?? "") }
}
