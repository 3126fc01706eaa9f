// Where the eigenvalues of mammillary compartments lie between the constants of return.

/// Gaps between eigenvalues and constants of return, each to full relative accuracy.
@usableFromInline
struct CompartmentGaps {
    /// From the smallest eigenvalue up to the smaller constant of return, and from the larger constant up to the largest eigenvalue.
    @usableFromInline let below: Double
    @usableFromInline let above: Double
    /// Eigenvalues, ascending; what a unit in the central compartment gives to each mode; 1 / (constant − eigenvalue) for the smaller (or
    /// only) and the larger constant of return.
    @usableFromInline var rates = SIMD4<Double>.zero
    @usableFromInline var weights = SIMD4<Double>.zero
    @usableFromInline var fromLower = SIMD4<Double>.zero
    @usableFromInline var fromUpper = SIMD4<Double>.zero

    /// The two gaps x solve x² ± (k10 + k12 − k21)·x = k12·k21; the larger one without subtraction, the other from their product.
    @inlinable
    init(two k: CompartmentRates) {
        let lead = k.k10 + k.k12 - k.k21
        let product = k.k12 * k.k21
        let larger = 0.5 * (lead.magnitude + (lead * lead + 4 * product).squareRoot())
        (below, above) = lead < 0 ? (larger, product / larger) : (product / larger, larger)
        rates = [k.k10 * k.k21 / (k.k21 + above), k.k21 + above, 0, 0]
        weights = [below / (below + above), above / (below + above), 0, 0]
        fromLower = [1 / below, -1 / above, 0, 0]
    }

    /// The outer gaps are roots of cubics; the inner ones follow from the products of all gaps at a constant of return (Löwner).
    @inlinable
    init(three k: CompartmentRates) {
        let isOrdered = k.k21 < k.k31
        let (p, q) = isOrdered ? (k.k21, k.k31) : (k.k31, k.k21)
        let b = isOrdered ? k.k12 * k.k21 : k.k13 * k.k31
        let c = isOrdered ? k.k13 * k.k31 : k.k12 * k.k21
        let centre = k.k10 + k.k12 + k.k13
        let apart = q - p
        below = Self.gap(lead: centre - p, apart: apart, near: b, far: c)
        above = Self.gap(lead: q - centre, apart: apart, near: c, far: b)
        let second = b * apart / (below * (apart + above))
        let third = c * apart / ((below + apart) * above)
        let (middle, largest) = (p + second, q + above)
        rates = [k.k10 * p * q / (middle * largest), middle, largest, 0]
        let (lower, upper, whole) = (below + second, third + above, below + apart + above)
        weights = [
            below / whole * ((below + apart) / lower), second / lower * (third / upper), above / whole * ((above + apart) / upper), 0,
        ]
        fromLower = [1 / below, -1 / second, -1 / (apart + above), 0]
        fromUpper = [1 / (apart + below), 1 / third, -1 / above, 0]
    }

    /// The positive root of x·(x + lead)·(x + apart) = near·(x + apart) + far·x.
    ///
    /// There is one, since the signs of the coefficients change once. Newton's steps within a bracket, of which the middle is taken where a
    /// step leaves it; from the right the steps fall without overshooting once the cubic is convex.
    @inlinable
    static func gap(lead: Double, apart: Double, near: Double, far: Double) -> Double {
        // x² + lead·x ≤ near + far at the root, since x ≤ x + apart.
        let sum = near + far
        let wide = (lead * lead + 4 * sum).squareRoot()
        var high = lead < 0 ? 0.5 * (wide - lead) : 2 * sum / (wide + lead)
        high *= 1 + 1e-15
        var low = 0.0
        var x = high
        for _ in 0..<200 {
            let value = x * (x + lead) * (x + apart) - (near * (x + apart) + far * x)
            if value == 0 { break }
            if value > 0 { high = x } else { low = x }
            let slope = (2 * x + lead) * (x + apart) + x * (x + lead) - sum
            let newton = x - value / slope
            let next = newton > low && newton < high ? newton : 0.5 * (low + high)
            if (next - x).magnitude <= 2e-16 * x { break }
            x = next
        }
        return x
    }
}
