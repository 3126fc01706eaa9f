import Numerics
// Quantiles by counting equal the quantiles by sorting, whatever the sample looks like.
import Testing

@Suite("Quantiles of the draws")
struct QuantileSelectorTests {
    private static let levels = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]

    private func sorted(_ sample: [Double], _ levels: [Double]) -> [Double] {
        let ordered = sample.sorted()
        return levels.map { level in
            let place = level * Double(ordered.count - 1)
            let low = Int(place)
            return ordered[low] + (place - Double(low)) * (ordered[min(low + 1, ordered.count - 1)] - ordered[low])
        }
    }

    private func selected(_ sample: [Double], _ levels: [Double]) -> [Double]? {
        var selector = QuantileSelector(levels: levels, count: sample.count)
        var result: [Double] = []
        return sample.withUnsafeBufferPointer { selector.append($0, to: &result) } ? result : nil
    }

    static func sample(_ count: Int, _ shape: (Double) -> Double) -> [Double] {
        var state: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return shape(Double(state >> 11) * 0x1p-53)
        }
    }

    @Test("every shape of sample gives the sorted answer to the last bit", arguments: [1, 2, 3, 7, 8, 100, 999, 1000])
    func agreesWithSorting(count: Int) {
        let shapes: [(Double) -> Double] = [
            { $0 }, { $0 * $0 * $0 * 1e6 - 5 }, { 1 / (1e-9 + $0) }, { ($0 * 4).rounded() }, { _ in 7 }, { $0 < 0.5 ? 0 : 1e-300 * $0 },
            { $0 * Double.leastNonzeroMagnitude }, { $0 < 0.01 ? 1e12 : $0 }, { 30 + $0 * 1e-13 },
        ]
        for shape in shapes {
            let sample = Self.sample(count, shape)
            #expect(selected(sample, Self.levels) == sorted(sample, Self.levels))
        }
    }

    @Test("spreads that bins cannot divide: subnormal ones are sorted, one beyond all numbers is refused")
    func extremeSpreads() {
        let least = Double.leastNonzeroMagnitude
        let sample = (0..<100).map { Double(($0 * 37) % 100) * least }
        #expect(selected(sample, Self.levels) == sorted(sample, Self.levels))
        let shifted = sample.map { $0 + Double.leastNormalMagnitude }
        #expect(selected(shifted, Self.levels) == sorted(shifted, Self.levels))
        #expect(selected([-1e308, 0, 1e308], [0.5]) == nil)
    }

    @Test("one selector serves many samples, and one with a hole is refused")
    func reuse() {
        var selector = QuantileSelector(levels: [0.5], count: 100)
        for scale in [1.0, 1e5, -3] {
            let sample = Self.sample(100) { $0 * scale }
            var result: [Double] = []
            #expect(sample.withUnsafeBufferPointer { selector.append($0, to: &result) })
            #expect(result == sorted(sample, [0.5]))
        }
        #expect(selected([1, .nan, 2], [0.5]) == nil)
        #expect(selected([1, .infinity, 2], [0.5]) == nil)
    }
}
