// Preparing a meeting in the store: every change is made over the version that its author has read.
import Records
import Twins

extension Board {
    public func preparation(meeting id: String) throws(BoardError) -> Prepared<MeetingPreparation> {
        guard let row = try Self.stored({ () throws(StoreError) in try store.meetingPreparation(id) }) else {
            return Prepared(MeetingPreparation(), version: 0)
        }
        return Prepared(
            try Self.decode(MeetingPreparation.self, row.body, what: "preparation of a meeting, version", id: Int64(row.version)),
            version: row.version)
    }

    public func preparation(_ item: Int64) throws(BoardError) -> Prepared<CasePreparation> {
        guard let row = try Self.stored({ () throws(StoreError) in try store.casePreparation(item) }) else {
            return Prepared(CasePreparation(), version: 0)
        }
        return Prepared(try Self.decode(CasePreparation.self, row.body, what: "preparation of case", id: item), version: row.version)
    }

    /// Errors: `.store(.changedMeanwhile)` if another has changed it since it was read.
    public func save(_ preparation: Prepared<MeetingPreparation>, meeting: String, actor: String) throws(BoardError) {
        let body = try Self.encode(preparation.value, what: "preparation of a meeting, version", id: Int64(preparation.version))
        try Self.stored { () throws(StoreError) in
            _ = try store.saveMeetingPreparation(meeting, body: body, over: preparation.version, actor: actor)
        }
    }

    /// `what` is for the ledger: `informed`, `blocked`, `fields`. Errors as for a meeting.
    public func save(
        _ preparation: Prepared<CasePreparation>, item: Int64, actor: String, what: String, state: CaseState? = nil
    ) throws(BoardError) {
        let body = try Self.encode(preparation.value, what: "preparation of case", id: item)
        try Self.stored { () throws(StoreError) in
            _ = try store.saveCasePreparation(
                item, body: body, over: preparation.version, actor: actor, what: what, state: state?.rawValue)
        }
    }

    /// Notes that the patient knows that the board speaks of them; lifts a block.
    public func inform(_ item: Int64, on day: CalendarDay, by name: String, actor: String) throws(BoardError) {
        try require(name, "who told the patient")
        var prepared = try preparation(item)
        prepared.value.information = .informed(on: day, by: name)
        try save(prepared, item: item, actor: actor, what: "informed on \(day) by \(name)")
    }

    /// Keeps the board from deciding until it is lifted (``inform(_:on:by:actor:)``).
    public func block(_ item: Int64, reason: String, actor: String) throws(BoardError) {
        try require(reason, "why the case is blocked")
        var prepared = try preparation(item)
        prepared.value.information = .blocked(reason: reason)
        try save(prepared, item: item, actor: actor, what: "blocked: \(reason)")
    }

    /// A standard case: on the record, with the rule's reason, without discussion.
    public func register(_ item: Int64, reason: String, actor: String) throws(BoardError) {
        try require(reason, "why the case needs no discussion")
        try requireUndecided(item)
        var prepared = try preparation(item)
        prepared.value.registered = reason
        try save(prepared, item: item, actor: actor, what: "registered: \(reason)", state: .registered)
    }

    /// Takes a registration back: the case is discussed after all.
    public func discuss(_ item: Int64, actor: String) throws(BoardError) {
        var prepared = try preparation(item)
        guard prepared.value.registered != nil else { throw .store(.refused("the case is not registered")) }
        prepared.value.registered = nil
        try save(prepared, item: item, actor: actor, what: "discussed after all", state: .waiting)
    }

    /// Puts a case off to another meeting, where it stands with its scenarios and preparation; returns it there.
    public func postpone(_ item: Int64, to meeting: String, reason: String, actor: String) throws(BoardError) -> AgendaItem {
        try require(reason, "why the case is put off")
        _ = try self.meeting(meeting)
        var here = try preparation(item)
        var there = here.value
        there.registered = nil
        there.postponed = nil
        there.deliveries = []
        here.value.postponed = Postponement(meeting: meeting, reason: reason)
        let bodies = (
            here: try Self.encode(here.value, what: "preparation of case", id: item),
            there: try Self.encode(there, what: "preparation of case", id: item)
        )
        let row: AgendaItemRow = try Self.stored { () throws(StoreError) in
            try store.postponeAgendaItem(
                item, to: meeting, bodies: bodies, over: here.version, actor: actor, state: CaseState.postponed.rawValue,
                newState: CaseState.waiting.rawValue)
        }
        return try self.item(row.id)
    }

    /// Changes the question or the model of a case that is not decided.
    public func change(_ item: Int64, question: String? = nil, model: String? = nil, actor: String) throws(BoardError) {
        let now = try self.item(item)
        try Self.stored { () throws(StoreError) in
            _ = try store.updateAgendaItem(item, question: question ?? now.question, model: model ?? now.model, actor: actor)
        }
    }

    /// Fields of the preparation that were changed since a case's last version was signed; empty before the first signature, and of versions
    /// from before preparations were signed.
    public func preparedSince(_ decision: Decision?) throws(BoardError) -> [String] {
        guard let decision, let signed = decision.prepared else { return [] }
        return try preparation(decision.agendaItem).value.changes(since: signed).map(\.field)
    }

    /// Notes to whom the signed sheet was given, when and by whom.
    public func deliver(_ item: Int64, _ delivery: SheetDelivery, actor: String) throws(BoardError) {
        try require(delivery.to, "to whom the sheet was given")
        guard try !decisions(item).isEmpty else { throw .store(.refused("the case is not decided: there is no signed sheet to give")) }
        var prepared = try preparation(item)
        prepared.value.deliveries.append(delivery)
        try save(prepared, item: item, actor: actor, what: "sheet given to \(delivery.to)")
    }

    public func move(_ item: Int64, to position: Int) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.moveAgendaItem(item, to: position) }
    }

    public func removeCase(_ item: Int64, actor: String) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.removeAgendaItem(item, actor: actor) }
    }

    /// Invariant 5: a blocked case is not decided, a case that was put off is decided where it was put off to, and the specialties that the
    /// meeting requires beyond its rule are there, or the reason for their absence is on the record.
    func preparationProblem(_ decision: Decision) throws(BoardError) -> SigningProblem? {
        let prepared = try preparation(decision.agendaItem).value
        if let reason = prepared.blockReason { return .blocked(reason) }
        if let postponed = prepared.postponed { return .postponed(to: postponed.meeting) }
        let missing = try preparation(meeting: try item(decision.agendaItem).meeting).value.missing(among: decision.draft.present)
        return !missing.isEmpty && decision.draft.withoutQuorum.allSatisfy(\.isWhitespace) ? .noQuorum(missing: missing) : nil
    }

    private func requireUndecided(_ item: Int64) throws(BoardError) {
        guard try decisions(item).isEmpty else {
            throw .store(.refused("the case is decided: it stays as it is; only an amendment changes it"))
        }
    }

    private func require(_ text: String, _ what: String) throws(BoardError) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .store(.refused("say \(what): the reason is on the record")) }
    }
}
