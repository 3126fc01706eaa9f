// Amounts in mammillary compartments from a start on, under a constant infusion: sums of exponentials.

/// The course of all amounts until the next event, as numbers that a lane of draws can keep side by side.
///
/// The amount in a compartment a time τ after the start is Σᵢ cᵢ·e^(−λᵢτ) + s₀ + s₁·τ + … + s₄·τ⁴, and with a depot
/// e^(−kaτ)·(e₀ + e₁·τ + … + e₄·τ⁴) besides. The polynomials beyond their first number serve where the usual formula would subtract near
/// numbers: an infusion into a mode that hardly falls while it lasts (λT < 10⁻³: four terms of (1 − e^(−λτ))/λ), and a depot that
/// empties nearly as fast as a mode falls (within 10⁻³: four terms of (e^(−λτ) − e^(−kaτ))/(ka − λ)). What they leave out, and what the
/// usual formula loses where it stands, is some 10⁻¹³ of the largest amount.
public enum CompartmentCourse {
    /// Numbers of a course: the start, the rates (modes, depot), then those of every compartment.
    @inlinable @inline(__always)
    public static func count(_ shape: CompartmentShape) -> Int { place(shape, shape.count) + (shape.hasDepot ? 1 : 0) }

    @inlinable @inline(__always)
    static func rateCount(_ shape: CompartmentShape) -> Int { shape.count + (shape.hasDepot ? 1 : 0) }
    /// Numbers of one compartment.
    @inlinable @inline(__always)
    static func stride(_ shape: CompartmentShape) -> Int { shape.count + 5 + (shape.hasDepot ? 5 : 0) }
    /// Where a compartment's numbers begin.
    @inlinable @inline(__always)
    static func place(_ shape: CompartmentShape, _ compartment: Int) -> Int { 1 + rateCount(shape) + compartment * stride(shape) }

    /// Writes the numbers of a course.
    ///
    /// - Parameters:
    ///   - modes: of the draw.
    ///   - amounts: `shape.stateCount` of them, at the start.
    ///   - infusion: amount per unit of time into the central compartment.
    ///   - start: when it begins; `end`: until when it must be exact.
    ///   - numbers: `count(shape)` of them.
    @inlinable
    public static func write(
        _ shape: CompartmentShape, _ modes: CompartmentModes, amounts: UnsafePointer<Double>, infusion: Double,
        start: Double, end: Double, into numbers: UnsafeMutablePointer<Double>
    ) {
        numbers[0] = start
        for place in (1 + shape.count)..<count(shape) { numbers[place] = 0 }
        let (ka, depot) = (modes.ka, shape.hasDepot ? amounts[0] : 0)
        if shape.hasDepot {
            numbers[1 + shape.count] = ka
            numbers[count(shape) - 1] = depot
        }
        for i in 0..<shape.count {
            let rate = modes.rates[i]
            numbers[1 + i] = rate
            var here = 0.0
            for m in 0..<shape.count { here += modes.left(i, m) * amounts[shape.central + m] }
            // What flows into the mode: constant, and falling with the depot.
            let (constant, falling) = (modes.left(i, 0) * infusion, modes.left(i, 0) * ka * depot)
            let isSlow = rate * (end - start) < 1e-3
            let lead = ka - rate
            let isNear = lead.magnitude < 1e-3 * ka
            for j in 0..<shape.count {
                let part = modes.right(j, i)
                let (c, s) = (numbers + place(shape, j), numbers + place(shape, j) + shape.count)
                c[i] = here * part
                if isSlow {
                    add(constant * part, -rate, to: s)
                } else {
                    s[0] += constant / rate * part
                    c[i] -= constant / rate * part
                }
                guard shape.hasDepot, falling != 0 else { continue }
                if isNear {
                    add(falling * part, lead, to: s + 5)
                } else {
                    s[5] -= falling / lead * part
                    c[i] += falling / lead * part
                }
            }
        }
    }

