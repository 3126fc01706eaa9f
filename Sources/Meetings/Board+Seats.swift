// Who sits in the meeting now, and who sat there when.
import Records
import Twins

extension Board {
    /// Milliseconds between two signs of life of a terminal, and the silence after which it is taken for dead.
    public static let heartbeat = 3_000
    public static let silence: Int64 = 10_000

    /// Takes a seat. Its name's blanks are made single.
    ///
    /// Errors: `.store(.refused)` while another terminal sits there under that name and gives signs of life; one that has been silent for
    /// ten seconds is taken over. `.noSuch` for a seat without a name or specialty.
    public func join(_ seat: Seat, meeting: String) throws(BoardError) -> AttendingSeat {
        let name = seat.name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty else { throw .noSuch("a seat needs a name") }
        guard !seat.specialty.allSatisfy(\.isWhitespace) || !seat.hasVoice else {
            throw .noSuch("«\(name)» needs a specialty to sit on this board: name one with --specialty")
        }
        return try Self.attending(
            Self.stored { () throws(StoreError) in
                try store.joinSeat(
                    SeatRow(meeting: meeting, name: name, specialty: seat.specialty, role: seat.role.rawValue), silence: Self.silence)
            })
    }

    /// A sign of life, and with it what the screen shows where that has changed.
    ///
    /// Errors: `.store(.refused)` once another terminal has taken the seat over.
    public func beat(_ stay: Int64, pointer: Pointer? = nil) throws(BoardError) {
        var body: String?
        if let pointer { body = try Self.encode(pointer, what: "pointer of seat", id: stay) }
        try Self.stored { () throws(StoreError) in try store.beatSeat(stay, pointer: body) }
    }

    public func leave(_ stay: Int64) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.leaveSeat(stay) }
    }

    /// Who is there now, the first to come first. A terminal that was killed is gone ten seconds later.
    public func present(_ meeting: String) throws(BoardError) -> [AttendingSeat] {
        let now = store.now
        let rows = try Self.stored { () throws(StoreError) in try store.openSeats(meeting) }
        var seats: [AttendingSeat] = []
        for row in rows where Self.isAlive(row, at: now) { seats.append(try Self.attending(row)) }
        return seats
    }

    static func isAlive(_ row: SeatRow, at now: Instant) -> Bool {
        row.left == nil && now.milliseconds - row.heartbeat.milliseconds <= silence
    }

    private static func attending(_ row: SeatRow) throws(BoardError) -> AttendingSeat {
        var pointer: Pointer?
        if let body = row.pointer { pointer = try decode(Pointer.self, body, what: "pointer of seat", id: row.key) }
        return AttendingSeat(id: row.key, seat: seat(row), joined: row.joined, pointer: pointer)
    }

    static func seat(_ row: SeatRow) -> Seat {
        Seat(name: row.name, specialty: row.specialty, role: Seat.Role(rawValue: row.role) ?? .observer)
    }

    /// Every stay of a meeting, the first to come first.
    public func attendance(_ meeting: String) throws(BoardError) -> [Stay] {
        let now = store.now
        return try Self.stored { () throws(StoreError) in try store.seats(meeting) }.map { row in
            Stay(seat: Self.seat(row), joined: row.joined, left: row.left ?? (Self.isAlive(row, at: now) ? nil : row.heartbeat))
        }
    }

    /// Who was there while a case was on the table, each once, in the order of coming. Nobody where no chair sat and its clock never ran.
    public func attendance(meeting: String, item: Int64) throws(BoardError) -> [Seat] {
        let now = store.now
        let times = try caseTimes(meeting)[item]?.intervals ?? []
        var seats: [Seat] = []
        for stay in try attendance(meeting) {
            let wasThere = times.contains { stay.joined < ($0.end ?? now) && (stay.left ?? now) > $0.start }
            if wasThere, !seats.contains(where: { $0.name == stay.seat.name }) { seats.append(stay.seat) }
        }
        return seats
    }
}
