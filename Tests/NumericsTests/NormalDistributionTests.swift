// The normal distribution against the C library and published quantiles.
import Glibc
import Numerics
import Testing

@Suite("The normal distribution")
struct NormalDistributionTests {
    @Test("cumulative probabilities agree with erfc to 2e-15 relative, far into the tail")
    func cumulative() {
        var worst = 0.0
        for step in -370...80 {
            let z = Double(step) / 10
            let truth = Double(0.5 * erfcl(Float80(-z) / Float80(2).squareRoot()))
            worst = max(worst, (NormalDistribution.cumulative(z) - truth).magnitude / truth)
        }
        #expect(worst <= 2e-15)
        #expect(NormalDistribution.cumulative(0) == 0.5)
        #expect(NormalDistribution.cumulative(-.infinity) == 0)
        #expect(NormalDistribution.cumulative(.infinity) == 1)
        #expect(NormalDistribution.cumulative(.nan).isNaN)
        #expect(NormalDistribution.cumulative(-50) == 0)
    }

    @Test("quantiles agree with published values and turn cumulative probabilities back")
    func quantile() {
        #expect(NormalDistribution.quantile(0.5) == 0)
        #expect((NormalDistribution.quantile(0.975) - 1.959963984540054).magnitude < 1e-15 * 1.96)
        #expect((NormalDistribution.quantile(1e-10) + 6.361340902404056).magnitude < 1e-15 * 6.4)
        #expect((NormalDistribution.quantile(1e-300) + 37.0471).magnitude < 1e-4)
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.quantile(-0.1).isNaN)
        #expect(NormalDistribution.quantile(1.1).isNaN)
        #expect(NormalDistribution.quantile(.nan).isNaN)
        for step in -60...0 {
            let z = Double(step) / 10
            #expect((NormalDistribution.quantile(NormalDistribution.cumulative(z)) - z).magnitude < 1e-13)
        }
    }

    @Test("the log density is that of the formula")
    func density() {
        #expect((NormalDistribution.logDensity(0) + 0.9189385332046727).magnitude < 1e-15)
        #expect((NormalDistribution.logDensity(3) + 5.418938533204673).magnitude < 1e-14)
    }
}
