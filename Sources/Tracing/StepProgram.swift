// A step of the stiff method for one system, as two straight-line programs.
import Integration

/// What is computed once for a draw and segment, and what is computed at every step.
public struct StepProgram: Sendable {
    /// Reads parameters and inputs.
    public let prepare: [Instruction]
    /// Which results of `prepare` are the constants that the step reads.
    public let constants: [Int]
    /// Reads time, step size, states and constants.
    public let step: [Instruction]
    /// Which results of `step` are the solved stages, `[stage][state]`, and the state at the end.
    public let stages: [[Int]]
    public let next: [Int]

    /// The step of Rodas5P with the exact Jacobian of a system, its factors in the order of least fill.
    public init<System: OrdinarySystem>(_ system: System.Type) {
        var builder = RosenbrockBuilder(System.traced())
        let (stages, next) = builder.stages()
        var cutter = Cutter(builder.assembly, results: stages.flatMap { $0 } + next)
        cutter.cut()
        prepare = cutter.prepare
        constants = cutter.constants
        step = cutter.step
        self.stages = stages.map { $0.map { cutter.place[$0] ?? 0 } }
        self.next = next.map { cutter.place[$0] ?? 0 }
    }
}

/// Fuses sums of products, leaves out what nobody reads, and separates what is constant within a segment.
struct Cutter {
    private var instructions: [Instruction]
    private let ranks: [Assembly.Rank]
    private let results: [Int]
    var prepare: [Instruction] = []
    var constants: [Int] = []
    var step: [Instruction] = []
    /// Where a result of the assembly stands in the step.
    var place: [Int: Int] = [:]
    private var preparePlace: [Int: Int] = [:]
    private var constantPlace: [Int: Int] = [:]

    init(_ assembly: Assembly, results: [Int]) {
        instructions = assembly.instructions
        ranks = assembly.ranks
        self.results = results
    }

    mutating func cut() {
        fuse()
        let needed = needed()
        for index in instructions.indices where needed[index] && ranks[index] == .varying {
            let instruction = instructions[index]
            let operands = Dictionary(instruction.operands.map { ($0, operand($0)) }) { first, _ in first }
            step.append(instruction.renumbered { operands[$0] ?? 0 })
            place[index] = step.count - 1
        }
        for result in results where place[result] == nil { place[result] = operand(result) }
    }

    /// A result's place in the step: its own, or that of a number or constant read there.
    private mutating func operand(_ index: Int) -> Int {
        if let place = place[index] { return place }
        switch ranks[index] {
        case .varying: return 0
        case .number: step.append(instructions[index])
        case .constant: step.append(.leaf(.constant(constant(index))))
        }
        place[index] = step.count - 1
        return step.count - 1
    }

    private mutating func constant(_ index: Int) -> Int {
        if let place = constantPlace[index] { return place }
        constants.append(prepared(index))
        constantPlace[index] = constants.count - 1
        return constants.count - 1
    }

    private mutating func prepared(_ index: Int) -> Int {
        if let place = preparePlace[index] { return place }
        let instruction = instructions[index]
        let operands = Dictionary(instruction.operands.map { ($0, prepared($0)) }) { first, _ in first }
        prepare.append(instruction.renumbered { operands[$0] ?? 0 })
        preparePlace[index] = prepare.count - 1
        return prepare.count - 1
    }

    private func needed() -> [Bool] {
        var needed = [Bool](repeating: false, count: instructions.count)
        for result in results { needed[result] = true }
        for index in instructions.indices.reversed() where needed[index] {
            for operand in instructions[index].operands { needed[operand] = true }
        }
        return needed
    }

    /// Sums with a product that nobody else reads become one operation.
    private mutating func fuse() {
        let needed = needed()
        var uses = [Int](repeating: 0, count: instructions.count)
        for result in results { uses[result] += 1 }
        for index in instructions.indices where needed[index] {
            for operand in instructions[index].operands { uses[operand] += 1 }
        }
        func factors(_ index: Int) -> (Int, Int)? {
            guard uses[index] == 1, ranks[index] == .varying, case .multiply(let a, let b) = instructions[index] else { return nil }
            return (a, b)
        }
        for index in instructions.indices where needed[index] && ranks[index] == .varying {
            switch instructions[index] {
            case .add(let a, let b):
                if let (x, y) = factors(b) {
                    instructions[index] = .multiplyAdd(x, y, a)
                } else if let (x, y) = factors(a) {
                    instructions[index] = .multiplyAdd(x, y, b)
                }
            case .subtract(let a, let b):
                if let (x, y) = factors(b) {
                    instructions[index] = .subtractProduct(x, y, a)
                } else if let (x, y) = factors(a) {
                    instructions[index] = .multiplySubtract(x, y, b)
                }
            default: break
            }
        }
    }
}
