// When something happened, and how long something lasts, as types of their own.

/// A moment, to the millisecond, on the proleptic Gregorian calendar in UTC.
public struct Instant: Hashable, Comparable, Codable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Midnight UTC at the start of a day.
    public init(_ day: CalendarDay) { milliseconds = Int64(day.number) * 86_400_000 }

    /// The last millisecond of a day in UTC: «now» where only a date is given, so that all of that day is before it.
    public init(endOf day: CalendarDay) { milliseconds = Int64(day.number) * 86_400_000 + 86_399_999 }

    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// The day that the moment falls in.
    public var day: CalendarDay {
        let length: Int64 = 86_400_000
        let quotient = milliseconds / length
        return CalendarDay(number: Int(milliseconds % length < 0 ? quotient - 1 : quotient))
    }

    /// Days from another moment to this one; negative if this one is earlier.
    public func days(since other: Instant) -> Double { Double(milliseconds - other.milliseconds) / 86_400_000 }

    /// The moment some days later, rounded to the millisecond. Durations beyond ±10 million days are cut to that.
    public func adding(days: Double) -> Instant {
        let bounded = days.isFinite ? min(max(days, -1e7), 1e7) : 0
        return Instant(milliseconds: milliseconds + Int64((bounded * 86_400_000).rounded()))
    }
}

/// A date without a time of day.
public struct CalendarDay: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before.
    public var number: Int

    public init(number: Int) { self.number = number }

    /// A date of the Gregorian calendar; nil if there is no such day (30 February, month 13).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, (-9999...9999).contains(year) else { return nil }
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days from civil.
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Reads `YYYY-MM-DD`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month (1–12), day (1–31).
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    public static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }

    /// ISO 8601, `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(abs(value))
            return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    }
}

/// How long a year, a month, a week are where a model counts days.
public enum DayCount {
    /// Days in a Julian year.
    public static let year = 365.25
    /// Days in a twelfth of a Julian year.
    public static let month = 365.25 / 12
    /// Days in a week.
    public static let week = 7.0
    /// The longest that a model is asked about: 100 years. Beyond it a figure says nothing, and a loop over its weeks may never end.
    public static let longest = 36_525.0
}
