// The exact derivative of a result, as further instructions.

extension Assembly {
    /// ∂result/∂leaf, where the leaf is a time or a state; `known` keeps what was derived for the same leaf.
    ///
    /// A choice is differentiated on each side; where its comparison tips the derivative is that of the side chosen.
    mutating func derivative(of a: Int, by leaf: Int, _ known: inout [Int: Int]) -> Int {
        if let derived = known[a] { return derived }
        let derived = derivativeAnew(of: a, by: leaf, &known)
        known[a] = derived
        return derived
    }

    private mutating func derivativeAnew(of a: Int, by leaf: Int, _ known: inout [Int: Int]) -> Int {
        if a == leaf { return number(1) }
        guard ranks[a] == .varying else { return number(0) }
        switch instructions[a] {
        case .number, .leaf, .lessThan, .lessOrEqual, .both, .firstOnly: return number(0)
        case .add(let x, let y):
            let first = derivative(of: x, by: leaf, &known)
            return add(first, derivative(of: y, by: leaf, &known))
        case .subtract(let x, let y):
            let first = derivative(of: x, by: leaf, &known)
            return subtract(first, derivative(of: y, by: leaf, &known))
        case .negate(let x): return negate(derivative(of: x, by: leaf, &known))
        case .multiply(let x, let y):
            let first = multiply(derivative(of: x, by: leaf, &known), y)
            return add(first, multiply(x, derivative(of: y, by: leaf, &known)))
        case .divide(let x, let y):
            // (x/y)′ = (x′ − (x/y)·y′)/y
            let top = derivative(of: x, by: leaf, &known)
            let bottom = derivative(of: y, by: leaf, &known)
            return divide(subtract(top, multiply(a, bottom)), y)
        case .multiplyAdd, .subtractProduct, .multiplySubtract:
            preconditionFailure("sums of products are fused after all derivatives are taken")
        case .exp(let x): return multiply(a, derivative(of: x, by: leaf, &known))
        case .log(let x): return divide(derivative(of: x, by: leaf, &known), x)
        case .root(let x):
            let inner = derivative(of: x, by: leaf, &known)
            return divide(multiply(number(0.5), inner), a)
        case .magnitude(let x):
            let inner = derivative(of: x, by: leaf, &known)
            let isNegative = lessThan(x, number(0))
            return select(isNegative, negate(inner), inner)
        case .select(let mask, let x, let y):
            let first = derivative(of: x, by: leaf, &known)
            return select(mask, first, derivative(of: y, by: leaf, &known))
        }
    }
}
