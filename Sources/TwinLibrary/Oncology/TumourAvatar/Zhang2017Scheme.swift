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

    enum Policy: Sendable { case none, continuous, adaptive }

    struct Outcome: Sendable, Hashable {
        /// Counted from 0.
        var firstTreatment: Int
        /// Counted from 1 as the authors do: the first day above 5 % of T⁻, and the last before 90 %.
        var timeTo5: Int?
        var timeTo90: Int?
        /// Of the days from the first treatment on, percent.
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

    /// From 0.4 of the equilibrium, so many days of the index.
    func run(_ policy: Policy, days: Int = 10_000) -> Outcome {
        let rest = equilibrium
        let limit = Self.start * 2 * rest.reduce(0, +)
        var y = rest.map { 0.4 * $0 }
        var antigen = 2 * y.reduce(0, +)
        var courses: [[Double]] = []
        var (first, previous, daysOn, isTreated) = (Int?.none, 0.0, 0, false)
        for day in 0..<days {
            courses.append(y)
            if first == nil, antigen >= limit { first = day }
            switch policy {
            case .none: isTreated = false
            // The authors' continuous arm begins on the day before the one on which PSA is seen to reach the limit.
            case .continuous: isTreated = isTreated || first != nil || self.reaches(limit, antigen, y)
            case .adaptive: isTreated = first == nil ? false : antigen >= limit ? true : antigen < Self.pause * limit ? false : isTreated
            }
            daysOn += isTreated ? 1 : 0
            previous = antigen
            antigen = previous + y.reduce(0, +) - 0.5 * previous
            if day + 1 < days { y = step(y, isTreated: isTreated) } else { antigen = previous }
        }
        let shares = courses.map { $0[2] / $0.reduce(0, +) }
        let begun = first ?? days
        return Outcome(
            firstTreatment: begun, timeTo5: shares.firstIndex { $0 > 0.05 }.map { $0 + 1 }, timeTo90: shares.firstIndex { $0 > 0.9 },
            treatedShare: 100 * Double(daysOn) / Double(days - begun + 1), cells: y, antigen: antigen)
    }

    /// Whether PSA will have reached the limit by the next day.
    private func reaches(_ limit: Double, _ antigen: Double, _ cells: [Double]) -> Bool {
        antigen + cells.reduce(0, +) - 0.5 * antigen >= limit
    }
}
