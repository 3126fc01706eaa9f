// Student's t, chi-square, gamma and the complementary error function against closed solutions and the C library.
import Glibc
import Numerics
import Testing

@Suite("Tails of distributions")
struct TailDistributionTests {
    @Test("erfc agrees with the C library's to 1e-12 relative, from −6 to 26")
    func errorFunction() {
        var worst = 0.0
        for step in -60...260 {
            let x = Double(step) / 10 + 0.003
            let truth = Double(erfcl(Float80(x)))
            worst = max(worst, (ErrorFunction.complement(x) / truth - 1).magnitude)
        }
        #expect(worst < 1e-12)
        #expect(ErrorFunction.complement(0) == 1)
        #expect(ErrorFunction.complement(.infinity) == 0)
        #expect(ErrorFunction.complement(-.infinity) == 2)
        #expect(ErrorFunction.complement(.nan).isNaN)
    }

    @Test("ln Γ agrees with the C library's to 2e-14, and Γ(x + 1) = x·Γ(x)")
    func gamma() {
        for step in 1...4000 {
            let x = Double(step) / 20
            let truth = Double(lgammal(Float80(x)))
            #expect((GammaFunction.logarithm(x) - truth).magnitude <= 2e-14 * max(1, truth.magnitude), "\(x)")
        }
        #expect(GammaFunction.logarithm(0).isNaN && GammaFunction.logarithm(-1).isNaN)
    }

    @Test("Student's t has its closed forms at 1, 2, 3 and 4 degrees of freedom to 1e-12")
    func student() {
        for t in [0.01, 0.3, 1, 1.7, 2.5, 6, 40, 1e3, 1e6] {
            let root = (t * t + 2).squareRoot()
            let four = t / (t * t + 4).squareRoot()
            // 1 − u·(3 − u²)/2 with u = t/√(t² + 4), written without a difference of near numbers.
            let rest = 4 / ((t * t + 4) * (1 + four))
            let truths: [(Double, Double)] = [
                (1, 2 / .pi * atan(1 / t)), (2, 2 / (root * (root + t))),
                (4, rest * rest * (2 + four) / 2),
            ]
            for (freedom, truth) in truths {
                let found = StudentDistribution.twoSided(t, degreesOfFreedom: freedom)
                #expect((found / truth - 1).magnitude < 1e-12, "t \(t), \(freedom) degrees")
                #expect(StudentDistribution.twoSided(-t, degreesOfFreedom: freedom) == found)
            }
            let s = t / 3.0.squareRoot()
            let three = 2 / .pi * (atan(1 / s) - s / (1 + s * s))
            if t < 10 { #expect((StudentDistribution.twoSided(t, degreesOfFreedom: 3) / three - 1).magnitude < 1e-12) }
        }
    }

    @Test("Student's t has its published quantiles, and becomes the normal distribution")
    func studentTables() {
        for (t, freedom) in [(12.7062047364, 1.0), (2.2281388520, 10), (2.0422724563, 30), (1.9623390808, 1000)] {
            #expect((StudentDistribution.twoSided(t, degreesOfFreedom: freedom) - 0.05).magnitude < 1e-10)
        }
        // Fisher's expansion: two tails differ from the normal ones by φ(z)·(z³ + z)/2ν at first, then by O(ν⁻²).
        let first = NormalDistribution.logDensity(1.5).exp() * (1.5 * 1.5 * 1.5 + 1.5) / 2e5
        let expansion = 2 * NormalDistribution.cumulative(-1.5) + first
        #expect((StudentDistribution.twoSided(1.5, degreesOfFreedom: 1e5) / expansion - 1).magnitude < 1e-9)
        #expect(StudentDistribution.twoSided(0, degreesOfFreedom: 5) == 1)
        #expect(StudentDistribution.twoSided(.infinity, degreesOfFreedom: 5) == 0)
        #expect(StudentDistribution.twoSided(1, degreesOfFreedom: 0).isNaN && StudentDistribution.twoSided(.nan, degreesOfFreedom: 4).isNaN)
    }

    @Test("chi-square has its closed forms at 1, 2, 4 and 6 degrees of freedom to 1e-12, and its published quantiles")
    func chiSquare() {
        for x in [1e-3, 0.1, 1, 3.84, 7, 20, 100, 600] {
            let h = x / 2
            let truths: [(Int, Double)] = [
                (1, Double(erfcl(Float80(h).squareRoot()))), (2, exp(-h)), (4, exp(-h) * (1 + h)), (6, exp(-h) * (1 + h + h * h / 2)),
            ]
            for (freedom, truth) in truths {
                #expect((ChiSquareDistribution.upper(x, degreesOfFreedom: freedom) / truth - 1).magnitude < 1e-12, "\(x), \(freedom)")
            }
        }
        for (x, freedom) in [(3.841458820694124, 1), (11.070497693516351, 5), (124.34211340400407, 100)] {
            #expect((ChiSquareDistribution.upper(x, degreesOfFreedom: freedom) - 0.05).magnitude < 1e-12)
        }
        #expect(ChiSquareDistribution.upper(0, degreesOfFreedom: 3) == 1)
        #expect(ChiSquareDistribution.upper(.infinity, degreesOfFreedom: 3) == 0)
        #expect(ChiSquareDistribution.upper(1, degreesOfFreedom: 0).isNaN)
    }
}
