// From days of treatment and policies to segments and events.
import Numerics
import Systems
import Twins

/// What happens on which day, past and planned. Days from «now».
struct AvatarSchedule: Sendable {
    let policy: AvatarPolicy?
    let change: AvatarSwitch?
    let record: AvatarRecord

    /// The scenario must be completed.
    init(_ scenario: Scenario, record: AvatarRecord) {
        policy = scenario.interventions.lazy.compactMap { AvatarPolicy($0) }.first
        change = scenario.interventions.lazy.compactMap { AvatarSwitch($0) }.first
        self.record = record
    }

    /// Stretches of known treatment, without gaps.
    static func past(_ windows: [ClosedRange<Double>], from start: Double, to end: Double) -> [(
        start: Double, end: Double, isTreated: Bool
    )] {
        let borders = Set([start, end] + windows.flatMap { [$0.lowerBound, $0.upperBound] }.filter { $0 > start && $0 < end }).sorted()
        guard borders.count > 1 else { return [(start, end, false)] }
        return zip(borders, borders.dropFirst()).map { from, to in
            (from, to, windows.contains { $0.lowerBound <= from && $0.upperBound > from })
        }
    }

    /// Whether the drug is given on a day of the past.
    static func isTreated(_ day: Double, _ windows: [ClosedRange<Double>]) -> Bool {
        windows.contains { $0.lowerBound <= day && $0.upperBound > day }
    }

    private typealias Action = (day: Double, event: Int, low: Double, high: Double)

    /// Events in order; those of one day in the order in which they happen.
    private func actions(from anchor: Double, to end: Double) -> [Action] {
        typealias Event = ClonalCompetition.Event
        var actions: [Action] = []
        for stretch in Self.past(record.windows, from: anchor, to: 0) where stretch.start < 0 {
            actions.append((stretch.start, Event.give, stretch.isTreated ? 1 : 0, 0))
        }
        actions.append((min(max(record.referenceDay, anchor), 0), Event.refer, 0, 0))
        let start = policy?.start ?? 0
        let isOn = first(at: start)
        if start > 0 || policy == nil { actions.append((0, Event.give, 0, 0)) }
        actions.append((0, Event.begin, 0, 0))
        if policy != nil { actions.append((start, Event.give, isOn ? 1 : 0, 0)) }
        if let day = change?.day { actions.append((day, Event.change, 0, 0)) }
        actions += looks(after: start, to: end)
        // A stable order: what stands first above happens first.
        return actions.enumerated().filter { $0.element.day <= end }.sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
            .map(\.element)
    }

    /// Whether a policy begins with the drug.
    private func first(at start: Double) -> Bool {
        if case .adaptive(_, _, _, let goesOn) = policy?.kind, goesOn { return start == 0 && record.isTreatedNow }
        return true
    }

    private func looks(after start: Double, to end: Double) -> [Action] {
        typealias Event = ClonalCompetition.Event
        switch policy?.kind {
        case .adaptive(let low, let high, let interval, let goesOn):
            return stride(from: goesOn ? start : start + interval, through: end, by: interval).map { ($0, Event.evaluate, low, high) }
        case .intermittent(let on, let off):
            return Self.pauses(from: start + on, off, again: on + off, to: end) + Self.plainLooks(after: start, to: end)
        case .metronomic(let induction, let pause, let on, let off):
            let later = start + induction + pause
            return Self.pauses(from: start + induction, pause, again: .infinity, to: end)
                + Self.pauses(from: later + on, off, again: on + off, to: end) + Self.plainLooks(after: start, to: end)
        case .continuous, nil: return Self.plainLooks(after: start, to: end)
        }
    }

    /// A pause of some days, and the same again at each interval; it begins after a look, and the drug is given again at its end.
    private static func pauses(from first: Double, _ length: Double, again interval: Double, to end: Double) -> [Action] {
        typealias Event = ClonalCompetition.Event
        let starts = interval.isFinite ? Array(stride(from: first, through: end, by: interval)) : [first]
        return starts.flatMap { day -> [Action] in
            [(day, Event.look, 0, 0), (day, Event.give, 0, 0), (day + length, Event.resume, 0, 0)]
        }
    }

    private static func plainLooks(after start: Double, to end: Double) -> [Action] {
        stride(from: start + AvatarParameters.look, through: end, by: AvatarParameters.look).map {
            ($0, ClonalCompetition.Event.look, 0, 0)
        }
    }

    /// Segments from the first measurement to an end, with a border at «now» and at the horizon, so that neither the days asked for nor a
    /// longer last segment moves a step before.
    func segments(from anchor: Double, horizon: Double, end: Double) -> [Segment] {
        let actions = actions(from: anchor, to: end)
        let isUntreated = policy == nil
        func input(_ low: Double, _ high: Double, _ day: Double) -> [Double] {
            let counts: Double = day >= 0 && (isUntreated || day < policy?.start ?? 0) ? 1 : 0
            // What is past is known: no second drug began in it.
            let switches: Double = day >= 0 && change != nil && change?.day == nil ? 1 : 0
            return [low, high, change?.reached ?? 0, switches, AvatarParameters.progression, counts]
        }
        let borders = Set(actions.map(\.day) + [anchor, max(anchor, 0), horizon, end]).filter { $0 >= anchor && $0 <= end }.sorted()
        var segments: [Segment] = []
        var next = 0
        for (index, day) in borders.enumerated() {
            while next < actions.count, actions[next].day <= day {
                let action = actions[next]
                segments.append(Segment(start: day, end: day, input: input(action.low, action.high, day), event: action.event))
                next += 1
            }
            guard index + 1 < borders.count else { break }
            segments.append(Segment(start: day, end: borders[index + 1], input: input(0, 0, day)))
        }
        return segments
    }

    /// Dates on the axis: what the board plans; holidays differ from draw to draw and have none.
    var marks: [ForecastMark] {
        var marks: [ForecastMark] = []
        if let policy { marks.append(ForecastMark(day: policy.start, kind: .treatmentStart, label: policy.label)) }
        if let day = change?.day {
            marks.append(ForecastMark(day: day, kind: .treatmentStart, label: change?.docetaxelDose == nil ? "second drug" : "docetaxel"))
        }
        return marks.sorted { $0.day < $1.day }
    }
}
