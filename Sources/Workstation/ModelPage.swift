// A model's page in words: the same text on the Evidence screen, in the shell, and in docs/models.
import Twins

public enum ModelPage {
    public static func prior(_ prior: Prior) -> String {
        switch prior {
        case .normal(let mean, let sd): "normal, mean \(mean), sd \(sd)"
        case .logNormal(let median, let sd): "log-normal, median \(median), sd of the log \(sd)"
        case .fixed(let value): "fixed at \(value)"
        }
    }

    public static func kind(_ kind: Field.Kind) -> String {
        switch kind {
        case .number(let unit, let limits, let step): "number in \(unit.ucum), \(limits.lowerBound) to \(limits.upperBound), step \(step)"
        case .choice(let choices): "one of " + choices.map(\.id).joined(separator: ", ")
        case .flag: "yes or no"
        }
    }

    public static func value(_ value: FieldValue) -> String {
        switch value {
        case .number(let number): number == number.rounded() && abs(number) < 1e12 ? "\(Int(number))" : "\(number)"
        case .choice(let choice): choice
        case .flag(let flag): flag ? "yes" : "no"
        }
    }

    /// How a trust mark reads beside a value.
    public static func mark(_ trust: Trust) -> String {
        switch trust {
        case .verified: "verified"
        case .excerpt: "read in an excerpt"
        case .derived: "derived"
        case .recalled: "unverified, from memory"
        case .assumption: "ASSUMPTION"
        }
    }

    /// The page as plain lines.
    public static func lines(_ model: any TwinModel) -> [String] {
        var lines = [
            "\(model.title) (\(model.id), version \(model.version))", "", "For: " + model.card.purpose, "Not for: " + model.card.notFor, "",
            "Equations",
        ]
        lines += model.card.equations.map { "  " + $0 }
        lines += ["", "States"] + model.card.states.map { "  \($0.name) [\($0.unit.ucum)]: \($0.meaning)" }
        lines += ["", "Population: " + model.card.population, "", "Limits"]
        lines += model.card.limits.map { "  - " + $0 }
        lines += ["", "Parameters of a twin (calibrated)"]
        lines += model.parameters.map(parameter)
        if !model.constants.isEmpty { lines += ["", "Constants"] + model.constants.map(parameter) }
        lines += ["", "What can be measured"]
        lines += model.observables.map {
            "  \($0.label) [\($0.unit.ucum)], one measurement ± \($0.residualSD): \($0.source.citation) (\(mark($0.source.trust)))"
        }
        lines += ["", "Interventions"]
        for kind in model.interventionKinds {
            lines.append("  \(kind.label) (\(kind.id))" + (kind.help.isEmpty ? "" : ": " + kind.help))
            lines += kind.fields.map { field in
                "    \(field.label) (\(field.id)): \(Self.kind(field.kind)); standard \(value(field.standard)): \(field.source.citation) (\(mark(field.source.trust)))"
                    + (field.help.isEmpty ? "" : ". " + field.help)
            }
        }
        lines += ["", "Endpoints"]
        lines += model.endpointList.map { "  \($0.label)" + ($0.unit.label.isEmpty ? "" : " [\($0.unit.label)]") }
        lines += ["", "References"]
        lines += model.card.references.map { "  \($0.citation) (\(mark($0.trust)))" }
        return lines
    }

    private static func parameter(_ parameter: Parameter) -> String {
        "  \(parameter.symbol) (\(parameter.name)): \(parameter.meaning) [\(parameter.unit.ucum)]; \(prior(parameter.prior)); \(parameter.source.citation) (\(mark(parameter.source.trust)))"
    }

    /// The page as Markdown, for docs/models.
    public static func markdown(_ model: any TwinModel) -> String {
        func cell(_ text: String) -> String { text.split(separator: "|").joined(separator: "\\|") }
        func table(_ list: [Parameter]) -> [String] {
            ["| symbol | meaning | unit | prior | source | trust |", "| --- | --- | --- | --- | --- | --- |"]
                + list.map {
                    "| \(cell($0.symbol)) | \(cell($0.meaning)) | \(cell($0.unit.ucum)) | \(prior($0.prior)) | \(cell($0.source.citation)) | \(mark($0.source.trust)) |"
                }
        }
        var lines = [
            "# \(model.title)", "",
            "`\(model.id)`, version \(model.version). Made from the code by `twinboard models \(model.id) --markdown`; a test keeps it current.",
            "",
            "**For:** \(model.card.purpose)", "", "**Not for:** \(model.card.notFor)", "", "## Equations", "```",
        ]
        lines += model.card.equations + ["```", "", "## States", "| name | unit | meaning |", "| --- | --- | --- |"]
        lines += model.card.states.map { "| `\($0.name)` | \(cell($0.unit.ucum)) | \(cell($0.meaning)) |" }
        lines += ["", "## Population", model.card.population, "", "## Limits"]
        lines += model.card.limits.map { "- " + $0 }
        lines += ["", "## Parameters of a twin"] + table(model.parameters)
        if !model.constants.isEmpty { lines += ["", "## Constants"] + table(model.constants) }
        lines += ["", "## Observables", "| measure | unit | one measurement ± | source | trust |", "| --- | --- | --- | --- | --- |"]
        lines += model.observables.map {
            "| \(cell($0.label)) | \(cell($0.unit.ucum)) | \($0.residualSD) | \(cell($0.source.citation)) | \(mark($0.source.trust)) |"
        }
        lines += ["", "## Interventions"]
        for kind in model.interventionKinds {
            lines += [
                "", "### \(kind.label) (`\(kind.id)`)", kind.help, "", "| field | value | standard | source | trust |",
                "| --- | --- | --- | --- | --- |",
            ]
            lines += kind.fields.map {
                "| \(cell($0.label)) (`\($0.id)`) | \(cell(Self.kind($0.kind))) | \(value($0.standard)) | \(cell($0.source.citation)) \(cell($0.help)) | \(mark($0.source.trust)) |"
            }
        }
        lines += ["", "## Endpoints"] + model.endpointList.map { "- \($0.label)" + ($0.unit.label.isEmpty ? "" : " (\($0.unit.label))") }
        lines += ["", "## References"] + model.card.references.map { "- \($0.citation) (\(mark($0.trust)))" }
        return lines.joined(separator: "\n")
    }
}
