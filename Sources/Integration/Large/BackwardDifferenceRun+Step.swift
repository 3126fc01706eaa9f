// One attempted step: prediction, correction, error; then the order and spacing of the next.

extension BackwardDifferenceRun {
    private typealias Table = BackwardDifferenceTable

    enum Attempt {
        case accepted
        /// Whether all that was computed was finite.
        case refused(isFinite: Bool)
    }

    /// Tries a step, shortened where the stretch ends; when refused the spacing is already that of the next attempt.
    mutating func tryStep() -> Attempt {
        let remaining = end - time
        // A rest of one hundredth of a step is taken along rather than left for a step of its own.
        let isLast = remaining <= 1.01 * step
        if isLast, remaining != step { respace(remaining / step) }
        attempts += 1
        predict()
        let next = isLast ? end : time + step
        switch solve(at: next) {
        case .converged: break
        case .diverged:
            respace(0.3)
            return .refused(isFinite: true)
        case .notFinite:
            respace(0.3)
            return .refused(isFinite: false)
        }
        let error = size(memory.correction) * Table.error[order]
        let safety = 0.9 * Double(2 * Self.mostIterations + 1) / Double(2 * Self.mostIterations + iterations)
        guard error <= 1 else {
            let factor = error.isFinite ? Double.maximum(0.2, safety * Self.root(error, order + 1)) : 0.2
            respace(factor)
            return .refused(isFinite: error.isFinite)
        }
        time = next
        accept()
        return .accepted
    }

    /// The state that the past's polynomial predicts, and what the past contributes to the step's equation.
    private func predict() {
        let m = memory
        m.predicted.update(from: m.differences(0), count: count)
        m.past.update(repeating: 0, count: count)
        for j in 1...order {
            let (difference, weight) = (m.differences(j), Table.gamma[j] / Table.alpha[order])
            for i in 0..<count {
                m.predicted[i] += difference[i]
                m.past[i] += weight * difference[i]
            }
        }
    }

    /// Newton's method, with a new Jacobian where an old one does not serve.
    private mutating func solve(at next: Double) -> Iteration {
        let c = step / Table.alpha[order]
        isJacobianFresh = false
        if !hasJacobian { differentiate(at: next, memory.predicted) }
        var found = factorise(factor: c) ? iterate(at: next, factor: c) : .diverged
        if case .converged = found { return found }
        guard !isJacobianFresh else { return found }
        differentiate(at: next, memory.predicted)
        found = factorise(factor: c) ? iterate(at: next, factor: c) : .diverged
        return found
    }

    /// Takes the step over: the differences at its end, one order more than the formula needs and one more for the choice of order.
    private mutating func accept() {
        let m = memory
        work.steps += 1
        equalSteps += 1
        let (latest, before) = (m.differences(order + 2), m.differences(order + 1))
        for i in 0..<count {
            latest[i] = m.correction[i] - before[i]
            before[i] = m.correction[i]
        }
        for j in stride(from: order, through: 0, by: -1) {
            let (lower, higher) = (m.differences(j), m.differences(j + 1))
            for i in 0..<count { lower[i] += higher[i] }
        }
        m.state.update(from: m.differences(0), count: count)
    }

    /// Chooses order and spacing for what follows, once enough steps at this spacing tell the neighbouring orders' errors.
    mutating func choose() {
        guard equalSteps > order else { return }
        let safety = 0.9 * Double(2 * Self.mostIterations + 1) / Double(2 * Self.mostIterations + iterations)
        var (best, chosen) = (Self.root(size(memory.correction) * Table.error[order], order + 1), order)
        if order > 1 {
            let factor = Self.root(size(memory.differences(order)) * Table.error[order - 1], order)
            if factor > best { (best, chosen) = (factor, order - 1) }
        }
        if order < Table.highestOrder {
            let factor = Self.root(size(memory.differences(order + 2)) * Table.error[order + 1], order + 2)
            if factor > best { (best, chosen) = (factor, order + 1) }
        }
        let factor = Double.minimum(Double.minimum(10, safety * best), block.maximumStep / step)
        // A step that is a little longer or shorter does not pay for new factors.
        guard factor < 0.8 || factor > 1.2 else { return }
        order = chosen
        respace(factor)
    }

    /// Changes the spacing by a factor.
    mutating func respace(_ factor: Double) {
        let table = Table.respacing(order: order, factor: factor)
        let m = memory
        for i in 0..<count {
            var old = (0.0, 0.0, 0.0, 0.0, 0.0)
            withUnsafeMutableBytes(of: &old) { bytes in
                let old = bytes.assumingMemoryBound(to: Double.self)
                for j in 1...order { old[j - 1] = m.differences(j)[i] }
                for j in 1...order {
                    var sum = 0.0
                    for k in 1...order { sum += table[k][j] * old[k - 1] }
                    m.differences(j)[i] = sum
                }
            }
        }
        step *= factor
        equalSteps = 0
    }

    /// The root mean square in units of what is allowed, between the step's two ends.
    private func size(_ vector: Vector) -> Double {
        var sum = 0.0
        for i in 0..<count {
            let larger = Double.maximum(memory.predicted[i].magnitude, memory.next[i].magnitude)
            let scaled = vector[i] / (block.absolute + block.relative * larger)
            sum += scaled * scaled
        }
        return (sum / Double(count)).squareRoot()
    }

    /// By which factor a step may grow when its error has this size: error^(−1/power).
    private static func root(_ error: Double, _ power: Int) -> Double {
        Double.maximum(error, 1e-12).pow(-1 / Double(power))
    }
}
