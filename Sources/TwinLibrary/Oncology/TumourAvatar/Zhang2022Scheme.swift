// Zhang 2022 as its authors computed it: Runge and Kutta's fourth order in steps of a sixth, one step a day of the index.
import Numerics
import Systems

/// The competition model of Zhang et al. 2022 (eLife 11:e76284) on the authors' own discrete axis.
///
/// Rates per unit of time are .0156·8 and .0091·8, but a day of the index is a step of 1/6: the effective rate per day is 8/6 of the
/// printed one. Cells are kept between 0 and 10,000.
struct Zhang2022Scheme: Sendable, Hashable {
    static let capacity = 10_000.0
    static let step = 1.0 / 6
    static let rates: [Double] = [0.0156 * 8, 0.0091 * 8, 0, 0, capacity, 6, 0, 0.95, 0]
    /// A course counts as resistant above this share of resistant cells.
    static let resistantShare = 0.9

    var sensitive: Double
    var resistant: Double

    var size: Double { sensitive + resistant }
    var isResistant: Bool { resistant / size > Self.resistantShare }

    /// One day of the index, with the drug or without.
    mutating func advance(isTreated: Bool) {
        let input = [isTreated ? 1.0 : 0]
        let h = Self.step
        func rate(_ s: Double, _ r: Double) -> (Double, Double) {
            var result = [0.0, 0]
            let state = [s, r]
            var into = result.mutableSpan
            ClonalGrowth.derivative(time: 0.0, state: state.span, parameters: Self.rates.span, input: input.span, into: &into)
            return (result[0], result[1])
        }
        let (a, b) = rate(sensitive, resistant)
        let (c, d) = rate(sensitive + h / 2 * a, resistant + h / 2 * b)
        let (e, f) = rate(sensitive + h / 2 * c, resistant + h / 2 * d)
        let (g, k) = rate(sensitive + h * e, resistant + h * f)
        sensitive = min(max(sensitive + h / 6 * (a + 2 * c + 2 * e + g), 0), Self.capacity)
        resistant = min(max(resistant + h / 6 * (b + 2 * d + 2 * f + k), 0), Self.capacity)
    }

    struct Outcome: Sendable, Hashable {
        /// Cells on each day of the index, the first before any step.
        var course: [Zhang2022Scheme]
        /// Days of the index with the drug, the last included.
        var daysOn: Int
        /// Counted from 1, as the authors count; nil: never.
        var firstResistant: Int? { course.firstIndex(where: \.isResistant).map { $0 + 1 } }
    }

    /// The course under drug days that are known.
    func run(_ treated: [Bool]) -> Outcome {
        var (now, course) = (self, [self])
        for isTreated in treated.dropLast() {
            now.advance(isTreated: isTreated)
            course.append(now)
        }
        return Outcome(course: course, daysOn: treated.count { $0 })
    }

    /// The authors' adaptive arm: from the first day of treatment on (counted from 1), off below half the size of that day, on above it.
    ///
    /// The drug begins a day after the reference is read, except where treatment begins on the first day: so the authors' loop has it.
    func runAdaptive(from first: Int, days: Int) -> Outcome {
        var (now, course) = (self, [self])
        var (isTreated, daysOn, reference) = (false, 0, Double.infinity)
        let start = first == 1 ? 0 : first
        for day in 0...days {
            if day == first - 1 { reference = now.size }
            if day == start {
                isTreated = true
            } else if day > start {
                if now.size > reference { isTreated = true } else if now.size < 0.5 * reference { isTreated = false }
            }
            daysOn += isTreated ? 1 : 0
            guard day < days else { break }
            now.advance(isTreated: isTreated)
            course.append(now)
        }
        return Outcome(course: course, daysOn: daysOn)
    }

    /// Days of the index on which the drug is given, from visits that each hold until the next.
    static func days(_ visits: [(day: Double, isTreated: Bool)], count: Int) -> [Bool] {
        var treated = [Bool](repeating: false, count: count)
        for (index, visit) in visits.enumerated() {
            let end = index + 1 < visits.count ? Int(visits[index + 1].day) : count
            for day in max(0, Int(visit.day))..<max(Int(visit.day), min(end, count)) { treated[day] = visit.isTreated }
        }
        return treated
    }
}
