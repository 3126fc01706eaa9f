// The decision sheet for programs: the JSON and the table that docs/commands.md describes.
import Foundation
import Meetings
import Surface
import Twins

extension DecisionSheet {
    /// The sheet as one object.
    public var json: JSONText {
        let current = current
        return .object([
            ("notice", .string(Self.notice)), ("status", .string(status)), ("meeting", .string(meeting.id)),
            ("board", .string(meeting.title)),
            ("date", .string(meeting.day.description)), ("demo", .bool(meeting.isDemo)), ("training", .bool(meeting.isTraining)),
            ("patient", .string(item.patient)), ("question", .string(current.question)), ("options", .strings(current.options)),
            ("present", .array(current.present.map(Self.json))), ("proposal", .optional(current.choice?.text)),
            ("reason", .string(current.reason)), ("dissent", .string(current.dissent)),
            ("follow_up", .optional(current.followUp?.description)), ("without_quorum", .string(current.withoutQuorum)),
            ("follows_simulation", .string(followsSimulation)), ("versions", .array(decisions.map(Self.json))),
            ("opinions", .array(currentOpinions.map(Self.json))), ("votes", .array(currentVotes.map(Self.json))),
            ("outside_domain", .array(findings.filter { !$0.isInside }.map(Self.json))), ("scores", .array(scores.map(Self.json))),
            ("seen", seen.map(Self.json) ?? .null), ("signatures", .array(signatures.map(Self.json))), ("ledger_head", .string(ledgerHead)),
            ("sections", .array(document.sections.map(Self.json))),
        ])
    }

    private static func json(_ seat: Seat) -> JSONText {
        .object([("name", .string(seat.name)), ("specialty", .string(seat.specialty)), ("role", .string(seat.role.rawValue))])
    }

    private static func json(_ decision: Decision) -> JSONText {
        .object([
            ("version", .integer(Int64(decision.version))), ("signed_by", .string(decision.signedBy)),
            ("signed_at_utc", .string(secondText(decision.signedAt))), ("quorum_reached", .bool(decision.quorumReached)),
            ("proposal", .optional(decision.draft.choice?.text)), ("reason", .string(decision.draft.reason)),
            ("dissent", .string(decision.draft.dissent)), ("follow_up", .optional(decision.draft.followUp?.description)),
        ])
    }

    private static func json(_ opinion: Opinion) -> JSONText {
        .object([
            ("seat", .string(opinion.seat)), ("specialty", .string(opinion.specialty)), ("version", .integer(Int64(opinion.version))),
            ("choice", .string(opinion.choice.text)), ("reason", .string(opinion.reason)), ("comorbidity", .string(opinion.comorbidity)),
            ("preference", .string(opinion.preference)), ("after_reveal", .bool(opinion.afterReveal)),
            ("given_at_utc", .string(secondText(opinion.time))),
        ])
    }

    private static func json(_ vote: Vote) -> JSONText {
        .object([
            ("seat", .string(vote.seat)), ("specialty", .string(vote.specialty)), ("vote", .string(vote.kind.rawValue)),
            ("words", .string(vote.words)),
        ])
    }

    private static func json(_ finding: DomainFinding) -> JSONText {
        .object([("input", .string(finding.input)), ("found", .string(finding.found)), ("domain", .string(finding.domain))])
    }

    private static func json(_ score: PublishedScore) -> JSONText {
        .object([("name", .string(score.name)), ("value", .string(score.value)), ("caveat", .string(score.caveat))])
    }

    private static func json(_ signature: SheetSignature) -> JSONText {
        .object([
            ("signer", .string(signature.signer)), ("key_id", .string(signature.keyID)),
            ("version", signature.version.map { .integer(Int64($0)) } ?? .null), ("minisign", .string(signature.text)),
        ])
    }

    private static func json(_ section: SheetSection) -> JSONText {
        let fields = section.blocks.compactMap { block -> JSONText? in
            guard case .field(let field) = block else { return nil }
            return .object([
                ("id", .string(field.id)), ("label", .string(field.label)), ("state", .string(field.value.state)),
                ("value", field.value.state == "recorded" ? .strings(field.value.texts) : .strings([])),
            ])
        }
        return .object([
            ("id", .string(section.id)), ("title", .string(section.title)), ("loinc", .optional(section.loinc)), ("fields", .array(fields)),
        ])
    }

    private static func json(_ seen: SimulationSeen) -> JSONText {
        .object([
            ("model", .string(seen.model)), ("model_version", .string(seen.modelVersion)), ("draws_sha256", .string(seen.drawsSHA256)),
            ("seed", .integer(Int64(clamping: seen.seed))), ("arithmetic", .optional(seen.arithmetic?.rawValue)),
            ("record_up_to", .string(seen.reference.day.description)), ("scenarios", .strings(seen.scenarios.map(\.name))),
            ("figures", .array(seen.figures.map(json))),
        ])
    }

    private static func json(_ figure: SeenFigure) -> JSONText {
        .object([
            ("scenario", .string(figure.scenario)), ("endpoint", .string(figure.endpoint)), ("unit", .string(figure.unit.ucum)),
            ("value", .optional(figure.value)), ("lower", .optional(figure.lower)), ("upper", .optional(figure.upper)),
            ("words", .string(figure.words)), ("not_within_horizon_above", .optional(figure.ceiling)), ("shown", .string(figure.shown)),
            ("notes", .strings(figure.notes)),
        ])
    }

    /// `2026-11-26 14:05:09`, as every moment in the commands' JSON.
    private static func secondText(_ time: Instant) -> String {
        let seconds = (time.milliseconds - Instant(time.day).milliseconds) / 1000
        return "\(time.day) " + String(format: "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// What the board saw, a row for each figure, as CSV; cells that a spreadsheet would run are defused.
    public var csv: String {
        let header = ["scenario", "endpoint", "unit", "value", "lower", "upper", "words", "not_within_horizon_above", "shown"]
        let rows = (seen?.figures ?? []).map { figure in
            [figure.scenario, figure.endpoint, figure.unit.ucum]
                + [figure.value, figure.lower, figure.upper].map { $0.map { "\($0)" } ?? "" }
                + [figure.words, figure.ceiling.map { "\($0)" } ?? "", figure.shown]
        }
        return ([header] + rows).map { row in row.map { SafeText.csvCell($0) }.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }
}
