// The complementary error function, from the house's normal distribution; no libm.

public enum ErrorFunction {
    /// erfc(x) = 2/√π ∫ₓ^∞ e^(−s²) ds, to 4e-15 + 2e-16·x² relative; 0 above 27, NaN for NaN.
    ///
    /// It is 2·P(Z ≤ −x√2); what x√2 rounds away the tail multiplies by x².
    public static func complement(_ x: Double) -> Double { 2 * NormalDistribution.cumulative(-x * 2.0.squareRoot()) }
}
