// A scenario on the axis of time: cycles with their pauses about operations, lines of treatment, operations.
import Twins

/// What is done to the patient from «now» on, after what was done before.
struct LiverCourse: Sendable {
    /// Exposure of the past and of the scenario, weeks, g per week.
    var windows: [ExposureWindow]
    /// New lines: when, and how many weeks of resistance they meet.
    var lineStarts: [(week: Double, resisted: Double)] = []
    /// Shares of an earlier line's resistance that new partners meet, as the scenario has them.
    var carried: Set<Double> = []
    var regimens: [LiverRegimen]
    /// In order of time.
    var removals: [LiverRemoval]
    var embolisation: LiverEmbolisation?
    /// First day of each cycle of each regimen, if none is held.
    var cycleDays: [[Double]] = []
    /// Of each regimen, the days on which its cycles can fall.
    private(set) var dosings: [LiverDosing] = []
    /// A day on which two regimens would run at once.
    var overlap: Double?
    let history: LiverHistory

    var firstResection: LiverRemoval? { removals.first { $0.isResection } }
    /// The resection that waits for the remnant.
    var awaited: LiverRemoval? { removals.first { $0.isByRule } }

    /// The lesions that the scenario lists.
    let lesions: [LiverLesion]

    /// The scenario must be completed.
    ///
    /// - Parameters:
    ///   - lesions: as the record measures them, by number; `sum` their latest sum and that of all others, mm.
    init(
        _ scenario: Scenario, history: LiverHistory, bodySurface: Double?, lesions recorded: [Int: RecordedLesion] = [:],
        sum: Double? = nil
    ) {
        windows = history.windows
        self.history = history
        regimens = scenario.interventions.compactMap { LiverRegimen($0) }.sorted { $0.start < $1.start }
        lesions = scenario.interventions.compactMap { LiverLesion($0, recorded: recorded) }
        removals = Self.removals(scenario, lesions: lesions, sum: sum)
        embolisation = scenario.interventions.lazy.compactMap { LiverEmbolisation($0) }.first
        let surface = bodySurface ?? LiverParameters.standardSurface
        var lines = history.lines
        var end = -Double.infinity
        let pauses = removals.filter { !$0.isByRule }
        var resisted: [Double?] = []
        for regimen in regimens {
            let days = Self.cycles(of: regimen, pausedBy: pauses)
            resisted.append(nil)
            cycleDays.append(days)
            if let first = days.first, first < end { overlap = overlap ?? first }
            for day in days {
                let week = day / 7
                let isTreated = lines.origin != nil
                if let origin = lines.treat(with: regimen.partner, at: week, carried: regimen.carried) {
                    lineStarts.append((week, week - origin))
                    resisted[resisted.count - 1] = week - origin
                    if isTreated { carried.insert(regimen.carried) }
                }
                let length = regimen.windowDays
                windows.append(
                    ExposureWindow(
                        start: week, end: (day + length) / 7, exposure: regimen.exposurePerSurface * surface * 7 / length,
                        origin: lines.origin ?? week))
                end = max(end, day + length)
            }
        }
        dosings = regimens.indices.map { index in
            LiverDosing(
                regimens[index], planned: cycleDays[index], pauses: pauses, ownPause: awaited?.holdDays ?? 0,
                until: index + 1 < regimens.count ? cycleDays[index + 1].first ?? .infinity : .infinity, resisted: resisted[index])
        }
    }

    /// First days of the cycles: never sooner than the interval after the one before, never within a pause about an operation.
    private static func cycles(of regimen: LiverRegimen, pausedBy removals: [LiverRemoval]) -> [Double] {
        var day = regimen.start
        return (0..<regimen.cycles).map { _ in
            day = LiverTime.exact(removals.reduce(day) { $1.firstAllowed(after: $0) })
            defer { day += regimen.interval }
            return day
        }
    }

    /// Days of chemotherapy before a day: the last year's of the record and the scenario's.
    func chemotherapyDays(before day: Double) -> Double {
        var sum = history.recentDays
        for (regimen, days) in zip(regimens, cycleDays) {
            for first in days where first < day { sum += min(regimen.interval, day - first) }
        }
        return sum
    }

    /// The last day with bevacizumab before a day, in the record or the scenario.
    func lastBevacizumab(before day: Double) -> Double? {
        let planned = zip(regimens, cycleDays).filter(\.0.isBevacizumabGiven).flatMap(\.1)
        return (planned + [history.lastBevacizumab].compactMap(\.self)).filter { $0 < day }.max()
    }

    var marks: [ForecastMark] {
        var marks: [ForecastMark] = []
        for (regimen, days) in zip(regimens, cycleDays) {
            guard let first = days.first, let last = days.last else { continue }
            marks.append(ForecastMark(day: first, kind: .treatmentStart, label: regimen.label))
            marks.append(ForecastMark(day: last + regimen.interval, kind: .treatmentEnd, label: regimen.label + " ends"))
        }
        marks += removals.map {
            ForecastMark(day: $0.start, kind: .operation, label: $0.label)
        }
        if let embolisation { marks.append(ForecastMark(day: embolisation.start, kind: .operation, label: embolisation.kinetics.label)) }
        return marks.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }
}
