// The figures a board compares: scores at one, two and three years, time saved, thresholds of MMSE, risks of the antibody.
import Numerics
import Twins

extension AlzheimerCourse {
    static let years = [1, 2, 3]
    /// Beyond this a crossing is shown as «> 120 months». Months.
    static let crossingCeiling = 120.0

    public var endpointList: [EndpointDescription] { Self.endpointTable }

    private static func scoreEndpoints(_ features: [String]) -> [EndpointDescription] {
        features.flatMap { feature in
            years.map { year in
                let observable = observableTable[place(feature)]
                return EndpointDescription(
                    "\(feature)-\(year)y", "\(observable.label) at \(year) year\(year == 1 ? "" : "s")", observable.unit)
            }
        }
    }

    private static let headlineScores = ["mmse", "faq"]
    private static let otherScores = ["hippocampus", "fdg-pet", "ravlt", "e-cog-study-partner", "e-cog-subject"]

    /// Headlines first.
    private static let endpointTable: [EndpointDescription] =
        scoreEndpoints(headlineScores) + [
            EndpointDescription("time-saved", "Disease time saved in 3 years", .month),
            EndpointDescription("p-mmse-below-20", "Measured MMSE below 20 at 3 years", .percent),
            EndpointDescription("p-mmse-below-10", "Measured MMSE below 10 at 3 years", .percent),
            EndpointDescription("time-to-mmse-20", "Time until MMSE falls below 20", .month),
            EndpointDescription("aria-e", "ARIA-E within the trial's time", .percent),
            EndpointDescription("infusion-reaction", "Infusion reaction within the trial's time", .percent),
        ] + scoreEndpoints(otherScores)

    public func endpoints(of ensemble: AlzheimerEnsemble, request: ForecastRequest) -> [Endpoint] {
        let labels = AlzheimerLabels(request.scenario)
        let scores = scores(of: ensemble, labels)
        let risks = risks(request, draws: ensemble.drawCount)
        return Self.endpointTable.map { description in
            if let score = scores[description.id] { return score }
            if let risk = risks[description.id] { return endpoint(description, .lower, risk.values, risk.notes) }
            switch description.id {
            case "time-saved":
                let saved = ensemble.clock.saved(day: 3 * DayCount.year) / DayCount.month
                return endpoint(description, .higher, Array(repeating: saved, count: ensemble.drawCount), labels.slowing)
            case "time-to-mmse-20":
                let months = ensemble.crossing(of: AlzheimerAnchors.moderate)
                var result = endpoint(description, .higher, months, [Self.thresholdNote] + labels.of("mmse"))
                result.ceiling = Self.crossingCeiling
                return result
            case "p-mmse-below-10": return below(AlzheimerAnchors.severe, ensemble, description, labels)
            default: return below(AlzheimerAnchors.moderate, ensemble, description, labels)
            }
        }
    }

    private static let thresholdNote = AlzheimerAnchors.thresholdSource.citation

    private func endpoint(
        _ description: EndpointDescription, _ better: Direction?, _ values: [Double], _ notes: [String]
    ) -> Endpoint {
        Endpoint(
            id: description.id, label: description.label, unit: description.unit, better: better, values: values, notes: notes,
            isProbability: ["p-mmse-below-20", "p-mmse-below-10", "aria-e", "infusion-reaction"].contains(description.id))
    }

    /// Every observable at every year; a level of the course itself, without the error of measuring it.
    private func scores(of ensemble: AlzheimerEnsemble, _ labels: AlzheimerLabels) -> [String: Endpoint] {
        var result: [String: Endpoint] = [:]
        var blocks = [DrawBlock](repeating: .zero, count: observables.count * ensemble.blockCount)
        for year in Self.years {
            ensemble.observe(day: Double(year) * DayCount.year, into: &blocks)
            for (place, observable) in observables.enumerated() {
                let values = (0..<ensemble.drawCount).map { blocks[place * ensemble.blockCount + $0 / 8][$0 % 8] }
                let id = "\(observable.id)-\(year)y"
                result[id] = Endpoint(
                    id: id, label: "\(observable.label) at \(year) year\(year == 1 ? "" : "s")", unit: observable.unit,
                    better: observable.better, values: values, notes: labels.of(observable.id))
            }
        }
        return result
    }

