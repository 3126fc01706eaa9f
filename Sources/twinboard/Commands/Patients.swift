// `patients`, `show`, `search`: who is there, one record, the letters.
import ArgumentParser
import Foundation
import Records
import Twins

struct Patients: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the patients of the store, by pseudonym.",
        discussion: "JSON: an array with id, sex, birth_year, twins, last_seen.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Option(help: "Only pseudonyms that hold these letters.") var matching = ""
    @Option(help: "At most so many.") var limit = 10_000

    func run() throws {
        try reporting {
            let store = try source.open()
            let token = try store.accessList(actor: Environment.person, purpose: "patients")
            let rows = try store.patients(token, matching: matching, limit: max(1, limit))
            switch output.format {
            case .json:
                Output.json(
                    .array(
                        rows.map { row in
                            .object([
                                ("id", .string(row.id)), ("sex", .string(row.sex.rawValue)),
                                ("birth_year", row.birthYear.map { .integer(Int64($0)) } ?? .null), ("twins", .strings(row.twins)),
                                ("last_seen", .optional(row.lastSeen.map { $0.day.description })),
                            ])
                        }))
            case .csv: Output.csv(["id", "sex", "birth_year", "twins", "last_seen"], rows.map(Self.cells))
            case .text:
                if rows.isEmpty { Output.note("no patients") }
                Output.table(["patient", "sex", "born", "twins", "last seen"], rows.map(Self.cells))
            }
        }
    }

    private static func cells(_ row: PatientRow) -> [String] {
        [
            row.id, row.sex.rawValue, row.birthYear.map(String.init) ?? "", row.twins.joined(separator: " "),
            row.lastSeen?.day.description ?? "",
        ]
    }
}

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Search the patients' letters; accents and case do not matter.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "Words that must all occur.") var words: [String]

    func run() throws {
        try reporting {
            let store = try source.open()
            let token = try store.accessList(actor: Environment.person, categories: [.search], purpose: "search")
            let hits = try store.search(words.joined(separator: " "), token)
            let rows = hits.map { hit in
                [
                    hit.patient, hit.time?.day.description ?? "", hit.title,
                    hit.snippet.map(\.text).joined().split(whereSeparator: \.isNewline).joined(separator: " "),
                ]
            }
            switch output.format {
            case .json:
                Output.json(
                    .array(
                        rows.map {
                            .object([
                                ("patient", .string($0[0])), ("date", .optional($0[1].isEmpty ? nil : $0[1])),
                                ("title", .string($0[2])), ("text", .string($0[3])),
                            ])
                        }))
            case .csv: Output.csv(["patient", "date", "title", "text"], rows)
            case .text: Output.table(["patient", "date", "title", "text"], rows)
            }
        }
    }
}

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show one patient's record: facts, measures, letters. Each look is kept in the access log.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption
    @Argument(help: "The patient's pseudonym, as «twinboard patients» lists it.") var patient: String

    func run() throws {
        try reporting {
            let store = try source.open()
            let token = try store.access(actor: Environment.person, patient: patient, categories: .record, purpose: "show")
            let row = try store.patient(token)
            let facts = try store.facts(token).map(\.fact)
            let observations = try store.observations(token).map(\.observation)
            let documents = try store.documents(token)
            switch output.format {
            case .text: text(row, facts, observations, documents)
            case .csv: Output.csv(["date", "system", "code", "name", "value", "unit"], observations.map(Self.cells))
            case .json: json(row, facts, observations, documents)
            }
        }
    }

    private func text(_ row: PatientRow, _ facts: [CodedFact], _ observations: [Observation], _ documents: [DocumentHeading]) {
        Output.line("\(row.id) · \(row.sex.rawValue)" + (row.birthYear.map { " · born \($0)" } ?? ""))
        if !row.note.isEmpty { Output.line(row.note) }
        for (kind, title) in [(CodedFact.Kind.condition, "Conditions"), (.medication, "Medications"), (.procedure, "Procedures")] {
            let mine = facts.filter { $0.kind == kind }
            guard !mine.isEmpty else { continue }
            Output.line()
            Output.line(title)
            Output.table(
                ["from", "to", "status", "what"],
                mine.map { fact in
                    [
                        fact.start?.day.description ?? "", fact.end?.day.description ?? "", fact.status,
                        fact.code.display.isEmpty ? fact.code.code : fact.code.display,
                    ]
                })
        }
        if !observations.isEmpty {
            Output.line()
            Output.line("Observations")
            Output.table(
                ["date", "code", "what", "value", "unit"],
                observations.map { observation in
                    let cells = Self.cells(observation)
                    return [cells[0], cells[2], cells[3], cells[4], cells[5]]
                })
        }
        if !documents.isEmpty {
            Output.line()
            Output.line("Letters")
            Output.table(
                ["date", "title", "characters"], documents.map { [$0.time?.day.description ?? "", $0.title, "\($0.characters)"] })
        }
    }

    private func json(_ row: PatientRow, _ facts: [CodedFact], _ observations: [Observation], _ documents: [DocumentHeading]) {
        Output.json(
            .object([
                ("id", .string(row.id)), ("sex", .string(row.sex.rawValue)),
                ("birth_year", row.birthYear.map { .integer(Int64($0)) } ?? .null),
                ("twins", .strings(row.twins)), ("last_seen", .optional(row.lastSeen?.day.description)),
                (
                    "facts",
                    .array(
                        facts.map { fact in
                            .object([
                                ("kind", .string(fact.kind.rawValue)), ("system", .string(fact.code.system)),
                                ("code", .string(fact.code.code)),
                                ("display", .string(fact.code.display)), ("start", .optional(fact.start?.day.description)),
                                ("end", .optional(fact.end?.day.description)), ("status", .string(fact.status)),
                            ])
                        })
                ),
                (
                    "observations",
                    .array(
                        observations.map { observation in
                            let cells = Self.cells(observation)
                            var value = JSONText.string(cells[4])
                            var written = JSONText.null
                            if case .quantity(let quantity) = observation.value {
                                value = .number(quantity.value)
                                written = .optional(quantity.written)
                            }
                            return .object([
                                ("date", .string(cells[0])), ("system", .string(cells[1])), ("code", .string(cells[2])),
                                ("display", .string(cells[3])),
                                ("value", value), ("written", written), ("unit", .string(cells[5])),
                            ])
                        })
                ),
                (
                    "documents",
                    .array(documents.map { .object([("date", .optional($0.time?.day.description)), ("title", .string($0.title))]) })
                ),
            ]))
    }

    private static func cells(_ observation: Observation) -> [String] {
        let value: String
        var unit = ""
        switch observation.value {
        case .quantity(let quantity):
            value = quantity.text
            unit = quantity.unit.ucum
        case .coded(let code): value = code.display.isEmpty ? code.code : code.display
        case .text(let text): value = text
        }
        return [observation.time.day.description, observation.code.system, observation.code.code, observation.code.display, value, unit]
    }
}
