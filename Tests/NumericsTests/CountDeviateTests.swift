// Poisson and binomial deviates against their distributions.
import Integration
import Numerics
import Testing

@Suite("Random counts")
struct CountDeviateTests {
    /// Pearson's statistic over classes that expect at least 20, as a normal deviate (Wilson and Hilferty 1931).
    static func misfit(_ counts: [Int], probability: (Int) -> Double) -> Double {
        var found: [Int: Double] = [:]
        for k in counts { found[k, default: 0] += 1 }
        let n = Double(counts.count)
        let last = (counts.max() ?? 0) + 200
        var (chi, classes, expected, seen) = (0.0, 0.0, 0.0, 0.0)
        var (allExpected, allSeen) = (0.0, 0.0)
        for k in 0...last {
            expected += n * probability(k)
            seen += found[k] ?? 0
            guard expected >= 20, n - allExpected - expected >= 20 else { continue }
            chi += (seen - expected) * (seen - expected) / expected
            (allExpected, allSeen, classes) = (allExpected + expected, allSeen + seen, classes + 1)
            (expected, seen) = (0, 0)
        }
        let rest = n - allExpected
        chi += (n - allSeen - rest) * (n - allSeen - rest) / rest
        let spread = 2 / (9 * classes)
        return (((chi / classes).log() / 3).exp() - 1 + spread) / spread.squareRoot()
    }

    /// ln k!, summed.
    static let logFactorials: [Double] = (1...20_000).reduce(into: [0]) { $0.append($0[$0.count - 1] + Double($1).log()) }

    @Test(
        "Poisson deviates have Poisson's distribution, by inversion and by rejection", arguments: [0.01, 0.7, 4, 9.99, 10, 12.5, 80, 3000])
    func poisson(mean: Double) {
        var sequence = RandomSequence(RandomStream(seed: 5, stream: 1).noise, draw: 1)
        let counts = (0..<60_000).map { _ in sequence.poisson(mean: mean) }
        let misfit = Self.misfit(counts) { ($0 < 20_000 ? Double($0) * mean.log() - mean - Self.logFactorials[$0] : -800).exp() }
        #expect(misfit < 4, "mean \(mean)")
    }

    @Test(
        "binomial deviates have the binomial distribution, also mirrored",
        arguments: [(1, 0.3), (20, 0.1), (20, 0.5), (40, 0.25), (41, 0.25), (1000, 0.02), (300, 0.9), (15_000, 0.4)])
    func binomial(count: Int, probability: Double) {
        var sequence = RandomSequence(RandomStream(seed: 6, stream: 1).noise, draw: 2)
        let counts = (0..<60_000).map { _ in sequence.binomial(count: count, probability: probability) }
        let inside = counts.allSatisfy { $0 >= 0 && $0 <= count }
        #expect(inside)
        let misfit = Self.misfit(counts) { k in
            guard k <= count else { return 0 }
            let choices = Self.logFactorials[count] - Self.logFactorials[k] - Self.logFactorials[count - k]
            return (choices + Double(k) * probability.log() + Double(count - k) * (1 - probability).log()).exp()
        }
        #expect(misfit < 4, "\(count), \(probability)")
    }

    @Test("a mean of a million gives its mean and variance; impossible and certain things are just that")
    func edges() {
        var sequence = RandomSequence(RandomStream(seed: 7, stream: 1).noise, draw: 3)
        let many = (0..<20_000).map { _ in Double(sequence.poisson(mean: 1e6)) }
        #expect((Statistics.mean(many) - 1e6).magnitude < 4 * 1000 / (20_000.0).squareRoot())
        #expect((Statistics.variance(many) / 1e6 - 1).magnitude < 4 * (2.0 / 20_000).squareRoot())
        #expect(sequence.poisson(mean: 0) == 0)
        #expect(sequence.binomial(count: 9, probability: 0) == 0)
        #expect(sequence.binomial(count: 9, probability: 1) == 9)
        #expect(sequence.binomial(count: 0, probability: 0.4) == 0)
    }

    @Test("a draw's sequence is its own: the same again, another for another draw, component or stream")
    func sequences() {
        let key = RandomStream(seed: 5, stream: 1).noise
        func first(_ sequence: RandomSequence) -> [Double] {
            var sequence = sequence
            return (0..<5).map { _ in sequence.uniform() }
        }
        let here = first(RandomSequence(key, draw: 1))
        #expect(Set(here).count == 5)
        #expect(first(RandomSequence(key, draw: 1)) == here)
        #expect(first(RandomSequence(key, draw: 2)) != here)
        #expect(first(RandomSequence(key, draw: 1, component: 1)) != here)
        #expect(first(RandomSequence(RandomStream(seed: 5, stream: 2).noise, draw: 1)) != here)
    }
}
