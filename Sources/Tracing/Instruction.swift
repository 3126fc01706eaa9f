// One operation of a straight-line program; operands are the numbers of earlier ones.

/// An operation on results of the same program.
public enum Instruction: Sendable, Hashable {
    /// A number by its bits, which tell 0 from −0.
    case number(UInt64)
    case leaf(Leaf)
    case add(Int, Int)
    case subtract(Int, Int)
    case multiply(Int, Int)
    case divide(Int, Int)
    case negate(Int)
    /// `a·b + c`, `c − a·b` and `a·b − c`, each with ``Lane/multiplyAdd(_:_:_:)``.
    case multiplyAdd(Int, Int, Int)
    case subtractProduct(Int, Int, Int)
    case multiplySubtract(Int, Int, Int)
    case exp(Int)
    case log(Int)
    case root(Int)
    case magnitude(Int)
    case lessThan(Int, Int)
    case lessOrEqual(Int, Int)
    case both(Int, Int)
    case firstOnly(Int, Int)
    case select(Int, Int, Int)

    /// What it reads.
    var operands: [Int] {
        switch self {
        case .number, .leaf: []
        case .negate(let a), .exp(let a), .log(let a), .root(let a), .magnitude(let a): [a]
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b), .lessThan(let a, let b),
            .lessOrEqual(let a, let b), .both(let a, let b), .firstOnly(let a, let b):
            [a, b]
        case .multiplyAdd(let a, let b, let c), .subtractProduct(let a, let b, let c), .multiplySubtract(let a, let b, let c),
            .select(let a, let b, let c):
            [a, b, c]
        }
    }

    /// The same operation on other results.
    func renumbered(_ new: (Int) -> Int) -> Instruction {
        switch self {
        case .number, .leaf: self
        case .add(let a, let b): .add(new(a), new(b))
        case .subtract(let a, let b): .subtract(new(a), new(b))
        case .multiply(let a, let b): .multiply(new(a), new(b))
        case .divide(let a, let b): .divide(new(a), new(b))
        case .negate(let a): .negate(new(a))
        case .multiplyAdd(let a, let b, let c): .multiplyAdd(new(a), new(b), new(c))
        case .subtractProduct(let a, let b, let c): .subtractProduct(new(a), new(b), new(c))
        case .multiplySubtract(let a, let b, let c): .multiplySubtract(new(a), new(b), new(c))
        case .exp(let a): .exp(new(a))
        case .log(let a): .log(new(a))
        case .root(let a): .root(new(a))
        case .magnitude(let a): .magnitude(new(a))
        case .lessThan(let a, let b): .lessThan(new(a), new(b))
        case .lessOrEqual(let a, let b): .lessOrEqual(new(a), new(b))
        case .both(let a, let b): .both(new(a), new(b))
        case .firstOnly(let a, let b): .firstOnly(new(a), new(b))
        case .select(let a, let b, let c): .select(new(a), new(b), new(c))
        }
    }
}
