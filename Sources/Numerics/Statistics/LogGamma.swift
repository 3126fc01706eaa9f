// The logarithm of the gamma function; no libm.

public enum GammaFunction {
    /// ln Γ(x) for x > 0, to about 1e-14 (absolute near 1 and 2, relative elsewhere); NaN for others.
    ///
    /// Stirling's series (Abramowitz and Stegun 1964, 6.1.41) from 10 on; below, the argument is raised by Γ(x + 1) = x·Γ(x).
    public static func logarithm(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        guard x.isFinite else { return x }
        var (argument, factor) = (x, 1.0)
        while argument < 10 {
            factor *= argument
            argument += 1
        }
        let square = 1 / (argument * argument)
        var series = 0.0
        for coefficient in stirling.reversed() { series = series * square + coefficient }
        return (argument - 0.5) * argument.log() - argument + NormalDistribution.halfLogTwoPi + series / argument - factor.log()
    }

    private static let stirling: [Double] = [
        1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400,
    ]
}
