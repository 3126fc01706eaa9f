// The lane of symbols: a right-hand side that runs on it leaves its formula behind.
import Integration

/// A symbol. What is computed with it is remembered, not done.
///
/// A right-hand side must not ask what only a number can answer (``any(_:)``, a place's value, its bits): that is a precondition.
public struct Traced: Lane {
    /// A comparison's answer, likewise a symbol.
    public struct Mask: Sendable {
        let node: Node
    }
    public typealias Single = Traced

    let node: Node

    init(_ operation: Node.Operation) { node = Node(operation) }
    init(_ leaf: Leaf) { node = Node(.leaf(leaf)) }
    public init(_ value: Double) { node = Node(.number(value)) }
    public static var width: Int { 1 }

    public static func + (a: Self, b: Self) -> Self { Self(.add(a.node, b.node)) }
    public static func - (a: Self, b: Self) -> Self { Self(.subtract(a.node, b.node)) }
    public static func * (a: Self, b: Self) -> Self { Self(.multiply(a.node, b.node)) }
    public static func / (a: Self, b: Self) -> Self { Self(.divide(a.node, b.node)) }
    /// Kept apart: ``Assembly`` finds all sums of products, these among them.
    public static func multiplyAdd(_ a: Self, _ b: Self, _ c: Self) -> Self { a * b + c }

    public static func lessThan(_ a: Self, _ b: Self) -> Mask { Mask(node: Node(.lessThan(a.node, b.node))) }
    public static func lessOrEqual(_ a: Self, _ b: Self) -> Mask { Mask(node: Node(.lessOrEqual(a.node, b.node))) }
    public static func both(_ a: Mask, _ b: Mask) -> Mask { Mask(node: Node(.both(a.node, b.node))) }
    public static func firstOnly(_ a: Mask, _ b: Mask) -> Mask { Mask(node: Node(.firstOnly(a.node, b.node))) }
    public static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self { Self(.select(mask.node, a.node, b.node)) }

    public var magnitude: Self { Self(.magnitude(node)) }
    public func squareRoot() -> Self { Self(.root(node)) }
    public func exp() -> Self { Self(.exp(node)) }
    public func log() -> Self { Self(.log(node)) }

    public static func any(_ mask: Mask) -> Bool { noNumber() }
    public static func isSet(_ mask: Mask, lane: Int) -> Bool { noNumber() }
    public subscript(lane lane: Int) -> Double {
        get { Self.noNumber() }
        set { Self.noNumber() }
    }
    public func timesPowerOfTwo(_ n: Self) -> Self { Self.noNumber() }
    public func splitAtPowerOfTwo() -> (significand: Self, exponent: Self) { Self.noNumber() }

    private static func noNumber() -> Never {
        preconditionFailure("a right-hand side that is to be traced asked a symbol for its value")
    }
}

extension OrdinarySystem {
    /// The formulas of all rates.
    static func traced() -> [Node] {
        let state = (0..<stateCount).map { Traced(.state($0)) }
        let given = (0..<parameterCount).map { Traced(.parameter($0)) }
        var derived = [Traced](repeating: Traced(0), count: derivedCount)
        var behind = derived.mutableSpan
        derive(parameters: given.span, into: &behind)
        let parameters = given + derived
        let inputs = (0..<inputCount + switchCount).map { Traced(.input($0)) }
        var rates = [Traced](repeating: Traced(0), count: stateCount)
        var into = rates.mutableSpan
        derivative(time: Traced(.time), state: state.span, parameters: parameters.span, input: inputs.span, into: &into)
        return rates.map(\.node)
    }
}
