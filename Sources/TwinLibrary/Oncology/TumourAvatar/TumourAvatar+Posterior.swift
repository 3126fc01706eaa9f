// What a marker's values under known drug days tell of the clones.
import Numerics
import Systems
import Twins

/// The negative log posterior of the logarithms of an avatar's seven parameters, constants left out.
///
/// Normal priors of the logarithms, normal residuals of ln(marker + floor). Value, gradient and Fisher's information come from one
/// integration with exact sensitivities, a direction in each place of a lane; many points are weighed side by side.
public struct AvatarPosterior: NegativeLogPosterior {
    public let names = AvatarParameters.table.map(\.name)
    public let scales = AvatarParameters.scales
    public let centres = AvatarParameters.centres
    private let days: [Double]
    private let logs: [Double]
    private let firstValue: Double
    private let floor: Double
    private let residualSD: Double
    private let segments: [Segment]
    /// Of the clones a hundred-thousandth, four orders below what the marker is measured to; a clone may be tiny.
    private static let tolerance = Tolerance(relative: 1e-5, absolute: 1e-12)
    /// A clone never counts as less than this share of capacity: its logarithm must stay finite.
    private static let least = 1e-290

    init(_ record: AvatarRecord) {
        let marker = record.marker
        days = record.measurements.map(\.day)
        logs = record.measurements.map { ($0.value + marker.floor).log() }
        firstValue = record.firstValue
        floor = marker.floor
        residualSD = marker.residualSD
        segments = AvatarSchedule.past(record.windows, from: record.firstDay, to: days.last ?? record.firstDay).map {
            Segment(start: $0.start, end: $0.end, input: [$0.isTreated ? 1 : 0])
        }
    }

    public func value(_ point: [Double]) -> Double { values([point])[0] }

    public func values(_ points: [[Double]]) -> [Double] {
        guard let found = try? predictions(points.map { $0.map { $0.exp() } }) else { return points.map { _ in .infinity } }
        return zip(points, found).map { point, predicted in
            var sum = prior(point)
            for (marker, log) in zip(predicted, logs) {
                let z = ((marker + floor).log() - log) / residualSD
                sum += 0.5 * z * z
            }
            return sum.isFinite ? sum : .infinity
        }
    }

    public func expansion(_ point: [Double]) -> PosteriorExpansion? {
        let draw = AvatarDraw(point.map { $0.exp() })
        guard let found = try? sensitivities(draw) else { return nil }
        let count = point.count
        var value = prior(point)
        var gradient = point.indices.map { (point[$0] - centres[$0]) / (scales[$0] * scales[$0]) }
        var hessian = [Double](repeating: 0, count: count * count)
        for i in 0..<count { hessian[i * count + i] = 1 / (scales[i] * scales[i]) }
        for (time, log) in logs.enumerated() {
            let size = max(found.value(draw: 0, time: time, state: 0) + found.value(draw: 0, time: time, state: 1), Self.least)
            let marker = firstValue * draw.scale * size
            let z = ((marker + floor).log() - log) / residualSD
            value += 0.5 * z * z
            let weight = marker / (marker + floor) / residualSD
            let slopes = (0..<count).map { direction -> Double in
                guard direction > 0 else { return weight }
                let change =
                    found.derivative(draw: 0, along: direction - 1, time: time, state: 0)
                    + found.derivative(draw: 0, along: direction - 1, time: time, state: 1)
                // The marker at capacity depends on the room too.
                return weight * (change / size + (direction == 1 ? draw.room / (1 + draw.room) : 0))
            }
            for i in 0..<count {
                gradient[i] += z * slopes[i]
                for j in 0..<count { hessian[i * count + j] += slopes[i] * slopes[j] }
            }
        }
        guard value.isFinite, gradient.allSatisfy(\.isFinite), hessian.allSatisfy(\.isFinite) else { return nil }
        return PosteriorExpansion(value: value, gradient: gradient, hessian: hessian)
    }

    private func prior(_ point: [Double]) -> Double {
        var sum = 0.0
        for i in point.indices {
            let z = (point[i] - centres[i]) / scales[i]
            sum += 0.5 * z * z
        }
        return sum
    }

    /// The marker on the days of the measurements, in its unit, of draws in their own units; NaN where a draw failed.
    func predictions(_ rows: [[Double]]) throws -> [[Double]] {
        let draws = rows.map { AvatarDraw($0) }
        let found = try Ensemble.solveSerially(
            ClonalGrowth.self, draws: try Matrix(draws.map(\.rates)),
            initial: .each(try Matrix(draws.map { [$0.sensitive, $0.resistant] })),
            segments: segments, outputs: days, tolerance: Self.tolerance)
        return draws.indices.map { draw in
            days.indices.map { firstValue * draws[draw].scale * max(found[draw, $0, 0] + found[draw, $0, 1], Self.least) }
        }
    }

    /// Directions are the logarithms of all parameters but the level, which the clones do not know.
    private func sensitivities(_ draw: AvatarDraw) throws -> Sensitivities {
        let share = 1 / (1 + draw.ratio)
        let sizes = -draw.room / (1 + draw.room)
        let mixed = draw.size * draw.ratio * share * share
        let none = [Double](repeating: 0, count: ClonalGrowth.parameterCount)
        func rates(_ changes: [(place: Int, by: Double)]) -> [Double] {
            changes.reduce(into: none) { $0[$1.place] = $1.by }
        }
        typealias Place = ClonalRates.Parameter
        let byTurnover = draw.death / (1 + draw.turnover)
        let directions = [
            Sensitivities.Direction(parameters: none, initial: [draw.sensitive * sizes, draw.resistant * sizes]),
            Sensitivities.Direction(parameters: none, initial: [-mixed, mixed]),
            Sensitivities.Direction(
                parameters: rates([
                    (Place.sensitiveGrowth, draw.growth), (Place.resistantGrowth, draw.resistantGrowth), (Place.sensitiveDeath, draw.death),
                    (Place.resistantDeath, draw.death),
                ]), initial: [0, 0]),
            Sensitivities.Direction(parameters: rates([(Place.kill, draw.kill), (Place.secondKill, draw.kill)]), initial: [0, 0]),
            Sensitivities.Direction(
                parameters: rates([(Place.resistantGrowth, -draw.resistantGrowth * draw.advantage / (1 + draw.advantage))]),
                initial: [0, 0]),
            Sensitivities.Direction(
                parameters: rates([(Place.sensitiveDeath, byTurnover), (Place.resistantDeath, byTurnover)]), initial: [0, 0]),
        ]
        return try Sensitivities.solve(
            ClonalGrowth.self,
            draws: [Sensitivities.Draw(parameters: draw.rates, initial: [draw.sensitive, draw.resistant], directions: directions)],
            segments: segments, outputs: days, tolerance: Self.tolerance)
    }
}
