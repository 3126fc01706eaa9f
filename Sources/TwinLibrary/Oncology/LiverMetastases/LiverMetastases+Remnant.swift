// The future liver remnant of every draw in time: a closed form beside the integrated states.
import Numerics
import Twins

/// F(t) = F₀·(1 + H·(1 − e^(−t/τ))), t from an embolisation and at most to the draw's resection; without an embolisation F₀.
struct LiverRemnant: Sendable {
    /// True remnant at «now», mL, by draw; empty without a volumetry or a planned volume.
    let volumes: [Double]
    /// H, the final growth over the volume, by draw; empty without an embolisation.
    let extents: [Double]
    private let embolisation: LiverEmbolisation?
    /// Week of each draw's resection; infinity for none.
    var stops: [Double]

    /// - Parameter volume: mL, as measured now or planned.
    init(_ course: LiverCourse, volume: Double?, draws: LiverDraws) {
        volumes = volume.map { volume in draws.volumetry.map { volume * $0 } } ?? []
        embolisation = course.embolisation
        extents =
            course.embolisation.map { embolisation in
                let kinetics = embolisation.kinetics
                return (0..<draws.count).map { max(0, kinetics.extent + kinetics.extentSD * draws.row($0).hypertrophy) }
            } ?? []
        let stop = course.firstResection.flatMap { $0.isByRule ? nil : $0.start / 7 } ?? .infinity
        stops = [Double](repeating: stop, count: draws.count)
    }

    /// How far a draw's growth has come by a week, 0 to 1.
    func growth(of draw: Int, at week: Double) -> Double { growth(at: min(week, stops[draw])) }

    private func growth(at week: Double) -> Double {
        guard let embolisation else { return 0 }
        let days = 7 * (week - embolisation.start / 7)
        return days > 0 ? 1 - (-days / embolisation.kinetics.timeConstant).exp() : 0
    }

    /// mL, by draw; empty without a volume to start from.
    func volumes(at week: Double) -> [Double] {
        guard let embolisation, week > embolisation.start / 7 else { return volumes }
        // One exponential for all draws whose resection is still to come.
        let unstopped = growth(at: week)
        return volumes.indices.map { draw in
            volumes[draw] * (1 + extents[draw] * (week <= stops[draw] ? unstopped : growth(at: stops[draw])))
        }
    }

    /// Percent of the standard liver; empty without that, or without a volume.
    func standardised(at week: Double, standard: Double?) -> [Double] {
        guard let standard else { return [] }
        return volumes(at: week).map { LiverVolume.standardised(remnant: $0, standard: standard) }
    }
}
