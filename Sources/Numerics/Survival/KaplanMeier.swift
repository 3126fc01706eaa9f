// The share of survivors over time by Kaplan and Meier's product, with limits and the median.

/// Kaplan and Meier (1958), J. Am. Stat. Assoc. 53:457–481; variance by Greenwood's formula. A subject censored at the time of an event is
/// still at risk then.
public struct KaplanMeier: Sendable, Hashable {
    /// What happens at one time that occurs in the data.
    public struct Step: Sendable, Hashable {
        public var time: Double
        /// Just before.
        public var atRisk: Int
        public var events: Int
        public var censored: Int
        /// Just after.
        public var survival: Double
        /// Σ d/(n·(n − d)) up to here: the variance of ln S; infinite where S is 0.
        public var logVariance: Double

        /// Of the survival, by Greenwood; NaN where S is 0.
        public var standardError: Double { survival * logVariance.squareRoot() }
    }

    /// On which scale an interval is symmetric.
    public enum Scale: String, CaseIterable, Sendable {
        case plain
        /// Of ln S; the default of R.
        case log
        /// Of ln(−ln S): stays within 0 … 1.
        case logLog = "log-log"
    }

    public let steps: [Step]
    public let count: Int

    public init(_ data: SurvivalTimes) {
        count = data.count
        var (atRisk, survival, variance) = (data.count, 1.0, 0.0)
        var steps: [Step] = []
        for group in data.tiedGroups(of: 0..<data.count) {
            let events = group.count { data.isEvent[$0] }
            if events > 0 {
                survival *= Double(atRisk - events) / Double(atRisk)
                variance += Double(events) / (Double(atRisk) * Double(atRisk - events))
            }
            steps.append(
                Step(
                    time: data.times[group[0]], atRisk: atRisk, events: events, censored: group.count - events, survival: survival,
                    logVariance: variance))
            atRisk -= group.count
        }
        self.steps = steps
    }

    /// The last step at or before a time; nil before the first.
    public func step(at time: Double) -> Step? {
        var (low, high) = (0, steps.count)
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : steps[low - 1]
    }

    /// S(t); after the last time the last value, which says nothing any more if the last subject was censored.
    public func survival(at time: Double) -> Double { step(at: time)?.survival ?? 1 }

    /// Subjects still at risk at a time, before anything happens then.
    public func atRisk(at time: Double) -> Int { steps.first { $0.time >= time }?.atRisk ?? 0 }

    /// Limits of S(t) within 0 … 1 after a step; nil where S is 0, or, on the log-log scale, 1.
    public static func interval(_ step: Step, level: Double = 0.95, scale: Scale = .log) -> ClosedRange<Double>? {
        let z = NormalDistribution.quantile(0.5 + level / 2)
        let (s, error) = (step.survival, step.logVariance.squareRoot())
        guard s > 0 else { return nil }
        switch scale {
        case .plain: return max(0, s - z * s * error)...min(1, s + z * s * error)
        case .log: return s * (-z * error).exp()...min(1, s * (z * error).exp())
        case .logLog:
            guard s < 1 else { return nil }
            let (centre, half) = ((-s.log()).log(), z * error / s.log().magnitude)
            return (-(centre + half).exp()).exp()...(-(centre - half).exp()).exp()
        }
    }

    /// The time at which half are left, and its limits; each nil where its curve does not come down to a half.
    ///
    /// Where a curve stays at a half for a while the middle of that while is given, as R does.
    public func median(level: Double = 0.95, scale: Scale = .log) -> (time: Double?, low: Double?, high: Double?) {
        let limits = steps.map { Self.interval($0, level: level, scale: scale) }
        return (
            half(steps.map(\.survival)), half(limits.map { $0?.lowerBound ?? 0 }),
            half(limits.map { $0?.upperBound ?? 1 })
        )
    }

    private func half(_ curve: [Double]) -> Double? {
        // Products of quotients come near a half without being it.
        let near = 1.5e-8
        guard let first = curve.firstIndex(where: { $0 <= 0.5 + near }) else { return nil }
        guard (curve[first] - 0.5).magnitude <= near, let next = curve[first...].firstIndex(where: { $0 < 0.5 - near }) else {
            return steps[first].time
        }
        return (steps[first].time + steps[next].time) / 2
    }
}
