// What the board's curves say, line by line: for the Follow-up screen and for the shell alike.
import Meetings
import Plotting
import Surface
import Twins

public enum SurvivalWords {
    public enum Tone: Hashable, Sendable { case plain, quiet, warning, heading }

    public struct Line: Hashable, Sendable {
        public var text: String
        public var tone: Tone
        /// A row of a table: never broken, so that its columns stand.
        public var isRow: Bool

        init(_ text: String, _ tone: Tone = .plain, isRow: Bool = false) {
            (self.text, self.tone, self.isRow) = (text, tone, isRow)
        }
    }

    /// The letter of a group, as its curve has it.
    public static func letter(_ place: Int) -> String { ["A", "B", "C"].indices.contains(place) ? ["A", "B", "C"][place] : "" }
    public static let forecastLetter = "F"

    /// What matters most first. `others`: decided patients of twins that know no progression; `width` in columns.
    public static func lines(_ survival: BoardSurvival, others: Int, width: Int) -> [Line] {
        head(survival) + groups(survival) + atRisk(survival, width: width) + comparison(survival) + forecast(survival, width: width)
            + rule(survival, others: others)
    }

    private static func head(_ survival: BoardSurvival) -> [Line] {
        let cohort = survival.cohort
        var text = "\(count(cohort.members.count, "patient")), \(cohort.events) progressed"
        if cohort.nothingMeasured > 0 { text += ", \(cohort.nothingMeasured) with nothing measured yet" }
        if cohort.laterDecisions > 0 { text += "; \(count(cohort.laterDecisions, "later decision")) on them not counted again" }
        return [Line(text + ".", .heading)]
    }

    private static func groups(_ survival: BoardSurvival) -> [Line] {
        survival.groups.enumerated().map { place, group in
            Line(
                "\(letter(place)) \(group.name): \(count(group.count, "patient")), \(group.events) progressed, "
                    + "median \(median(group.median)) [\(limit(group.medianLow)) to \(limit(group.medianHigh))]")
        }
    }

    private static func atRisk(_ survival: BoardSurvival, width: Int) -> [Line] {
        let months = months(survival, width)
        return [row("At risk, month", months.map(String.init), .quiet)]
            + survival.groups.enumerated().map { place, group in
                row(letter(place), months.map { "\(group.atRisk(at: Double($0) * DayCount.month))" })
            }
    }

    private static func comparison(_ survival: BoardSurvival) -> [Line] {
        var lines: [Line] = []
        switch survival.test {
        case .value(let test):
            lines.append(
                Line(
                    "Log-rank: p \(probability(test.pValue)) (chi-square \(NumberText.format(test.chiSquare)), "
                        + "\(count(test.degreesOfFreedom, "degree")) of freedom)"))
        case .none(let reason): lines.append(Line("No log-rank test: \(reason).", .quiet))
        }
        switch survival.hazardRatio {
        case .value(let hazard):
            lines.append(
                Line(
                    "Hazard ratio B to A \(ratio(hazard.ratio)) [\(ratio(hazard.low)) to \(ratio(hazard.high))], p \(probability(hazard.pValue)) (Cox, Efron)"
                ))
        case .none(let reason): lines.append(Line("No hazard ratio: \(reason).", .quiet))
        }
        if survival.hasFewEvents {
            lines.append(
                Line(
                    "Only \(count(survival.cohort.events, "event")), fewer than \(BoardSurvival.fewEvents): "
                        + "small numbers decide nothing.", .warning))
        }
        if survival.groups.count > 1, let caution = survival.grouping.caution { lines.append(Line(caution, .warning)) }
        return lines
    }

    private static func forecast(_ survival: BoardSurvival, width: Int) -> [Line] {
        let (all, known) = (survival.cohort.members.count, survival.cohort.forecasts.count)
        guard known > 0, let seen = survival.seenBesideForecast else {
            return [
                Line(
                    "No forecast beside it: of no patient can the board's draws be computed again, or what was chosen was not simulated.",
                    .quiet)
            ]
        }
        let horizon = survival.cohort.forecasts.map(\.horizon).min() ?? 0
        let months = months(survival, width).filter { Double($0) * DayCount.month <= horizon }
        func shares(_ free: (Double) -> Double) -> [String] {
            months.map { NumberText.fixed(100 * free(Double($0) * DayCount.month), decimals: 0) }
        }
        let whose =
            known == all ? "these patients" : "\(known) of \(all) (of the others none can be computed, or the choice was not simulated)"
        return [
            row("Free, %, month", months.map(String.init), .quiet), row("\(forecastLetter) forecast", shares(survival.forecastFree)),
            row("seen", shares { seen.free(after: $0) }),
            Line(
                "\(forecastLetter): the share of the board's own draws without progression under what was chosen, over \(whose); «seen» "
                    + "is of the same patients. The twin progresses on a day and without the error of measuring; a board sees it at the "
                    + "next visit, so what is seen runs later.", .quiet),
        ]
    }

    private static func rule(_ survival: BoardSurvival, others: Int) -> [Line] {
        var lines = [
            Line("Progression: \(survival.cohort.rule.words).", .quiet),
            Line(
                "Day 0 is the decision; each patient counts once. Progression is seen at a visit and came at some time since the one before. "
                    + "Who has none is counted to the last look (+); so is who died, since deaths are not imported.", .quiet),
        ]
        if others > 0 {
            lines.append(Line("\(count(others, "decided case")) more of twins that know no progression.", .quiet))
        }
        return lines
    }

    private static func months(_ survival: BoardSurvival, _ width: Int) -> [Int] {
        survival.months(atMost: min(12, max(2, (width - 16) / 5)))
    }

    private static func row(_ label: String, _ cells: [String], _ tone: Tone = .plain) -> Line {
        Line(label.padded(to: 14) + cells.map { $0.padded(to: 5, isRight: true) }.joined(), tone, isRow: true)
    }

    private static func ratio(_ value: Double) -> String { NumberText.format(value, digits: 2) }
    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    private static func limit(_ days: Double?) -> String {
        days.map { NumberText.fixed($0 / DayCount.month, decimals: 1) } ?? "not reached"
    }
    private static func median(_ days: Double?) -> String { limit(days) + (days == nil ? "" : " months") }
    private static func probability(_ value: Double) -> String { value < 1e-4 ? "< 0.0001" : NumberText.format(value, digits: 2) }
}

extension String {
    fileprivate func padded(to width: Int, isRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return isRight ? blanks + self : self + blanks
    }
}
