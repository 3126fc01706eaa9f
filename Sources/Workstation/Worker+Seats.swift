// What a seat asks of the store: signs of life, what its screen shows, opinions and votes; and finding out cheaply what others changed.
import Dispatch
import Meetings
import Records
import Synchronization
import Twins

/// What the worker remembers of the seat and of what it has brought to the screen.
struct Attending {
    var seat: AttendingSeat?
    var marks: StoreMarks?
    var seats: SeatsNow?
    /// The case that was opened last: what comes late for another must not take its place.
    var open: Int64?
    /// Lines of the agenda with the marks that they were read at.
    var entries: [Int64: (mark: String, records: String, entry: AgendaEntry)] = [:]
    /// What is to be told of this screen, and when the last was.
    var pointer: Pointer?
    var isPointing = false
    var pointed = DispatchTime(uptimeNanoseconds: 0)
    /// What was sent and what came of it, where another seat's change was put together with this one's: until the screen has it, a
    /// further change stands on what was sent.
    var mergedDrafts: [Int64: (sent: DecisionDraft, merged: DecisionDraft)] = [:]
    var mergedScenarios: [Int64: (sent: Scenario, merged: Scenario)] = [:]
    /// What the follow-ups on the screen were read at.
    var followUpMark = ""
    /// Cases whose draft was refused, because another seat had changed the same.
    var refused: Set<Int64> = []
}

extension Worker {
    /// Milliseconds between two tellings of what this screen shows.
    static let pointing = 200

    /// Takes a seat in the meeting on the screen. Errors: ``Board/join(_:meeting:)``'s.
    public func sit(_ seat: Seat, meeting: String) throws(BoardError) -> Sitting {
        let stay = try board.join(seat, meeting: meeting)
        attending.withLock { $0.seat = stay }
        return Sitting(stay, meeting: meeting)
    }

    /// Leaves the seat, at the end. What cannot be written then is said by ten seconds' silence.
    public func stand() {
        guard let seat = attending.withLock(\.seat) else { return }
        try? board.leave(seat.id)
    }

    func startSeats(_ effect: SeatsEffect) {
        guard case .point(let pointer) = effect else {
            return storeQueue.async { [self] in
                for event in carryOut(effect) { deliver(event) }
            }
        }
        // Of what comes within a fifth of a second only the last is told.
        let wait: DispatchTime? = attending.withLock { attending in
            attending.pointer = pointer
            guard !attending.isPointing else { return nil }
            attending.isPointing = true
            return max(.now(), attending.pointed + .milliseconds(Self.pointing))
        }
        guard let wait else { return }
        storeQueue.asyncAfter(deadline: wait) { [self] in
            let (stay, pointer) = attending.withLock { attending in
                attending.isPointing = false
                attending.pointed = .now()
                return (attending.seat?.id, attending.pointer)
            }
            if let stay, let pointer { for event in beat(stay, pointer) { deliver(event) } }
        }
    }

    private func beat(_ stay: Int64, _ pointer: Pointer?) -> [Event] {
        do throws(BoardError) {
            try board.beat(stay, pointer: pointer)
            return []
        } catch {
            // A full disk or a busy store is told by what people change; the next sign of life comes in three seconds.
            guard case .store(.refused(let words)) = error else { return [] }
            return [.seats(.ended(WorkError(words)))]
        }
    }

