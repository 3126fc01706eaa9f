// What the board saw: how the simulation was made, its scenarios, figures and plots.
import Foundation
import Meetings
import Twins

extension DecisionSheet {
    /// How the simulation was made, its figures and its plots; before them what they cannot be trusted for, and the scores.
    var simulationBlocks: [SheetBlock] { doubtBlocks + scoreBlocks + seenBlocks }

    /// Where the patient lies outside the model's domain.
    private var doubtBlocks: [SheetBlock] {
        let outside = findings.filter { !$0.isInside }
        guard !outside.isEmpty else { return [] }
        return [
            .paragraph("Outside the model's domain in \(outside.count) of \(findings.count) inputs:"),
            .list(outside.map { "\($0.input): \($0.found) (the model was made for: \($0.domain))" }),
        ]
    }

    /// Each with its caveat.
    private var scoreBlocks: [SheetBlock] {
        guard !scores.isEmpty else { return [] }
        return [
            .table(
                SheetTable(
                    caption: "Published scores, no part of the simulation", header: ["Score", "Value", "Caveat"],
                    rows: scores.map { [$0.name, $0.value, $0.caveat] }))
        ]
    }

    /// An amendment that was signed without one does not hide what an earlier version rests on.
    private var earlierSimulation: [SheetBlock] {
        guard let earlier = decisions.last(where: { $0.seen != nil }), let seen = earlier.seen else { return [] }
        return [
            .paragraph(
                "Version \(earlier.version) rests on a simulation: \(seen.model) \(seen.modelVersion), draws \(seen.drawsSHA256), seed "
                    + "\(seen.seed), scenarios \(seen.scenarios.map(\.name).joined(separator: "; ")).")
        ]
    }

    private var seenBlocks: [SheetBlock] {
        guard let seen else {
            guard case .missing(let reason) = forecasts, decisions.isEmpty else {
                return [.paragraph("No simulation was on the screen when this version was signed.")] + earlierSimulation
            }
            return [.paragraph("No simulation: \(reason).")]
        }
        var blocks: [SheetBlock] = []
        if decisions.isEmpty {
            blocks.append(
                .paragraph("Not signed: the figures are those of the scenarios as they stand now, not of what a board has signed."))
        }
        func field(_ id: String, _ label: String, _ value: String?) {
            blocks.append(.field(SheetField(id: id, label: label, value: .of(value))))
        }
        field("model", "Model and version", "\(seen.model) \(seen.modelVersion)")
        field("recordUpTo", "Record used up to", "\(seen.reference.day)")
        field("seed", "Seed", "\(seen.seed)")
        field("arithmetic", "Arithmetic", seen.arithmetic?.rawValue)
        field("draws", "Draws, SHA-256", seen.drawsSHA256)
        field("interval", "Intervals", "80 % of the draws")
        blocks.append(
            .table(
                SheetTable(
                    caption: "Scenarios that the board saw", header: ["", "Scenario", "Interventions"],
                    rows: seen.scenarios.enumerated().map { place, scenario in
                        [SheetPlot.letter(place), scenario.name, words(scenario, from: seen.reference)]
                    })))
        if !kinds.isEmpty {
            blocks.append(.paragraph("Values that are not named are the standard ones of this version of the model."))
        }
        blocks += figureBlocks(seen)
        switch forecasts {
        case .missing(let reason): blocks.append(.paragraph("No plot: \(reason)."))
        case .shown(let forecasts, let observables, let observed):
            let plots = observables.compactMap { SheetPlot($0, forecasts: forecasts, observed: observed) }
            blocks += plots.map(SheetBlock.plot)
            if plots.isEmpty { blocks.append(.paragraph("No plot: the model gives no course over time for these scenarios.")) }
            let told = Set(seen.figures.flatMap(\.notes))
            let notes = Self.lettered(forecasts.map { $0.notes.filter { !told.contains($0) } })
            if !notes.isEmpty { blocks += [.paragraph("Further assumptions and warnings of the model:"), .list(notes)] }
        }
        return blocks
    }

