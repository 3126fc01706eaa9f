// The scripted work of one seat.
import Glibc
import Meetings
import Records
import Twins

struct Probe {
    private let board: Board
    private let meeting: String
    private let stay: AttendingSeat
    private let items: [AgendaItem]
    private var random: UInt64
    private var count = 0
    /// The leader's pointer that was seen last, and how long the slowest took to come, in milliseconds.
    private var seenStep: Double?
    private var slowestFollow: Int64 = 0
    private var followed = 0

    init(board: Board, meeting: String, name: String, role: Seat.Role, seed: UInt64) throws {
        self.board = board
        self.meeting = meeting
        stay = try board.join(Seat(name: name, specialty: "oncology", role: role), meeting: meeting)
        items = try board.agenda(meeting)
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        Self.say("joined \(stay.id)")
    }

    static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }

    private mutating func next(_ bound: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(bound))
    }

    private static var milliseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
    }

    /// Commits something and says that it is in, with how long it took.
    private func commit(_ what: String, _ body: () throws -> Void) {
        let start = Self.milliseconds
        do {
            try body()
            Self.say("ack \(what) \(Int((Self.milliseconds - start) * 1000))")
        } catch BoardError.store(.locked(let path)) {
            Self.say("locked \(path)")
        } catch {
            Self.say("refused \(what.split(separator: " ")[0]) \(error)")
        }
    }

    mutating func work(seconds: Double) throws {
        let end = Self.milliseconds + seconds * 1000
        var nextBeat = 0.0
        var nextPointer = 0.0
        var nextWork = 0.0
        var version: Int64 = -1
        while Self.milliseconds < end {
            let now = Self.milliseconds
            if now >= nextBeat {
                nextBeat = now + Double(Board.heartbeat)
                commit("beat \(stay.id)") { try board.beat(stay.id) }
            }
            if stay.seat.role == .presenter, now >= nextPointer {
                nextPointer = now + 500
                count += 1
                let pointer = Pointer(item: items.first?.id, screen: "compare", cursorDay: Double(board.store.now.milliseconds))
                commit("pointer \(count)") { try board.beat(stay.id, pointer: pointer) }
            }
            if now >= nextWork {
                nextWork = now + 100 + Double(next(300))
                try change()
            }
            usleep(200_000 / 4)
            // As the workstation does it: four times more often than a follower needs, so that what is measured is the store.
            let current = try board.store.dataVersion()
            if current != version {
                version = current
                try look()
            }
        }
        Self.say("follow \(slowestFollow) \(followed)")
        try board.leave(stay.id)
        Self.say("left \(stay.id)")
    }

    /// What a follower does when somebody has committed.
    private mutating func look() throws {
        _ = try board.store.marks(meeting)
        guard let leader = try board.present(meeting).leader, leader.id != stay.id, let step = leader.pointer?.cursorDay else { return }
        guard step != seenStep else { return }
        if seenStep != nil {
            slowestFollow = max(slowestFollow, board.store.now.milliseconds - Int64(step))
            followed += 1
        }
        seenStep = step
    }

    private mutating func change() throws {
        let item = items[next(items.count)]
        count += 1
        let text = "\(stay.seat.name) \(count)"
        switch next(10) {
        case 0:
            commit("opinion \(item.id) \(text)") {
                _ = try board.give(OpinionDraft(choice: .other(text), reason: text), as: stay.seat, item: item.id)
            }
        case 1: commit("vote \(item.id) \(text)") { try board.cast(.dissents, words: text, as: stay.seat, item: item.id) }
        case 2: commit("clock \(item.id)") { try board.startClock(item.id) }
        case 3..<7: try draft(item)
        default: try scenario(item)
        }
    }

    private static func number(_ text: String) -> Int { text.split(separator: " ").first.flatMap { Int($0) } ?? 0 }

    /// Counts one further in a field that all seats count in: were one written over, its number would come twice. With the seat's name:
    /// two seats that write the same agree, and neither is told.
    private func draft(_ item: AgendaItem) throws {
        var draft = try board.draft(item.id) ?? DecisionDraft(present: [], question: item.question, options: [])
        let read = draft
        let number = Self.number(draft.reason) + 1
        draft.choice = .other("something")
        draft.reason = "\(number) \(stay.seat.name)"
        try counted("draft", item, number) {
            if case .conflict = try board.save(draft, item: item.id, seen: [read]) { false } else { true }
        }
    }

    private func scenario(_ item: AgendaItem) throws {
        guard let read = try board.scenarios(item.id).scenarios.first else { return }
        var changed = read.scenario
        let number = Self.number(changed.name) + 1
        changed.name = "\(number) \(stay.seat.name)"
        try counted("scenario", item, number) {
            if case .conflict = try board.update(read.id, to: changed, seen: [read.scenario]) { false } else { true }
        }
    }

    /// `save` is false where another seat was first, and nothing was written.
    private func counted(_ what: String, _ item: AgendaItem, _ number: Int, _ save: () throws -> Bool) throws {
        let start = Self.milliseconds
        do {
            let isIn = try save()
            Self.say(
                isIn ? "ack \(what) \(item.id) \(number) \(Int((Self.milliseconds - start) * 1000))" : "told \(what) \(item.id)")
        } catch BoardError.store(.locked(let path)) {
            Self.say("locked \(path)")
        }
    }
}
