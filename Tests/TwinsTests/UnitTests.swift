// Units: what converts, what must not, and how they are written.
import Testing

@testable import Twins

@Suite("Units")
struct UnitTests {
    @Test(
        "values convert within a dimension",
        arguments: [
            (1.0, "cm", "mm", 10.0), (25.4, "mm", "[in_i]", 1.0), (1, "dL", "mL", 100), (2, "wk", "d", 14),
            (1, "a", "d", 365.25), (12, "mo", "a", 1),
            (50, "%", "1", 0.5), (1, "mg/dL", "g/L", 0.01), (154.324, "[lb_av]", "kg", 70.00018890788002), (1.0, "cm3", "mL", 1.0),
        ])
    func conversions(value: Double, from: String, to: String, expected: Double) throws {
        let converted = try #require(Unit(from).convert(value, to: Unit(to)))
        #expect(abs(converted - expected) <= 1e-9 * max(1, expected.magnitude))
        let back = try #require(Unit(to).convert(converted, to: Unit(from)))
        #expect(abs(back - value) <= 1e-12 * max(1, value.magnitude))
    }

    @Test("a mass concentration is not a molar one, a length not a score, an unknown unit only itself")
    func refusals() {
        #expect(Unit("mg/dL").convert(1, to: Unit("mmol/L")) == nil)
        #expect(Unit("mm").convert(1, to: .score) == nil)
        #expect(Unit("furlong").convert(1, to: Unit("mm")) == nil)
        #expect(Unit("furlong").convert(3, to: Unit("furlong")) == 3)
        #expect(Unit("MM").convert(1, to: Unit("mm")) == nil)
    }

    @Test("people read points and powers, not braces")
    func labels() {
        #expect(Unit.score.label == "points")
        #expect(Unit.squareMetre.label == "m²")
        #expect(Unit("{index}").label == "")
        #expect(Unit("mmol/L").label == "mmol/L")
    }
}
