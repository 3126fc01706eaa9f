// How a traced number came about: a graph that grows while a right-hand side runs on symbols.

/// What a right-hand side is given.
public enum Leaf: Sendable, Hashable {
    case time, step
    case state(Int)
    case parameter(Int)
    case input(Int)
    /// Something computed once for a draw and segment.
    case constant(Int)
    /// A later stage's argument, and what the stages before it give to its right-hand side, times the step.
    case argument(Int)
    case past(Int)
    /// A later stage's time, and what ∂f/∂t is multiplied by there.
    case moment, drift
    /// Of a series that is given: its value, and its coefficient of the order that is being computed.
    case givenStart(Int)
    case given(Int)
    /// A state's coefficient of that order.
    case term(Int)
    /// One of the sums of products of lower coefficients.
    case sum(Int)
    /// The order k, 1/k and 1/(k + 1).
    case order, part, share
}

/// A result and what it was made of.
final class Node: Sendable {
    enum Operation: Sendable {
        case number(Double)
        case leaf(Leaf)
        case add(Node, Node)
        case subtract(Node, Node)
        case multiply(Node, Node)
        case divide(Node, Node)
        case exp(Node)
        case log(Node)
        case root(Node)
        case magnitude(Node)
        case lessThan(Node, Node)
        case lessOrEqual(Node, Node)
        case both(Node, Node)
        case firstOnly(Node, Node)
        case select(Node, Node, Node)
    }

    let operation: Operation
    init(_ operation: Operation) { self.operation = operation }
}