    /// Per draw, the probability that an MMSE taken at three years, with its residual error, is below a threshold.
    private func below(
        _ threshold: Double, _ ensemble: AlzheimerEnsemble, _ description: EndpointDescription, _ labels: AlzheimerLabels
    ) -> Endpoint {
        let place = Self.place("mmse")
        let spread = observables[place].residualSD
        let values = ensemble.values(of: place, count: observables.count, day: 3 * DayCount.year).map {
            100 * NormalDistribution.cumulative((threshold - $0) / spread)
        }
        let error = "includes the error of one MMSE, \(AlzheimerLabels.tenths(spread)) points"
        return endpoint(description, .lower, values, [Self.thresholdNote, error] + labels.of("mmse"))
    }

    /// The antibody's risks per draw: the trial's share with the uncertainty of its counts, logit-normal.
    ///
    /// Without an antibody the placebo arm's share of CLARITY AD stands, so that the difference is the excess; an antibody
    /// without a published trial has no value.
    private func risks(_ request: ForecastRequest, draws: Int) -> [String: (values: [Double], notes: [String])] {
        let treatment = request.scenario.interventions.first { $0.kind == Self.antibody }
        let drug = treatment.map { $0.values["drug"]?.choice ?? AntibodyTrial.lecanemab.id }
        let arm = drug == nil ? AntibodyTrial.lecanemab : AntibodyTrial.all.first { $0.id == drug }
        guard let arm else {
            let note = "no published risk for this antibody"
            return ["aria-e": ([], [note]), "infusion-reaction": ([], [note])]
        }
        let isTreated = drug != nil
        let notes =
            (isTreated ? [arm.source.citation] + AlzheimerLabels.placebo(of: arm) : ["placebo arm; " + arm.source.citation])
            + ["a trial's average: higher with APOE ε4; assumption: independent of how long it is given, interval from the trial's counts"]
        func values(_ counts: AntibodyTrial.Counts, _ index: Int) -> [Double] {
            // The arm decides the stream: the same arm gives the same draws in every scenario, different arms are independent.
            let trial = UInt64(AntibodyTrial.all.firstIndex { $0.id == arm.id } ?? 0)
            let random = RandomStream(seed: request.seed, stream: 0x4152_4941_0000 + 2 * trial + (isTreated ? 1 : 0))
            let rest = counts.patients - counts.events
            let centre = (counts.events / rest).log()
            let spread = (1 / counts.events + 1 / rest).squareRoot()
            return (0..<draws).map { 100 * (centre + spread * random.normal(draw: $0, index: index)).logistic() }
        }
        return [
            "aria-e": (values(isTreated ? arm.edema.treated : arm.edema.placebo, 0), notes),
            "infusion-reaction": (values(isTreated ? arm.infusion.treated : arm.infusion.placebo, 1), notes),
        ]
    }
}

extension AlzheimerEnsemble {
    /// Months until the MMSE of each draw falls below a threshold; 0 if it is already, the ceiling if it does not within it.
    ///
    /// Between two corners of the clock the course only falls, so the crossing there is the inverse of the logistic curve.
    func crossing(of threshold: Double) -> [Double] {
        let map = AlzheimerPopulation.map
        let place = AlzheimerCourse.place("mmse")
        let limit = AlzheimerCourse.crossingCeiling * DayCount.month
        let edges = [0] + clock.corners.filter { $0 > 0 && $0 < limit } + [limit]
        let segments = zip(edges, edges.dropFirst()).filter { $0 < $1 }.map { start, end in
            let severity = 1 - (threshold - clock.relief(feature: place, day: start)) / 30
            let startAge = clock.effectiveAge(day: start)
            let slope = (clock.effectiveAge(day: end) - startAge) / (end - start)
            return (start: start, end: end, logit: (severity / (1 - severity)).log(), age: startAge, slope: slope)
        }
        return (0..<drawCount).map { draw in
            let block = draw / 8
            let lane = draw % 8
            let offset = offsets[place * blockCount + block][lane]
            let speed = map.rate[place] * pace[block][lane]
            for segment in segments {
                let missing = tau[block][lane] + (segment.logit - offset) / speed - segment.age
                if missing <= 0 { return segment.start / DayCount.month }
                let day = segment.start + missing / segment.slope
                if segment.slope > 0, day < segment.end { return day / DayCount.month }
            }
            return AlzheimerCourse.crossingCeiling
        }
    }
}
