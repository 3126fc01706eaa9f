// The series method for a system without a compiled series: the same program, read instruction by instruction.
import Integration

/// ``KineticsSeries`` for any system; the same bytes as the compiled one, several times slower.
///
/// Tracing the system takes milliseconds: make one and use it for all draws.
public struct InterpretedSeries<System: PartlyLinearSystem, Number: Lane>: KineticsSeries {
    private let program: SeriesProgram

    public init() { program = SeriesProgram(System.self) }

    public static var order: Int { SeriesProgram.order }

    public func expand(_ time: Number, _ memory: LaneMemory<Number>) {
        Interpreter.run(program.step) { (leaf) -> Number in
            switch leaf {
            case .time: time
            case .state(let index): memory.state[index]
            case .constant(let index): memory.constants[index]
            case .step, .parameter, .input: preconditionFailure("a series reads time, states and constants")
            }
        } results: { results in
            for (power, places) in program.coefficients.enumerated() {
                for (state, place) in places { memory.k(power)[state] = results[place] }
            }
        }
    }
}
