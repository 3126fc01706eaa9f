// A serum marker under treatment that escapes, and survival whose hazard follows the marker.
import Numerics
import Twins

/// Desmée 2015 (10.1208/s12248-015-9745-5): C′ = (r(1 − ε·[t ≤ escape]) − d)·C, PSA′ = p·C − δ·PSA with C(0) = δ·PSA(0)/p, and a hazard
/// (k/λ)·(t/λ)^(k−1)·e^(β·PSA(t)). Days; PSA in ng/mL.
public struct MarkerSurvival2015: Hashable, Sendable {
    /// Proliferation r, its inhibition ε until the escape, death d, elimination δ of the marker.
    public var proliferation = 0.05
    public var inhibition = 0.3
    public var escape = 140.0
    public var death = 0.046
    public var elimination = 0.23
    public var start = 80.0
    /// Weibull shape k; scale λ, days; link β per ng/mL.
    public let shape = 1.5
    public var scale: Double
    public var link: Double

    public static let source = Source("Desmée 2015, AAPS J, 10.1208/s12248-015-9745-5, simulated prostate cancer", .excerpt)

    public init(scale: Double, link: Double) {
        self.scale = scale
        self.link = link
    }

    /// The published scenarios: no link, a low, a high one, and a high one with short survival.
    public static let noLink = MarkerSurvival2015(scale: 580, link: 0)
    public static let lowLink = MarkerSurvival2015(scale: 765, link: 0.005)
    public static let highLink = MarkerSurvival2015(scale: 2150, link: 0.02)
    public static let shortSurvival = MarkerSurvival2015(scale: 580, link: 0.02)

    /// The marker at a day, ng/mL, in closed form.
    public func marker(at day: Double) -> Double {
        let (treated, escaped) = (proliferation * (1 - inhibition) - death, proliferation - death)
        let early = min(day, escape)
        let atEarly = level(after: early, from: start, source: elimination * start, growth: treated)
        guard day > escape else { return atEarly }
        let source = elimination * start * (treated * escape).exp()
        return level(after: day - escape, from: atEarly, source: source, growth: escaped)
    }

    /// y(t) of y′ = source·e^(growth·t) − elimination·y.
    private func level(after time: Double, from start: Double, source: Double, growth: Double) -> Double {
        let driven = source / (growth + elimination)
        return driven * (growth * time).exp() + (start - driven) * (-elimination * time).exp()
    }

    /// The share alive at a day.
    ///
    /// With t = u² the integrand of the cumulative hazard, 2k/λ^k·u^(2k−1)·e^(β·PSA(u²)), is smooth; ten Gauss points in pieces no longer than
    /// √10 days, cut at the escape, give it to some 1e-13.
    public func survival(at day: Double) -> Double {
        guard day > 0 else { return 1 }
        return (-(hazard(from: 0, to: min(day, escape)) + hazard(from: escape, to: day))).exp()
    }

    private func hazard(from start: Double, to end: Double) -> Double {
        guard end > start else { return 0 }
        let (low, high) = (start.squareRoot(), end.squareRoot())
        let pieces = ((high - low) * 2).rounded(.up)
        let width = (high - low) / pieces
        var sum = 0.0
        for piece in 0..<Int(pieces) {
            let centre = low + width * (Double(piece) + 0.5)
            for (node, weight) in zip(GaussLegendre.nodes, GaussLegendre.weights) {
                for u in [centre - node * width / 2, centre + node * width / 2] { sum += weight * width / 2 * density(u) }
            }
        }
        return sum
    }

    private func density(_ u: Double) -> Double {
        // k is 1.5, so u^(2k−1) is u².
        2 * shape * u * u / (scale * scale.squareRoot()) * (link * marker(at: u * u)).exp()
    }

    /// The day at which half are alive, to 1e-9 days.
    public var median: Double {
        var (low, high) = (0.0, scale)
        while survival(at: high) > 0.5 { (low, high) = (high, 2 * high) }
        while high - low > 1e-9 {
            let middle = (low + high) / 2
            if survival(at: middle) > 0.5 { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

/// Ten-point rule on −1 … 1 (Abramowitz and Stegun 1964, table 25.4): positive nodes and their weights.
enum GaussLegendre {
    static let nodes = [0.148874338981631211, 0.433395394129247191, 0.679409568299024406, 0.865063366688984511, 0.973906528517171720]
    static let weights = [0.295524224714752870, 0.269266719309996355, 0.219086362515982044, 0.149451349150580593, 0.066671344308688138]
}
