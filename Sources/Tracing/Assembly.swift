// Puts a straight-line program together: equal operations once, trivial ones not at all.
import Integration

/// Instructions in the order of their making; each is named by its number.
///
/// Signs move outward (a·(−b) becomes −(a·b), x + (−y) becomes x − y), so that sums of products can be fused. Division by something
/// that changes less often becomes multiplication by its reciprocal, which is then computed less often.
struct Assembly {
    /// How often a result changes: a number never, a constant with draw and segment, the rest with every step, or every later stage
    /// or order of one.
    enum Rank: Int, Comparable {
        case number, constant, varying, staged
        static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
    }

    /// Whether what is computed from constants is left in the step, where nothing is computed before it.
    private let constantsVary: Bool
    private(set) var instructions: [Instruction] = []
    private(set) var ranks: [Rank] = []
    private var places: [Instruction: Int] = [:]

    init(constantsVary: Bool = false) { self.constantsVary = constantsVary }

    private mutating func emit(_ instruction: Instruction) -> Int {
        if let place = places[instruction] { return place }
        let rank: Rank =
            switch instruction {
            case .number: .number
            case .leaf(.parameter), .leaf(.input), .leaf(.constant): constantsVary ? .varying : .constant
            case .leaf(.argument), .leaf(.past), .leaf(.moment), .leaf(.drift): .staged
            case .leaf(.term), .leaf(.given), .leaf(.sum), .leaf(.order), .leaf(.part), .leaf(.share): .staged
            case .leaf: .varying
            default: instruction.operands.map { ranks[$0] }.max() ?? .number
            }
        instructions.append(instruction)
        ranks.append(rank)
        places[instruction] = instructions.count - 1
        return instructions.count - 1
    }

    mutating func number(_ value: Double) -> Int { emit(.number(value.bitPattern)) }
    mutating func leaf(_ leaf: Leaf) -> Int { emit(.leaf(leaf)) }

    /// The number that a result is, if it is one.
    func value(_ a: Int) -> Double? {
        if case .number(let bits) = instructions[a] { Double(bitPattern: bits) } else { nil }
    }
    private func negated(_ a: Int) -> Int? {
        if case .negate(let b) = instructions[a] { b } else { nil }
    }

    mutating func negate(_ a: Int) -> Int {
        if let x = value(a) { return number(-x) }
        if let b = negated(a) { return b }
        if case .subtract(let b, let c) = instructions[a] { return emit(.subtract(c, b)) }
        return emit(.negate(a))
    }

    mutating func add(_ a: Int, _ b: Int) -> Int {
        if let x = value(a), let y = value(b) { return number(x + y) }
        if value(a) == 0 { return b }
        if value(b) == 0 { return a }
        if let c = negated(b) { return subtract(a, c) }
        if let c = negated(a) { return subtract(b, c) }
        return emit(.add(min(a, b), max(a, b)))
    }

    mutating func subtract(_ a: Int, _ b: Int) -> Int {
        if let x = value(a), let y = value(b) { return number(x - y) }
        if value(a) == 0 { return negate(b) }
        if value(b) == 0 { return a }
        if let c = negated(b) { return add(a, c) }
        if let c = negated(a) { return negate(add(c, b)) }
        return emit(.subtract(a, b))
    }

    mutating func multiply(_ a: Int, _ b: Int) -> Int {
        if let x = value(a), let y = value(b) { return number(x * y) }
        if value(a) == 0 || value(b) == 0 { return number(0) }
        if value(a) == 1 { return b }
        if value(b) == 1 { return a }
        if value(a) == -1 { return negate(b) }
        if value(b) == -1 { return negate(a) }
        if let c = negated(a) { return negate(multiply(c, b)) }
        if let c = negated(b) { return negate(multiply(a, c)) }
        return emit(.multiply(min(a, b), max(a, b)))
    }

    mutating func divide(_ a: Int, _ b: Int) -> Int {
        if let x = value(a), let y = value(b) { return number(x / y) }
        if value(a) == 0 { return number(0) }
        if let c = negated(a) { return negate(divide(c, b)) }
        if let c = negated(b) { return negate(divide(a, c)) }
        if ranks[a] >= .varying, ranks[b] < ranks[a] {
            let reciprocal = divide(number(1), b)
            return multiply(a, reciprocal)
        }
        return emit(.divide(a, b))
    }

    mutating func exp(_ a: Int) -> Int { emit(.exp(a)) }
    mutating func log(_ a: Int) -> Int { emit(.log(a)) }
    mutating func root(_ a: Int) -> Int { emit(.root(a)) }
    mutating func magnitude(_ a: Int) -> Int { emit(.magnitude(a)) }
    mutating func lessThan(_ a: Int, _ b: Int) -> Int { emit(.lessThan(a, b)) }
    mutating func lessOrEqual(_ a: Int, _ b: Int) -> Int { emit(.lessOrEqual(a, b)) }
    mutating func both(_ a: Int, _ b: Int) -> Int { emit(.both(a, b)) }
    mutating func firstOnly(_ a: Int, _ b: Int) -> Int { emit(.firstOnly(a, b)) }
    mutating func select(_ mask: Int, _ a: Int, _ b: Int) -> Int { a == b ? a : emit(.select(mask, a, b)) }
}
