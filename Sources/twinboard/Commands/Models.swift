// `models`, `validate`: what there is, on what it rests, and whether its evidence still holds.
import ArgumentParser
import Foundation
import TwinLibrary
import Twins
import Workstation

struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "List the models, or show one model's card: equations, states, parameters with prior and source, interventions, endpoints."
    )
    @OptionGroup var output: FormatOption
    @Flag(help: "The model's card as Markdown, as in docs/models.") var markdown = false
    @Argument(help: "A model's name.") var model: String?

    func run() throws {
        try reporting {
            guard let name = model else { return list() }
            let model = try Desk.model(name)
            if markdown { return Output.text(ModelPage.markdown(model)) }
            switch output.format {
            case .text: for line in ModelPage.lines(model) { Output.line(line) }
            case .json: Output.json(json(model))
            case .csv:
                Output.csv(
                    ["name", "symbol", "meaning", "unit", "prior", "source", "trust"],
                    (model.parameters + model.constants).map { parameter in
                        [
                            parameter.name, parameter.symbol, parameter.meaning, parameter.unit.ucum, ModelPage.prior(parameter.prior),
                            parameter.source.citation, parameter.source.trust.rawValue,
                        ]
                    })
            }
        }
    }

    private func list() {
        let models = TwinLibrary.models
        switch output.format {
        case .text: Output.table(["model", "version", "title"], models.map { [$0.id, $0.version, $0.title] })
        case .csv: Output.csv(["model", "version", "title"], models.map { [$0.id, $0.version, $0.title] })
        case .json:
            Output.json(
                .array(models.map { .object([("model", .string($0.id)), ("version", .string($0.version)), ("title", .string($0.title))]) }))
        }
    }

    private func json(_ model: any TwinModel) -> JSONText {
        func source(_ source: Source) -> [(String, JSONText)] {
            [("source", .string(source.citation)), ("trust", .string(source.trust.rawValue))]
        }
        func parameters(_ list: [Parameter]) -> JSONText {
            .array(
                list.map { parameter in
                    .object(
                        [
                            ("name", .string(parameter.name)), ("symbol", .string(parameter.symbol)),
                            ("meaning", .string(parameter.meaning)),
                            ("unit", .string(parameter.unit.ucum)), ("prior", .string(ModelPage.prior(parameter.prior))),
                            ("centre", .number(parameter.prior.centre)),
                        ] + source(parameter.source))
                })
        }
        return .object([
            ("model", .string(model.id)), ("version", .string(model.version)), ("title", .string(model.title)),
            ("purpose", .string(model.card.purpose)), ("not_for", .string(model.card.notFor)),
            ("equations", .strings(model.card.equations)),
            (
                "states",
                .array(
                    model.card.states.map {
                        .object([("name", .string($0.name)), ("unit", .string($0.unit.ucum)), ("meaning", .string($0.meaning))])
                    })
            ),
            ("population", .string(model.card.population)), ("limits", .strings(model.card.limits)),
            ("references", .array(model.card.references.map { .object(source($0)) })), ("parameters", parameters(model.parameters)),
            ("constants", parameters(model.constants)),
            (
                "observables",
                .array(
                    model.observables.map { observable in
                        .object(
                            [
                                ("id", .string(observable.id)), ("label", .string(observable.label)),
                                ("unit", .string(observable.unit.ucum)),
                                ("residual_sd", .number(observable.residualSD)),
                            ] + source(observable.source))
                    })
            ),
            (
                "interventions",
                .array(
                    model.interventionKinds.map { kind in
                        .object([
                            ("id", .string(kind.id)), ("label", .string(kind.label)), ("help", .string(kind.help)),
                            (
                                "fields",
                                .array(
                                    kind.fields.map { field in
                                        .object(
                                            [
                                                ("id", .string(field.id)), ("label", .string(field.label)),
                                                ("kind", .string(ModelPage.kind(field.kind))),
                                                ("standard", .string(ModelPage.value(field.standard))), ("help", .string(field.help)),
                                            ] + source(field.source))
                                    })
                            ),
                        ])
                    })
            ),
            (
                "endpoints",
                .array(
                    model.endpointList.map {
                        .object([("id", .string($0.id)), ("label", .string($0.label)), ("unit", .string($0.unit.ucum))])
                    })
            ),
        ])
    }
}

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Run the evidence of one model or of all: each check with what was expected, obtained, and from where. Exit status 1 if one fails."
    )
    @OptionGroup var output: FormatOption
    @Option(
        help: ArgumentHelp(
            "A folder with reference tables that are not part of the program; default: TWINBOARD_SHARED. Without it the checks that need them are left out.",
            valueName: "folder"))
    var references: String?
    @Argument(help: "A model's name; all without it.") var model: String?

    func run() throws {
        try reporting {
            let folder = try referenceFolder()
            let models = try model.map { [try Desk.model($0)] } ?? TwinLibrary.models
            let (results, leftOut) = try waiting {
                var results: [(String, [EvidenceCheck])] = []
                var leftOut: [String] = []
                for model in models {
                    let more = await model.evidence(in: folder)
                    results.append((model.id, await model.evidence() + more.checks))
                    leftOut += more.leftOut.map { "\(model.id): \($0)" }
                }
                return (results, leftOut)
            }
            for check in leftOut { Output.note("left out: \(check)") }
            switch output.format {
            case .json:
                Output.json(
                    .array(
                        results.map { model, checks in
                            .object([
                                ("model", .string(model)),
                                (
                                    "checks",
                                    .array(
                                        checks.map { check in
                                            .object([
                                                ("name", .string(check.name)), ("expected", .number(check.expected)),
                                                ("obtained", .number(check.obtained)),
                                                ("tolerance", .number(check.tolerance)), ("source", .string(check.source)),
                                                ("passed", .bool(check.passed)),
                                            ])
                                        })
                                ),
                            ])
                        }))
            case .csv:
                Output.csv(
                    ["model", "name", "expected", "obtained", "tolerance", "source", "passed"],
                    results.flatMap { model, checks in
                        checks.map { [model, $0.name, "\($0.expected)", "\($0.obtained)", "\($0.tolerance)", $0.source, "\($0.passed)"] }
                    })
            case .text:
                for (model, checks) in results {
                    Output.line("\(model): \(checks.filter(\.passed).count) of \(checks.count) checks passed")
                    Output.table(
                        ["", "check", "expected", "obtained", "tolerance", "source"],
                        checks.map {
                            [$0.passed ? "✓" : "✗ FAILED", $0.name, "\($0.expected)", "\($0.obtained)", "\($0.tolerance)", $0.source]
                        })
                    Output.line()
                }
            }
            let failed = results.flatMap { model, checks in checks.filter { !$0.passed }.map { "\(model): \($0.name)" } }
            guard failed.isEmpty else {
                throw CommandFailure(
                    message: "\(failed.count) check\(failed.count == 1 ? "" : "s") failed: \(failed.joined(separator: "; "))", status: 1)
            }
        }
    }

    private func referenceFolder() throws -> ReferenceFolder? {
        guard let path = references ?? Environment.value("TWINBOARD_SHARED") else { return nil }
        if let folder = ReferenceFolder(path: path) { return folder }
        throw CommandFailure.noSuch("no reference tables in \(path): it must hold the folder «oracles»")
    }
}
