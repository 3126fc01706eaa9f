// One allocation for all the vectors of a large system's integration.

/// Named vectors of `stateCount` numbers.
final class LargeMemory {
    typealias Vector = UnsafeMutablePointer<Double>
    private let base: Vector
    private let stateCount: Int

    init(stateCount: Int, entryCount: Int) {
        self.stateCount = stateCount
        let count = 15 * stateCount + entryCount + 8 * stateCount
        base = .allocate(capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit { base.deallocate() }

    /// The backward differences of the solution at the current spacing; the first is the solution itself.
    func differences(_ order: Int) -> Vector { base + order * stateCount }
    /// The state at the end of the last step.
    var state: Vector { base + 8 * stateCount }
    /// The state that is being sought: first predicted, then iterated.
    var next: Vector { base + 9 * stateCount }
    var predicted: Vector { base + 10 * stateCount }
    /// What the past contributes to the step's equation.
    var past: Vector { base + 11 * stateCount }
    /// The sum of the iteration's corrections.
    var correction: Vector { base + 12 * stateCount }
    var rate: Vector { base + 13 * stateCount }
    var delta: Vector { base + 14 * stateCount }
    /// The Jacobian's entries in the order of the structure's.
    var jacobian: Vector { base + 15 * stateCount }
    /// Eight directional derivatives a rate.
    func derivatives(entryCount: Int) -> Vector { jacobian + entryCount }
}
