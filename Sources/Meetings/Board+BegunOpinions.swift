// An opinion that is still being written: kept, so that a dropped line loses nothing, and shown to the seat that writes it alone.
import Records
import Twins

extension Board {
    /// What a seat has begun to write on a case; nil: nothing.
    public func begunOpinion(_ item: Int64, of seat: Seat) throws(BoardError) -> OpinionDraft? {
        guard let body = try Self.stored({ () throws(StoreError) in try store.begunOpinion(item, seat: seat.name) }) else { return nil }
        return try Self.decode(OpinionDraft.self, body, what: "begun opinion on case", id: item)
    }

    /// Keeps what a seat has begun to write; an empty one is forgotten. Nothing is asked of it: it is no opinion before ``give(_:as:item:actor:)``.
    public func keep(_ begun: OpinionDraft, as seat: Seat, item: Int64) throws(BoardError) {
        guard seat.hasVoice else { throw .voice(.noVoice(seat.role)) }
        let body = try begun == OpinionDraft() ? nil : Self.encode(begun, what: "begun opinion on case", id: item)
        try Self.stored { () throws(StoreError) in try store.keepBegunOpinion(item, seat: seat.name, body: body) }
    }
}
