// Held cycles as a board sees them: marks on the axis, and a line for every day on which a cycle was held.
import Numerics
import Twins

extension LiverMetastases {
    /// The plan's marks, the median day of an operation that waits for the remnant, and the cycles most often held.
    public func marks(of run: OrdinaryRun<LiverPlan>) -> [ForecastMark] {
        var marks = run.plan.marks
        if let operation = run.plan.operation {
            let days = operation.weeks.compactMap { $0.map { $0 * DayCount.week } }.sorted()
            if !days.isEmpty, days.count * 2 >= operation.weeks.count {
                let share = LiverNotes.percent(Double(days.count) / Double(operation.weeks.count))
                marks.append(ForecastMark(day: days[days.count / 2], kind: .operation, label: "resection (median of \(share))"))
            }
        }
        marks += run.reading.flatMap { Self.holds($0) }
        return marks.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }

    /// At most so many marks of holds for each regimen.
    private static let mostMarks = 4
    /// A cycle held in fewer draws has no mark.
    private static let leastShare = 0.05

    private static func holds(_ decisions: LiverDecisions) -> [ForecastMark] {
        let shares = decisions.heldShares.enumerated().filter { $0.element >= leastShare }
        let often = shares.sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.prefix(mostMarks)
        return often.compactMap { cycle, share in
            guard decisions.dosing.planned.indices.contains(cycle) else { return nil }
            return ForecastMark(
                day: decisions.dosing.planned[cycle], kind: .held,
                label: "cycle \(cycle + 1) held in \(LiverNotes.percent(share)) of draws")
        }
    }

    /// The plan's notes, and a line for each regimen with the share held on every day.
    public func notes(of run: OrdinaryRun<LiverPlan>) -> [String] {
        run.plan.notes + Self.marginNotes(LiverReader(run))
            + run.reading.filter { $0.dosing.regimen.threshold > 0 }.map { decisions in
                let days = decisions.weeks.indices.map { ($0, decisions.share(held: $0)) }.filter { $0.1 > 0 }
                let listed = days.map { index, share in
                    "day \(Int((decisions.weeks[index] * DayCount.week).rounded())) \(LiverNotes.percent(share))"
                }
                let name = decisions.dosing.regimen.label
                return listed.isEmpty ? "\(name): no cycle held in any draw" : "\(name), cycles held: " + listed.joined(separator: ", ")
            }
    }
}

extension LiverNotes {
    /// A share as whole percent; what is there but rounds to nothing as «< 1 %».
    static func percent(_ share: Double) -> String {
        let whole = Int((share * 100).rounded())
        return whole == 0 && share > 0 ? "< 1 %" : "\(whole) %"
    }
}
