// The fixture's forecasts: curves and draws from a formula, so that a changed value is seen in the figures.
import Twins

#if canImport(Glibc)
    import Glibc
#endif

extension Fixture {
    static let drawCount = 200

    static func number(_ scenario: Scenario, _ kind: String, _ field: String) -> Double? {
        scenario.interventions.first { $0.kind == kind }?.values[field]?.number
    }

    static func forecast(_ scenario: Scenario, index: Int, days: [Double]? = nil) -> Forecast {
        let days = days ?? (0...120).map { model.horizon * Double($0) / 120 }
        let operation = number(scenario, "resection", "start")
        let kill = (number(scenario, "regimen", "addition") ?? 0) * (number(scenario, "regimen", "dose") ?? 0) / 100
        let curve = days.map { day -> Double in
            let treated = 131 * (0.45 + 0.55 * exp(-day * (0.002 + 0.006 * kill))) + day * (0.06 - 0.02 * kill)
            guard let operation, day >= operation else { return treated }
            return 4 + pow((day - operation) / 60, 2) * (0.6 - 0.15 * kill)
        }
        let spread = days.map { 0.05 + 0.0009 * $0 }
        let sum = ForecastSeries(
            observable: "sum-of-diameters", label: "sum of diameters", unit: .millimetre,
            quantiles: [-1.6, -1.28, -0.67, 0, 0.67, 1.28, 1.6].map { z in zip(curve, spread).map { $0 * exp(z * $1) } },
            source: Source("fixture", .assumption))
        let remnant = ForecastSeries(
            observable: "remnant", label: "future liver remnant", unit: .percent,
            quantiles: [-4.0, -3, -1.5, 0, 1.5, 3, 4].map { z in days.map { 31 + 6 * (1 - exp(-$0 / 60)) + z } },
            source: Source("fixture", .assumption))
        var marks: [ForecastMark] = []
        if scenario.interventions.contains(where: { $0.kind == "regimen" }) {
            marks.append(ForecastMark(day: 0, kind: .treatmentStart, label: "regimen"))
        }
        if let operation { marks.append(ForecastMark(day: operation, kind: .operation, label: "resection")) }
        return Forecast(
            model: model.id, modelVersion: model.version, scenario: scenario, seed: 1, drawCount: drawCount, days: days,
            series: [sum, remnant],
            endpoints: endpoints(scenario, index: index), marks: marks,
            notes: index == 1 ? ["assumption: the response to anti-EGFR was entered by the board, it is not a fitted effect"] : [])
    }

    /// A spread of draws around a middle; the same for every call, shifted for each scenario so that the pairs differ.
    private static func draws(_ middle: Double, _ width: Double, _ shift: Int, limits: ClosedRange<Double>) -> [Double] {
        (0..<drawCount).map { draw in
            let level = (Double((draw * 37 + shift * 11) % drawCount) + 0.5) / Double(drawCount)
            let value = middle + width * log(level / (1 - level)) / 2.2
            return min(max(value, limits.lowerBound), limits.upperBound)
        }
    }

    static func endpoints(_ scenario: Scenario, index: Int) -> [Endpoint] {
        let kill = (number(scenario, "regimen", "addition") ?? 0) * (number(scenario, "regimen", "dose") ?? 0) / 100
        let operated = number(scenario, "resection", "start") != nil
        let assumption = "assumption: the effect of the addition was entered by the board"
        return [
            Endpoint(
                id: "pfs-12", label: "progression-free at 12 months", unit: .percent, better: .higher,
                values: draws(20 + 32 * kill, 10, index, limits: 0...100), notes: [assumption]),
            Endpoint(
                id: "sum-12w", label: "sum of diameters at week 12", unit: .millimetre, better: .lower,
                values: draws(100 - 22 * kill, 12, index, limits: 0...1000), notes: [assumption]),
            Endpoint(
                id: "recist-12w", label: "RECIST at week 12", unit: .one, better: nil, values: [],
                shares: [
                    Endpoint.Share(category: "PR", share: min(0.9, 0.45 * kill)), Endpoint.Share(category: "SD", share: 0.3),
                    Endpoint.Share(category: "PD", share: max(0, 0.7 - min(0.9, 0.45 * kill))),
                ]),
            Endpoint(
                id: "flr", label: "future liver remnant at surgery", unit: .percent, better: .higher,
                values: operated ? draws(31, 3, index, limits: 0...100) : []),
            Endpoint(
                id: "ttp", label: "time to progression", unit: .month, better: .higher,
                values: draws(operated ? 26 : 11, 6, index, limits: 0...24), ceiling: 24),
            Endpoint(
                id: "anc", label: "neutrophils < 0.5 G/L, any cycle", unit: .percent, better: .lower,
                values: draws(12 + 6 * kill, 6, index, limits: 0...100), notes: ["Friberg 2002, docetaxel set"]),
        ]
    }
}
