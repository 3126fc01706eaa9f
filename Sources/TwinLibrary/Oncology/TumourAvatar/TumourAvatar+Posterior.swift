// What a marker's values under known drug days tell of the clones.
import Numerics
import Systems
import Twins

/// The negative log posterior of the logarithms of an avatar's parameters, constants left out.
///
/// Normal priors of the logarithms, normal residuals of ln(marker + floor). Value, gradient and Fisher's information come from one
/// integration with exact sensitivities, a direction in each place of a lane; many points are weighed side by side.
public struct AvatarPosterior: NegativeLogPosterior {
    public let names: [String]
    public let scales: [Double]
    public let centres: [Double]
    private let clones: any CloneDraw.Type
    private let days: [Double]
    private let logs: [Double]
    private let firstValue: Double
    private let floor: Double
    let residualSD: Double
    private let segments: [Segment]
    /// Of the clones a hundred-thousandth, four orders below what the marker is measured to; a clone may be tiny.
    private static let tolerance = Tolerance(relative: 1e-5, absolute: 1e-12)
    /// A clone never counts as less than this share of capacity: its logarithm must stay finite.
    private static let least = 1e-290

    init(_ record: AvatarRecord, clones: any CloneDraw.Type = AvatarDraw.self) {
        self.clones = clones
        names = clones.parameters.map(\.name)
        scales = clones.scales
        centres = clones.centres
        let marker = record.marker
        days = record.measurements.map(\.day)
        logs = record.measurements.map { ($0.value + marker.floor).log() }
        firstValue = record.firstValue
        floor = marker.floor
        residualSD = clones.residualSD(of: marker)
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
        let draw = clones.init(point.map { $0.exp() })
        guard let found = try? sensitivities(draw) else { return nil }
        let (count, states, slopesOfScale) = (point.count, draw.clones.indices, draw.scaleSlopes)
        var value = prior(point)
        var gradient = point.indices.map { (point[$0] - centres[$0]) / (scales[$0] * scales[$0]) }
        var hessian = [Double](repeating: 0, count: count * count)
        for i in 0..<count { hessian[i * count + i] = 1 / (scales[i] * scales[i]) }
        for (time, log) in logs.enumerated() {
            let size = max(states.reduce(0) { $0 + found.value(draw: 0, time: time, state: $1) }, Self.least)
            let marker = firstValue * draw.scale * size
            let z = ((marker + floor).log() - log) / residualSD
            value += 0.5 * z * z
            let weight = marker / (marker + floor) / residualSD
            let slopes = (0..<count).map { direction -> Double in
                let change =
                    direction == 0 ? 0 : states.reduce(0) { $0 + found.derivative(draw: 0, along: direction - 1, time: time, state: $1) }
                return weight * (change / size + slopesOfScale[direction])
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
        let draws = rows.map { clones.init($0) }
        let starts = draws.map { $0.clones }
        let found = try clones.grow(
            try Matrix(draws.map { $0.rates }), from: try Matrix(starts), segments: segments, outputs: days, tolerance: Self.tolerance)
        return draws.indices.map { draw in
            let scale = firstValue * draws[draw].scale
            return days.indices.map { time in
                scale * max(starts[draw].indices.reduce(0) { $0 + found[draw, time, $1] }, Self.least)
            }
        }
    }

    private func sensitivities(_ draw: any CloneDraw) throws -> Sensitivities {
        try clones.sensitivities(
            of: Sensitivities.Draw(parameters: draw.rates, initial: draw.clones, directions: draw.directions), segments: segments,
            outputs: days, tolerance: Self.tolerance)
    }
}
