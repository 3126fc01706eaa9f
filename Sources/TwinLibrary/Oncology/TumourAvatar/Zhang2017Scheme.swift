// Zhang 2017 as its authors computed it: three clones under abiraterone, Euler's method in steps of a day with a floor.
import Numerics

/// Cells that need testosterone (T⁺), that make it (TP), and that need none (T⁻), with their PSA; Zhang et al. 2017 (Nat Commun 8:1816).
struct Zhang2017Scheme: Sendable {
    /// α₁₂, α₁₃, α₂₁, α₂₃, α₃₁, α₃₂ of two of the authors' patients.
    static let matrices: [Int: [Double]] = [7: [0.7, 0.8, 0.4, 0.5, 0.6, 0.9], 5: [0.6, 0.8, 0.4, 0.7, 0.5, 0.9]]
    /// Per day.
    static let rates = [0.0027726, 0.0034657, 0.0066542]
    static let floor = 1e-9
    /// Shares of the PSA at equilibrium: treatment begins at the first, and pauses below the second share of that.
    static let (start, pause) = (0.8, 0.4)

    enum Policy: Sendable { case none, continuous, metronomic, adaptive }

    /// Steps of the metronomic arm: the first course, from its start to the start of the next ones, their distance and their length; a course has both
    /// of its ends.
    static let (induction, later, period, course) = (800, 2000, 1000, 200)

    struct Outcome: Sendable, Hashable {
        /// Untreated steps until PSA stands at the limit.
        var firstTreatment: Int
        /// The first states above 5 % and 90 % of T⁻, counted from 1 as the authors do.
        var timeTo5: Int?
        var timeTo90: Int?
        /// Of the states from the first treatment on, percent.
        var treatedShare: Double
        var cells: [Double]
        var antigen: Double
    }

    let competition: [Double]

    /// Where the untreated clones would stay; without T⁻ where that cannot live.
    var equilibrium: [Double] {
        let a = competition
        // T⁺ = (1.5 − α₁₂)·TP − α₁₃·T⁻, put into the other two.
        let share = 1.5 - a[0]
        let (p, q) = (1 + a[2] * share, a[3] - a[2] * a[1])
        let (r, s) = (a[5] + a[4] * share, 1 - a[4] * a[1])
        let determinant = p * s - q * r
        let (producing, independent) = (1e4 * (s - q) / determinant, 1e4 * (p - r) / determinant)
        if independent > 0 { return [share * producing - a[1] * independent, producing, independent] }
        return [share * 1e4 / p, 1e4 / p, 0]
    }

    private func step(_ y: [Double], isTreated: Bool) -> [Double] {
        let a = competition
        let crowd = [y[0] + a[0] * y[1] + a[1] * y[2], a[2] * y[0] + y[1] + a[3] * y[2], a[4] * y[0] + a[5] * y[1] + y[2]]
        let room = [(isTreated ? 0.5 : 1.5) * y[1], isTreated ? 100 : 1e4, 1e4]
        return y.indices.map { max(y[$0] + Self.rates[$0] * y[$0] * (1 - crowd[$0] / room[$0]), Self.floor) }
    }

    /// From 0.4 of the equilibrium, so many states, 2 or more.
    func run(_ policy: Policy, days: Int = 10_000) -> Outcome {
        let rest = equilibrium
        let limit = Self.start * 2 * rest.reduce(0, +)
        let first = firstTreatment(at: limit, days: days)
        var y = rest.map { 0.4 * $0 }
        var antigen = 2 * y.reduce(0, +)
        var courses = [y]
        var (daysOn, isTreated) = (0, false)
        // A step has the number of the state that it leads to, as in the authors' program.
        for number in 2...days {
            switch policy {
            case .none: isTreated = false
            case .continuous: isTreated = number >= first
            case .metronomic: isTreated = Self.isInCourse(number - first)
            case .adaptive: isTreated = antigen >= limit ? true : antigen < Self.pause * limit ? false : isTreated
            }
            daysOn += isTreated ? 1 : 0
            antigen += y.reduce(0, +) - 0.5 * antigen
            y = step(y, isTreated: isTreated)
            courses.append(y)
        }
        let shares = courses.map { $0[2] / $0.reduce(0, +) }
        func time(above share: Double) -> Int? { shares.firstIndex { $0 > share }.map { $0 + 1 } }
        return Outcome(
            firstTreatment: first, timeTo5: time(above: 0.05), timeTo90: time(above: 0.9),
            treatedShare: 100 * Double(daysOn) / Double(days - first + 1), cells: y, antigen: antigen)
    }

    /// Whether the metronomic arm has the drug so many steps after its first one.
    private static func isInCourse(_ since: Int) -> Bool {
        (0...induction).contains(since) || (since >= later && (since - later) % period <= course)
    }

    private func firstTreatment(at limit: Double, days: Int) -> Int {
        var y = equilibrium.map { 0.4 * $0 }
        var antigen = 2 * y.reduce(0, +)
        var count = 0
        while antigen < limit, count < days {
            antigen += y.reduce(0, +) - 0.5 * antigen
            y = step(y, isTreated: false)
            count += 1
        }
        return count
    }
}
