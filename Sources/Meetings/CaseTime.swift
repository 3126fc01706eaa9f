// How long a case has been on the table, by the chair's clock.
import Records
import Twins

/// A case's time on the table.
public struct CaseTime: Hashable, Sendable {
    public struct Interval: Hashable, Sendable {
        public var start: Instant
        /// Nil: it is on the table now.
        public var end: Instant?
        public init(start: Instant, end: Instant?) {
            self.start = start
            self.end = end
        }
    }
    public var intervals: [Interval]
    public init(intervals: [Interval]) { self.intervals = intervals }

    public var isRunning: Bool { intervals.contains { $0.end == nil } }
    /// Seconds on the table up to a moment.
    public func seconds(at now: Instant) -> Double {
        intervals.reduce(0) { $0 + Double(max(0, ($1.end ?? now).milliseconds - $1.start.milliseconds)) / 1000 }
    }

    /// Seconds that a routine case may take. Source: IHE's board review, 5 to 15 patients an hour (TRUST.md, section 1).
    public static let routine: Double = 240
}

extension Board {
    /// The chair has opened the case: it is on the table, and no other is.
    public func startClock(_ item: Int64) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.startClock(item) }
    }

    public func stopClock(meeting: String) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.stopClock(meeting: meeting) }
    }

    /// Of each case that was on the table its time. What a killed terminal of the chair left running ends with its last sign of life.
    public func caseTimes(_ meeting: String) throws(BoardError) -> [Int64: CaseTime] {
        let rows = try Self.stored { () throws(StoreError) in try store.caseTimes(meeting) }
        var lastSign: Instant?
        if rows.contains(where: { $0.end == nil }) {
            let now = store.now
            let chairs = try Self.stored { () throws(StoreError) in try store.seats(meeting) }.filter {
                $0.role == Seat.Role.chair.rawValue
            }
            if !chairs.isEmpty, !chairs.contains(where: { Self.isAlive($0, at: now) }) {
                lastSign = chairs.map { $0.left ?? $0.heartbeat }.max()
            }
        }
        var times: [Int64: CaseTime] = [:]
        for row in rows {
            let end = row.end ?? lastSign.map { max($0, row.start) }
            times[row.agendaItem, default: CaseTime(intervals: [])].intervals.append(CaseTime.Interval(start: row.start, end: end))
        }
        return times
    }
}
