// The method for large stiff systems: one draw at a time, several past states instead of several stages.

/// Numerical differentiation formulas (backward differentiation formulas with a smaller error) of variable order one to five and
/// variable step, for systems of more than about fifty states.
///
/// Shampine and Reichelt (1997), SIAM J. Sci. Comput. 18:1–22: backward differences at a spacing that is kept for several steps.
/// - Each step is solved by Newton's method. Its matrix is banded or dense, as the pattern of the Jacobian suggests
///   (``JacobianStructure``); the Jacobian is kept as long as the iteration converges with it.
/// - Invariant R1: the Jacobian is exact, from dual numbers, never from differences.
/// - Requested times are read off the polynomial through the past states and change no step (invariant N6).
/// - In the baseline arithmetic on every machine: the same bytes everywhere.
///
/// Making one finds the structure; use it for all draws.
public struct BackwardDifferences: Sendable {
    let problem: LargeProblem
    /// How the Newton matrix is stored and the Jacobian computed.
    public let structure: JacobianStructure

    @inlinable
    public init<System: LargeSystem>(_ system: System) { self.init(LargeProblem(system)) }

    @inlinable
    public init<System: OrdinarySystem>(ordinary system: System.Type) { self.init(AsLargeSystem(system)) }

    @usableFromInline
    init(_ problem: LargeProblem) {
        self.problem = problem
        structure = JacobianStructure(problem.sparsity)
    }

    public var stateCount: Int { problem.stateCount }
    public var parameterCount: Int { problem.parameterCount }
    public var inputCount: Int { problem.inputCount }
}

/// What an integration by ``BackwardDifferences`` took.
public struct LargeSystemWork: Sendable, Hashable {
    /// Accepted steps, and those refused for their error or because the iteration did not converge.
    public var steps = 0
    public var refused = 0
    /// Evaluations of the rates without those for Jacobians, of Jacobians (each is ``JacobianStructure/groupCount`` directional
    /// derivatives), and factorisations.
    public var rates = 0
    public var jacobians = 0
    public var factorisations = 0

    public init() {}
}

/// How a large system's Jacobian is computed and its Newton matrix stored: decided once, by the pattern.
public struct JacobianStructure: Sendable {
    public let stateCount: Int
    /// Directional derivatives a Jacobian takes.
    public let groupCount: Int
    /// nil for a dense matrix.
    public let band: (below: Int, above: Int)?
    /// Whether the states are put into another order (reverse Cuthill and McKee).
    public let isReordered: Bool

    let shape: MatrixShape
    let groups: [Int32]
    /// Each state's place in the matrix.
    let places: [Int]
    /// The Jacobian's entries, row by row: row, column.
    let entries: [(row: Int32, column: Int32)]

    init(_ pattern: SparsityPattern) {
        let count = pattern.stateCount
        let natural = Array(0..<count)
        let ordered = pattern.cuthillMcKee
        let shapes = [natural, ordered].map { places in
            let (below, above) = pattern.reach(places)
            return MatrixShape.banded(count, below: below, above: above)
        }
        // A new order has to pay for what is put in order at every solution.
        isReordered = shapes[1].cost < 0.8 * shapes[0].cost
        let banded = isReordered ? shapes[1] : shapes[0]
        let isDense = MatrixShape.dense(count).cost <= banded.cost
        shape = isDense ? .dense(count) : banded
        places = isReordered ? ordered : natural
        band = isDense ? nil : (banded.below, banded.above)
        groups = pattern.groups
        groupCount = Int(groups.max() ?? -1) + 1
        stateCount = count
        entries = pattern.rows.enumerated().flatMap { row, states in states.map { (Int32(row), $0) } }
    }
}

extension JacobianStructure: CustomStringConvertible {
    public var description: String {
        let form = band.map { "banded Jacobian (\($0.below) below, \($0.above) above the diagonal)" } ?? "dense Jacobian"
        let order = isReordered && band != nil ? ", states reordered" : ""
        return "\(stateCount) states, \(form)\(order), \(groupCount) directional derivatives each"
    }
}
