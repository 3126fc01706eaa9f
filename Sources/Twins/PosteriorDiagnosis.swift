// How draws of a posterior were made, and whether they are to be trusted.
import Numerics

/// What is known of the quality of a posterior's draws.
public struct PosteriorDiagnosis: Hashable, Sendable {
    /// How the draws were made.
    public enum Method: Hashable, Sendable {
        /// Proposals about the maximum, weighed and resampled; how often the proposal was moved.
        case importance(moves: Int)
        /// Populations led from wide to narrow in so many stages, because importance resampling would not do.
        case tempered(stages: Int)
    }

    public var method: Method
    /// As many independent draws would tell as much; at most the number of draws. Of importance resampling Kish's size of the weighted
    /// proposals, of tempering the least bulk size of any parameter.
    public var effectiveSampleSize: Double
    /// Of importance resampling: Pareto k̂ of the weights, above 0.7 not to be trusted. Nil with fewer than 25 proposals.
    public var paretoShape: Double?
    /// Of tempering: the largest rank-normalised split R̂ of any parameter, above 1.01 not to be trusted.
    public var splitR: Double?
    public var draws: Int

    /// The bounds of Vehtari and others: 0.7 (2024, JMLR 25:72), 1.01 (2021, Bayesian Analysis 16:667).
    public static let largestParetoShape = 0.7
    public static let largestSplitR = 1.01
    /// Fewer effective draws than this say too little of an interval's ends; assumption.
    public static let leastEffectiveSize = 100.0

    /// Whether the draws stand for the posterior.
    public var isGood: Bool { warnings.isEmpty }

    /// What is wrong with the draws, in words; empty if nothing is.
    public var warnings: [String] {
        var texts: [String] = []
        if let paretoShape, paretoShape > Self.largestParetoShape {
            texts.append("the draws may miss part of the posterior (Pareto k \(Self.written(paretoShape, digits: 1)), should be below 0.7)")
        }
        if let splitR, !(splitR <= Self.largestSplitR) {
            texts.append("the draws may miss part of the posterior (R̂ \(Self.written(splitR, digits: 2)), should be below 1.01)")
        }
        if effectiveSampleSize < Self.leastEffectiveSize, Double(draws) >= Self.leastEffectiveSize {
            texts.append("only \(Int(clamping: effectiveSampleSize)) of \(draws) draws are effectively independent")
        }
        return texts
    }

    /// A number with one or two digits behind the point; infinite and undefined ones in words.
    static func written(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return value.isNaN ? "undefined" : "without bound" }
        let scale = digits == 1 ? 10 : 100
        let count = Int(clamping: (min(value, 1000) * Double(scale)).rounded())
        let rest = "\(abs(count) % scale)"
        return "\(count < 0 ? "−" : "")\(abs(count) / scale)." + String(repeating: "0", count: digits - rest.count) + rest
    }
}

extension PosteriorDiagnosis {
    /// Of proposals that were weighed and resampled, after so many moves of where they come from.
    public init(_ found: ImportanceResampling.Posterior, moves: Int) {
        let draws = found.draws.rows
        self.init(
            method: .importance(moves: moves), effectiveSampleSize: min(found.effectiveSampleSize, Double(draws)),
            paretoShape: found.paretoShape.isNaN ? nil : found.paretoShape, splitR: nil, draws: draws)
    }

    /// Of populations led to the posterior, of whose particles so many are kept.
    public init(_ sample: TemperedSampling.Sample, draws: Int) {
        self.init(
            method: .tempered(stages: sample.temperatures.count), effectiveSampleSize: min(sample.leastEffectiveSize, Double(draws)),
            paretoShape: nil, splitR: sample.largestSplitR, draws: draws)
    }
}
