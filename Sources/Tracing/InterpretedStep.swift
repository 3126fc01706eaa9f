// The stiff method for a system without compiled steps: the same programs, read instruction by instruction.
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
        withUnsafeTemporaryAllocation(of: Number.Single.self, capacity: program.prepare.count + 1) { buffer in
            guard let results = buffer.baseAddress else { return }
            Interpreter.evaluate(program.prepare, into: results, from: 0) { leaf in
                switch leaf {
                case .parameter(let index): parameters[index]
                case .input(let index): inputs[index]
                default: preconditionFailure("a constant depends on what varies")
                }
            }
            for (place, result) in program.constants.enumerated() { constants[place] = results[result] }
        }
    }

    public func attempt(_ time: Number, _ step: Number, _ memory: LaneMemory<Number>) {
        withUnsafeTemporaryAllocation(of: Number.self, capacity: program.step.count + program.stage.count + 1) { buffer in
            guard let results = buffer.baseAddress else { return }
            var stage = 0
            func leaf(_ leaf: Leaf) -> Number {
                switch leaf {
                case .time: time
                case .step: step
                case .state(let index): memory.state[index]
                case .constant(let index): memory.constants[index]
                case .argument(let index): memory.stage[index]
                case .past(let index): memory.k(stage)[index]
                case .moment: Number.multiplyAdd(step, Number(RosenbrockTable.alpha[stage]), time)
                case .drift: step * Number(RosenbrockTable.delta[stage])
                default: preconditionFailure("no step reads \(leaf)")
                }
            }
            Interpreter.evaluate(program.step, into: results, from: 0, leaf)
            for (state, place) in program.first.enumerated() { memory.k(0)[state] = results[place] }
            for later in 1..<RosenbrockTable.stages {
                stage = later
                for state in 0..<System.stateCount { gather(later, state, memory) }
                Interpreter.evaluate(program.stage, into: results, from: program.step.count, leaf)
                for (state, place) in program.later.enumerated() { memory.k(later)[state] = results[place] }
            }
            let last = memory.k(RosenbrockTable.stages - 1)
            for state in 0..<System.stateCount { memory.next[state] = memory.stage[state] + last[state] }
        }
    }

    /// A later stage's argument, and in the place of its solution what the stages before it give to its right-hand side.
    private func gather(_ stage: Int, _ state: Int, _ memory: LaneMemory<Number>) {
        if stage < RosenbrockTable.a.count {
            memory.stage[state] = sum(RosenbrockTable.a[stage][...], onto: memory.state[state], from: 0, state, memory)
        } else {
            memory.stage[state] = memory.stage[state] + memory.k(stage - 1)[state]
        }
        let row = RosenbrockTable.c[stage]
        memory.k(stage)[state] = sum(row[1...], onto: memory.k(0)[state] * Number(row[0]), from: 1, state, memory)
    }

    private func sum(
        _ factors: ArraySlice<Double>, onto start: Number, from first: Int, _ state: Int, _ memory: LaneMemory<Number>
    ) -> Number {
        var sum = start
        for (stage, factor) in zip(first..., factors) { sum = Number.multiplyAdd(memory.k(stage)[state], Number(factor), sum) }
        return sum
    }
}
