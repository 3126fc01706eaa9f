// The Taylor coefficients of a system's solution: those at the start, and one order in terms of those below it.

/// Every formula becomes a power series in the time since the start of the step; the coefficients of one order need those of lower orders only
/// (Moore 1966, Interval Analysis; Jorba and Zou 2005). A state's next coefficient is that of its rate, divided by the order.
///
/// The order is a symbol: sums of products of lower coefficients are leaves (``sums``), of which all are made in one loop. A comparison is made
/// once, at the start of the step.
struct SeriesBuilder {
    /// A series that a sum reads: of a state, or one that is kept for it.
    enum Series: Hashable {
        case state(Int)
        case slot(Int)
    }

    private(set) var assembly = Assembly(constantsVary: true)
    /// Σ aⱼ·b₍ₖ₋ⱼ₎ over j = 1 … k − 1.
    private(set) var sums: [(left: Series, right: Series)] = []
    /// Which result of an order goes into each slot behind those of the series that are given.
    private(set) var kept: [Int] = []
    /// The rates of the states that are stepped, by state.
    private let rates: [Int: Node]
    private let given: Int
    private var starts: [ObjectIdentifier: Int] = [:]
    private var terms: [ObjectIdentifier: Int] = [:]
    private var masks: [ObjectIdentifier: Int] = [:]
    private var slots: [ObjectIdentifier: Series] = [:]
    private var weighted: [ObjectIdentifier: Series] = [:]
    private var found: [[Series]: Int] = [:]

    /// - Parameter given: how many series the rates read that are not states: `Leaf.givenStart`.
    init(_ rates: [Int: Node], given: Int) {
        self.rates = rates
        self.given = given
    }

    /// Which results are the coefficients of the first power, and of the power k + 1 for an order k of at least one.
    mutating func coefficients() -> (first: [Int: Int], later: [Int: Int]) {
        var (first, later): ([Int: Int], [Int: Int]) = ([:], [:])
        for (state, rate) in rates.sorted(by: { $0.key < $1.key }) { first[state] = start(rate) }
        let share = assembly.leaf(.share)
        for (state, rate) in rates.sorted(by: { $0.key < $1.key }) { later[state] = scaled(rate, share) }
        return (first, later)
    }

    // MARK: At the start

    private mutating func start(_ node: Node) -> Int {
        if let known = starts[ObjectIdentifier(node)] { return known }
        let result = startAnew(node)
        starts[ObjectIdentifier(node)] = result
        return result
    }

    private mutating func startAnew(_ node: Node) -> Int {
        switch node.operation {
        case .number(let value): return assembly.number(value)
        case .leaf(let leaf): return assembly.leaf(leaf)
        case .add(let a, let b): return assembly.add(start(a), start(b))
        case .subtract(let a, let b): return assembly.subtract(start(a), start(b))
        case .multiply(let a, let b): return assembly.multiply(start(a), start(b))
        case .divide(let a, let b): return assembly.multiply(start(a), reciprocal(start(b)))
        case .exp(let a): return assembly.exp(start(a))
        case .log(let a): return assembly.log(start(a))
        case .root(let a): return assembly.root(start(a))
        case .magnitude(let a): return assembly.magnitude(start(a))
        case .select(let mask, let a, let b): return assembly.select(truth(mask), start(a), start(b))
        case .lessThan, .lessOrEqual, .both, .firstOnly: preconditionFailure("a truth value has no series")
        }
    }

    private mutating func truth(_ node: Node) -> Int {
        if let known = masks[ObjectIdentifier(node)] { return known }
        let mask =
            switch node.operation {
            case .lessThan(let a, let b): assembly.lessThan(start(a), start(b))
            case .lessOrEqual(let a, let b): assembly.lessOrEqual(start(a), start(b))
            case .both(let a, let b): assembly.both(truth(a), truth(b))
            case .firstOnly(let a, let b): assembly.firstOnly(truth(a), truth(b))
            default: preconditionFailure("a number is no truth value")
            }
        masks[ObjectIdentifier(node)] = mask
        return mask
    }

    private mutating func reciprocal(_ a: Int) -> Int { assembly.divide(assembly.number(1), a) }

    // MARK: An order of at least one

    private mutating func term(_ node: Node) -> Int {
        if let known = terms[ObjectIdentifier(node)] { return known }
        let result = termAnew(node)
        terms[ObjectIdentifier(node)] = result
        return result
    }

