// The stiff method for a system without compiled steps: the same program, read instruction by instruction.
import Integration

/// Rodas5P for any system; the same bytes as the compiled step, several times slower.
///
/// Tracing the system takes milliseconds: make one and use it for all draws.
public struct InterpretedStep<System: OrdinarySystem, Number: Lane>: RosenbrockMethod {
    private let program: StepProgram

    public init() { program = StepProgram(System.self) }

    public var constantCount: Int { program.constants.count }

    public func prepare(
        parameters: UnsafePointer<Number.Single>, inputs: UnsafePointer<Number.Single>, into constants: UnsafeMutablePointer<Number.Single>
    ) {
        Interpreter.run(program.prepare) { (leaf) -> Number.Single in
            switch leaf {
            case .parameter(let index): parameters[index]
            case .input(let index): inputs[index]
            case .time, .step, .state, .constant: preconditionFailure("a constant depends on what varies")
            }
        } results: { results in
            for (place, result) in program.constants.enumerated() { constants[place] = results[result] }
        }
    }

    public func attempt(_ time: Number, _ step: Number, _ memory: LaneMemory<Number>) {
        Interpreter.run(program.step) { (leaf) -> Number in
            switch leaf {
            case .time: time
            case .step: step
            case .state(let index): memory.state[index]
            case .constant(let index): memory.constants[index]
            case .parameter, .input: preconditionFailure("a step reads only constants")
            }
        } results: { results in
            for (stage, places) in program.stages.enumerated() {
                for (state, place) in places.enumerated() { memory.k(stage)[state] = results[place] }
            }
            for (state, place) in program.next.enumerated() { memory.next[state] = results[place] }
        }
    }
}
