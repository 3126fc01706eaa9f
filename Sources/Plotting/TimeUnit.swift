// Time on an axis: the unit that suits the span, and round marks in it.

/// A unit of time with its length in days.
public enum TimeUnit: Hashable, Sendable, CaseIterable {
    case days, weeks, months, years

    /// Its length in days; a month is a twelfth of a Julian year.
    public var length: Double {
        switch self {
        case .days: 1
        case .weeks: 7
        case .months: 365.25 / 12
        case .years: 365.25
        }
    }

    /// The unit in which a span is read most easily.
    public static func suiting(days span: Double) -> TimeUnit {
        span <= 21 ? .days : span <= 140 ? .weeks : span <= 5 * 365.25 ? .months : .years
    }

    /// Distances between marks, in the unit, that calendars make familiar.
    var steps: [Double] {
        switch self {
        case .days: [1, 2, 7, 14, 28]
        case .weeks: [1, 2, 4, 8, 13, 26, 52]
        case .months: [1, 2, 3, 6, 12, 24, 60, 120]
        case .years: [1, 2, 5, 10, 20, 50, 100]
        }
    }

    func short(_ words: PlotWords) -> String {
        switch self {
        case .days: words.day
        case .weeks: words.week
        case .months: words.month
        case .years: words.year
        }
    }

    func long(_ words: PlotWords) -> PlotWords.Plural {
        switch self {
        case .days: words.days
        case .weeks: words.weeks
        case .months: words.months
        case .years: words.years
        }
    }
}
