// Writes a step of Rodas5P for given formulas: Jacobian, sparse factors, the first solved stage, and what is the same in all later ones.
import Integration

/// - Invariant R1: the Jacobian and ∂f/∂t are derivatives of the formulas, never differences.
/// - The factors are made without pivoting, on the diagonal, in Markowitz's (1957) order of least fill: the diagonal of 1/(γh) − J
///   dominates for small steps, and a step whose factors are spoilt has a large error and is refused.
struct RosenbrockBuilder {
    private(set) var assembly = Assembly()
    private let formulas: [Node]
    private let time: Int
    private let step: Int
    private let state: [Int]
    private var count: Int { formulas.count }

    init(_ formulas: [Node]) {
        self.formulas = formulas
        time = assembly.leaf(.time)
        step = assembly.leaf(.step)
        var state: [Int] = []
        for index in formulas.indices { state.append(assembly.leaf(.state(index))) }
        self.state = state
    }

    /// The results that are the first stage, and a later one in terms of its argument and of what the stages before it give.
    mutating func stages() -> (first: [Int], later: [Int]) {
        let inverseStep = assembly.divide(assembly.number(1), step)
        let rates = rates(time: time, state: state)
        let (jacobian, inTime) = derivatives(of: rates)
        let factors = factorised(jacobian, inverseStep)
        let drift = assembly.multiply(assembly.number(RosenbrockTable.delta[0]), step)
        let first = solved(factors, (0..<count).map { assembly.add(rates[$0], assembly.multiply(drift, inTime[$0])) })

        var argument: [Int] = []
        for i in 0..<count { argument.append(assembly.leaf(.argument(i))) }
        var right = self.rates(time: assembly.leaf(.moment), state: argument)
        let laterDrift = assembly.leaf(.drift)
        for i in 0..<count {
            let past = assembly.multiply(assembly.leaf(.past(i)), inverseStep)
            right[i] = assembly.add(assembly.add(right[i], past), assembly.multiply(laterDrift, inTime[i]))
        }
        return (first, solved(factors, right))
    }

    private mutating func rates(time: Int, state: [Int]) -> [Int] {
        var setting = Assembly.Setting(time: time, state: state)
        return formulas.map { assembly.place($0, in: &setting) }
    }

    /// ∂f/∂y without its zeros, and ∂f/∂t.
    private mutating func derivatives(of rates: [Int]) -> (jacobian: [Entry: Int], inTime: [Int]) {
        var jacobian: [Entry: Int] = [:]
        for j in 0..<count {
            var known: [Int: Int] = [:]
            for i in 0..<count {
                let derived = assembly.derivative(of: rates[i], by: state[j], &known)
                if assembly.value(derived) != 0 { jacobian[Entry(i, j)] = derived }
            }
        }
        var known: [Int: Int] = [:]
        var inTime: [Int] = []
        for rate in rates { inTime.append(assembly.derivative(of: rate, by: time, &known)) }
        return (jacobian, inTime)
    }
}

extension RosenbrockBuilder {
    /// A row and a column.
    struct Entry: Hashable {
        var row: Int
        var column: Int
        init(_ row: Int, _ column: Int) { (self.row, self.column) = (row, column) }
    }

    /// L and U of 1/(γh) − J: L's entries, U's entries above the diagonal, the reciprocals of its diagonal.
    struct Factors {
        var order: [Int]
        var lower: [(entry: Entry, value: Int)] = []
        var upper: [Entry: Int]
        var reciprocal: [Int: Int] = [:]
    }

    private mutating func factorised(_ jacobian: [Entry: Int], _ inverseStep: Int) -> Factors {
        let diagonal = assembly.multiply(assembly.number(1 / RosenbrockTable.gamma), inverseStep)
        var matrix: [Entry: Int] = [:]
        for i in 0..<count {
            for j in 0..<count {
                let entry = Entry(i, j)
                if i == j {
                    matrix[entry] = jacobian[entry].map { assembly.subtract(diagonal, $0) } ?? diagonal
                } else if let value = jacobian[entry] {
                    matrix[entry] = assembly.negate(value)
                }
            }
        }
        var factors = Factors(order: Self.markowitz(Set(matrix.keys), count: count), upper: matrix)
        for (done, pivot) in factors.order.enumerated() {
            let left = factors.order[(done + 1)...]
            guard let head = factors.upper[Entry(pivot, pivot)] else { continue }
            let reciprocal = assembly.divide(assembly.number(1), head)
            factors.reciprocal[pivot] = reciprocal
            for i in left {
                guard let below = factors.upper[Entry(i, pivot)] else { continue }
                let multiplier = assembly.multiply(below, reciprocal)
                factors.lower.append((Entry(i, pivot), multiplier))
                for j in left {
                    guard let above = factors.upper[Entry(pivot, j)] else { continue }
                    let product = assembly.multiply(multiplier, above)
                    let old = factors.upper[Entry(i, j)] ?? assembly.number(0)
                    factors.upper[Entry(i, j)] = assembly.subtract(old, product)
                }
            }
        }
        return factors
    }

    private mutating func solved(_ factors: Factors, _ right: [Int]) -> [Int] {
        var x = right
        for (entry, multiplier) in factors.lower {
            x[entry.row] = assembly.subtract(x[entry.row], assembly.multiply(multiplier, x[entry.column]))
        }
        for (place, row) in factors.order.enumerated().reversed() {
            for column in factors.order[(place + 1)...] {
                guard let above = factors.upper[Entry(row, column)] else { continue }
                x[row] = assembly.subtract(x[row], assembly.multiply(above, x[column]))
            }
            if let reciprocal = factors.reciprocal[row] { x[row] = assembly.multiply(x[row], reciprocal) }
        }
        return x
    }

    /// The diagonal's order of elimination: each time the least product of others in its row and column (Markowitz 1957).
    static func markowitz(_ pattern: Set<Entry>, count: Int) -> [Int] {
        var pattern = pattern
        var left = Array(0..<count)
        var order: [Int] = []
        while !left.isEmpty {
            var best = (cost: Int.max, pivot: 0)
            for pivot in left {
                let others = left.filter { $0 != pivot }
                let row = others.filter { pattern.contains(Entry(pivot, $0)) }.count
                let column = others.filter { pattern.contains(Entry($0, pivot)) }.count
                if row * column < best.cost { best = (row * column, pivot) }
            }
            left.removeAll { $0 == best.pivot }
            order.append(best.pivot)
            for i in left where pattern.contains(Entry(i, best.pivot)) {
                for j in left where pattern.contains(Entry(best.pivot, j)) { pattern.insert(Entry(i, j)) }
            }
        }
        return order
    }
}
