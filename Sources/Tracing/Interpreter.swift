// Reads a straight-line program instruction by instruction, in any lane.
import Integration

enum Interpreter {
    /// The results of a program, numbered from `first` on behind those that are there already.
    static func evaluate<L: Lane>(
        _ program: [Instruction], into results: UnsafeMutablePointer<L>, from first: Int, _ leaf: (Leaf) -> L
    ) {
        for (place, instruction) in zip(first..., program) { results[place] = value(instruction, results, leaf) }
    }

    private static func value<L: Lane>(_ instruction: Instruction, _ r: UnsafeMutablePointer<L>, _ leaf: (Leaf) -> L) -> L {
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
