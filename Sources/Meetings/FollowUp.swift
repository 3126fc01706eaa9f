// What came of a decision, as somebody noted it at the review date or later.
import Records
import Twins

/// An endpoint of the simulation whose outcome is known: did the event happen?
public struct KnownOutcome: Hashable, Codable, Sendable {
    /// The endpoint's label, as the board saw it.
    public var endpoint: String
    public var happened: Bool
    public init(endpoint: String, happened: Bool) {
        self.endpoint = endpoint
        self.happened = happened
    }
}

/// One look at what came of a decision.
public struct FollowUp: Hashable, Codable, Sendable {
    public enum CarriedOut: String, Hashable, Codable, Sendable, CaseIterable { case yes, partly, no }
    public var carriedOut: CarriedOut
    /// Why not, or why only partly.
    public var reason: String
    /// What was given instead.
    public var givenInstead: String
    public var note: String
    public var outcomes: [KnownOutcome]
    public init(carriedOut: CarriedOut, reason: String = "", givenInstead: String = "", note: String = "", outcomes: [KnownOutcome] = []) {
        self.carriedOut = carriedOut
        self.reason = reason
        self.givenInstead = givenInstead
        self.note = note
        self.outcomes = outcomes
    }
}

/// A look as it stands in the store.
public struct RecordedFollowUp: Hashable, Sendable {
    public var value: FollowUp
    public var version: Int
    public var actor: String
    public var time: Instant
}

extension Board {
    /// Every look at what came of a case, the first first.
    public func followUps(_ item: Int64) throws(BoardError) -> [RecordedFollowUp] {
        let rows = try Self.stored { () throws(StoreError) in try store.followUps(item) }
        var looks: [RecordedFollowUp] = []
        for row in rows {
            looks.append(
                RecordedFollowUp(
                    value: try Self.decode(FollowUp.self, row.body, what: "follow-up of case", id: item), version: row.version,
                    actor: row.actor, time: row.time))
        }
        return looks
    }

    /// Adds a look over the last one that was read; the earlier ones stay.
    ///
    /// Errors: `.refused` where the decision was not carried out and nobody says why, and for an outcome of an endpoint that the board
    /// did not see.
    public func add(_ look: FollowUp, item: Int64, over version: Int, actor: String) throws(BoardError) {
        if look.carriedOut != .yes, look.reason.allSatisfy(\.isWhitespace) {
            throw .store(.refused("say why the decision was \(look.carriedOut == .no ? "not" : "only partly") carried out"))
        }
        let seen = Set(try decisions(item).last?.seen?.figures.map(\.endpoint) ?? [])
        if let stranger = look.outcomes.first(where: { !seen.contains($0.endpoint) }) {
            throw .store(.refused("the board saw no endpoint «\(stranger.endpoint)»; it saw \(seen.sorted().joined(separator: ", "))"))
        }
        let body = try Self.encode(look, what: "follow-up of case", id: item)
        try Self.stored { () throws(StoreError) in _ = try store.addFollowUp(item, body: body, over: version, actor: actor) }
    }
}
