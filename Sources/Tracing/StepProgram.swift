// A step of the stiff method for one system, as three straight-line programs.
import Integration

/// What is computed once for a draw and segment, at every step, and at every stage of a step after the first.
///
/// Between the stages stand the sums that ``RosenbrockTable`` gives: a later stage's argument, and what the stages before it give to its
/// right-hand side.
public struct StepProgram: Sendable {
    /// Reads parameters and inputs.
    public let prepare: [Instruction]
    /// Which results of `prepare` are the constants that the step reads.
    public let constants: [Int]
    /// Reads time, step size, states and constants: Jacobian, factors, the first stage.
    public let step: [Instruction]
    /// Which results of `step` are the first solved stage, state by state.
    public let first: [Int]
    /// Reads its argument, the sums of earlier stages, constants and results of `step`, behind which its own are numbered on.
    public let stage: [Instruction]
    /// Which results are the solved stage.
    public let later: [Int]

    /// The step of Rodas5P with the exact Jacobian of a system, its factors in the order of least fill.
    public init<System: OrdinarySystem>(_ system: System.Type) {
        var builder = RosenbrockBuilder(System.traced())
        let (first, later) = builder.stages()
        var cutter = Cutter(builder.assembly, results: first + later)
        cutter.cut()
        prepare = cutter.prepare
        constants = cutter.constants
        step = Array(cutter.program[..<cutter.stageStart])
        stage = Array(cutter.program[cutter.stageStart...])
        self.first = first.map { cutter.place[$0] ?? 0 }
        self.later = later.map { cutter.place[$0] ?? 0 }
    }
}

/// Fuses sums of products, leaves out what nobody reads, and separates what is constant within a segment, and what within a step.
struct Cutter {
    private var instructions: [Instruction]
    private let ranks: [Assembly.Rank]
    private let results: [Int]
    var prepare: [Instruction] = []
    var constants: [Int] = []
    /// The step, and behind it what later stages repeat.
    var program: [Instruction] = []
    var stageStart = 0
    /// Where a result of the assembly stands in the program.
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
        for rank in [Assembly.Rank.varying, .staged] {
            stageStart = program.count
            for index in instructions.indices where needed[index] && ranks[index] == rank {
                let instruction = instructions[index]
                let operands = Dictionary(instruction.operands.map { ($0, operand($0)) }) { first, _ in first }
                program.append(instruction.renumbered { operands[$0] ?? 0 })
                place[index] = program.count - 1
            }
            for result in results where ranks[result] <= rank && place[result] == nil { place[result] = operand(result) }
        }
    }

    /// A result's place in the program: its own, or that of a number or constant read there.
    private mutating func operand(_ index: Int) -> Int {
        if let place = place[index] { return place }
        switch ranks[index] {
        case .varying, .staged: return 0
        case .number: program.append(instructions[index])
        case .constant: program.append(.leaf(.constant(constant(index))))
        }
        place[index] = program.count - 1
        return program.count - 1
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
            guard uses[index] == 1, ranks[index] >= .varying, case .multiply(let a, let b) = instructions[index] else { return nil }
            return (a, b)
        }
        for index in instructions.indices where needed[index] && ranks[index] >= .varying {
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
