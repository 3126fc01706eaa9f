// A board's rule as a page to read: who makes the quorum, what a record should hold, and where each line is from.
import Meetings

enum RulePage {
    static func title(_ rule: BoardRule) -> String { "\(rule.title) · its rule" }

    /// `seats`: who counts right now.
    static func text(_ rule: BoardRule, _ seats: [Seat]) -> String {
        let quorum = Quorum(seats, rule: rule.quorum)
        var lines = [
            quorum.isReached ? "The quorum is reached." : "No quorum: missing \(quorum.missing.joined(separator: ", ")).", "",
            "At least \(rule.quorum.minimumPhysicians) physicians of \(rule.quorum.minimumSpecialties) different specialties. "
                + source(rule.quorum.basis),
        ]
        lines += rule.quorum.mandatory.map { one in
            "\(one.words) must be there\(one.allowsAllied ? ", also somebody who is no physician" : ""). \(source(one.source))"
        }
        lines.append("Those who count: \(rule.quorum.counts.map(\.rawValue).joined(separator: ", ")). The others are heard.")
        if !rule.completeness.isEmpty { lines += ["", "What a record should hold"] }
        lines += rule.completeness.map { one in
            one.label + (one.maxAgeDays.map { ", at most \(Int($0)) days old" } ?? "") + ". " + source(one.source)
        }
        if !rule.guidelines.isEmpty { lines += ["", "Guidelines offered: \(rule.guidelines.joined(separator: "; "))."] }
        return lines.joined(separator: "\n")
    }

    private static func source(_ words: String) -> String {
        words == "assumption" ? "An assumption: no source gives it." : "Source: \(words)."
    }
}
