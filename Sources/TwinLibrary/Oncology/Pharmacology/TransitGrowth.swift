// Simeoni's model of a tumour under a drug: cells that divide, and three stages in which damaged ones die. A test of the engine only.
import Numerics
import Twins

/// Simeoni et al. (2004), Cancer Res 64:1094: x₁′ = λ₀x₁/(1 + (λ₀w/λ₁)^ψ)^(1/ψ) − k₂Cx₁, x₂′ = k₂Cx₁ − k₁x₂, x₃′ = k₁(x₂ − x₃),
/// x₄′ = k₁(x₃ − x₄), w = Σx: at first exponential, later linear growth.
///
/// Preclinical (mice): no twin uses it. Weights g, time days, C ng/mL. Parameters k₁ /d, k₂ mL/ng/d, λ₀ /d, λ₁ g/d, ψ.
/// Input: C = Σ coefficient·e^(−rate·(t − start)) as start, coefficient, rate.
public enum TransitGrowth: OrdinarySystem {
    public static let stateCount = 4, parameterCount = 5, inputCount = 3
    /// Paclitaxel, experiment 1.
    public static let paclitaxel = [0.968, 6.29e-4, 0.273, 0.814, 20]
    public static let source = Source("Simeoni 2004, Cancer Res 64:1094, 10.1158/0008-5472.CAN-03-2524, paclitaxel experiment 1", .excerpt)

    public static func derivative<L: Lane>(
        time: L, state x: Span<L>, parameters p: Span<L>, input u: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let weight = x[0] + x[1] + x[2] + x[3]
        let crowding = (p[4] * (p[2] * weight / p[3]).log()).exp()
        let growth = p[2] * x[0] * (-((1 + crowding).log() / p[4])).exp()
        let killed = p[1] * u[1] * (u[2] * (u[0] - time)).exp() * x[0]
        rate[0] = growth - killed
        rate[1] = killed - p[0] * x[1]
        rate[2] = p[0] * (x[1] - x[2])
        rate[3] = p[0] * (x[2] - x[3])
    }

    /// Weight of the tumour, g, at ascending days, under boluses that each add `peak` ng/mL, falling by `decay` per day.
    public static func weights(
        start: Double, boluses: [Double], peak: Double, decay: Double, at days: [Double]
    ) throws(IntegrationError) -> [Double] {
        let end = max(days.last ?? 0, boluses.last ?? 0)
        let borders = [0] + boluses.filter { $0 > 0 && $0 < end } + [end]
        let segments = zip(borders, borders.dropFirst()).map { from, to in
            let level = boluses.filter { $0 <= from }.reduce(0) { $0 + peak * (-decay * (from - $1)).exp() }
            return Segment(start: from, end: to, input: [from, level, decay])
        }
        let found = try Integrator.solve(
            Self.self, initial: [start, 0, 0, 0], parameters: paclitaxel, segments: segments, outputs: days,
            tolerance: Tolerance(relative: 1e-11, absolute: 1e-14))
        return days.indices.map { day in (0..<4).reduce(0) { $0 + found[day, $1] } }
    }
}
