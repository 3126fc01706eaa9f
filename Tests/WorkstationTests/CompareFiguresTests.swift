// How figures are written: digits, intervals, ceilings, shares, spans, fields.
import Testing
import Twins

@testable import Workstation

@Suite("Figures as people read them")
struct CompareFiguresTests {
    private func full(_ unit: Unit, _ value: Double, _ lower: Double, _ upper: Double, ceiling: Double? = nil) -> String {
        let estimate = Estimate(value: value, lower: lower, upper: upper)
        return FigureStyle(unit: unit, estimates: [estimate], ceiling: ceiling).full(estimate)
    }

    @Test("Digits follow the width of the interval")
    func digits() {
        #expect(full(.percent, 62.3, 51.2, 72.4) == "62 % [51–72]")
        #expect(full(.millimetre, 9.14, 5.2, 22.1) == "9 mm [5–22]")
        #expect(full(.score, 18.43, 17.2, 19.6) == "18.4 points [17.2–19.6]")
        #expect(full(Unit("{index}"), 0.431, 0.40, 0.47) == "0.43 [0.40–0.47]")
        #expect(full(.month, 9.7, 9.7, 9.7) == "9.7 months", "what is certain has no interval")
        #expect(full(.one, 0.62, 0.51, 0.72) == "62 % [51–72]", "a share is shown in percent")
        #expect(full(.one, 1.2, 0.9, 1.5) == "1.2 [0.9–1.5]", "a ratio above 1 is not")
        #expect(full(.millimetre, -3, -8, 19) == "−3 mm [−8, 19]")
        #expect(full(.percent, 1.611, 1.2, 1.37) == "1.6 % [1.2–1.4]", "percent has one decimal at most")
        #expect(full(.percent, 99.999, 99.9995, 100) == "100.0 %", "an interval of no width at the digits shown is none")
    }

    @Test("A time beyond the horizon is written with >")
    func ceiling() {
        #expect(full(.month, 24, 12, 24, ceiling: 24) == "> 24 months [12–>24]")
        #expect(full(.month, 24, 24, 24, ceiling: 24) == "> 24 months")
        #expect(full(.month, 11, 6, 24, ceiling: 24) == "11 months [6–>24]")
    }

    @Test("Differences carry their sign")
    func differences() {
        let style = FigureStyle(unit: .percent, estimates: [Estimate(value: 60, lower: 50, upper: 70)])
        let difference = Estimate(value: 6, lower: -8, upper: 19)
        #expect(style.difference(difference) == "+6")
        #expect(style.differenceInterval(difference) == "[−8, +19]")
        #expect(style.difference(Estimate(value: 0, lower: 0, upper: 0)) == "0")
    }

    @Test("Shares shrink to what fits, the commonest last")
    func shares() {
        let shares = [
            Endpoint.Share(category: "PR", share: 0.62), Endpoint.Share(category: "SD", share: 0.3),
            Endpoint.Share(category: "PD", share: 0.08),
        ]
        #expect(FigureText.shares(shares) == "PR 62 %  SD 30 %  PD 8 %")
        #expect(FigureText.shares(shares, width: 20) == "PR 62 SD 30 PD 8 %")
        #expect(FigureText.shares(shares, width: 14) == "PR 62 SD 30 %…")
        #expect(FigureText.shares(shares, width: 10) == "PR 62 %…")
        let rare = [Endpoint.Share(category: "CR", share: 0.002)] + shares
        #expect(FigureText.shares(rare, width: 20) == "PR 62 SD 30 PD 8 %", "what rounds to nothing is left out first")
    }

    @Test("Spans and probabilities")
    func spans() {
        #expect(FigureText.span(0) == "now")
        #expect(FigureText.span(12 * DayCount.month) == "12 months")
        #expect(FigureText.span(11.5 * DayCount.month) == "11.5 months")
        #expect(FigureText.span(35) == "5 weeks")
        #expect(FigureText.span(1) == "1 day")
        #expect(FigureText.span(10 * DayCount.year) == "10 years")
        #expect(FigureText.probability(0.74) == ".74" && FigureText.probability(1) == "1" && FigureText.probability(0.004) == "0")
    }

    @Test("The text of a comparison names scenarios, differences and notes")
    func lines() {
        let comparison = Comparison((0..<3).map { Fixture.forecast(Fixture.scenarios[$0], index: $0) })
        let lines = CompareFigures.lines(comparison)
        #expect(lines.first == "A  FOLFOX + bev ×6, resection")
        #expect(lines.contains { $0.hasPrefix("Endpoint") && $0.contains("C − A") && $0.hasSuffix("P(best)") })
        #expect(lines.contains { $0.hasPrefix("future liver remnant at surgery") && $0.contains("—") })
        #expect(lines.contains { $0.hasPrefix("progression-free at 12 months: assumption") })
    }

    @Test("The patient's measurements stand before the forecast, on one pair of axes")
    func plots() {
        let forecasts = (0..<3).map { Optional(Fixture.forecast(Fixture.scenarios[$0], index: $0)) }
        let plots = ComparePlots.plots(
            forecasts + [nil], observable: Fixture.model.observables[0], subject: Fixture.subject, calibration: Fixture.calibration,
            horizon: Fixture.model.horizon)
        #expect(plots.count == 4 && plots[3] == nil)
        let first = plots[0]
        #expect(first?.observed.map(\.y) == [120, 138, 131])
        #expect(first?.series.first?.x.prefix(4) == [-60, -30, -4, 0])
        #expect(first?.series.first?.jumps == [168])
        #expect(Set(plots.compactMap { $0?.xRange }).count == 1 && Set(plots.compactMap { $0?.yRange }).count == 1)
        #expect(first?.markers.map(\.label) == ["resection"], "a start today lies on the line of now")
    }
}
