// What a decision needs before the chair may sign it, and the signing itself.
import Twins

/// What keeps a draft from being signed.
public enum SigningProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case noChoice
    case unknownOption(String)
    case repeatedOption(String)
    case noReason
    /// Nobody said whether it follows a guideline, departs from one, or there is none.
    case noStanding
    case noGuideline
    /// It departs from the guideline, and nobody said why.
    case noDeviation
    case noInformant
    case nobodyPresent
    case noQuorum(missing: [String])
    case noFollowUp
    case wrongSigner(String, chair: String)
    /// The patient was not told, or does not want it: why.
    case blocked(String)
    case postponed(to: String)

    public var description: String {
        switch self {
        case .noChoice: "nothing is chosen yet"
        case .unknownOption(let name): "«\(name)» is no longer one of the scenarios: choose again"
        case .repeatedOption(let name): "«\(name)» is proposed twice: take it out of the alternatives"
        case .noReason: "the reason is empty"
        case .noStanding: "whether it follows a guideline is not said (follows, departs, or none for the question)"
        case .noGuideline: "the guideline has no name"
        case .noDeviation: "why it departs from the guideline is empty"
        case .noInformant: "who tells the patient is not said"
        case .nobodyPresent: "nobody is marked as present"
        case .noQuorum(let missing): "no quorum (missing: \(missing.joined(separator: ", "))): say why the board decides all the same"
        case .noFollowUp: "the follow-up date is missing"
        case .blocked(let reason): "the case is blocked (\(reason)): note that the patient was informed first"
        case .postponed(let meeting): "the case was put off to the meeting «\(meeting)»: it is decided there"
        case .wrongSigner(let name, let chair): "«\(name)» is not the chair: type the name «\(chair)» to sign"
        }
    }

    /// The field that a person fills to do away with it; nil for the signature itself.
    public var field: DecisionField? {
        switch self {
        case .noChoice: .choice
        case .unknownOption, .repeatedOption: .alternatives
        case .noReason: .reason
        case .noStanding: .standing
        case .noGuideline: .guideline
        case .noDeviation: .deviation
        case .noInformant: .informant
        case .nobodyPresent: .present
        case .noQuorum: .withoutQuorum
        case .noFollowUp: .followUp
        case .wrongSigner, .blocked, .postponed: nil
        }
    }
}

extension DecisionDraft {
    /// Invariant 1: a decision exists only with a choice, a reason, its standing to a guideline, who tells the patient, a follow-up date,
    /// somebody present, and a quorum or the recorded reason for its absence. In the order in which a form asks for them.
    public func problems(rule: QuorumRule, options current: [String]) -> [SigningProblem] {
        var problems: [SigningProblem] = []
        if present.isEmpty { problems.append(.nobodyPresent) }
        switch choice {
        case nil: problems.append(.noChoice)
        case .other(let words) where !EntryText.says(words): problems.append(.noChoice)
        case .scenario(let name) where !current.contains(name): problems.append(.unknownOption(name))
        default: break
        }
        if !EntryText.says(reason) { problems.append(.noReason) }
        switch plan.standing {
        case nil: problems.append(.noStanding)
        case GuidelineStanding.none?: break
        case .follows?, .departs?:
            if !EntryText.says(plan.guideline?.name ?? "") { problems.append(.noGuideline) }
            if plan.standing == .departs, !EntryText.says(plan.deviation) { problems.append(.noDeviation) }
        }
        if !EntryText.says(plan.informant) { problems.append(.noInformant) }
        if followUp == nil { problems.append(.noFollowUp) }
        let quorum = Quorum(present, rule: rule)
        if !present.isEmpty, !quorum.isReached, !EntryText.says(withoutQuorum) {
            problems.append(.noQuorum(missing: quorum.missing))
        }
        return problems + alternativeProblems(current)
    }

    private func alternativeProblems(_ current: [String]) -> [SigningProblem] {
        var problems: [SigningProblem] = []
        var seen = choice.map { [$0] } ?? []
        for alternative in plan.alternatives {
            if seen.contains(alternative) { problems.append(.repeatedOption(alternative.text)) }
            if case .scenario(let name) = alternative, !current.contains(name) { problems.append(.unknownOption(name)) }
            seen.append(alternative)
        }
        return problems
    }

    /// The signed decision; throws the first thing that is missing. Invariant 2: only the chair's own name signs.
    public func signed(
        item: Int64, version: Int, rule: QuorumRule, options current: [String], name: String, chair: String, at time: Instant,
        seen: SimulationSeen?
    ) throws(SigningProblem) -> Decision {
        if let problem = problems(rule: rule, options: current).first { throw problem }
        guard !chair.isEmpty, PersonName.folded(name) == PersonName.folded(chair) else { throw .wrongSigner(name, chair: chair) }
        return Decision(
            agendaItem: item, version: version, draft: self, signedBy: chair, signedAt: time,
            quorumReached: Quorum(present, rule: rule).isReached, seen: seen, rule: rule)
    }
}
