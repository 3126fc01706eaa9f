// Noise by address: the generator in lanes, normals, sine and cosine, against the scalar ones and extended precision.
import Glibc
import Integration
import Numerics
import Testing

@Suite("Noise in lanes")
struct LaneNoiseTests {
    static let key = RandomStream(seed: 7, stream: 3).noise

    @Test("the generator in lanes gives the words of Random123's known answers, each place its own counter's")
    func knownAnswers() {
        typealias Eight = SIMD8<UInt64>
        let pi = Philox4x32.block(
            counter: (
                Eight.repeating(0x243f_6a88), Eight.repeating(0x85a3_08d3), Eight.repeating(0x1319_8a2e), Eight.repeating(0x0370_7344)
            ), key: (0xa409_3822, 0x299f_31d0))
        #expect((pi.0[5], pi.1[5], pi.2[5], pi.3[5]) == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
        let many = Philox4x32.block(
            counter: (Eight.places, Eight.repeating(1), Eight.repeating(0xffff_ffff) &- Eight.places, Eight.repeating(3)), key: (4, 5))
        for place in 0..<8 {
            let one = Philox4x32.block(counter: (UInt32(place), 1, 0xffff_ffff - UInt32(place), 3), key: (4, 5))
            #expect(many.0[place] == UInt64(one.0))
            #expect(many.1[place] == UInt64(one.1))
            #expect(many.2[place] == UInt64(one.2))
            #expect(many.3[place] == UInt64(one.3))
        }
    }

    @Test("a normal depends on its address alone: the same bytes in one lane and in eight, in both arithmetics (invariant N9)")
    func addresses() {
        func agree<One: NumberLane, Eight: NumberLane>(_ one: One.Type, _ eight: Eight.Type) -> Bool {
            (0..<500).allSatisfy { pair in
                let draws = Eight.Words.repeating(UInt64(pair * 8)) &+ Eight.Words.places
                let wide = Self.key.normals(eight, draw: draws, component: Eight.Words.repeating(2), pair: UInt64(pair))
                return (0..<8).allSatisfy { place in
                    let single = Self.key.normals(
                        one, draw: One.Words.repeating(UInt64(pair * 8 + place)), component: One.Words.repeating(2), pair: UInt64(pair))
                    return wide.0[lane: place] == single.0[lane: 0] && wide.1[lane: place] == single.1[lane: 0]
                }
            }
        }
        #expect(agree(Double.self, SIMD8<Double>.self))
        #expect(agree(FusedOne.self, FusedEight.self))
        let here = Self.key.normals(Double.self, draw: 1, component: 2, pair: 3)
        for other in [
            Self.key.normals(Double.self, draw: 2, component: 2, pair: 3), Self.key.normals(Double.self, draw: 1, component: 3, pair: 3),
            Self.key.normals(Double.self, draw: 1, component: 2, pair: 4),
            Self.key.normals(Double.self, draw: 1, component: 2, pair: 3 + 1 << 32),
            RandomStream(seed: 7, stream: 4).noise.normals(Double.self, draw: 1, component: 2, pair: 3),
            RandomStream(seed: 8, stream: 3).noise.normals(Double.self, draw: 1, component: 2, pair: 3),
        ] { #expect(other.0 != here.0 && other.1 != here.1) }
    }

    @Test("a normal is Box and Muller's to 1e-15 of the exact transform, in both arithmetics")
    func accuracy() {
        var worst = 0.0
        for d in 0..<50_000 {
            let (u, v) = Self.key.uniforms(Double.self, draw: UInt64(d), component: 0, pair: 9)
            let found = Self.key.normals(Double.self, draw: UInt64(d), component: 0, pair: 9)
            let fused = Self.key.normals(FusedOne.self, draw: UInt64(d), component: 0, pair: 9)
            let radius = sqrtl(-2 * logl(Float80(u)))
            let angle = (Float80(v) - 0.5) * Float80.pi / 2
            // Which quarter is not told by the uniforms: compare sizes, in either order.
            let sizes = [(radius * cosl(angle)).magnitude, (radius * sinl(angle)).magnitude].sorted()
            for pair in [[found.0, found.1], [fused.0.value, fused.1.value]] {
                for (a, b) in zip(pair.map(\.magnitude).sorted(), sizes) { worst = max(worst, Double((Float80(a) - b).magnitude / b)) }
            }
        }
        print("normals: largest relative error \(worst)")
        #expect(worst < 1e-15)
    }

    @Test("normals have the normal distribution, each half of a pair and both together")
    func distribution() {
        let pairs = (0..<100_000).map { Self.key.normals(Double.self, draw: UInt64($0 % 100), component: 1, pair: UInt64($0 / 100)) }
        let n = Double(pairs.count)
        for values in [pairs.map(\.0), pairs.map(\.1)] {
            let sorted = values.sorted()
            let distance = sorted.indices.map { (NormalDistribution.cumulative(sorted[$0]) - (Double($0) + 0.5) / n).magnitude }.max() ?? 1
            #expect(distance < 1.95 / n.squareRoot(), "Kolmogorov and Smirnov's distance, level 0.001")
            #expect((values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n - 3).magnitude < 4 * (96 / n).squareRoot())
        }
        #expect((pairs.reduce(0) { $0 + $1.0 * $1.1 } / n).magnitude < 4 / n.squareRoot())
        #expect((pairs.reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 } / n - 1).magnitude < 4 * (8 / n).squareRoot())
        let quarters = pairs.reduce(into: [0.0, 0, 0, 0]) { $0[($1.0 < 0 ? 1 : 0) + ($1.1 < 0 ? 2 : 0)] += 1 }
        for quarter in quarters { #expect((quarter - n / 4).magnitude < 4 * (n * 3 / 16).squareRoot()) }
    }

    @Test("sine and cosine are within 2.3e-16 up to 1.6 million, in both arithmetics and the same bytes in lanes")
    func circle() {
        let stream = RandomStream(seed: 31, stream: 0)
        var worst = 0.0
        for d in 0..<200_000 {
            let x = (stream.uniform(draw: d, index: 0) - 0.5) * [2, 20, 2000, 3.2e6][d % 4]
            let (one, fused) = (x.sineAndCosine(), FusedOne(x).sineAndCosine())
            let (sine, cosine) = (sinl(Float80(x)), cosl(Float80(x)))
            for (a, b) in [(one.sine, sine), (one.cosine, cosine), (fused.sine.value, sine), (fused.cosine.value, cosine)] {
                worst = max(worst, Double((Float80(a) - b).magnitude))
            }
            if d % 50 == 0 {
                let eight = SIMD8<Double>(x, 0, x, -x, 1, x + 1, 2 * x, 3)
                #expect(eight.sine()[0] == one.sine)
                #expect(eight.cosine()[3] == one.cosine)
                #expect(eight.sine()[3] == -one.sine)
                #expect(FusedEight(eight).sine().value[6] == FusedOne(2 * x).sine().value)
            }
        }
        print("sine and cosine: largest error \(worst)")
        #expect(worst < 2.3e-16)
        #expect(0.0.sineAndCosine() == (0, 1))
        #expect(Double.infinity.sine().isNaN)
    }
}
