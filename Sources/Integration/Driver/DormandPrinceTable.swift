// The coefficients of the Dormand–Prince pair of order 5(4) and of its interpolant.

/// Dormand and Prince (1980), J. Comp. Appl. Math. 6:19–26; interpolant of order 4 and step control as in DOPRI5 of
/// Hairer, Nørsett and Wanner (1993), Solving Ordinary Differential Equations I, II.4–II.6.
@usableFromInline
enum DormandPrinceTable {
    @inlinable @inline(__always) static var c2: Double { 1.0 / 5 }
    @inlinable @inline(__always) static var c3: Double { 3.0 / 10 }
    @inlinable @inline(__always) static var c4: Double { 4.0 / 5 }
    @inlinable @inline(__always) static var c5: Double { 8.0 / 9 }

    @inlinable @inline(__always) static var a21: Double { 1.0 / 5 }
    @inlinable @inline(__always) static var a31: Double { 3.0 / 40 }
    @inlinable @inline(__always) static var a32: Double { 9.0 / 40 }
    @inlinable @inline(__always) static var a41: Double { 44.0 / 45 }
    @inlinable @inline(__always) static var a42: Double { -56.0 / 15 }
    @inlinable @inline(__always) static var a43: Double { 32.0 / 9 }
    @inlinable @inline(__always) static var a51: Double { 19372.0 / 6561 }
    @inlinable @inline(__always) static var a52: Double { -25360.0 / 2187 }
    @inlinable @inline(__always) static var a53: Double { 64448.0 / 6561 }
    @inlinable @inline(__always) static var a54: Double { -212.0 / 729 }
    @inlinable @inline(__always) static var a61: Double { 9017.0 / 3168 }
    @inlinable @inline(__always) static var a62: Double { -355.0 / 33 }
    @inlinable @inline(__always) static var a63: Double { 46732.0 / 5247 }
    @inlinable @inline(__always) static var a64: Double { 49.0 / 176 }
    @inlinable @inline(__always) static var a65: Double { -5103.0 / 18656 }

    /// The fifth-order weights; the second is zero.
    @inlinable @inline(__always) static var b1: Double { 35.0 / 384 }
    @inlinable @inline(__always) static var b3: Double { 500.0 / 1113 }
    @inlinable @inline(__always) static var b4: Double { 125.0 / 192 }
    @inlinable @inline(__always) static var b5: Double { -2187.0 / 6784 }
    @inlinable @inline(__always) static var b6: Double { 11.0 / 84 }

    /// Fifth minus fourth order.
    @inlinable @inline(__always) static var e1: Double { 71.0 / 57600 }
    @inlinable @inline(__always) static var e3: Double { -71.0 / 16695 }
    @inlinable @inline(__always) static var e4: Double { 71.0 / 1920 }
    @inlinable @inline(__always) static var e5: Double { -17253.0 / 339200 }
    @inlinable @inline(__always) static var e6: Double { 22.0 / 525 }
    @inlinable @inline(__always) static var e7: Double { -1.0 / 40 }

    /// The interpolant's fourth-degree term (Shampine 1986).
    @inlinable @inline(__always) static var d1: Double { -12_715_105_075.0 / 11_282_082_432 }
    @inlinable @inline(__always) static var d3: Double { 87_487_479_700.0 / 32_700_410_799 }
    @inlinable @inline(__always) static var d4: Double { -10_690_763_975.0 / 1_880_347_072 }
    @inlinable @inline(__always) static var d5: Double { 701_980_252_875.0 / 199_316_789_632 }
    @inlinable @inline(__always) static var d6: Double { -1_453_857_185.0 / 822_651_844 }
    @inlinable @inline(__always) static var d7: Double { 69_997_945.0 / 29_380_423 }
}
