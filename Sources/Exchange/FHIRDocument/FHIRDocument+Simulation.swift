// What the board saw: a device for the model, a risk assessment for each scenario; and where the document comes from.
import Foundation
import Meetings
import Twins

extension FHIRDocument {
    var simulation: [Entry] {
        guard let seen = sheet.seen else { return [] }
        let device = Self.resource(
            "Device", id("device"),
            [
                (
                    "identifier",
                    .array([
                        .object([("system", .string("urn:twinboard:model")), ("value", Self.text("\(seen.model)/\(seen.modelVersion)"))])
                    ])
                ),
                ("deviceName", .array([.object([("name", Self.text(seen.model)), ("type", .string("model-name"))])])),
                ("type", Self.concept(text: "simulation model")), ("version", .array([.object([("value", Self.text(seen.modelVersion))])])),
                ("note", .array([.object([("text", .string(DecisionSheet.notice))])])),
            ])
        return [Entry(id: id("device"), resource: device)]
            + seen.scenarios.enumerated().map { place, scenario in
                Entry(id: id("risk-\(place)"), resource: assessment(seen, scenario, place))
            }
    }

    private func assessment(_ seen: SimulationSeen, _ scenario: Scenario, _ place: Int) -> JSONText {
        let identity =
            ["draws_sha256=\(seen.drawsSHA256)", "seed=\(seen.seed)"] + (seen.arithmetic.map { ["arithmetic=\($0.rawValue)"] } ?? [])
        let predictions = seen.figures.filter { $0.scenario == scenario.name }.map(prediction)
        return Self.resource(
            "RiskAssessment", id("risk-\(place)"),
            [
                (
                    "identifier",
                    .array(identity.map { .object([("system", .string("urn:twinboard:simulation")), ("value", Self.text($0))]) })
                ),
                ("status", .string(sheet.decisions.isEmpty ? "preliminary" : "final")),
                ("method", Self.concept(text: "\(seen.model) \(seen.modelVersion), 80 % intervals over the posterior draws")),
                ("code", Self.concept(text: scenario.name)), ("subject", reference("patient")),
                ("occurrenceDateTime", .string("\(seen.reference.day)")), ("performer", reference("device")),
                ("basis", .array(observations.indices.map { reference("observation-\($0)") })),
                ("prediction", .array(predictions)), ("mitigation", Self.text(DecisionSheet.text(scenario))),
            ])
    }

    /// A figure as it was on the screen; a share as a range of percent, anything else as a quantity with its range.
    private func prediction(_ figure: SeenFigure) -> JSONText {
        func quantity(_ value: Double, _ factor: Double, _ unit: String) -> JSONText {
            Self.object([
                ("value", .number(value * factor)), ("unit", Self.text(unit)), ("system", .string("http://unitsofmeasure.org")),
                ("code", Self.text(unit)),
            ])
        }
        func range(_ factor: Double, _ unit: String) -> JSONText? {
            guard let lower = figure.lower, let upper = figure.upper, lower.isFinite, upper.isFinite, lower <= upper else { return nil }
            return .object([("low", quantity(lower, factor, unit)), ("high", quantity(upper, factor, unit))])
        }
        let isShare = figure.isShare ?? false
        let (factor, unit): (Double, String) = isShare ? (100, "%") : (1, figure.unit.ucum)
        var extensions: [JSONText] = []
        if let value = figure.value, value.isFinite {
            extensions.append(
                .object([("url", .string("urn:twinboard:predicted-value")), ("valueQuantity", quantity(value, factor, unit))]))
        }
        if !isShare, let range = range(factor, unit) {
            extensions.append(.object([("url", .string("urn:twinboard:interval-80")), ("valueRange", range)]))
        }
        return Self.object([
            ("extension", .array(extensions)), ("outcome", Self.concept(text: figure.endpoint)),
            ("probabilityRange", isShare ? range(factor, unit) : nil),
            ("rationale", Self.text(([figure.shown] + figure.notes).joined(separator: "; "))),
        ])
    }

    /// Who signed which version; with the signature where one is kept.
    var provenance: [Entry] {
        sheet.decisions.enumerated().map { place, decision in
            let name = "provenance-\(place)"
            let who = seats.firstIndex { $0.name == decision.signedBy }.map { reference("role-\($0)") } ?? reference("board")
            let signatures = sheet.signatures.filter { $0.version == decision.version }.map { signature in
                Self.object([
                    (
                        "type",
                        .array([
                            .object([
                                ("system", .string("urn:iso-astm:E1762-95:2013")), ("code", .string("1.2.840.10065.1.12.1.1")),
                                ("display", .string("Author's Signature")),
                            ])
                        ])
                    ),
                    ("when", Self.instant(signature.time ?? decision.signedAt)), ("who", who),
                    ("sigFormat", .string("application/x-minisign")),
                    ("data", .string(Data(signature.text.utf8).base64EncodedString())),
                ])
            }
            return Entry(
                id: id(name),
                resource: Self.resource(
                    "Provenance", id(name),
                    [
                        ("target", .array([reference("composition")])), ("recorded", Self.instant(decision.signedAt)),
                        (
                            "activity",
                            Self.concept(
                                text:
                                    "version \(decision.version) signed: \(decision.draft.choice?.text ?? ""); ledger head \(sheet.ledgerHead)"
                            )
                        ),
                        ("agent", .array([.object([("who", who)])])), ("signature", .array(signatures)),
                    ]))
        }
    }
}