    func carryOut(_ effect: SeatsEffect) -> [Event] {
        do {
            switch effect {
            case .catchUp(let item): return try catchUp(item)
            case .beat: return attending.withLock(\.seat).map { beat($0.id, nil) } ?? []
            case .point: return []
            case .keep(let item, let draft):
                try board.keep(draft, as: own(), item: item)
                return [.seats(.kept)]
            case .give(let item, let draft): return try give(item, draft)
            case .unseal(let item, let reason):
                try board.unseal(item, as: own(), reason: reason, actor: seat)
                return [.seats(.done("The opinions are unsealed"))] + (try seatsEvents(item))
            case .vote(let item, let kind, let words):
                try board.cast(kind, words: words, as: own(), item: item, actor: seat)
                return [.seats(.done("Your vote is in"))] + (try seatsEvents(item))
            case .clock(let item):
                guard let meeting = attending.withLock(\.seats)?.meeting ?? meetingID.withLock(\.self) else { return [] }
                if let item { try board.startClock(item) } else { try board.stopClock(meeting: meeting) }
                return try seatsEvents(item)
            }
        } catch BoardError.store(.noSuch) where effect.isKeeping {
            // The case was taken off the agenda: there is no opinion left to give.
            return []
        } catch {
            let failure = WorkError("\(error)")
            return effect.isKeeping ? [.saveFailed(.seats(effect), failure)] : [.seats(.refused(failure))]
        }
    }

    private func own() throws(WorkError) -> Seat {
        guard let seat = attending.withLock(\.seat) else { throw WorkError("you have no seat in this meeting: open it with --seat NAME") }
        return seat.seat
    }

    private func give(_ item: Int64, _ draft: OpinionDraft) throws -> [Event] {
        let own = try own()
        let opinion = try board.give(draft, as: own, item: item, actor: seat)
        let voices = try board.voices(item, for: own)
        let words =
            opinion == nil
            ? "Declared: no opinion" : (opinion?.version ?? 1) > 1 ? "Your opinion is revised" : "Your opinion is in"
        let rest = voices.isUnsealed ? "" : ", sealed; \(voices.given) of \(voices.asked.count) are in"
        return [.seats(.given(item: item, words + rest))] + (try seatsEvents(item))
    }

    /// What of all that the terminal shows others have changed since it was last brought, and nothing else.
    func catchUp(_ item: Int64?) throws -> [Event] {
        guard let meeting = meetingID.withLock(\.self) else { return [.agendaLoaded(try agenda(), focus: nil)] }
        // Read first: what is committed while the rest is read moves the marks of the next time.
        let marks = try board.store.marks(meeting)
        let before = attending.withLock { attending in
            defer { attending.marks = marks }
            return attending.marks
        }
        var events = try seatsEvents(item)
        if marks != before { events.append(.agendaLoaded(try agenda(), focus: nil)) }
        guard let item = attending.withLock(\.open) ?? item else { return events }
        // A case of another meeting has no mark here.
        let isSame = marks.cases[item] != nil && marks.cases[item] == before?.cases[item] && marks.records == before?.records
        if !isSame { events.append(.caseReloaded(try openCase(item))) }
        return events
    }

    /// The seats as they are now, where that is not what the screen has; with the opinions of a case, where one is open.
    func seatsEvents(_ item: Int64?) throws -> [Event] {
        guard let meeting = meetingID.withLock(\.self) else { return [] }
        let (own, open) = attending.withLock { ($0.seat, $0.open) }
        let item = open ?? item
        var voices = try item.map { try board.voices($0, for: own?.seat) }
        if let item, let known = voices, let own, known.isUnsealed, known.unsealing == nil, try board.decisions(item).isEmpty {
            try board.recordUnsealing(item, actor: seat)
            voices = try board.voices(item, for: own.seat)
        }
        let now = SeatsNow(
            meeting: meeting, present: try board.present(meeting), voices: voices, times: try board.caseTimes(meeting))
        let isNew = attending.withLock { attending in
            defer { attending.seats = now }
            return attending.seats != now
        }
        return isNew ? [.seats(.loaded(now))] : []
    }

    /// A line of the agenda, read anew only where its case or the records have changed.
    func keptEntry(_ item: AgendaItem, _ marks: StoreMarks) throws -> AgendaEntry {
        if let mark = marks.cases[item.id], let kept = attending.withLock({ $0.entries[item.id] }), kept.mark == mark,
            kept.records == marks.records
        {
            return kept.entry
        }
        let entry = try entry(item)
        if let mark = marks.cases[item.id] {
            attending.withLock { $0.entries[item.id] = (mark: mark, records: marks.records, entry: entry) }
        }
        return entry
    }
}
