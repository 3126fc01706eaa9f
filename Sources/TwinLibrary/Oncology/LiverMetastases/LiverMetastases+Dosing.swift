// The days on which a cycle can fall, when doses are held while neutrophils are too few.
import Twins

/// The doses of one regimen as rules: on each candidate day a draw whose cycle is due is given it, or put off.
struct LiverDosing: Sendable {
    /// Days; `next` is when the following cycle is due if this one is given, `later` when this one is due again if it is not (nil: never).
    struct Candidate: Hashable, Sendable {
        var day: Double
        var next: Double
        var later: Double?
    }
    let regimen: LiverRegimen
    /// First days of the cycles if none is held.
    let planned: [Double]
    private(set) var candidates: [Candidate] = []
    /// Day from which on nothing more of this regimen is decided: the start of the next one, or infinity.
    let until: Double
    /// Days on either side of a draw's own operation in which no cycle begins.
    let ownPause: Double
    /// Weeks of resistance that the first dose meets; nil if it begins no line.
    let resisted: Double?

    /// For how many days in all a course may fall behind before what is left of it is dropped.
    static let longestDelay = 56.0

    /// - Parameters:
    ///   - pauses: operations on a date, about which no cycle begins.
    ///   - ownPause: days on either side of an operation whose date differs from draw to draw; 0 for none.
    init(
        _ regimen: LiverRegimen, planned: [Double], pauses: [LiverRemoval], ownPause: Double, until: Double, resisted: Double?
    ) {
        self.regimen = regimen
        self.planned = planned
        self.until = until
        self.ownPause = ownPause
        self.resisted = resisted
        guard let first = planned.first, let last = planned.last else { return }
        let canBeHeld = regimen.threshold > 0
        let latest = last + (canBeHeld ? Self.longestDelay : 0) + (ownPause > 0 ? 2 * ownPause + regimen.delay : 0)
        func allowed(_ day: Double) -> Double { LiverTime.exact(pauses.reduce(day) { $1.firstAllowed(after: $0) }) }
        var waiting = [first]
        while let day = waiting.first {
            waiting.removeFirst()
            let next = allowed(day + regimen.interval)
            let later = canBeHeld || ownPause > 0 ? allowed(day + regimen.delay) : .infinity
            candidates.append(Candidate(day: day, next: next, later: later <= latest ? later : nil))
            for following in [next, later] where following <= latest && following < until {
                let place = waiting.firstIndex { $0 >= following } ?? waiting.endIndex
                if place == waiting.endIndex || waiting[place] != following { waiting.insert(following, at: place) }
            }
        }
    }

    /// What the decision on a candidate day is given (`LiverTreatmentSystem.Given`), with the dose's bolus in mg.
    func given(_ candidate: Candidate, bolus: Double) -> [Double] {
        [
            bolus, regimen.threshold, LiverTime.week(candidate.next), candidate.later.map(LiverTime.week) ?? LiverOperation.notWithin,
            Double(regimen.cycles), resisted ?? -1, ownPause / DayCount.week,
        ]
    }

    /// Days for which the exposure of a dose counts.
    var length: Double { regimen.windowDays }
    /// Days for which it is infused.
    static let infusion = LiverMarrow.infusionHours / 24
    /// The last day on which anything of this regimen runs.
    var end: Double { min(until, (candidates.last?.day ?? regimen.start) + max(length, Self.infusion)) }
}

/// Days as they are entered, and weeks as the equations count them.
enum LiverTime {
    /// To a millionth: days that are reached by different sums are the same number.
    static func exact(_ day: Double) -> Double { (day * 1e6).rounded() / 1e6 }
    static func week(_ day: Double) -> Double { exact(day) / DayCount.week }
}

extension LiverRemoval {
    /// The day itself, or the first one after this operation's pause.
    func firstAllowed(after day: Double) -> Double {
        day > start - holdDays && day < start + holdDays ? start + holdDays : day
    }
}
