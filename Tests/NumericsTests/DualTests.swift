// Dual numbers: each rule against its closed form, and what is written for lanes run on them.
import Numerics
import Testing

@Suite("Dual numbers")
struct DualTests {
    typealias D = Dual<Double>

    /// The function of one variable and its derivative, written for every lane.
    struct Rule: Sendable {
        let name: String
        let function: @Sendable (D) -> D
        let derivative: @Sendable (Double) -> Double
    }

    static let rules: [Rule] = [
        Rule(name: "sum", function: { $0 + 3 + $0 }, derivative: { _ in 2 }),
        Rule(name: "difference", function: { 3 - $0 }, derivative: { _ in -1 }),
        Rule(name: "negative", function: { -$0 }, derivative: { _ in -1 }),
        Rule(name: "product", function: { $0 * $0 * $0 }, derivative: { 3 * $0 * $0 }),
        Rule(name: "quotient", function: { (1 + $0) / ($0 * $0) }, derivative: { -1 / ($0 * $0) - 2 / ($0 * $0 * $0) }),
        Rule(name: "multiplyAdd", function: { D.multiplyAdd($0, $0, $0) }, derivative: { 2 * $0 + 1 }),
        Rule(name: "subtractProduct", function: { D.subtractProduct($0, $0, from: $0) }, derivative: { 1 - 2 * $0 }),
        Rule(name: "exp", function: { ($0 * $0).exp() }, derivative: { 2 * $0 * ($0 * $0).exp() }),
        Rule(name: "log", function: { (2 * $0).log() }, derivative: { 1 / $0 }),
        Rule(name: "power", function: { $0.pow(-1.7) }, derivative: { -1.7 * $0.pow(-2.7) }),
        Rule(name: "power of itself", function: { $0.pow($0) }, derivative: { ($0.log() + 1) * $0.pow($0) }),
        Rule(name: "root", function: { (1 + $0 * $0).squareRoot() }, derivative: { $0 / (1 + $0 * $0).squareRoot() }),
        Rule(name: "logistic", function: { $0.logistic() }, derivative: { $0.logistic() * (1 - $0.logistic()) }),
        Rule(name: "magnitude below zero", function: { (-$0).magnitude }, derivative: { _ in 1 }),
        Rule(name: "polynomial log", function: { $0.naturalLogarithm() }, derivative: { 1 / $0 }),
        Rule(name: "power of two", function: { $0.timesPowerOfTwo(D(-3)) }, derivative: { _ in 0.125 }),
    ]

    @Test("every rule gives the derivative that the closed form has, to a few roundings", arguments: rules)
    func rule(_ rule: Rule) {
        for x in [0.04, 0.3, 1, 1.9, 7.5] {
            let found = rule.function(D(x, tangent: 1)).tangent
            let truth = rule.derivative(x)
            #expect((found - truth).magnitude <= 2e-14 * max(1, truth.magnitude), "\(rule.name) at \(x)")
            // A tangent is linear in its seed; a constant has none.
            #expect((rule.function(D(x, tangent: -4)).tangent + 4 * found).magnitude <= 1e-14 * max(1, found.magnitude))
            #expect(rule.function(D(x)).tangent == 0)
        }
    }

    @Test("values are those of the plain lane, bit for bit")
    func values() {
        func formula<L: Lane>(_ x: L) -> L {
            (x.pow(1.3) / (1 + (-x).exp()) - x.log() * x.squareRoot()).atMost(5).atLeast(-5)
        }
        for x in [1e-3, 0.2, 1, 4.4, 80] {
            #expect(formula(D(x, tangent: 1)).value == formula(x))
            #expect(formula(Dual<FusedOne>(FusedOne(x), tangent: FusedOne(1))).value.value == formula(FusedOne(x)).value)
        }
    }

    @Test("at a choice the branch taken is differentiated; the other's tangent, even infinite, is not seen")
    func choices() {
        let x = D(2, tangent: 1)
        #expect(x.atMost(1).tangent == 0)
        #expect(x.atMost(3).tangent == 1)
        #expect(x.atLeast(3).tangent == 0)
        let zero = D(0, tangent: 1)
        #expect(D.select(D.lessThan(zero, D(1)), x * x, zero.squareRoot()).tangent == 4)
        #expect(zero.squareRoot().tangent == .infinity)
        let (significand, exponent) = D(12, tangent: 1).splitAtPowerOfTwo()
        #expect(significand.value * 16 == 12 && exponent.value == 4)
        #expect(significand.tangent == 0.0625 && exponent.tangent == 0)
    }

    @Test("eight draws are differentiated side by side, each as it would be alone")
    func lanes() {
        var x = Dual<SIMD8<Double>>(SIMD8(0.1, 0.2, 0.5, 1, 2, 4, 8, 16), tangent: SIMD8(repeating: 1))
        let y = (x * x.log()).exp() / (x + 1)
        for lane in 0..<8 {
            let alone = D(x.value[lane], tangent: 1)
            #expect(y.tangent[lane] == ((alone * alone.log()).exp() / (alone + 1)).tangent)
        }
        x[lane: 3] = 5
        #expect(x[lane: 3] == 5 && x.tangent[3] == 0 && x.tangent[2] == 1)
    }

    @Test("duals of duals give second derivatives")
    func second() {
        typealias Two = Dual<D>
        let x = Two(D(0.7, tangent: 1), tangent: D(1))
        let y = (x * x).exp() * x.log()
        // d²/dx² of e^{x²}·ln x.
        let e = 0.49.exp()
        let truth = e * ((2 + 4 * 0.49) * 0.7.log() + 4 - 1 / 0.49)
        #expect((y.tangent.tangent - truth).magnitude < 1e-13)
    }
}