    /// Each note once, behind the letters of the scenarios that it belongs to: two of them may have regimens of the same name.
    private static func lettered(_ notes: [[String]]) -> [String] {
        var order: [String] = []
        for note in notes.flatMap(\.self) where !order.contains(note) { order.append(note) }
        return order.map { note in
            notes.indices.filter { notes[$0].contains(note) }.map(SheetPlot.letter).joined(separator: " ") + ": " + note
        }
    }

    /// A row for each endpoint, a column for each scenario; what is assumed stands below once, with its number beside the endpoints.
    private func figureBlocks(_ seen: SimulationSeen) -> [SheetBlock] {
        var endpoints: [String] = []
        var notes: [String] = []
        for figure in seen.figures {
            if !endpoints.contains(figure.endpoint) { endpoints.append(figure.endpoint) }
            for note in figure.notes where !notes.contains(note) { notes.append(note) }
        }
        let rows = endpoints.map { endpoint in
            let own = seen.figures.filter { $0.endpoint == endpoint }
            let numbers = notes.indices.filter { place in own.contains { $0.notes.contains(notes[place]) } }.map { "\($0 + 1)" }
            return [endpoint + (numbers.isEmpty ? "" : " (\(numbers.joined(separator: ", ")))")]
                + seen.scenarios.map { scenario in own.first { $0.scenario == scenario.name }?.shown ?? "—" }
        }
        let letters = seen.scenarios.indices.map(SheetPlot.letter)
        let table = SheetTable(
            caption: "Figures, with 80 % intervals" + (notes.isEmpty ? "" : "; numbers in brackets: see below"),
            header: ["Endpoint"] + letters, rows: rows)
        return [.table(table)] + (notes.isEmpty ? [] : [.list(notes.enumerated().map { "(\($0.offset + 1)) \($0.element)" })])
    }

    /// A scenario as a person reads it, in the words of the model's forms: what differs from their standard values, and every date.
    func words(_ scenario: Scenario, from now: Instant) -> String {
        guard !kinds.isEmpty else { return Self.text(scenario) }
        if scenario.interventions.isEmpty { return "no intervention" }
        return scenario.interventions.map { intervention in
            guard let kind = kinds.first(where: { $0.id == intervention.kind }) else { return intervention.kind }
            let values = kind.fields.compactMap { field -> String? in
                guard let value = intervention.values[field.id], field.id == "start" || value != field.standard else { return nil }
                return Self.words(field, value, from: now)
            }
            return kind.label + (values.isEmpty ? "" : ": " + values.joined(separator: ", "))
        }.joined(separator: "; ")
    }

    private static func words(_ field: Field, _ value: FieldValue, from now: Instant) -> String {
        switch (field.kind, value) {
        case (_, .number(let number)) where field.id == "start": return "from day \(digits(number)) (\(now.adding(days: number).day))"
        case (.number(let unit, _, _), .number(let number)):
            return "\(field.label) \(digits(number))" + (unit.label.isEmpty ? "" : " " + unit.label)
        case (.choice(let choices), .choice(let id)): return "\(field.label) \(choices.first { $0.id == id }?.label ?? id)"
        case (_, .flag(let flag)): return flag ? field.label : "no " + field.label
        case (_, .choice(let id)): return "\(field.label) \(id)"
        case (_, .number(let number)): return "\(field.label) \(digits(number))"
        }
    }

    private static func digits(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    }

    /// `resection: start 119; systemic: backbone folfox, cycles 6`.
    static func text(_ scenario: Scenario) -> String {
        if scenario.interventions.isEmpty { return "no intervention" }
        return scenario.interventions.map { intervention in
            let values = intervention.values.sorted { $0.key < $1.key }.map { name, value in
                switch value {
                case .number(let number): "\(name) \(digits(number))"
                case .choice(let choice): "\(name) \(choice)"
                case .flag(let flag): "\(name) \(flag ? "yes" : "no")"
                }
            }
            return intervention.kind + (values.isEmpty ? "" : ": " + values.joined(separator: ", "))
        }.joined(separator: "; ")
    }
}
