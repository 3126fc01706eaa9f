// The course of a drug's concentration under infusions, exact: a sum of three exponentials in every segment.
import Numerics
import Systems

/// Kinetics in three compartments: clearance L/h, central volume L, exchange per h.
struct ThreeCompartments: Sendable, Hashable {
    var clearance: Double
    var volume: Double
    var k12: Double
    var k21: Double
    var k13: Double
    var k31: Double

    /// Rates of the three exponentials and their shares of a unit put into the centre.
    ///
    /// Exchange is balanced, so the compartments' matrix is symmetric in amounts divided by the roots of their equilibrium shares.
    func modes() throws(LinearAlgebraError) -> (rates: [Double], shares: [Double]) {
        let (first, second) = ((k12 * k21).squareRoot(), (k13 * k31).squareRoot())
        let eigen = try SymmetricEigen(
            try Matrix([[clearance / volume + k12 + k13, -first, -second], [-first, k21, 0], [-second, 0, k31]]))
        return (eigen.values, (0..<3).map { eigen.vectors[0, $0] * eigen.vectors[0, $0] })
    }
}

/// An infusion at a constant rate: start and duration h, amount per h.
struct Infusion: Sendable, Hashable {
    var start: Double
    var hours: Double
    var rate: Double
}

/// Segments for ``NeutrophilChain``: infusions in order of time, none overlapping another, from time 0 to an end.
struct InfusionCourse: Sendable, Hashable {
    let segments: [Segment]

    init(_ kinetics: ThreeCompartments, infusions: [Infusion], until end: Double) throws(LinearAlgebraError) {
        let (rates, shares) = try kinetics.modes()
        var segments: [Segment] = []
        var amounts = [0.0, 0, 0]
        var time = 0.0
        func pass(to border: Double, rate: Double) {
            guard border > time else { return }
            let steady = (0..<3).map { rate * shares[$0] / rates[$0] }
            let coefficients = (0..<3).map { (amounts[$0] - steady[$0]) / kinetics.volume }
            segments.append(
                Segment(start: time, end: border, input: [time, steady.reduce(0, +) / kinetics.volume] + coefficients + rates))
            for k in 0..<3 { amounts[k] = steady[k] + (amounts[k] - steady[k]) * (-rates[k] * (border - time)).exp() }
            time = border
        }
        for infusion in infusions {
            pass(to: min(infusion.start, end), rate: 0)
            pass(to: min(infusion.start + infusion.hours, end), rate: infusion.rate)
        }
        pass(to: end, rate: 0)
        self.segments = segments
    }
}
