// Comparisons: differences paired by draw, probabilities of being best with ties split, categories, missing values.
import Testing

@testable import Twins

@Suite("Comparison of scenarios")
struct ComparisonTests {
    private func forecast(
        _ name: String, _ values: [Double], better: Direction? = .higher, shares: [Endpoint.Share] = [], ceiling: Double? = nil
    ) -> Forecast {
        Forecast(
            model: "m", modelVersion: "1", scenario: Scenario(name: name, interventions: []), seed: 1, drawCount: values.count, days: [],
            series: [],
            endpoints: [
                Endpoint(
                    id: "e", label: "E", unit: .one, better: better, values: values, shares: shares, notes: [name], ceiling: ceiling)
            ],
            marks: [], notes: [])
    }

    @Test("a difference is taken draw by draw, not between the summaries")
    func paired() throws {
        // Two wide, perfectly correlated columns one apart: unpaired, the difference would be as wide as they are.
        let base = (0..<101).map(Double.init)
        let compared = Comparison([forecast("a", base), forecast("b", base.map { $0 + 1 })]).endpoints[0]
        #expect(compared.estimates[0] == Estimate(value: 50, lower: 10, upper: 90))
        #expect(compared.differences[0] == nil)
        #expect(compared.differences[1] == Estimate(value: 1, lower: 1, upper: 1))
        #expect(compared.notes == ["a", "b"])
    }

    @Test("the probability of being best splits ties and adds up to one")
    func ties() throws {
        let best = try #require(
            Comparison([forecast("a", [1, 2, 3, 4]), forecast("b", [1, 5, 0, 4]), forecast("c", [1, 0, 0, 0])]).endpoints[0].best)
        #expect(best.count == 3)
        let shares = best.compactMap(\.self)
        for (value, expected) in zip(shares, [(1.0 / 3 + 0 + 1 + 0.5) / 4, (1.0 / 3 + 1 + 0 + 0.5) / 4, 1.0 / 12]) {
            #expect(abs(value - expected) < 1e-15)
        }
        #expect(shares.count == 3 && abs(shares.reduce(0, +) - 1) < 1e-15)
    }

    @Test("lower can be better, and where neither is there is no best")
    func directions() throws {
        #expect(Comparison([forecast("a", [1, 1], better: .lower), forecast("b", [2, 2], better: .lower)]).endpoints[0].best == [1, 0])
        #expect(Comparison([forecast("a", [1], better: nil), forecast("b", [2], better: nil)]).endpoints[0].best == nil)
    }

    @Test("a scenario without the endpoint has no estimate, and draws without a value do not count")
    func missing() throws {
        let compared = Comparison([forecast("a", [1, 2, 3, .nan]), forecast("b", [])]).endpoints[0]
        #expect(compared.estimates[0]?.value == 2)
        #expect(compared.estimates[1] == nil)
        #expect(compared.differences[1] == nil)
        #expect(compared.best == nil)
        #expect(Comparison([forecast("a", [1, .nan, .nan])]).endpoints[0].estimates[0] == nil)
    }

    @Test("a scenario without the endpoint takes no part in P(best), rather than never winning")
    func noPart() {
        let compared = Comparison([forecast("a", [1, 2, 3, 4]), forecast("b", []), forecast("c", [2, 1, 4, 5])]).endpoints[0]
        #expect(compared.best == [0.25, nil, 0.75])
        let hollow = Comparison([forecast("a", [1, 2]), forecast("b", [.nan, .nan]), forecast("c", [2, 3])]).endpoints[0]
        #expect(hollow.best == [0, nil, 1])
        let lone = Comparison([forecast("a", [1, 2]), forecast("b", []), forecast("c", [.nan, .nan])]).endpoints[0]
        #expect(lone.best == nil)
    }

    @Test("a first picture from few draws is compared on the draws that both have")
    func fewDraws() throws {
        let compared = Comparison([forecast("a", [1, 2, 3, 4]), forecast("b", [2, 1])]).endpoints[0]
        #expect(compared.estimates[0]?.value == 2.5, "the whole one keeps all its draws")
        #expect(compared.differences[1]?.value == 0)
        #expect(compared.best == [0.5, 0.5])
    }

    @Test("a draw counts for P(best) only where all that take part have a value")
    func holes() {
        // Without the second draw, where only a has a value, a wins one of three.
        let compared = Comparison([forecast("a", [1, 9, 3, 4]), forecast("b", [2, .nan, 2, 5])]).endpoints[0]
        #expect(compared.best == [1.0 / 3, 2.0 / 3])
    }

    @Test("times that mostly stand at the ceiling have no difference")
    func censored() throws {
        let half = [24.0, 24, 6, 9]
        let most = [24.0, 24, 24, 9]
        func difference(_ a: [Double], _ b: [Double]) -> Estimate? {
            Comparison([forecast("a", a, ceiling: 24), forecast("b", b, ceiling: 24)]).endpoints[0].differences[1]
        }
        #expect(difference(half, half)?.value == 0)
        #expect(difference(half, most) == nil)
        #expect(difference(most, half) == nil)
        #expect(Comparison([forecast("a", most), forecast("b", half)]).endpoints[0].differences[1] != nil)
    }

    @Test("nothing to compare is no endpoint")
    func empty() { #expect(Comparison([]).endpoints.isEmpty) }
}
