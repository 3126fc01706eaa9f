// Dates and persons as the screens write them.
import Surface
import Twins

enum DateText {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// `Thu 26 Nov`.
    static func header(_ day: CalendarDay) -> String {
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[((day.number % 7) + 7) % 7]
        return "\(weekday) \(day.components.day) \(months[day.components.month - 1])"
    }

    /// `26 Nov 2026`.
    static func long(_ day: CalendarDay) -> String {
        let (year, month, date) = day.components
        return "\(date) \(months[month - 1]) \(year)"
    }

    /// `Nov 2026`.
    /// The time of day at the seat, `14:05`.
    static func clock(_ now: Instant, offsetMinutes: Int) -> String {
        let minutes = Int((now.milliseconds / 60_000 + Int64(offsetMinutes)) % 1440 + 1440) % 1440
        return (minutes < 600 ? "0" : "") + "\(minutes / 60):" + (minutes % 60 < 10 ? "0" : "") + "\(minutes % 60)"
    }

    static func month(_ day: CalendarDay) -> String { "\(months[day.components.month - 1]) \(day.components.year)" }

    /// `F 61`.
    static func person(_ entry: AgendaEntry) -> String { person(entry.sex, entry.age) }

    static func person(_ sex: Sex, _ age: Double?) -> String {
        let letter =
            switch sex {
            case .female: "F"
            case .male: "M"
            case .other: "X"
            case .unknown: "?"
            }
        return age.map { "\(letter) \(Int($0))" } ?? letter
    }

    /// A span of days from «now» in words: `in 12 months`, `5 weeks ago`, `now`.
    static func span(_ days: Double) -> String {
        let size = abs(days)
        if size < 0.5 { return "now" }
        let words: String
        if size < 14 {
            words = "\(Int(size.rounded())) days"
        } else if size < 120 {
            words = "\(Int((size / DayCount.week).rounded())) weeks"
        } else if size < 900 {
            words = "\(Int((size / DayCount.month).rounded())) months"
        } else {
            words = NumberWords.tenths(size / DayCount.year) + " years"
        }
        return days > 0 ? "in " + words : words + " ago"
    }
}

enum NumberWords {
    /// One decimal, none where it is zero.
    static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
