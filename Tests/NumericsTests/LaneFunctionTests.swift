// The lanes' own exponential, logarithm and powers against the C library's extended precision, and lane against lane.
import Glibc
import Numerics
import Testing

/// Distance from the true value in units of the last place of the nearest double; the truth comes in extended precision. Infinite where no
/// number was found: the greater of a distance and NaN would be the distance.
private func unitsOff(_ found: Double, _ truth: Float80) -> Double {
    guard !found.isNaN else { return .infinity }
    let unit = max(Double(truth).magnitude.ulp, Double.leastNonzeroMagnitude)
    return Double((Float80(found) - truth).magnitude / Float80(unit))
}

@Suite("The lanes' own functions")
struct LaneFunctionTests {
    static let random = RandomStream(seed: 20, stream: 1)

    /// Arguments over the whole range, dense near the interesting places.
    static var exponents: [Double] {
        var all: [Double] = []
        for d in 0..<400_000 {
            let u = random.uniform(draw: d, index: 0)
            switch d % 4 {
            case 0: all.append((u - 0.5) * 1416)
            case 1: all.append((u - 0.5) * 40)
            case 2: all.append((u - 0.5) * 2)
            default: all.append((u - 0.5) * 2e-3)
            }
        }
        return all
    }

    /// Bases and arguments of logarithms: every fourth any positive number, subnormal or not, each pattern of bits as often as another.
    static var positives: [Double] {
        var all: [Double] = []
        for d in 0..<400_000 {
            let u = random.uniform(draw: d, index: 1)
            switch d % 4 {
            case 0: all.append(Double(bitPattern: (random.bits(draw: d, index: 2) >> 1) % Double.infinity.bitPattern))
            case 1: all.append(0.5 + u)
            case 2: all.append(1 + (u - 0.5) * 1e-3)
            default: all.append(u * 1000)
            }
        }
        return all.filter { $0 > 0 && $0.isFinite }
    }

    @Test("exp is within one unit in the last place wherever its result is a normal number")
    func exponential() {
        var worst = 0.0
        var fused = 0.0
        for x in Self.exponents where x > -708 && x < 709.7 {
            worst = max(worst, unitsOff(x.exp(), expl(Float80(x))))
            fused = max(fused, unitsOff(FusedOne(x).exp().value, expl(Float80(x))))
        }
        print("exp: largest error \(worst) ulp, fused \(fused) ulp")
        #expect(worst < 1)
        #expect(fused < 1)
    }

    @Test("what logarithms and powers are tested with reaches from subnormal numbers to the greatest")
    func sampled() {
        let all = Self.positives
        #expect(all.count { $0 < 0x1p-1022 } > 50)
        #expect(all.count { $0 > 0x1p1000 } > 500)
        #expect(all.count { $0 > 2 && $0 < 0x1p1000 } > 40_000)
    }

    @Test("log is within one unit in the last place, subnormal arguments included")
    func logarithm() {
        var worst = 0.0
        var fused = 0.0
        for x in Self.positives {
            worst = max(worst, unitsOff(x.log(), logl(Float80(x))))
            fused = max(fused, unitsOff(FusedOne(x).log().value, logl(Float80(x))))
        }
        for power in 1...51 {
            let x = Double(sign: .plus, exponent: -1074 + power, significand: 1.4142)
            worst = max(worst, unitsOff(x.log(), logl(Float80(x))))
            fused = max(fused, unitsOff(FusedOne(x).log().value, logl(Float80(x))))
        }
        print("log: largest error \(worst) ulp, fused \(fused) ulp")
        #expect(worst < 1)
        #expect(fused < 1)
    }

    @Test("exp overflows, underflows and passes NaN as documented, in both arithmetics")
    func exponentialEdges() {
        exponentialEdges { $0.exp() }
        exponentialEdges { FusedOne($0).exp().value }
    }

    private func exponentialEdges(_ exp: (Double) -> Double) {
        #expect(exp(0) == 1)
        #expect(exp(-0.0) == 1)
        #expect(exp(.infinity) == .infinity)
        #expect(exp(-.infinity) == 0)
        #expect(exp(.nan).isNaN)
        #expect(exp(709.782712893384) == Glibc.exp(709.782712893384))
        #expect(exp(709.78271289338409).isInfinite)
        #expect(exp(1e308) == .infinity)
        #expect(exp(-1e308) == 0)
        #expect(exp(-746) == 0)
        #expect(exp(-745.2) == 0)
        #expect(exp(-745.1) == Double.leastNonzeroMagnitude)
        for x in stride(from: -745.0, to: -708.0, by: 0.37) {
            #expect((exp(x) - Glibc.exp(x)).magnitude <= 2 * Double.leastNonzeroMagnitude)
        }
    }

