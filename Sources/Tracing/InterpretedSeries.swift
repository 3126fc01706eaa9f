// The series method for a system without a compiled series: the same programs, read instruction by instruction.
import Integration

/// ``KineticsSeries`` for any system; the same bytes as the compiled one, several times slower.
///
/// Tracing the system takes milliseconds: make one and use it for all draws.
public struct InterpretedSeries<System: PartlyLinearSystem, Number: Lane>: KineticsSeries {
    private let program: SeriesProgram

    public init() { program = SeriesProgram(System.self) }

    public static var order: Int { SeriesProgram.order }
    public var slotCount: Int { program.slotCount }
    public var readsTime: Bool { program.readsTime }

    public func expand(_ m: LaneMemory<Number>) {
        withUnsafeTemporaryAllocation(of: Number.self, capacity: program.start.count + program.term.count + 1) { buffer in
            guard let results = buffer.baseAddress else { return }
            var order = 0
            var sums: [Number] = []
            func leaf(_ leaf: Leaf) -> Number {
                switch leaf {
                case .state(let index): m.state[index]
                case .constant(let index): m.constants[index]
                case .givenStart(let index): m.slot(index, Self.order)[0]
                case .given(let index): m.slot(index, Self.order)[order]
                case .term(let index): m.k(order - 1)[index]
                case .sum(let index): sums[index]
                case .order: Number(Double(order))
                case .part: Number(1 / Double(order))
                case .share: Number(1 / Double(order + 1))
                default: preconditionFailure("no series reads \(leaf)")
                }
            }
            Interpreter.evaluate(program.start, into: results, from: 0, leaf)
            for (state, place) in program.first { m.k(0)[state] = results[place] }
            for power in 1..<Self.order {
                order = power
                sums = program.sums.map { sum($0.left, $0.right, order, m) }
                Interpreter.evaluate(program.term, into: results, from: program.start.count, leaf)
                for (slot, place) in program.kept.enumerated() { m.slot(program.givenCount + slot, Self.order)[order] = results[place] }
                for (state, place) in program.later { m.k(order)[state] = results[place] }
            }
        }
    }

    private func sum(_ left: SeriesBuilder.Series, _ right: SeriesBuilder.Series, _ order: Int, _ m: LaneMemory<Number>) -> Number {
        func coefficient(_ series: SeriesBuilder.Series, _ power: Int) -> Number {
            switch series {
            case .state(let index): m.k(power - 1)[index]
            case .slot(let index): m.slot(index, Self.order)[power]
            }
        }
        var sum = Number(0)
        for j in 1..<order { sum = Number.multiplyAdd(coefficient(left, j), coefficient(right, order - j), sum) }
        return sum
    }
}
