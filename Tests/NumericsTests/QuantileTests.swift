// Quantiles against their definition, on columns made to be awkward.
import Numerics
import Testing

@Suite("Quantiles and moments")
struct QuantileTests {
    static let levels = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 1]

    /// Type 7 by sorting everything.
    static func defined(_ values: [Double], _ level: Double) -> Double {
        let sorted = values.sorted()
        let position = Double(sorted.count - 1) * level
        let lower = Int(position)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
    }

    @Test("quantiles of every kind of column are those of the definition")
    func definition() {
        let random = RandomStream(seed: 3, stream: 9)
        for kind in 0..<7 {
            for rows in [1, 2, 3, 10, 101, 1000] {
                let values = (0..<rows).map { row -> Double in
                    let z = random.normal(draw: row, index: kind)
                    switch kind {
                    case 0: return z
                    case 1: return (6 * z).exp()
                    case 2: return Double(Int(z * 2))
                    case 3: return 7
                    case 4: return z < 0 ? -(40 * z).exp() : z * 1e300
                    case 5: return 1 + z * 1e-14
                    default: return z < -1 ? -0.0 : 0.0
                    }
                }
                let found = Quantiles.of(values, levels: Self.levels)
                for (index, level) in Self.levels.enumerated() { #expect(found[index] == Self.defined(values, level)) }
            }
        }
    }

    @Test("NaN, infinities, emptiness and odd levels are answered as documented")
    func edges() {
        #expect(Quantiles.of([1, .nan, 2], levels: [0.5])[0].isNaN)
        #expect(Quantiles.of([1, -.nan, 2], levels: [0.5])[0].isNaN)
        #expect(Quantiles.of([], levels: [0.5])[0].isNaN)
        #expect(Quantiles.of([.infinity, .infinity, -.infinity], levels: [0, 0.75, 1]) == [-.infinity, .infinity, .infinity])
        #expect(Quantiles.of([1, 2], levels: [-1, 2]) == [1, 2])
        #expect(Quantiles.of([1, 2], levels: [.nan])[0].isNaN)
        #expect(Quantiles.of([-1e308, 0, 1e308], levels: [0, 0.5, 1]) == [-1e308, 0, 1e308])
    }

    @Test("means and variances")
    func moments() {
        #expect(Statistics.mean([1, 2, 3, 6]) == 3)
        #expect((Statistics.variance([1, 2, 3, 6]) - 14.0 / 3).magnitude < 1e-14)
        #expect((Statistics.standardDeviation([1e9, 1e9 + 1, 1e9 + 2]) - 1).magnitude < 1e-9)
        #expect(Statistics.mean([]).isNaN)
        #expect(Statistics.variance([4]).isNaN)
    }
}
