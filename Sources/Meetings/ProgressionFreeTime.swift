// How long a decided patient was seen without progression, and how the forecast had it.
import Twins

/// A patient's time from the decision to progression, or to the last look without it. Whole days.
///
/// Progression is seen at a visit and came at some time since the visit before: the day is the visit's, as in trials that read RECIST at
/// fixed visits, so a curve of such times runs later than the disease by up to the distance of two visits.
public struct ProgressionFreeTime: Hashable, Sendable {
    public enum End: String, Hashable, Sendable {
        case progression = "progression measured"
        /// An endpoint's outcome that somebody noted, where no measurement says it.
        case notedProgression = "progression noted"
        case lastSeen = "last seen without progression"
        /// No look after the decision: at risk for no day, and not left out.
        case nothingMeasured = "nothing measured yet"
    }

    /// The decision: day 0.
    public var start: CalendarDay
    public var days: Int
    public var end: End
    /// Days from the decision to the last look without progression: the event came after it. 0 where there was none.
    public var seenFreeUntil: Int

    public var isEvent: Bool { end == .progression || end == .notedProgression }

    public init(start: CalendarDay, days: Int, end: End, seenFreeUntil: Int) {
        self.start = start
        self.days = days
        self.end = end
        self.seenFreeUntil = seenFreeUntil
    }

    /// From the looks after the decision and from what was noted of the endpoints that say «free of progression up to a day».
    ///
    /// - Parameters:
    ///   - now: the case's «now», from which the endpoints' days count; not after `start`.
    ///   - noted: of each endpoint's label whether it came true; those that the rule does not name are not about progression.
    public init(_ reading: ProgressionReading, start: CalendarDay, now: CalendarDay, noted: [KnownOutcome] = []) {
        func days(_ day: CalendarDay) -> Int { day.number - start.number }
        let looks = reading.looks.map(days).filter { $0 > 0 }
        // An endpoint «free up to day 365» that did not come true is an event by then; one that did is a look on that day.
        var free: [Int] = []
        var failed: [Int] = []
        for outcome in noted {
            guard let until = reading.rule.freeUntil[outcome.endpoint] else { continue }
            let day = Int(until.rounded()) + now.number - start.number
            if day > 0 { outcome.happened ? free.append(day) : failed.append(day) }
        }
        func before(_ day: Int) -> Int { (looks + free).filter { $0 < day }.max() ?? 0 }
        if let seen = reading.progression.map(days), seen > 0, seen <= failed.min() ?? .max {
            self.init(start: start, days: seen, end: .progression, seenFreeUntil: before(seen))
        } else if let noted = failed.min() {
            self.init(start: start, days: noted, end: .notedProgression, seenFreeUntil: before(noted))
        } else if let last = (looks + free).max() {
            self.init(start: start, days: last, end: .lastSeen, seenFreeUntil: last)
        } else {
            self.init(start: start, days: 0, end: .nothingMeasured, seenFreeUntil: 0)
        }
    }
}

/// What the board's own draws said of progression under what was chosen.
public struct ProgressionForecast: Hashable, Sendable {
    /// Days from the decision, one for each draw, rising; infinite where a draw has none within the horizon.
    public let days: [Double]
    /// The day up to which the draws say something.
    public let horizon: Double

    /// From an endpoint's draws in months from «now»; nil where it has none.
    ///
    /// A decision that was taken `shift` days after «now» was of a patient without progression until then: draws with an earlier one are
    /// not of this patient.
    public init?(_ endpoint: Endpoint, shift: Int) {
        guard endpoint.unit == .month else { return nil }
        let ceiling = endpoint.ceiling ?? .infinity
        let all = endpoint.values.filter { !$0.isNaN }.map { $0 >= ceiling ? .infinity : $0 * DayCount.month - Double(shift) }
        days = all.filter { $0 > 0 }.sorted()
        horizon = ceiling * DayCount.month - Double(shift)
        if days.isEmpty { return nil }
    }

    /// The share of the draws without progression after a day.
    public func free(after day: Double) -> Double {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle] <= day { low = middle + 1 } else { high = middle }
        }
        return Double(days.count - low) / Double(days.count)
    }
}

/// What came of one decided patient, as the board's curves take it.
public struct DecidedOutcome: Hashable, Sendable {
    public var rule: ProgressionRule
    public var time: ProgressionFreeTime
    /// The kinds of intervention of what was chosen: `Systemic treatment + Resection`.
    public var treatment: String
    public var forecast: ProgressionForecast?

    public init(rule: ProgressionRule, time: ProgressionFreeTime, treatment: String, forecast: ProgressionForecast? = nil) {
        self.rule = rule
        self.time = time
        self.treatment = treatment
        self.forecast = forecast
    }

    /// The words for a choice: the model's kinds of intervention in its order, each once, so that patients with other dates and doses of the
    /// same treatment stand together.
    public static func treatment(_ choice: Choice?, scenarios: [Scenario], kinds: [InterventionKind]) -> String {
        guard case .scenario(let name) = choice, let scenario = scenarios.first(where: { $0.name == name }) else {
            return "Something else"
        }
        let used = Set(scenario.interventions.map(\.kind))
        let labels = kinds.filter { used.contains($0.id) }.map(\.label)
        return labels.isEmpty ? "No treatment" : labels.joined(separator: " + ")
    }
}

extension [Decision] {
    /// The version that stood when the first look after the decision was taken: a choice that was changed in the light of what came cannot
    /// move a patient into another group. The first where none was signed by then.
    func standing(at look: CalendarDay?) -> Decision? {
        guard let look else { return last }
        return last { $0.signedAt.day <= look } ?? first
    }
}
