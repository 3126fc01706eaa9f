// The words on plots and in their spoken form, in the two languages.

/// Abbreviations for axes and legends, and whole words for sentences.
public struct PlotWords: Hashable, Sendable {
    public enum Language: Hashable, Sendable { case english, french }

    public let language: Language
    public let decimalPoint: String
    public let now: String
    /// Days, weeks, months, years: short for an axis, then one and many for a sentence.
    public let day, week, month, year: String
    let days, weeks, months, years: Plural
    public let age, observed, median, operation, start, held, lastSeen: String

    struct Plural: Hashable, Sendable {
        let one, many: String
    }

    public static let english = PlotWords(
        language: .english, decimalPoint: ".", now: "now", day: "d", week: "wk", month: "mo", year: "y",
        days: Plural(one: "day", many: "days"), weeks: Plural(one: "week", many: "weeks"), months: Plural(one: "month", many: "months"),
        years: Plural(one: "year", many: "years"), age: "age", observed: "observed", median: "median", operation: "operation",
        start: "start", held: "held", lastSeen: "last seen")

    public static let french = PlotWords(
        language: .french, decimalPoint: ",", now: "auj.", day: "j", week: "sem", month: "mois", year: "ans",
        days: Plural(one: "jour", many: "jours"), weeks: Plural(one: "semaine", many: "semaines"),
        months: Plural(one: "mois", many: "mois"), years: Plural(one: "an", many: "ans"), age: "âge", observed: "observé",
        median: "médiane", operation: "opération", start: "début", held: "reporté", lastSeen: "dernier examen")
}
