// One line of the table: what was promised, what was measured, and whether the promise is kept.

import Foundation

/// A figure with its limit.
struct Row {
    var what: String
    var measured: String
    var promised: String
    /// nil: told, not promised.
    var isKept: Bool?

    /// A figure that must not exceed its limit.
    static func atMost(_ limit: Double, _ unit: String, _ value: Double, _ what: String, detail: String = "") -> Row {
        Row(
            what: what, measured: "\(text(value)) \(unit)" + (detail.isEmpty ? "" : ", \(detail)"), promised: "≤ \(text(limit)) \(unit)",
            isKept: value <= limit)
    }

    static func told(_ what: String, _ measured: String) -> Row { Row(what: what, measured: measured, promised: "", isKept: nil) }

    /// Three significant digits.
    static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "\(value)" }
        var scale = 1.0
        while abs(value) * scale < 100, scale < 1e12 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }

    static func table(_ rows: [Row]) -> String {
        var lines = ["| what | measured | promised | kept |", "| --- | --- | --- | --- |"]
        for row in rows {
            lines.append("| \(row.what) | \(row.measured) | \(row.promised) | \(row.isKept.map { $0 ? "yes" : "**no**" } ?? "") |")
        }
        return lines.joined(separator: "\n")
    }
}

/// Repeated measurements of one thing, in milliseconds.
struct Times {
    var milliseconds: [Double] = []

    mutating func add(_ duration: Duration) { milliseconds.append(duration / .milliseconds(1)) }
    var median: Double { quantile(0.5) }
    var worst: Double { milliseconds.max() ?? .nan }

    /// The value below which this share of the measurements lies (nearest rank).
    func quantile(_ share: Double) -> Double {
        let sorted = milliseconds.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
    }
}

/// Says on standard error what is being measured: a run takes minutes.
func progress(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
