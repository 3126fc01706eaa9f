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
        interpret(program.prepare) { (leaf) -> Number.Single in
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
        interpret(program.step) { (leaf) -> Number in
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

    private func interpret<L: Lane>(_ program: [Instruction], leaf: (Leaf) -> L, results: (UnsafeMutablePointer<L>) -> Void) {
        withUnsafeTemporaryAllocation(of: L.self, capacity: program.count + 1) { buffer in
            guard let r = buffer.baseAddress else { return }
            for (place, instruction) in program.enumerated() { r[place] = value(instruction, r, leaf) }
            results(r)
        }
    }

    private func value<L: Lane>(_ instruction: Instruction, _ r: UnsafeMutablePointer<L>, _ leaf: (Leaf) -> L) -> L {
        switch instruction {
        case .number(let bits): L(Double(bitPattern: bits))
        case .leaf(let what): leaf(what)
        case .add(let a, let b): r[a] + r[b]
        case .subtract(let a, let b): r[a] - r[b]
        case .multiply(let a, let b): r[a] * r[b]
        case .divide(let a, let b): r[a] / r[b]
        case .negate(let a): -r[a]
        case .multiplyAdd(let a, let b, let c): L.multiplyAdd(r[a], r[b], r[c])
        case .subtractProduct(let a, let b, let c): L.subtractProduct(r[a], r[b], from: r[c])
        case .multiplySubtract(let a, let b, let c): L.multiplySubtract(r[a], r[b], r[c])
        case .exp(let a): r[a].exp()
        case .log(let a): r[a].log()
        case .root(let a): r[a].squareRoot()
        case .magnitude(let a): r[a].magnitude
        // A truth value is kept as one or zero.
        case .lessThan(let a, let b): L.select(L.lessThan(r[a], r[b]), L(1), L(0))
        case .lessOrEqual(let a, let b): L.select(L.lessOrEqual(r[a], r[b]), L(1), L(0))
        case .both(let a, let b): r[a] * r[b]
        case .firstOnly(let a, let b): r[a] * (L(1) - r[b])
        case .select(let mask, let a, let b): L.select(L.lessThan(L(0.5), r[mask]), r[a], r[b])
        }
    }
}
