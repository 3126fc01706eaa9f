// What is kept of a comparison with a decision: enough to compute it again, and the figures that were read.
import Records
import Twins

extension SimulationSeen {
    /// Invariant 4: the figures are those of the comparison that was on the screen, not computed anew.
    public init(twin: Calibration, drawsSHA256: String, comparison: Comparison) {
        let forecasts = comparison.forecasts
        var figures: [SeenFigure] = []
        for endpoint in comparison.endpoints {
            let isPercent = endpoint.isShare || endpoint.unit == .percent
            let decimals = SeenFigure.decimals(
                endpoint.estimates.compactMap(\.self), factor: endpoint.isShare ? 100 : 1, most: isPercent ? 1 : 3)
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
                        ceiling: endpoint.ceiling, isShare: endpoint.isShare, decimals: decimals))
            }
        }
        self.init(
            model: twin.model, modelVersion: twin.modelVersion, drawsSHA256: drawsSHA256, seed: forecasts.first?.seed ?? twin.seed,
            reference: twin.reference, scenarios: forecasts.map(\.scenario), figures: figures,
            arithmetic: forecasts.first?.arithmetic, days: forecasts.first?.days,
            forecastSHA256: forecasts.map { ForecastDigest.sha256($0) })
    }
}

extension SeenFigure {
    /// The decimals of an endpoint's figures on the screen: they follow the narrowest interval that has a width, so that a figure's last
    /// digit is that interval's second one at most, and never more than `most`: 1 for percent, 3 otherwise. `factor` leads to the unit shown.
    public static func decimals(_ estimates: [Estimate], factor: Double, most: Int = 3) -> Int {
        let widths = estimates.map { ($0.upper - $0.lower) * factor }.filter { $0.isFinite && $0 > 1e-9 }
        guard var width = widths.min() else {
            let size = estimates.map { abs($0.value) * factor }.filter(\.isFinite).max() ?? 0
            return min(most, size == size.rounded() || size >= 100 ? 0 : size >= 1 ? 1 : 2)
        }
        var decimals = 0
        while width < 2.95, decimals < most {
            width *= 10
            decimals += 1
        }
        return decimals
    }
}

extension ComparedEndpoint {
    /// Whether the screen writes it in percent: a bare ratio whose every figure lies between 0 and 1, a share or a probability.
    var isShare: Bool {
        let present = estimates.compactMap(\.self)
        return unit == .one && !present.isEmpty && present.allSatisfy { $0.lower >= 0 && $0.upper <= 1 && $0.value <= 1 }
    }
}
