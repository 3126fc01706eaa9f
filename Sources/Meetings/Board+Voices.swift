// Opinions before the simulation, sealed until all are in, and votes on what is drafted.
import Records
import Twins

/// Why an opinion, an unsealing or a vote is not taken.
public enum VoiceProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case noVoice(Seat.Role)
    case noChoice
    case unknownOption(String)
    case noReason
    /// «No opinion» is declared before one is given.
    case hasOpinion
    case stillSealed(awaited: [String])
    case alreadyUnsealed
    case notChair(String)
    case nothingDrafted
    case noWords

    public var description: String {
        switch self {
        case .noVoice(let role): "the role «\(role.rawValue)» gives neither opinion nor vote"
        case .noChoice: "nothing is chosen: choose a scenario, write something else, or declare no opinion with the reason"
        case .unknownOption(let name): "«\(name)» is not one of the scenarios: choose again"
        case .noReason: "the reason is empty: say why"
        case .hasOpinion: "this seat has given its opinion already"
        case .stillSealed(let awaited):
            "the opinions are sealed"
                + (awaited.isEmpty ? ": nobody is there" : " until all are in (awaited: \(awaited.joined(separator: ", ")))")
                + "; yours can be revised after that"
        case .alreadyUnsealed: "the opinions are unsealed already"
        case .notChair(let name): "«\(name)» is not the chair: only the chair unseals"
        case .nothingDrafted: "there is no drafted decision to vote on: the board's choice comes first"
        case .noWords: "a dissent needs its words: say what you dissent from"
        }
    }
}

extension Board {
    /// The opinions and votes of a case as a seat may see them; nil: somebody who has no seat.
    public func voices(_ item: Int64, for viewer: Seat?) throws(BoardError) -> CaseVoices {
        let row = try Self.stored { () throws(StoreError) in try store.voices(item) }
        let isShown = row.isUnsealed && viewer.map { !$0.hasVoice || row.answered.contains($0.name) } ?? true
        let opinions = row.opinions.filter { isShown || $0.seat == viewer?.name }
        var voices = CaseVoices(
            item: item, asked: row.asked, answered: row.answered, isUnsealed: row.isUnsealed,
            unsealing: row.unsealing.map { CaseVoices.Unsealing(by: $0.actor, reason: $0.reason, time: $0.time) },
            declared: isShown
                ? row.reveals.filter { !$0.seat.isEmpty }.map { CaseVoices.Declaration(seat: $0.seat, reason: $0.reason) } : [],
            opinions: try opinions.map(Self.opinion), votes: try row.votes.map(Self.vote), proposal: try Self.proposal(row))
        if let viewer, viewer.hasVoice { voices.begun = try begunOpinion(item, of: viewer) }
        return voices
    }

    /// Every version of every opinion once they are unsealed; none before.
    public func opinions(_ item: Int64) throws(BoardError) -> [Opinion] { try voices(item, for: nil).opinions }

    /// Each seat's vote as it stands.
    public func votes(_ item: Int64) throws(BoardError) -> [Vote] { try voices(item, for: nil).latestVotes.map(\.vote) }

    /// Gives an opinion, revises it, or declares that the seat gives none; nil then. The last one that is awaited unseals all.
    ///
    /// Invariant 6: a first opinion, or its declared absence, is never taken back; a revision needs the unsealing and a reason, and every
    /// version is kept. `actor`: who sat there, for the ledger.
    @discardableResult
    public func give(_ draft: OpinionDraft, as seat: Seat, item: Int64, actor: String? = nil) throws(BoardError) -> Opinion? {
        var failure: BoardError?
        let names = try scenarios(item).scenarios.map(\.scenario.name)
        let row: VoiceRow?
        do throws(StoreError) {
            row = try store.addVoice(item, seat: seat.name, actor: actor ?? seat.name) { before in
                do throws(BoardError) { return try Self.entry(draft, seat, before, names: names) } catch {
                    failure = error
                    throw error
                }
            }
        } catch { throw failure ?? .store(error) }
        return try row.map(Self.opinion)
    }

