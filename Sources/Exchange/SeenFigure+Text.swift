// A figure that the board saw, in the words of the screen.
import Foundation
import Meetings
import Twins

extension SeenFigure {
    /// `62 % [51 to 72]`, `> 24 months [12 to > 24]` where the event did not happen within the horizon, or the words of a category.
    public var shown: String {
        guard let value else { return words }
        let label = isPercent ? "%" : unit.label
        let figure = bounded(value) + (label.isEmpty ? "" : " " + label)
        return figure + interval + (words.isEmpty ? "" : " " + words)
    }

    /// Old rows do not say how the screen wrote them; there a bare ratio from 0 to 1 is a share, as on the screen.
    private var isPercent: Bool {
        isShare ?? (unit == .one && [value, lower, upper].compactMap(\.self).allSatisfy { (0...1).contains($0) })
    }

    /// Empty where every draw is beyond the horizon, or where no interval is known.
    private var interval: String {
        guard let lower, let upper else { return "" }
        if let ceiling, lower >= ceiling { return "" }
        return " [\(bounded(lower)) to \(bounded(upper))]"
    }

    private func bounded(_ number: Double) -> String {
        guard let ceiling, number >= ceiling else { return digits(number) }
        return "> " + digits(ceiling)
    }

    /// With the decimals that the screen showed; for an old row, those that its own interval gives.
    private func digits(_ number: Double) -> String {
        guard number.isFinite else { return "—" }
        let factor: Double = isPercent ? 100 : 1
        let own = Estimate(value: value ?? number, lower: lower ?? number, upper: upper ?? number)
        let decimals = min(9, max(0, decimals ?? Self.decimals([own], factor: factor)))
        let text = String(format: "%.\(decimals)f", abs(number) * factor)
        return number < 0 && text.contains { $0 >= "1" && $0 <= "9" } ? "−" + text : text
    }
}