    /// Adds size·(e^(rate·τ) − 1)/rate as a polynomial in τ, for small rate·τ.
    @inlinable
    static func add(_ size: Double, _ rate: Double, to polynomial: UnsafeMutablePointer<Double>) {
        polynomial[1] += size
        polynomial[2] += size * rate / 2
        polynomial[3] += size * rate * rate / 6
        polynomial[4] += size * rate * rate * rate / 24
    }

    /// One amount, from a course's numbers and its exponentials (``CompartmentDecays``).
    @inlinable @inline(__always)
    public static func amount<L: Lane>(
        _ shape: CompartmentShape, _ state: Int, since: L, _ decays: CompartmentDecays<L>, _ number: (Int) -> L
    ) -> L {
        if shape.hasDepot && state == 0 { return number(count(shape) - 1) * decays.depot }
        let c = place(shape, state - shape.central)
        let s = c + shape.count
        var sum = polynomial(since, s, number)
        if shape.hasDepot { sum = L.multiplyAdd(decays.depot, polynomial(since, s + 5, number), sum) }
        sum = L.multiplyAdd(number(c), decays.first, sum)
        if shape.count > 1 { sum = L.multiplyAdd(number(c + 1), decays.second, sum) }
        if shape.count > 2 { sum = L.multiplyAdd(number(c + 2), decays.third, sum) }
        return sum
    }

    @inlinable @inline(__always)
    static func polynomial<L: Lane>(_ x: L, _ first: Int, _ number: (Int) -> L) -> L {
        let high = L.multiplyAdd(x, L.multiplyAdd(x, number(first + 4), number(first + 3)), number(first + 2))
        return L.multiplyAdd(x, L.multiplyAdd(x, high, number(first + 1)), number(first))
    }

    /// The Taylor coefficients of one amount, of the powers 0 to `order` − 1 of the time after a time.
    ///
    /// - Parameters:
    ///   - since: that time, after the start; `decays`: the exponentials at it.
    ///   - order: at least 5.
    @inlinable @inline(__always)
    static func expand<L: Lane>(
        _ shape: CompartmentShape, _ state: Int, since: L, _ decays: CompartmentDecays<L>, order: Int,
        into series: UnsafeMutablePointer<L>, _ number: (Int) -> L
    ) {
        if shape.hasDepot && state == 0 {
            var left = number(count(shape) - 1) * decays.depot
            for power in 0..<order {
                series[power] = left
                left = left * (number(1 + shape.count) * L(-1 / Double(power + 1)))
            }
            return
        }
        let c = place(shape, state - shape.central)
        let s = c + shape.count
        var first = number(c) * decays.first
        var second = shape.count > 1 ? number(c + 1) * decays.second : L(0)
        var third = shape.count > 2 ? number(c + 2) * decays.third : L(0)
        for power in 0..<order {
            series[power] = shape.count > 2 ? first + second + third : shape.count > 1 ? first + second : first
            let next = L(-1 / Double(power + 1))
            first = first * (number(1) * next)
            if shape.count > 1 { second = second * (number(2) * next) }
            if shape.count > 2 { third = third * (number(3) * next) }
        }
        let polynomial = moved(since, s, number)
        for power in 0..<5 { series[power] = series[power] + polynomial[power] }
        guard shape.hasDepot else { return }
        // e^(−ka·τ) times a polynomial: five falls, each a power later than the one before.
        let emptying = moved(since, s + 5, number)
        for later in 0..<5 {
            var left = emptying[later] * decays.depot
            for power in later..<order {
                series[power] = series[power] + left
                left = left * (number(1 + shape.count) * L(-1 / Double(power - later + 1)))
            }
        }
    }

    /// The coefficients of a polynomial about another point.
    @inlinable @inline(__always)
    static func moved<L: Lane>(_ x: L, _ first: Int, _ number: (Int) -> L) -> InlineArray<5, L> {
        var a: InlineArray<5, L> = [number(first), number(first + 1), number(first + 2), number(first + 3), number(first + 4)]
        for pass in 0..<4 {
            for power in (pass..<4).reversed() { a[power] = L.multiplyAdd(x, a[power + 1], a[power]) }
        }
        return a
    }
}