    private static func entry(_ draft: OpinionDraft, _ seat: Seat, _ before: VoicesRow, names: [String]) throws(BoardError) -> Store.Entry {
        guard seat.hasVoice else { throw .voice(.noVoice(seat.role)) }
        let versions = before.opinions.filter { $0.seat == seat.name }
        let hasReason = !draft.reason.allSatisfy(\.isWhitespace)
        let unsealing =
            before.unsealing == nil && before.isComplete(before.answered.union([seat.name])) ? "all who were there had answered" : nil
        if draft.isNone {
            guard versions.isEmpty else { throw .voice(.hasOpinion) }
            guard hasReason else { throw .voice(.noReason) }
            return Store.Entry(reveal: draft.reason, unsealing: unsealing)
        }
        switch draft.choice {
        case nil: throw .voice(.noChoice)
        case .other(let words) where words.allSatisfy(\.isWhitespace): throw .voice(.noChoice)
        case .scenario(let name) where !names.contains(name): throw .voice(.unknownOption(name))
        case .some(let choice):
            if !versions.isEmpty {
                guard before.isUnsealed else {
                    throw .voice(.stillSealed(awaited: before.asked.filter { !before.answered.contains($0) }))
                }
                guard hasReason else { throw .voice(.noReason) }
            }
            let opinion = Opinion(
                seat: seat.name, specialty: seat.specialty, version: versions.count + 1, choice: choice, reason: draft.reason,
                comorbidity: draft.comorbidity, preference: draft.preference, afterReveal: before.answered.contains(seat.name),
                time: before.now)
            return Store.Entry(body: try encode(opinion, what: "opinion on case", id: before.agendaItem), unsealing: unsealing)
        }
    }

    /// The chair unseals before all are in, with the reason.
    public func unseal(_ item: Int64, as seat: Seat, reason: String, actor: String? = nil) throws(BoardError) {
        guard seat.role == .chair else { throw .voice(.notChair(seat.name)) }
        guard !reason.allSatisfy(\.isWhitespace) else { throw .voice(.noReason) }
        try unseal(item, actor: actor ?? seat.name) { before throws(BoardError) in
            guard !before.isUnsealed else { throw .voice(.alreadyUnsealed) }
            return reason
        }
    }

    /// Writes down that all who are there have answered, where the last one awaited has left rather than answered; so that whoever comes
    /// later does not seal again what has been seen.
    public func recordUnsealing(_ item: Int64, actor: String) throws(BoardError) {
        try unseal(item, actor: actor) { before throws(BoardError) in
            before.unsealing == nil && before.isComplete(before.answered) ? "all who were there had answered" : nil
        }
    }

    private func unseal(_ item: Int64, actor: String, reason: (VoicesRow) throws(BoardError) -> String?) throws(BoardError) {
        var failure: BoardError?
        do throws(StoreError) {
            _ = try store.addVoice(item, seat: "", actor: actor) { before in
                do throws(BoardError) { return Store.Entry(unsealing: try reason(before)) } catch {
                    failure = error
                    throw error
                }
            }
        } catch { throw failure ?? .store(error) }
    }

    /// Votes on the drafted decision. A further vote of the same seat is a further version.
    ///
    /// Invariant 7: a vote names the choice that it was cast on; a dissent has words.
    public func cast(
        _ kind: Vote.Kind, words: String = "", as seat: Seat, item: Int64, actor: String? = nil
    ) throws(BoardError) {
        guard seat.hasVoice else { throw .voice(.noVoice(seat.role)) }
        if kind == .dissents, words.allSatisfy(\.isWhitespace) { throw .voice(.noWords) }
        var failure: BoardError?
        do throws(StoreError) {
            try store.addVote(item, seat: seat.name, actor: actor ?? seat.name) { before in
                do throws(BoardError) {
                    guard let choice = try Self.proposal(before) else { throw .voice(.nothingDrafted) }
                    let version = before.votes.filter { $0.seat == seat.name }.count + 1
                    let vote = CastVote(
                        vote: Vote(seat: seat.name, specialty: seat.specialty, kind: kind, words: words), on: choice, version: version,
                        time: before.now)
                    return try Self.encode(vote, what: "vote on case", id: item)
                } catch {
                    failure = error
                    throw error
                }
            }
        } catch { throw failure ?? .store(error) }
    }

    private static func proposal(_ row: VoicesRow) throws(BoardError) -> String? {
        guard let body = row.draft else { return nil }
        return try decode(DecisionDraft.self, body, what: "decision draft of case", id: row.agendaItem).choice?.text
    }

    private static func opinion(_ row: VoiceRow) throws(BoardError) -> Opinion {
        try decode(Opinion.self, row.body, what: "opinion", id: row.key)
    }

    private static func vote(_ row: VoiceRow) throws(BoardError) -> CastVote {
        try decode(CastVote.self, row.body, what: "vote", id: row.key)
    }

    /// What a signature takes into the decision: every opinion, sealed or not, for it unseals them; and the votes as they stand.
    func voicesAtSignature(_ item: Int64) throws(BoardError) -> (opinions: [Opinion], votes: [Vote]) {
        let row = try Self.stored { () throws(StoreError) in try store.voices(item) }
        let votes = try row.votes.map(Self.vote)
        let latest = CaseVoices(item: item, votes: votes).latestVotes
        return (try row.opinions.map(Self.opinion), latest.map(\.vote))
    }
}
