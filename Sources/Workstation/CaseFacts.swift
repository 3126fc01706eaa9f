// What the Case screen says of a record: facts in words, spans for the timeline, measures with their series.
import Plotting
import Records
import Surface
import Twins

/// A line of the facts, with its weight.
struct FactLine {
    var label: String
    var text: String
    var role: Theme.Role
}

/// A bar of the timeline: what, from when, until when; open ends are nil.
struct TimelineBar {
    var label: String
    var kind: CodedFact.Kind
    /// Days from «now».
    var start: Double
    var end: Double?
}

/// One measured quantity over time.
struct MeasureLine {
    var label: String
    var unit: Unit
    /// Days from «now», and values, in order of time.
    var days: [Double]
    var values: [Double]
    /// The latest number as the source wrote it, if it did.
    var written: String?
    /// The latest answer of a quantity that has no number.
    var answer: String?
    /// Used by the twin.
    var isUsed: Bool

    /// The latest value with its unit: as the source wrote it where that fits into so many columns, else rounded. A figure that was cut off
    /// would be another figure.
    func latest(width: Int) -> String {
        if let answer { return answer }
        guard let last = values.last else { return "" }
        let whole = written.map { $0 + " " + unit.label } ?? ""
        return whole.isEmpty || TextWidth.of(whole) > width ? NumberText.format(last, digits: 3) + " " + unit.label : whole
    }
}

enum CaseFacts {
    static func lines(_ open: OpenCase, age: Double?) -> [FactLine] {
        var lines = [
            FactLine(
                label: "Patient", text: "\(open.item.patient), \(open.subject.sex.rawValue)" + (age.map { ", \(Int($0)) years" } ?? ""),
                role: .text),
            FactLine(label: "Question", text: open.item.question, role: .heading),
            FactLine(
                label: "Record",
                text:
                    "up to \(open.subject.reference.day): \(known(open)) observations, \(open.documents.count) letters",
                role: .text),
        ]
        if let reason = open.preparation.blockReason {
            lines.append(FactLine(label: "Blocked", text: reason, role: .danger))
        } else if open.preparation.information == nil {
            lines.append(FactLine(label: "Informed", text: "nobody has noted that the patient was informed", role: .warning))
        }
        if let reason = open.preparation.registered { lines.append(FactLine(label: "Registered", text: reason, role: .text)) }
        if let postponed = open.preparation.postponed {
            lines.append(FactLine(label: "Postponed", text: "to \(postponed.meeting): \(postponed.reason)", role: .warning))
        }
        for item in open.model.completeness(of: open.subject) where !item.isPresent {
            lines.append(FactLine(label: "Missing", text: item.label, role: .warning))
        }
        for finding in open.model.domain(of: open.subject) where !finding.isInside {
            lines.append(
                FactLine(
                    label: "Domain", text: "\(finding.input) \(finding.found): the model was made for \(finding.domain)", role: .warning))
        }
        lines += facts(open, .condition, "Condition")
        lines += facts(open, .medication, "Medication")
        lines += facts(open, .procedure, "Procedure")
        for score in open.model.scores(of: open.subject) {
            lines.append(FactLine(label: "Score", text: "\(score.name) \(score.value): \(score.caveat)", role: .text))
        }
        return lines
    }

    /// Statuses of FHIR with which a condition, a medication or a procedure no longer goes on.
    private static let ended: Set<String> = ["resolved", "remission", "stopped", "inactive", "completed", "cancelled", "not-done"]

    private static func isOver(_ fact: CodedFact, at now: Instant) -> Bool { fact.end.map { $0 <= now } ?? ended.contains(fact.status) }

    /// What was known at the case's «now».
    private static func facts(_ open: OpenCase) -> [CodedFact] {
        open.subject.facts.filter { ($0.start ?? open.subject.reference) <= open.subject.reference }
    }

    private static func known(_ open: OpenCase) -> Int { open.subject.observations.count { $0.time <= open.subject.reference } }

    private static func facts(_ open: OpenCase, _ kind: CodedFact.Kind, _ label: String) -> [FactLine] {
        var known = facts(open).filter { $0.kind == kind }
        let split = known.partition { isOver($0, at: open.subject.reference) }
        let (now, past) = (known[..<split], known[split...])
        func words(_ fact: CodedFact) -> String {
            let name = fact.code.display.isEmpty ? fact.code.code : fact.code.display
            let from = fact.start.map { " · \($0.day)" } ?? ""
            let to = fact.end.map { " to \($0.day)" } ?? ""
            return name + from + to
        }
        return
            (now.sorted { ($0.start?.milliseconds ?? 0) > ($1.start?.milliseconds ?? 0) }.map {
                FactLine(label: label, text: words($0), role: .text)
            })
            + (past.sorted { ($0.start?.milliseconds ?? 0) > ($1.start?.milliseconds ?? 0) }.map {
                FactLine(label: label, text: words($0) + " · \($0.status)", role: .quiet)
            })
    }

    static func bars(_ open: OpenCase) -> [TimelineBar] {
        facts(open).compactMap { fact in
            guard let start = fact.start else { return nil }
            let isOver = isOver(fact, at: open.subject.reference)
            let end = fact.end.map { $0.days(since: open.subject.reference) } ?? (isOver ? start.days(since: open.subject.reference) : nil)
            return TimelineBar(
                label: fact.code.display.isEmpty ? fact.code.code : fact.code.display, kind: fact.kind,
                start: start.days(since: open.subject.reference), end: end)
        }.sorted { $0.start < $1.start }
    }

    /// Every code of the record with its series; those that the twin uses first, then by name.
    static func measures(_ open: OpenCase) -> [MeasureLine] {
        var order: [Code] = []
        var groups: [Code: [Observation]] = [:]
        for observation in open.subject.observations where observation.time <= open.subject.reference {
            if groups[observation.code] == nil { order.append(observation.code) }
            groups[observation.code, default: []].append(observation)
        }
        let lines = order.compactMap { code -> MeasureLine? in
            guard let list = groups[code], let last = list.last else { return nil }
            let observable = open.model.observables.first { $0.codes.contains(code) }
            var line = MeasureLine(
                label: observable?.label ?? (last.code.display.isEmpty ? code.code : last.code.display), unit: .one, days: [], values: [],
                answer: nil, isUsed: observable != nil)
            switch last.value {
            case .quantity(let quantity):
                line.unit = quantity.unit
                line.written = quantity.written
            case .coded(let answer): line.answer = answer.display.isEmpty ? answer.code : answer.display
            case .text(let text): line.answer = text
            }
            for observation in list {
                guard let number = observation.value.number(in: line.unit) else { continue }
                line.days.append(observation.time.days(since: open.subject.reference))
                line.values.append(number)
            }
            return line
        }
        return lines.sorted { ($0.isUsed ? 0 : 1, $0.label) < ($1.isUsed ? 0 : 1, $1.label) }
    }
}
