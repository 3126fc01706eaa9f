// How a figure is written everywhere: digits, units, intervals, ceilings, shares, spans of time and dates.
import Meetings
import Plotting
import Twins

/// How the figures of one endpoint are written, so that all scenarios of a row read alike.
public struct FigureStyle: Hashable, Sendable {
    /// From the endpoint's unit to the one shown.
    public let factor: Double
    /// Empty where the unit is a bare number.
    public let unit: String
    public let decimals: Int
    /// Already in the unit shown.
    public let ceiling: Double?

    /// A unit of at most two signs stands behind each figure; a longer one stands once, behind the label.
    public var standsInCells: Bool { unit.unicodeScalars.count <= 2 }

    public init(_ endpoint: ComparedEndpoint) {
        self.init(unit: endpoint.unit, estimates: endpoint.estimates.compactMap(\.self), ceiling: endpoint.ceiling)
    }

    /// Digits follow the narrowest interval that has a width: the estimate's last digit is the interval's second one, at most.
    public init(unit: Unit, estimates: [Estimate], ceiling: Double? = nil) {
        // A bare ratio from 0 to 1 is a share or a probability.
        let isShare = unit == .one && !estimates.isEmpty && estimates.allSatisfy { $0.lower >= 0 && $0.upper <= 1 && $0.value <= 1 }
        factor = isShare ? 100 : 1
        self.unit = isShare ? "%" : unit.label
        self.ceiling = ceiling.map { $0 * (isShare ? 100 : 1) }
        decimals = SeenFigure.decimals(estimates, factor: factor, most: self.unit == "%" ? 1 : 3)
    }

    /// `62 %`, `> 24`, `−8`.
    public func value(_ estimate: Estimate, withUnit: Bool = true) -> String {
        let isOver = ceiling.map { estimate.value * factor >= $0 } ?? false
        let number = (isOver ? "> " : "") + number(isOver ? ceiling ?? 0 : estimate.value * factor)
        return withUnit && !unit.isEmpty ? number + " " + unit : number
    }

    /// `[51–72]`; empty where every draw says the same, to the digits shown.
    public func interval(_ estimate: Estimate) -> String {
        let (low, high) = (estimate.lower * factor, estimate.upper * factor)
        guard low.isFinite, high.isFinite, high - low > 1e-9 else { return "" }
        let dash = low < 0 ? ", " : "–"
        let isOver = ceiling.map { high >= $0 } ?? false
        if let ceiling, low >= ceiling { return "" }
        if number(low) == number(high), number(low) == number(estimate.value * factor) { return "" }
        return "[" + number(low) + dash + (isOver ? ">" : "") + number(high) + "]"
    }

    /// `62 % [51–72]`.
    public func full(_ estimate: Estimate) -> String {
        let interval = interval(estimate)
        return interval.isEmpty ? value(estimate) : value(estimate) + " " + interval
    }

    /// `+6`, `−8`, `0`.
    public func difference(_ estimate: Estimate) -> String { signed(estimate.value) }

    /// `[−8, +19]`; empty where every draw says the same.
    public func differenceInterval(_ estimate: Estimate) -> String {
        guard estimate.upper - estimate.lower > 1e-9 else { return "" }
        return "[" + signed(estimate.lower) + ", " + signed(estimate.upper) + "]"
    }

    private func number(_ value: Double) -> String { NumberText.fixed(value, decimals: decimals) }

    private func signed(_ value: Double) -> String {
        let text = number(value * factor)
        return value > 0 && text.contains { $0 >= "1" && $0 <= "9" } ? "+" + text : text
    }
}

/// Words around figures.
public enum FigureText {
    /// The figure of something that does not apply.
    public static let none = "—"

    /// `PR 62 %  SD 30 %  PD 8 %`, or as much of it as fits: with one sign of percent, then without those that round to nothing, then the commonest
    /// ones and `…`.
    public static func shares(_ shares: [Endpoint.Share], width: Int = .max) -> String {
        guard !shares.isEmpty else { return none }
        func part(_ share: Endpoint.Share) -> String { "\(share.category) \(Int(clamping: (share.share * 100).rounded()))" }
        let parts = shares.map(part)
        let there = shares.filter { $0.share >= 0.005 }.map(part)
        for text in [parts.joined(separator: " %  ") + " %", parts.joined(separator: " ") + " %", there.joined(separator: " ") + " %"]
        where text.unicodeScalars.count <= width {
            return text
        }
        let ranked = shares.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map { part($0.element) }
        let fitting = (1...ranked.count).last { ranked.prefix($0).joined(separator: " ").unicodeScalars.count + 3 <= width } ?? 1
        return ranked.prefix(fitting).joined(separator: " ") + " %…"
    }

    /// A probability as a table's tiny figure: `.74`, `1`, `0`.
    public static func probability(_ value: Double) -> String {
        let hundredths = Int(clamping: (value * 100).rounded())
        if hundredths >= 100 { return "1" }
        if hundredths <= 0 { return "0" }
        return "." + (hundredths < 10 ? "0" : "") + "\(hundredths)"
    }

    /// A length of time: `12 months`, `5 weeks`, `2.5 years`, `now` for nothing.
    public static func span(_ days: Double) -> String {
        let size = abs(days)
        if size < 0.5 { return "now" }
        let (unit, one, many): (Double, String, String) =
            size < 14
            ? (1, "day", "days")
            : size < 59.5
                ? (DayCount.week, "week", "weeks")
                : size < 60.5 * DayCount.month ? (DayCount.month, "month", "months") : (DayCount.year, "year", "years")
        let text = NumberText.fixed((size / unit * 10).rounded() / 10, decimals: 1)
        let trimmed = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return (days < 0 ? "−" : "") + trimmed + " " + (trimmed == "1" ? one : many)
    }

    /// The date some days from «now»: `22 Nov 2027`.
    public static func date(_ days: Double, from reference: Instant) -> String { DateText.long(reference.adding(days: days).day) }

    /// A value of a form's field as a person reads it, with its unit.
    public static func field(_ value: FieldValue?, _ field: Field) -> String {
        switch (field.kind, value ?? field.standard) {
        case (.number(let unit, _, let step), .number(let number)):
            let text = fieldNumber(number, step: step)
            return unit.label.isEmpty ? text : text + " " + unit.label
        case (.choice(let choices), .choice(let id)): return choices.first { $0.id == id }?.label ?? id
        case (_, .flag(let isOn)): return isOn ? "yes" : "no"
        default: return none
        }
    }

    /// With the step's decimals, and more only where the value has them.
    public static func fieldNumber(_ number: Double, step: Double) -> String {
        var decimals = 0
        func isExact(_ value: Double) -> Bool { abs(value - value.rounded()) < 1e-6 }
        var scale = 1.0
        while decimals < 6, !isExact(step * scale) || !isExact(number * scale) {
            scale *= 10
            decimals += 1
        }
        return NumberText.fixed(number, decimals: decimals)
    }
}
