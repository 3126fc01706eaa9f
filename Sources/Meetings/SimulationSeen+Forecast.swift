// What is kept of a comparison with a decision: enough to compute it again, and the figures that were read.
import Twins

extension SimulationSeen {
    /// Invariant 4: the figures are those of the comparison that was on the screen, not computed anew.
    public init(twin: Calibration, drawsSHA256: String, comparison: Comparison) {
        let forecasts = comparison.forecasts
        var figures: [SeenFigure] = []
        for endpoint in comparison.endpoints {
            for (place, forecast) in forecasts.enumerated() {
                let estimate = endpoint.estimates[place]
                let words = endpoint.shares[place].map { share in
                    "\(share.category) \(Int(clamping: (share.share * 100).rounded())) %"
                }
                guard estimate != nil || !words.isEmpty else { continue }
                figures.append(
                    SeenFigure(
                        scenario: forecast.scenario.name, endpoint: endpoint.label, unit: endpoint.unit, value: estimate?.value,
                        lower: estimate?.lower, upper: estimate?.upper, words: words.joined(separator: ", "), notes: endpoint.notes,
                        ceiling: endpoint.ceiling, isShare: endpoint.isShare))
            }
        }
        self.init(
            model: twin.model, modelVersion: twin.modelVersion, drawsSHA256: drawsSHA256, seed: forecasts.first?.seed ?? twin.seed,
            reference: twin.reference, scenarios: forecasts.map(\.scenario), figures: figures)
    }
}

extension ComparedEndpoint {
    /// Whether the screen writes it in percent: a bare ratio whose every figure lies between 0 and 1, a share or a probability.
    var isShare: Bool {
        let present = estimates.compactMap(\.self)
        return unit == .one && !present.isEmpty && present.allSatisfy { $0.lower >= 0 && $0.upper <= 1 && $0.value <= 1 }
    }
}