    private mutating func termAnew(_ node: Node) -> Int {
        switch node.operation {
        case .number: return assembly.number(0)
        case .leaf(.givenStart(let index)): return assembly.leaf(.given(index))
        case .leaf(.state(let index)): return assembly.leaf(.term(index))
        case .leaf: return assembly.number(0)
        case .add(let a, let b): return assembly.add(term(a), term(b))
        case .subtract(let a, let b): return assembly.subtract(term(a), term(b))
        case .multiply(let a, let b):
            let (first, second) = (term(a), term(b))
            // The newest coefficients last: sums do not wait for them.
            let ends = assembly.multiply(start(a), second)
            if isConstant(a) { return ends }
            if isConstant(b) { return assembly.multiply(start(b), first) }
            return assembly.add(assembly.add(sum(series(a), series(b)), ends), assembly.multiply(start(b), first))
        case .divide(let a, let b):
            if isConstant(b) { return assembly.multiply(term(a), reciprocal(start(b))) }
            let past = sum(series(b), series(node))
            let rest = assembly.subtract(term(a), assembly.add(past, assembly.multiply(start(node), term(b))))
            return assembly.multiply(rest, reciprocal(start(b)))
        case .exp(let a):
            let past = assembly.multiply(assembly.leaf(.part), sum(weighted(a), series(node)))
            return assembly.add(past, assembly.multiply(term(a), start(node)))
        case .log(let a):
            let past = assembly.multiply(assembly.leaf(.part), sum(weighted(node), series(a)))
            return assembly.multiply(assembly.subtract(term(a), past), reciprocal(start(a)))
        case .root(let a):
            let rest = assembly.subtract(term(a), sum(series(node), series(node)))
            return assembly.multiply(rest, reciprocal(assembly.multiply(assembly.number(2), start(node))))
        case .magnitude(let a):
            let isNegative = assembly.lessThan(start(a), assembly.number(0))
            return assembly.select(isNegative, assembly.negate(term(a)), term(a))
        case .select(let mask, let a, let b): return assembly.select(truth(mask), term(a), term(b))
        case .lessThan, .lessOrEqual, .both, .firstOnly: preconditionFailure("a truth value has no series")
        }
    }

    /// A coefficient times a factor, which goes into another that stays the same during a step: what states have in common is multiplied once.
    private mutating func scaled(_ node: Node, _ factor: Int) -> Int {
        switch node.operation {
        case .subtract(let zero, let a) where zero.isZero: return scaled(a, assembly.negate(factor))
        case .select(let mask, let a, let b): return assembly.select(truth(mask), scaled(a, factor), scaled(b, factor))
        case .multiply(let a, let b) where isConstant(a): return assembly.multiply(assembly.multiply(start(a), factor), term(b))
        case .multiply(let a, let b) where isConstant(b): return assembly.multiply(assembly.multiply(start(b), factor), term(a))
        default: return assembly.multiply(term(node), factor)
        }
    }

    /// Whether all coefficients but the first are zero.
    private mutating func isConstant(_ node: Node) -> Bool {
        switch node.operation {
        case .number, .leaf(.constant), .leaf(.parameter), .leaf(.input): return true
        case .leaf: return false
        default:
            let term = term(node)
            return assembly.value(term) == 0
        }
    }

    /// Σ leftⱼ·rightₙ₋ⱼ. States stand on the left, so that sums that have one in common read the same coefficient of it at a time.
    private mutating func sum(_ left: Series, _ right: Series) -> Int {
        if case .slot = left, case .state = right { return sum(right, left) }
        if let place = found[[left, right]] { return assembly.leaf(.sum(place)) }
        sums.append((left, right))
        found[[left, right]] = sums.count - 1
        return assembly.leaf(.sum(sums.count - 1))
    }

    /// Where the lower coefficients of a formula stand: a state's with the step's, others' in a slot of their own, where they are put when all
    /// terms are there.
    private mutating func series(_ node: Node) -> Series {
        if let known = slots[ObjectIdentifier(node)] { return known }
        let series: Series
        switch node.operation {
        case .leaf(.state(let index)): series = .state(index)
        case .leaf(.givenStart(let index)): series = .slot(index)
        default:
            series = .slot(given + kept.count)
            kept.append(-1)
            pending.append((kept.count - 1, node, false))
        }
        slots[ObjectIdentifier(node)] = series
        return series
    }

    /// The same of j·aⱼ.
    private mutating func weighted(_ node: Node) -> Series {
        if let known = weighted[ObjectIdentifier(node)] { return known }
        kept.append(-1)
        pending.append((kept.count - 1, node, true))
        let series = Series.slot(given + kept.count - 1)
        weighted[ObjectIdentifier(node)] = series
        return series
    }

    private var pending: [(place: Int, node: Node, isWeighted: Bool)] = []

    /// Finds what goes into the slots, once all coefficients are there.
    mutating func keep() {
        while let (place, node, isWeighted) = pending.popLast() {
            let term = term(node)
            kept[place] = isWeighted ? assembly.multiply(assembly.leaf(.order), term) : term
        }
    }
}

extension Node {
    fileprivate var isZero: Bool {
        if case .number(0) = operation { true } else { false }
    }
}