    @Test("log answers zero, negatives, infinity and NaN as documented, in both arithmetics")
    func logarithmEdges() {
        logarithmEdges { $0.log() }
        logarithmEdges { FusedOne($0).log().value }
    }

    private func logarithmEdges(_ log: (Double) -> Double) {
        #expect(log(1) == 0)
        #expect(log(1).sign == .plus)
        #expect(log(0) == -.infinity)
        #expect(log(-0.0) == -.infinity)
        #expect(log(-1).isNaN)
        #expect(log(-.infinity).isNaN)
        #expect(log(-Double.leastNonzeroMagnitude).isNaN)
        #expect(log(.infinity) == .infinity)
        #expect(log(.nan).isNaN)
        let least = Double.leastNonzeroMagnitude
        #expect(log(least) == Glibc.log(least))
        #expect(log(Double.greatestFiniteMagnitude) == Glibc.log(Double.greatestFiniteMagnitude))
    }

    @Test("powers of every positive base are within 1 + 3·|power · log(base)| units in the last place, at every normal result")
    func powers() {
        // A logarithm a little above one has the coarsest digits for its size, and a result just below a power of two the finest.
        let hardest: [Double] = (0..<100_000).map { 2.75 + 0.1 * Self.random.uniform(draw: $0, index: 4) }
        var (worst, fused, least, greatest) = (0.0, 0.0, Double.infinity, 0.0)
        for (d, base) in (Self.positives + hardest).enumerated() where base != 1 {
            let log = logl(Float80(base))
            // The result's logarithm: anything, anything small, or just below that of a power of two.
            let u = Self.random.uniform(draw: d, index: 3)
            let aim =
                switch d / 4 % 4 {
                case 0: (u - 0.5) * 4
                case 1: ((u * 2045 - 1021).rounded(.down) - 1e-3 * u) * 0.6931471805599453
                default: u * 1418.17 - 708.39
                }
            let power = aim / Double(log)
            let truth = powl(Float80(base), Float80(power))
            let allowed = 1 + 3 * Double((Float80(power) * log).magnitude)
            worst = max(worst, unitsOff(base.pow(power), truth) / allowed)
            fused = max(fused, unitsOff(FusedOne(base).pow(FusedOne(power)).value, truth) / allowed)
            (least, greatest) = (min(least, Double(truth)), max(greatest, Double(truth)))
        }
        print("pow: largest error \(worst) of what is allowed, fused \(fused); results from \(least) to \(greatest)")
        #expect(worst < 1)
        #expect(fused < 1)
        #expect(least >= 0x1p-1022 && least < 0x1.1p-1022 && greatest > 0x1.fp1023 && greatest.isFinite)
    }

    @Test("powers overflow, underflow and answer zero, infinity, negatives and NaN as documented, in both arithmetics")
    func powerEdges() {
        powerEdges { $0.pow($1) }
        powerEdges { FusedOne($0).pow(FusedOne($1)).value }
    }

