// The eigenvalues of mammillary compartments, and what each mode has of every compartment.

/// Mammillary kinetics taken apart: in every mode amounts fall by one exponential.
///
/// An amount put into compartment m is in compartment j after a time τ to the part Σᵢ `right(j, i)`·`left(i, m)`·e^(−`rates[i]`·τ).
///
/// The matrix is similar to a symmetric one with entries beside the diagonal in its first row and column alone, so the constants of
/// return (k21, k31) part the eigenvalues. Everything is computed from the gaps between the two, of which each is got to full relative
/// accuracy (``CompartmentGaps``); in no formula below are two near numbers subtracted. So neighbouring eigenvalues, slow elimination and
/// equal constants of return cost no digits (Gu and Eisenstat 1995, SIAM J. Matrix Anal. Appl. 16:172–191, for such matrices).
///
/// - A constant of exchange below 10⁻³⁰ of the largest one counts as that, and constants of return nearer than a millionth of a
///   billionth are moved that far apart: no more than rounding their last digits does.
/// - Amounts put into a peripheral compartment that exchanges one way only (k12 = 0 with k21 near another eigenvalue) lose digits;
///   that is absorption, which ``CompartmentCourse`` treats as such.
/// - Plain arithmetic and square roots: the same bytes in both arithmetics.
public struct CompartmentModes: Sendable {
    /// Eigenvalues, ascending, as many as there are compartments; the others are zero.
    public let rates: SIMD4<Double>
    /// The depot's constant.
    public let ka: Double
    /// What a mode has of the second and the third compartment, as a multiple of what it has of the central one.
    @usableFromInline let second: SIMD4<Double>
    @usableFromInline let third: SIMD4<Double>
    /// What a unit put into each compartment gives to a mode.
    @usableFromInline let fromCentral: SIMD4<Double>
    @usableFromInline let fromSecond: SIMD4<Double>
    @usableFromInline let fromThird: SIMD4<Double>

    /// - Parameter count: compartments, 1 to 3; constants of others are not read.
    @inlinable
    public init(_ given: CompartmentRates, count: Int) {
        let k = Self.apart(given)
        ka = k.ka
        switch count {
        case 1:
            (rates, fromCentral) = ([k.k10, 0, 0, 0], [1, 0, 0, 0])
            (second, third, fromSecond, fromThird) = (.zero, .zero, .zero, .zero)
        case 2:
            let gaps = CompartmentGaps(two: k)
            (rates, fromCentral) = (gaps.rates, gaps.weights)
            (second, third) = (gaps.fromLower * k.k12, .zero)
            (fromSecond, fromThird) = (gaps.weights * (gaps.fromLower * k.k21), .zero)
        default:
            let gaps = CompartmentGaps(three: k)
            (rates, fromCentral) = (gaps.rates, gaps.weights)
            let (toSecond, toThird) = k.k21 < k.k31 ? (gaps.fromLower, gaps.fromUpper) : (gaps.fromUpper, gaps.fromLower)
            (second, third) = (toSecond * k.k12, toThird * k.k13)
            (fromSecond, fromThird) = (gaps.weights * (toSecond * k.k21), gaps.weights * (toThird * k.k31))
        }
    }

    /// Constants that are nowhere zero and nowhere equal where a division needs it.
    @inlinable
    static func apart(_ given: CompartmentRates) -> CompartmentRates {
        var k = given
        let largest = Double.maximum(Double.maximum(k.k10, Double.maximum(k.k12, k.k21)), Double.maximum(k.k13, k.k31))
        let least = 1e-30 * largest
        k.k12 = Double.maximum(k.k12, least)
        k.k21 = Double.maximum(k.k21, least)
        k.k13 = Double.maximum(k.k13, least)
        k.k31 = Double.maximum(k.k31, least)
        if (k.k31 - k.k21).magnitude < 1e-15 * k.k21 { k.k31 = k.k21 * (1 + 1e-15) }
        return k
    }

    /// What one of the modes has of a compartment (0: central), as a multiple of what it has of the central one.
    @inlinable
    public func right(_ compartment: Int, _ mode: Int) -> Double { compartment == 0 ? 1 : compartment == 1 ? second[mode] : third[mode] }

    /// What a unit put into a compartment gives to one of the modes.
    @inlinable
    public func left(_ mode: Int, _ compartment: Int) -> Double {
        compartment == 0 ? fromCentral[mode] : compartment == 1 ? fromSecond[mode] : fromThird[mode]
    }
}

extension CompartmentModes {
    /// How many numbers hold modes in a lane's memory.
    @inlinable public static var numberCount: Int { 19 }

    @inlinable
    func write(to numbers: UnsafeMutablePointer<Double>) {
        for i in 0..<3 {
            numbers[i] = rates[i]
            numbers[3 + i] = second[i]
            numbers[6 + i] = third[i]
            numbers[9 + i] = fromCentral[i]
            numbers[12 + i] = fromSecond[i]
            numbers[15 + i] = fromThird[i]
        }
        numbers[18] = ka
    }

    @inlinable
    init(reading numbers: UnsafePointer<Double>) {
        func three(_ first: Int) -> SIMD4<Double> { SIMD4(numbers[first], numbers[first + 1], numbers[first + 2], 0) }
        (rates, second, third) = (three(0), three(3), three(6))
        (fromCentral, fromSecond, fromThird) = (three(9), three(12), three(15))
        ka = numbers[18]
    }
}
