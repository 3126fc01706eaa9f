// A resection that waits for the liver remnant: each draw's own week of operation, known before anything is integrated.
import Twins

/// The weekly looks at the remnant, and in which of them each draw's remnant suffices.
struct LiverOperation: Sendable {
    /// How often the remnant is looked at before the operation is given up.
    static let longestWait = 12

    /// Days, weekly.
    let days: [Double]
    /// Week of each draw's operation; nil where the remnant does not suffice in any of them.
    let weeks: [Double?]

    /// - Parameters:
    ///   - awaited: the resection.
    ///   - remnant: standardised remnant of every draw at a week if nothing were resected, percent; empty where it cannot be known.
    ///   - count: how many draws there are.
    init(_ awaited: LiverRemoval, course: LiverCourse, hasCirrhosis: Bool, count: Int, remnant: (_ week: Double) -> [Double]) {
        let embolised = course.embolisation?.start
        let first = max(awaited.start, (embolised ?? -.infinity) + 7)
        let days = (0..<Self.longestWait).map { LiverTime.exact(first + 7 * Double($0)) }
        var weeks = [Double?](repeating: nil, count: count)
        let before = embolised.map { remnant(LiverTime.week($0)) }
        for day in days {
            let gate = RemnantGate(chemotherapyDays: course.chemotherapyDays(before: day), hasCirrhosis: hasCirrhosis)
            let now = remnant(LiverTime.week(day))
            var rates = [Double](repeating: .infinity, count: now.count)
            if let embolised, let before {
                // As the endpoint has it: over the first four weeks, or all there are.
                let span = min((day - embolised) / DayCount.week, 4)
                rates = zip(before, remnant(LiverTime.week(embolised) + span)).map {
                    LiverVolume.growthRate(before: $0, after: $1, weeks: span)
                }
            }
            for draw in now.indices where weeks[draw] == nil && gate.suffices(now[draw]) && rates[draw] >= LiverVolume.growthRateCut {
                weeks[draw] = LiverTime.week(day)
            }
        }
        self.days = days
        self.weeks = weeks
    }

    /// As a parameter of the system: draws that are never operated on have a week that does not come.
    static let notWithin = 1e6
}
