// The Taylor coefficients of a system's solution, order by order, as straight-line instructions.

/// Every formula becomes a power series in the time since the start of the step; the coefficients of one order need those of lower orders only
/// (Moore 1966, Interval Analysis; Jorba and Zou 2005). A state's next coefficient is that of its rate, divided by the order.
///
/// What is known to be zero costs nothing: a constant has one coefficient, time two. A comparison is made once, at the start of the step.
struct SeriesBuilder {
    private(set) var assembly = Assembly(constantsVary: true)
    /// The rates of the states that are stepped, by state.
    private let rates: [Int: Node]
    private let time: Int
    private var states: [Int: [Int]] = [:]
    private var series: [ObjectIdentifier: [Int]] = [:]
    private var masks: [ObjectIdentifier: Int] = [:]

    init(_ rates: [Int: Node]) {
        self.rates = rates
        time = assembly.leaf(.time)
        for state in rates.keys.sorted() { states[state] = [assembly.leaf(.state(state))] }
    }

    /// Which results are the coefficients of the powers 1 to `order`, of every state that is stepped.
    mutating func coefficients(order: Int) -> [[Int: Int]] {
        (0..<order).map { power in
            var next: [Int: Int] = [:]
            for (state, rate) in rates.sorted(by: { $0.key < $1.key }) {
                next[state] = scaled(rate, power, 1 / Double(power + 1))
            }
            for (state, result) in next { states[state]?.append(result) }
            return next
        }
    }

    private mutating func coefficient(_ node: Node, _ order: Int) -> Int {
        let name = ObjectIdentifier(node)
        while true {
            let known = series[name]?.count ?? 0
            if let found = series[name], order < found.count { return found[order] }
            let result = coefficientAnew(node, known)
            series[name, default: []].append(result)
        }
    }

    /// A coefficient times a number, which goes into a factor that stays the same: what states have in common is multiplied once.
    private mutating func scaled(_ node: Node, _ k: Int, _ factor: Double) -> Int {
        if case .subtract(let zero, let a) = node.operation, case .number(0) = zero.operation { return scaled(a, k, -factor) }
        if case .select(let mask, let a, let b) = node.operation {
            let (first, second) = (scaled(a, k, factor), scaled(b, k, factor))
            return assembly.select(truth(mask), first, second)
        }
        guard case .multiply(let a, let b) = node.operation else { return assembly.multiply(coefficient(node, k), assembly.number(factor)) }
        for (constant, other) in [(a, b), (b, a)] where constant.isConstant {
            let weight = assembly.multiply(assembly.number(factor), coefficient(constant, 0))
            return assembly.multiply(weight, coefficient(other, k))
        }
        return assembly.multiply(coefficient(node, k), assembly.number(factor))
    }

    private mutating func coefficientAnew(_ node: Node, _ k: Int) -> Int {
        switch node.operation {
        case .number(let value): return assembly.number(k == 0 ? value : 0)
        case .leaf(.time): return k == 0 ? time : assembly.number(k == 1 ? 1 : 0)
        case .leaf(.state(let index)):
            guard let known = states[index] else { preconditionFailure("a rate reads a state that is neither stepped nor known") }
            return known[k]
        case .leaf(let other): return k == 0 ? assembly.leaf(other) : assembly.number(0)
        case .add(let a, let b):
            let first = coefficient(a, k)
            return assembly.add(first, coefficient(b, k))
        case .subtract(let a, let b):
            let first = coefficient(a, k)
            return assembly.subtract(first, coefficient(b, k))
        case .multiply(let a, let b): return product(a, b, k)
        case .divide(let a, let b): return quotient(a, b, node, k)
        case .exp(let a):
            guard k > 0 else { return assembly.exp(coefficient(a, 0)) }
            return assembly.multiply(assembly.number(1 / Double(k)), weighted(a, node, k, 1...k))
        case .log(let a):
            guard k > 0 else { return assembly.log(coefficient(a, 0)) }
            let past = k > 1 ? weighted(node, a, k, 1...k - 1) : assembly.number(0)
            let rest = assembly.multiply(assembly.number(1 / Double(k)), past)
            return assembly.multiply(assembly.subtract(coefficient(a, k), rest), reciprocal(coefficient(a, 0)))
        case .root(let a):
            guard k > 0 else { return assembly.root(coefficient(a, 0)) }
            var rest = coefficient(a, k)
            for j in stride(from: 1, to: k, by: 1) {
                rest = assembly.subtract(rest, assembly.multiply(coefficient(node, j), coefficient(node, k - j)))
            }
            return assembly.multiply(rest, reciprocal(assembly.multiply(assembly.number(2), coefficient(node, 0))))
        case .magnitude(let a):
            let (first, here) = (coefficient(a, 0), coefficient(a, k))
            let isNegative = assembly.lessThan(first, assembly.number(0))
            return assembly.select(isNegative, assembly.negate(here), here)
        case .select(let mask, let a, let b):
            let (first, second) = (coefficient(a, k), coefficient(b, k))
            return assembly.select(truth(mask), first, second)
        case .lessThan, .lessOrEqual, .both, .firstOnly: preconditionFailure("a truth value has no series")
        }
    }

