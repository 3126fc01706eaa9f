// A step of the series method for one system, as two straight-line programs.
import Integration

/// What is computed once at the start of a step, and what for every order after the first.
public struct SeriesProgram: Sendable {
    /// The highest power. Lower ones take more steps, higher ones cost more each: between 10 and 16 it hardly matters for a marrow at the
    /// tolerances that a twin has use for.
    public static let order = 12

    /// Reads states, the constants of ``ClosedFormMethod`` and the first values of the series that are given.
    public let start: [Instruction]
    /// Which results are the coefficients of the first power, by state.
    public let first: [(state: Int, place: Int)]
    /// Reads ``sums``, coefficients of the order, and results of `start`, behind which its own are numbered on.
    public let term: [Instruction]
    /// Which results are the coefficients of the next power.
    public let later: [(state: Int, place: Int)]
    /// Sums of products of lower coefficients.
    let sums: [(left: SeriesBuilder.Series, right: SeriesBuilder.Series)]
    /// Which results are kept for those sums, slot by slot behind the series that are given.
    public let kept: [Int]
    /// How many series are given: the amounts that the rates read, and time if they do.
    public let givenCount: Int
    public let readsTime: Bool
    /// How many series are kept beside the states'.
    public var slotCount: Int { givenCount + kept.count }

    /// The series of the states beside the kinetics.
    public init<System: PartlyLinearSystem>(_ system: System.Type) {
        let rates = System.tracedRemainder()
        let (builder, first, later, readsTime) = Self.built(rates, amounts: System.readAmounts)
        let stepped = first.keys.sorted()
        var cutter = Cutter(builder.assembly, results: stepped.flatMap { [first[$0] ?? 0, later[$0] ?? 0] } + builder.kept)
        cutter.cut()
        start = Array(cutter.program[..<cutter.stageStart])
        term = Array(cutter.program[cutter.stageStart...])
        self.first = stepped.map { ($0, cutter.place[first[$0] ?? 0] ?? 0) }
        self.later = stepped.map { ($0, cutter.place[later[$0] ?? 0] ?? 0) }
        kept = builder.kept.map { cutter.place[$0] ?? 0 }
        sums = builder.sums
        self.readsTime = readsTime
        givenCount = System.readAmounts + (readsTime ? 1 : 0)
    }

    private static func built(
        _ rates: [Int: Node], amounts: Int
    ) -> (builder: SeriesBuilder, first: [Int: Int], later: [Int: Int], readsTime: Bool) {
        var builder = SeriesBuilder(rates, given: amounts + 1)
        let (first, later) = builder.coefficients()
        builder.keep()
        // Time is the last of those given: where no rate reads it, it is left out.
        guard !builder.assembly.instructions.contains(.leaf(.givenStart(amounts))) else { return (builder, first, later, true) }
        var other = SeriesBuilder(rates, given: amounts)
        let (start, next) = other.coefficients()
        other.keep()
        return (other, start, next, false)
    }
}

extension PartlyLinearSystem {
    /// The formulas of the rates of the states that are stepped; the amounts, and behind them time, are given series.
    static func tracedRemainder() -> [Int: Node] {
        let stepped = compartments.stateCount + closedCount..<stateCount - heldCount
        let state = (0..<stateCount).map { index in
            index < readAmounts ? Traced(.givenStart(index)) : stepped.contains(index) ? Traced(.state(index)) : Traced(.nan)
        }
        let first = CompartmentCourse.count(compartments)
        let prepared = (0..<preparedCount).map { Traced(.constant(first + $0)) }
        var rates = [Traced](repeating: Traced(.nan), count: stateCount)
        var into = rates.mutableSpan
        remainder(time: Traced(.givenStart(readAmounts)), state: state.span, prepared: prepared.span, into: &into)
        return Dictionary(uniqueKeysWithValues: stepped.map { ($0, rates[$0].node) })
    }
}
