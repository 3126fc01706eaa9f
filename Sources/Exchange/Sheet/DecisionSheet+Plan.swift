// What the board proposes, in which order, against which guideline, and who thinks otherwise.
import Foundation
import Meetings
import Twins

extension DecisionSheet {
    func fillPlan(_ fields: inout SheetFields) {
        let plan = current.plan
        fields[.proposal] = .of(current.choice?.text ?? "nothing chosen yet")
        fields[.reason] = .of(current.reason)
        fields[.sequence] = .of(plan.steps.isEmpty ? nil : plan.steps.map(Self.text).joined(separator: ", then "))
        fields[.alternatives] = .of(plan.alternatives.map(\.text))
        fields[.furtherTests] = .of(plan.tests.map { $0.what + Self.period($0.earliest, $0.latest) })
        fields[.recoursePlan] = .of(preparation.recoursePlan)
        let watched = plan.steps.filter { $0.kind == .surveillance }.map(Self.text)
        fields[.surveillance] = .of(preparation.surveillance ?? (watched.isEmpty ? nil : watched.joined(separator: "; ")))
        fields[.preference] = .of(plan.preference)
        fields[.comorbidity] = .of(plan.comorbidity.isEmpty ? preparation.comorbidity : plan.comorbidity)
        fields[.informant] = .of(plan.informant)
        fields[.review] = .of(current.followUp?.description)
        switch plan.standing {
        case .follows: fields[.guideline] = .of("yes")
        case .departs: fields[.guideline] = .of("no, the board departs from it")
        case GuidelineStanding.none?: fields[.guideline] = .of("there is none for the question")
        case nil: break
        }
        let guideline = plan.guideline ?? preparation.guideline
        fields[.guidelineVersion] = .of(
            guideline.map { $0.name + ($0.version.isEmpty ? ", version not recorded" : ", version \($0.version)") })
        fields[.guidelineDay] = .of(guideline?.day?.description)
        fields[.deviation] =
            plan.deviation.isEmpty && plan.standing == .follows ? .of("none: the guideline is followed") : .of(plan.deviation)
        fields[.trial] = .of(plan.trial)
        fields[.followsSimulation] = .of(followsSimulation)
        fields[.dissent] = .of(dissent)
    }

    private var dissent: String? {
        let voiced = currentVotes.filter { $0.kind == .dissents }.map {
            "\($0.seat) (\($0.specialty))" + ($0.words.isEmpty ? "" : ": \($0.words)")
        }
        let all = (current.dissent.isEmpty ? [] : [current.dissent]) + voiced
        return all.isEmpty ? "none recorded" : all.joined(separator: "\n")
    }

    /// The options in their order with the sequence of the first: line number, kind, what, when.
    var planTables: [SheetBlock] {
        guard let choice = current.choice else { return [] }
        let plan = current.plan
        let steps =
            plan.steps.isEmpty
            ? [["1", "1st line", "not recorded", choice.text, "not recorded"]]
            : plan.steps.enumerated().map { place, step in
                ["\(place + 1)", "1st line", Self.words(step.kind), step.what, Self.period(step.earliest, step.latest, alone: true)]
            }
        let others = plan.alternatives.map { ["", "alternative", "not recorded", $0.text, "not recorded"] }
        return [
            .table(SheetTable(caption: "Options in their order", header: ["Step", "Line", "Type", "What", "When"], rows: steps + others))
        ]
    }

    /// Each seat's opinion, every version of it, and its vote.
    var opinionBlocks: [SheetBlock] {
        var blocks: [SheetBlock] = []
        let opinions = currentOpinions.sorted { ($0.seat, $0.version) < ($1.seat, $1.version) }
        if opinions.isEmpty {
            blocks.append(.paragraph("Opinions of the seats: not recorded."))
        } else {
            blocks.append(
                .table(
                    SheetTable(
                        caption: "Opinions, each given before the simulation was shown to the seat unless said",
                        header: ["Seat", "Specialty", "Version", "Opinion", "Why", "Given"],
                        rows: opinions.map { opinion in
                            let more = [("comorbidity", opinion.comorbidity), ("patient's preference", opinion.preference)].filter {
                                !$0.1.isEmpty
                            }.map { "\($0.0): \($0.1)" }
                            return [
                                opinion.seat, opinion.specialty, "\(opinion.version)", opinion.choice.text,
                                ([opinion.reason] + more).filter { !$0.isEmpty }.joined(separator: "; "),
                                Self.moment(opinion.time) + (opinion.afterReveal ? ", after the simulation was shown" : ""),
                            ]
                        })))
        }
        if currentVotes.isEmpty {
            blocks.append(.paragraph("Votes: not recorded."))
        } else {
            blocks.append(
                .table(
                    SheetTable(
                        caption: "Votes", header: ["Seat", "Specialty", "Vote", "Words"],
                        rows: currentVotes.map { [$0.seat, $0.specialty, $0.kind.rawValue, $0.words] })))
        }
        return blocks
    }

    static func text(_ step: PlannedStep) -> String {
        "\(step.what) (\(words(step.kind)))" + period(step.earliest, step.latest)
    }

    /// ` between 2026-12-01 and 2026-12-20`, ` from …`, ` by …`; empty, or `not recorded` where it stands alone.
    static func period(_ earliest: CalendarDay?, _ latest: CalendarDay?, alone: Bool = false) -> String {
        let text: String
        switch (earliest, latest) {
        case (let from?, let to?): text = from == to ? "on \(from)" : "between \(from) and \(to)"
        case (let from?, nil): text = "from \(from)"
        case (nil, let to?): text = "by \(to)"
        case (nil, nil): return alone ? "not recorded" : ""
        }
        return alone ? text : " " + text
    }

    /// `targetedTherapy` as `targeted therapy`.
    static func words(_ kind: TreatmentKind) -> String {
        kind.rawValue.reduce(into: "") { words, letter in words += letter.isUppercase ? " " + letter.lowercased() : String(letter) }
    }

    /// `2026-11-26 14:05 UTC`.
    static func moment(_ time: Instant) -> String {
        let minutes = (time.milliseconds - Instant(time.day).milliseconds) / 60_000
        return "\(time.day) " + String(format: "%02d:%02d UTC", minutes / 60, minutes % 60)
    }
}
