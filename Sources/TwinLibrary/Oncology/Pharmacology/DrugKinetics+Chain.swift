// A drug's course as the input of the marrow's equations.
import Numerics
import Systems

extension DrugKinetics {
    /// Segments for ``NeutrophilChain`` from hour 0 to an end, one for each stretch of the course: there a concentration is a constant and up
    /// to three exponentials, as many as there are compartments.
    func chainSegments(_ doses: [Dosing], until end: Double) -> [Segment] {
        course(doses).stretches(until: end).map { stretch in
            let terms = stretch.falling.terms
            let rest = [Double](repeating: 0, count: 3 - terms.count)
            return Segment(
                start: stretch.start, end: stretch.end,
                input: [stretch.start, stretch.constant] + terms.map(\.coefficient) + rest + terms.map(\.rate) + rest)
        }
    }
}