    /// Σ aⱼ·b₍ₖ₋ⱼ₎: what has long been known first, so that little waits for the newest coefficients.
    private mutating func product(_ a: Node, _ b: Node, _ k: Int) -> Int {
        var sum = assembly.number(0)
        for j in stride(from: 1, to: k, by: 1) {
            let first = coefficient(a, j)
            sum = assembly.add(sum, assembly.multiply(first, coefficient(b, k - j)))
        }
        let (lowest, highest) = (coefficient(a, 0), coefficient(b, k))
        sum = assembly.add(sum, assembly.multiply(lowest, highest))
        guard k > 0 else { return sum }
        let newest = coefficient(a, k)
        return assembly.add(sum, assembly.multiply(newest, coefficient(b, 0)))
    }

    /// (aₖ − Σ bⱼ·q₍ₖ₋ⱼ₎)/b₀.
    private mutating func quotient(_ a: Node, _ b: Node, _ node: Node, _ k: Int) -> Int {
        var rest = coefficient(a, k)
        let bottom = reciprocal(coefficient(b, 0))
        for j in stride(from: k, to: 0, by: -1) {
            let below = coefficient(b, j)
            rest = assembly.subtract(rest, assembly.multiply(below, coefficient(node, k - j)))
        }
        return assembly.multiply(rest, bottom)
    }

    /// Σ j·aⱼ·b₍ₖ₋ⱼ₎ over some j.
    private mutating func weighted(_ a: Node, _ b: Node, _ k: Int, _ range: ClosedRange<Int>) -> Int {
        var sum = assembly.number(0)
        for j in range {
            let first = assembly.multiply(assembly.number(Double(j)), coefficient(a, j))
            sum = assembly.add(sum, assembly.multiply(first, coefficient(b, k - j)))
        }
        return sum
    }

    private mutating func reciprocal(_ a: Int) -> Int { assembly.divide(assembly.number(1), a) }

    private mutating func truth(_ node: Node) -> Int {
        if let known = masks[ObjectIdentifier(node)] { return known }
        let mask: Int
        switch node.operation {
        case .lessThan(let a, let b):
            let first = coefficient(a, 0)
            mask = assembly.lessThan(first, coefficient(b, 0))
        case .lessOrEqual(let a, let b):
            let first = coefficient(a, 0)
            mask = assembly.lessOrEqual(first, coefficient(b, 0))
        case .both(let a, let b):
            let first = truth(a)
            mask = assembly.both(first, truth(b))
        case .firstOnly(let a, let b):
            let first = truth(a)
            mask = assembly.firstOnly(first, truth(b))
        default: preconditionFailure("a number is no truth value")
        }
        masks[ObjectIdentifier(node)] = mask
        return mask
    }
}

extension Node {
    /// Whether it stays the same during a step, as far as can be seen at once.
    fileprivate var isConstant: Bool {
        switch operation {
        case .number, .leaf(.constant), .leaf(.parameter), .leaf(.input): true
        default: false
        }
    }
}
