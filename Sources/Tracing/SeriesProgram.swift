// A step of the series method for one system, as a straight-line program.
import Integration

/// What is computed at the start of every step: the Taylor coefficients of the states that are stepped.
public struct SeriesProgram: Sendable {
    /// The highest power. Lower ones take more steps, higher ones cost more each: between 10 and 16 it hardly matters for a marrow at the
    /// tolerances that a twin has use for.
    public static let order = 12

    /// Reads time, states and the constants of ``ClosedFormMethod``.
    public let step: [Instruction]
    /// Which results are the coefficients, by power (from 1) and state.
    public let coefficients: [[Int: Int]]

    /// The series of the states beside the kinetics.
    public init<System: PartlyLinearSystem>(_ system: System.Type) {
        var builder = SeriesBuilder(System.tracedRemainder())
        let coefficients = builder.coefficients(order: Self.order)
        var cutter = Cutter(builder.assembly, results: coefficients.flatMap { $0.sorted { $0.key < $1.key }.map(\.value) })
        cutter.cut()
        step = cutter.step
        self.coefficients = coefficients.map { $0.mapValues { cutter.place[$0] ?? 0 } }
    }
}

extension PartlyLinearSystem {
    /// The formulas of the rates of the states that are stepped, with the amounts as sums of exponentials.
    static func tracedRemainder() -> [Int: Node] {
        let time = Traced(.time)
        let since = time - Traced(.constant(0))
        let decays = CompartmentDecays(compartments, after: since) { Traced(.constant($0)) }
        let stepped = compartments.stateCount + closedCount..<stateCount - heldCount
        let state = (0..<stateCount).map { index in
            if index < readAmounts { return CompartmentCourse.amount(compartments, index, since: since, decays) { Traced(.constant($0)) } }
            return stepped.contains(index) ? Traced(.state(index)) : Traced(.nan)
        }
        let first = CompartmentCourse.count(compartments)
        let prepared = (0..<preparedCount).map { Traced(.constant(first + $0)) }
        var rates = [Traced](repeating: Traced(.nan), count: stateCount)
        var into = rates.mutableSpan
        remainder(time: time, state: state.span, prepared: prepared.span, into: &into)
        return Dictionary(uniqueKeysWithValues: stepped.map { ($0, rates[$0].node) })
    }
}
