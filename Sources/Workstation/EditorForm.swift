// The scenario editor's form: its lines, what a step does to a number, and how typed text becomes a value.
import Plotting
import Twins

/// One line of the form that can be chosen.
enum EditorLine: Hashable, Sendable {
    case name
    /// The head of an intervention.
    case intervention(Int)
    /// Indices of the intervention and of the field within its kind.
    case field(Int, Int)
    case add
}

/// Why a typed text is not taken, in words.
struct EditorProblem: Error, Hashable, Sendable {
    var words: String
}

enum EditorForm {
    static let longestName = 60

    static func kind(_ intervention: Intervention, _ model: any TwinModel) -> InterventionKind? {
        model.interventionKinds.first { $0.id == intervention.kind }
    }

    static func lines(_ scenario: Scenario, _ model: any TwinModel) -> [EditorLine] {
        var lines: [EditorLine] = [.name]
        for (index, intervention) in scenario.interventions.enumerated() {
            lines.append(.intervention(index))
            lines += (kind(intervention, model)?.fields.indices).map { $0.map { .field(index, $0) } } ?? []
        }
        return lines + [.add]
    }

    /// The field of a line with its present value; nil for other lines.
    static func field(_ line: EditorLine, _ scenario: Scenario, _ model: any TwinModel) -> (
        intervention: Int, field: Field, value: FieldValue
    )? {
        guard case .field(let index, let place) = line, scenario.interventions.indices.contains(index),
            let kind = kind(scenario.interventions[index], model), kind.fields.indices.contains(place)
        else { return nil }
        let field = kind.fields[place]
        return (index, field, scenario.interventions[index].values[field.id] ?? field.standard)
    }

    /// Days from «now» that are shown with their date.
    static func isDate(_ field: Field) -> Bool {
        guard case .number(let unit, _, _) = field.kind, unit == .day else { return false }
        return field.id == "start" || field.id == "day" || field.id.hasSuffix("-day") || field.id.hasSuffix("-start")
    }

    /// A number some steps on, on the grid of whole steps and within the limits; from beside the grid the first step goes onto it.
    static func stepped(_ value: Double, by steps: Int, step: Double, limits: ClosedRange<Double>) -> Double {
        guard step > 0, steps != 0 else { return value }
        let place = value / step
        let isOnGrid = abs(place - place.rounded()) < 1e-6
        let from = isOnGrid ? place.rounded() : steps > 0 ? place.rounded(.down) : place.rounded(.up)
        // Dividing by a whole number keeps 0.29 what a person would write; multiplying by 0.01 does not.
        let parts = (1 / step).rounded()
        let target = from + Double(steps)
        let next = step < 1 && abs(parts * step - 1) < 1e-9 ? target / parts : target * step
        return min(max(next, limits.lowerBound), limits.upperBound)
    }

    /// What a person typed, as the field's value: `3,5` and `3.5`, a unit that converts (`6 wk`), a date where the field is one.
    static func parse(_ text: String, _ field: Field, from reference: Instant) throws(EditorProblem) -> FieldValue {
        guard case .number(let unit, let limits, let step) = field.kind else {
            throw EditorProblem(words: "\(field.label) is not a number")
        }
        let typed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let value: Double
        if isDate(field), let day = CalendarDay(typed) {
            value = Double(day.number - reference.day.number)
        } else {
            value = try number(typed, unit, field)
        }
        do { try field.check(.number(value), in: field.label) } catch {
            let bounds = [limits.lowerBound, limits.upperBound].map { FigureText.fieldNumber($0, step: step) }
            throw EditorProblem(
                words: "\(field.label) takes \(bounds[0]) to \(bounds[1]) \(unit.label)".trimmed
                    + ", not \(FigureText.fieldNumber(value, step: step))")
        }
        return .number(value)
    }

    private static func number(_ typed: String, _ unit: Unit, _ field: Field) throws(EditorProblem) -> Double {
        let signs: Set<Character> = ["+", "-", "−", ".", ","]
        let digits = typed.prefix { $0.isASCII && $0.isNumber || signs.contains($0) }
        let rest = String(typed.dropFirst(digits.count)).trimmed
        let plain = String(digits.map { $0 == "," ? "." : $0 == "−" ? "-" : $0 })
        guard let number = Double(plain), number.isFinite else {
            throw EditorProblem(words: typed.isEmpty ? "\(field.label): type a number" : "«\(typed)» is not a number; write 3.5 or 3,5")
        }
        if rest.isEmpty || rest == unit.label || rest == unit.ucum { return number }
        // «mo» and «months» both convert.
        let known = ["day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "year": "a", "years": "a"]
        guard let converted = Unit(known[rest] ?? rest).convert(number, to: unit) else {
            throw EditorProblem(words: "«\(rest)» does not convert to \(unit.label.isEmpty ? "a bare number" : unit.label)")
        }
        return converted
    }

    /// Where a value's source cannot be trusted as read: the word that stands beside it.
    static func label(of trust: Trust) -> String? {
        switch trust {
        case .assumption: "assumption"
        case .recalled: "unverified"
        case .verified, .excerpt, .derived: nil
        }
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