    private func powerEdges(_ pow: (Double, Double) -> Double) {
        let (least, greatest, infinity) = (Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude, Double.infinity)
        for (base, power) in [(2, 1025), (0.5, -1025), (least, -1), (greatest, 2), (1e300, 1e300), (1e-300, -1e300)] {
            #expect(pow(base, power) == .infinity, "\(base) to the power \(power)")
        }
        for (base, power) in [(2, -1080), (0.5, 1080), (least, 2), (greatest, -2), (1e300, -1e300), (1e-300, 1e300)] {
            #expect(pow(base, power) == 0, "\(base) to the power \(power)")
        }
        // Subnormal results: what is allowed of a normal one, and the bits that it loses.
        for power in stride(from: -1074.0, to: -1022, by: 0.37) {
            let truth = Glibc.pow(2, power)
            #expect((pow(2, power) - truth).magnitude <= (1 + 3 * 745) * 0x1p-52 * truth + 2 * least)
        }
        for base in [least, 0.3, 1, 7, greatest] { #expect(pow(base, 0) == 1) }
        for power in [-greatest, -1, least, 2.5, greatest] { #expect(pow(1, power) == 1) }
        for zero in [0, -0.0] {
            #expect(pow(zero, 2) == 0 && pow(zero, least) == 0 && pow(zero, infinity) == 0)
            #expect(pow(zero, -1) == infinity && pow(zero, -least) == infinity && pow(zero, -infinity) == infinity)
        }
        #expect(pow(infinity, 0.5) == infinity && pow(infinity, infinity) == infinity)
        #expect(pow(infinity, -0.5) == 0 && pow(infinity, -infinity) == 0)
        #expect(pow(2, infinity) == infinity && pow(2, -infinity) == 0)
        #expect(pow(0.5, infinity) == 0 && pow(0.5, -infinity) == infinity)
        // Where log(base) is ±∞ or 0 and the power 0 or ±∞, their product is no number.
        for (base, power) in [(0, 0), (-0.0, 0), (infinity, 0), (1, infinity), (1, -infinity)] { #expect(pow(base, power).isNaN) }
        for base in [-2, -1, -least, -greatest, -infinity] { #expect(pow(base, 2).isNaN && pow(base, -1).isNaN && pow(base, 0).isNaN) }
        for other in [0, 1, 2.5, infinity, .nan] { #expect(pow(.nan, other).isNaN && pow(other, .nan).isNaN) }
    }

    @Test("the logistic curve keeps its limits")
    func logistic() {
        #expect(0.0.logistic() == 0.5)
        #expect((-800.0).logistic() == 0)
        #expect(40.0.logistic() == 1)
        #expect(Double.infinity.logistic() == 1)
        #expect((-Double.infinity).logistic() == 0)
        #expect((3.0.logistic() - 0.952574126822433).magnitude < 1e-15)
    }

    @Test("every function gives the same bits in every place of every lane (invariant N1)")
    func sameBits() {
        var inputs = Array(Self.exponents.prefix(4000)) + Array(Self.positives.prefix(4000))
        let least = Double.leastNonzeroMagnitude
        inputs += [0, -0.0, .infinity, -.infinity, .nan, least, -least, 0x1p-1022, .greatestFiniteMagnitude, 1, -1]
        while inputs.count % 16 != 0 { inputs.append(0.25) }
        #expect(mismatches(SIMD8<Double>.self, inputs) == 0)
        #expect(mismatches(FusedEight.self, inputs) == 0)
        #expect(mismatches(FusedSixteen.self, inputs) == 0)
    }

    @Test("one over a number is guessed to a twentieth over the whole range of normal numbers")
    func guessedReciprocals() {
        for x in Self.positives where x > 0x1p-1020 && x < 0x1p1020 {
            #expect((x * x.guessedReciprocal() - 1).magnitude < 0.0506)
        }
    }

    @Test("comparisons, choices and bits of sixteen places stand where the numbers stand")
    func sixteenPlaces() {
        var x = FusedSixteen(0)
        for lane in 0..<16 { x[lane: lane] = Double(lane) }
        let mask = FusedSixteen.lessThan(x, FusedSixteen(11))
        #expect(FusedSixteen.bits(mask) == 0x7ff)
        #expect((0..<16).allSatisfy { FusedSixteen.isSet(mask, lane: $0) == ($0 < 11) })
        let odd = FusedSixteen.mask(0xaaaa)
        let chosen = FusedSixteen.select(FusedSixteen.both(mask, odd), x, FusedSixteen(-1))
        #expect((0..<16).allSatisfy { chosen[lane: $0] == ($0 < 11 && $0 % 2 == 1 ? Double($0) : -1) })
        #expect(FusedSixteen.bits(FusedSixteen.firstOnly(odd, mask)) == 0xa800)
        #expect(FusedSixteen.any(FusedSixteen.mask(0x8000)))
        #expect(!FusedSixteen.any(FusedSixteen.mask(0)))
    }

    private func mismatches<L: Lane>(_ lanes: L.Type, _ inputs: [Double]) -> Int {
        var count = 0
        for start in stride(from: 0, to: inputs.count, by: L.width) {
            var x = L(0)
            for lane in 0..<L.width { x[lane: lane] = inputs[start + lane] }
            let results = functions(x)
            for lane in 0..<L.width {
                for (wide, single) in zip(results, functions(L.Single(inputs[start + lane]))) {
                    let (a, b) = (wide[lane: lane], single[lane: 0])
                    let same = a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
                    if !same { count += 1 }
                }
            }
        }
        return count
    }

    private func functions<L: Lane>(_ x: L) -> [L] {
        [
            x.exp(), x.log(), x.pow(0.37), x.magnitude.pow(x), x.logistic(), -x, x.magnitude, x.magnitude.squareRoot(),
            x.magnitude.guessedReciprocal(), x.atLeast(0.5), x.atMost(2),
            L.select(L.both(L.lessThan(x, L(1)), L.lessOrEqual(L(-1), x)), x, 9.0),
            L.select(L.firstOnly(L.lessThan(x, L(1)), L.lessThan(x, L(0))), x, 9.0), 2 * x + 1, 1 / (x - 3),
        ]
    }

    @Test("any sees a single true place")
    func anyPlace() {
        for lane in 0..<8 {
            var x = SIMD8<Double>(0)
            x[lane: lane] = 1
            let mask = SIMD8<Double>.lessThan(SIMD8(0), x)
            #expect(SIMD8<Double>.any(mask))
            let set = (0..<8).filter { SIMD8<Double>.isSet(mask, lane: $0) }
            #expect(set == [lane])
        }
        #expect(!SIMD8<Double>.any(SIMD8<Double>.lessThan(SIMD8(1), SIMD8(0))))
    }
}
