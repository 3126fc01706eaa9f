// Docetaxel and the neutrophils again, with the kinetics in closed form.
import Integration

/// ``ThreeCompartmentMyelosuppression`` with its amounts as sums of exponentials: the same equations, parameters and, in the same order,
/// states; of the eight only the five cell counts are integrated.
///
/// A ninth state is the feedback, (baseline / circulating cells)^γ: within a step it follows its rate, −γ·feedback·C′/C, at the price of a
/// division instead of a logarithm and an exponential in every stage; at the end of each step it is set to the power itself
/// (``settle(state:prepared:)``), so nothing adds up. Its start is set too: any number may be given.
public enum ClosedFormMyelosuppression: KernelSystem, PartlyLinearSystem {
    @inlinable public static var name: String { "closed-form-myelosuppression" }
    @inlinable public static var stateCount: Int { 9 }
    @inlinable public static var parameterCount: Int { ThreeCompartmentMyelosuppression.parameterCount }
    @inlinable public static var inputCount: Int { ThreeCompartmentMyelosuppression.inputCount }

    @inlinable public static var compartments: CompartmentShape { CompartmentShape(3) }
    /// Only the central amount has an effect.
    @inlinable public static var readAmounts: Int { 1 }
    /// Pace of the chain per h, effect of a mg in the centre, γ, γ·log of the baseline.
    @inlinable public static var preparedCount: Int { 4 }

    @inlinable
    public static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates {
        CompartmentRates(k10: p[0] / p[1], k12: p[2], k21: p[3], k13: p[4], k31: p[5])
    }

    @inlinable
    public static func infusion(state: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double { input[0] }

    @inlinable
    public static func prepare<L: Lane>(
        state: Span<L>, parameters p: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>
    ) {
        // Four moves from one compartment to the next take the mean transit time.
        prepared[0] = 4 / p[7]
        prepared[1] = p[9] / p[1]
        prepared[2] = p[8]
        prepared[3] = p[8] * p[6].log()
    }

    @inlinable @inline(__always)
    public static func settle<L: Lane>(state y: inout MutableSpan<L>, prepared: Span<L>) {
        y[8] = L.subtractProduct(prepared[2], y[7].log(), from: prepared[3]).exp()
    }

    @inlinable @inline(__always)
    public static func remainder<L: Lane>(time: L, state y: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
        let (pace, feedback) = (prepared[0], y[8])
        let effect = prepared[1] * y[0]
        rate[3] = pace * (y[3] * L.subtractProduct(effect, feedback, from: feedback - 1))
        rate[4] = pace * (y[3] - y[4])
        rate[5] = pace * (y[4] - y[5])
        rate[6] = pace * (y[5] - y[6])
        let change = pace * (y[6] - y[7])
        rate[7] = change
        rate[8] = -(prepared[2] * (feedback * (change / y[7])))
    }

    @inlinable @inline(__always)
    public static func derivative<L: Lane>(
        time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        ThreeCompartmentMyelosuppression.derivative(time: time, state: y, parameters: p, input: input, into: &rate)
        rate[8] = -(p[8] * y[8] * (rate[7] / y[7]))
    }
}
