// What is signed, word for word: lines that a person can read and a shell can check.
import Foundation
import Twins

/// A text of `name: value` lines below a title, and the comments that stand in the signature's file.
///
/// Invariant S4: everything in it follows from the store's rows, so that a check writes it anew and compares it byte for byte.
struct SignedMessage {
    var text: String
    var untrustedComment: String
    var trustedComment: String

    var data: Data { Data(text.utf8) }

    private init(title: String, _ lines: [(String, String)], untrusted: String, trusted: String) {
        text = ([title] + lines.map { "\($0): \(Self.line($1))" }).joined(separator: "\n") + "\n"
        untrustedComment = Self.line(untrusted)
        trustedComment = Self.line(trusted)
    }

    /// A decision. `before` is the ledger's head that its own entry follows.
    init(decision: DecisionRow, patient: String, meeting: String, isDemo: Bool, key: MinisignKey, before: LedgerHead) {
        self.init(
            title: "twinboard decision 1",
            [
                ("patient", patient), ("meeting", meeting), ("demonstration", isDemo ? "yes" : "no"),
                ("agenda_item", "\(decision.agendaItem)"), ("decision", "\(decision.id)"), ("version", "\(decision.version)"),
                ("content_sha256", decision.contentSHA256), ("body_sha256", decision.bodySHA256), ("signed_by", decision.signedBy),
                ("signed_at", Self.moment(decision.time)), ("signed_at_ms", "\(decision.time.milliseconds)"), ("key", key.name),
                ("ledger_before", before.description),
            ],
            untrusted: "signature by twinboard key \(key.name)",
            trusted: "timestamp:\(decision.time.milliseconds / 1000) decision:\(decision.id) version:\(decision.version)"
                + (isDemo ? " DEMO" : ""))
    }

    /// A checkpoint: the ledger up to an entry.
    init(checkpoint head: LedgerHead, time: Instant, name: String, key: MinisignKey) {
        self.init(
            title: "twinboard checkpoint 1",
            [
                ("entries", "\(head.sequence)"), ("head", head.description), ("signed_by", name), ("signed_at", Self.moment(time)),
                ("signed_at_ms", "\(time.milliseconds)"), ("key", key.name),
            ],
            untrusted: "signature by twinboard key \(key.name)",
            trusted: "timestamp:\(time.milliseconds / 1000) checkpoint:\(head.short)")
    }

    /// A value on one line: a name with a line feed must not make a line of its own.
    private static func line(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case _ where scalar.properties.generalCategory == .control || scalar.value == 0x2028 || scalar.value == 0x2029:
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// `2026-11-26T14:03:22Z`.
    static func moment(_ instant: Instant) -> String {
        let day = instant.day
        let seconds = (instant.milliseconds - Instant(day).milliseconds) / 1000
        func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + "\(value)" }
        return "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
    }
}
