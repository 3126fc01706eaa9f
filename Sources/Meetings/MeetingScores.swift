// The figures of one meeting on one page: how many cases, how long, who was there, what was put off and why.
import Records
import Twins

/// What a meeting amounts to.
public struct MeetingScores: Hashable, Sendable {
    /// One case of the meeting.
    public struct Case: Hashable, Sendable {
        public var item: AgendaItem
        /// On the table; nil: nobody started the clock.
        public var minutes: Double?
        /// What the board proposes; nil: nothing is signed.
        public var decision: String?
        /// Nil: nothing is signed.
        public var quorumReached: Bool?
        public var standing: GuidelineStanding?
        /// Why it was registered, put off or blocked; why the board departed from the guideline.
        public var reason: String
    }

    /// Somebody who was expected or came.
    public struct Attendance: Hashable, Sendable {
        public var name: String
        public var specialty: String
        public var wasExpected: Bool
        /// Took a seat at a terminal, or stands as present on a signed decision.
        public var wasThere: Bool
    }

    public var meeting: Meeting
    public var cases: [Case]
    public var attendance: [Attendance]

    public func count(_ state: CaseState) -> Int { cases.count { $0.item.state == state } }
    /// Mean over the cases that have a time; nil: none has.
    public var minutesPerCase: Double? {
        let times = cases.compactMap(\.minutes)
        return times.isEmpty ? nil : times.reduce(0, +) / Double(times.count)
    }
    public var withoutQuorum: Int { cases.count { $0.quorumReached == false } }
    public var departures: [Case] { cases.filter { $0.standing == .departs } }
    public var present: Int { attendance.count(where: \.wasThere) }
    public var expected: Int { attendance.count(where: \.wasExpected) }
}

extension Board {
    /// The scores of a meeting as the store has them now.
    public func scores(_ id: String) throws(BoardError) -> MeetingScores {
        let meeting = try meeting(id)
        let times = try caseTimes(id)
        var cases: [MeetingScores.Case] = []
        var present: Set<String> = []
        for item in try agenda(id) {
            let decision = try decisions(item.id).last
            let prepared = try preparation(item.id).value
            let minutes = times[item.id].map { $0.seconds(at: store.now) / 60 }
            if let decision { present.formUnion(decision.draft.present.map(\.name)) }
            let why = [
                prepared.registered.map { "registered: \($0)" }, prepared.postponed.map { "to \($0.meeting): \($0.reason)" },
                prepared.blockReason.map { "blocked: \($0)" },
                decision.flatMap { $0.draft.plan.standing == .departs ? "departs: \($0.draft.plan.deviation)" : nil },
            ]
            cases.append(
                MeetingScores.Case(
                    item: item, minutes: minutes, decision: decision?.draft.choice?.text,
                    quorumReached: decision?.quorumReached, standing: decision?.draft.plan.standing,
                    reason: why.compactMap(\.self).joined(separator: "; ")))
        }
        let taken = try Self.stored { () throws(StoreError) in try store.seatsTaken(id) }
        present.formUnion(taken.map(\.name))
        var attendance = meeting.seats.map {
            MeetingScores.Attendance(name: $0.name, specialty: $0.specialty, wasExpected: true, wasThere: present.contains($0.name))
        }
        for seat in taken where !attendance.contains(where: { $0.name == seat.name }) {
            attendance.append(
                MeetingScores.Attendance(name: seat.name, specialty: seat.specialty, wasExpected: false, wasThere: true))
        }
        return MeetingScores(meeting: meeting, cases: cases, attendance: attendance)
    }
}
