// One block of draws through its plan, one after the other, by backward differences.
import CIntegration

/// The working state of an integration by ``BackwardDifferences``.
///
/// - Invariant N6: what is computed for a draw depends on that draw alone; requested times change no step.
struct BackwardDifferenceRun {
    typealias Vector = UnsafeMutablePointer<Double>

    let block: KernelBlock
    let problem: LargeProblem
    let structure: JacobianStructure
    let memory: LargeMemory
    let factors: LinearFactors
    let isCancelled: () -> Bool
    var work = LargeSystemWork()

    // The draw: its number, segment, next output, attempted steps.
    var draw = 0
    var segment = 0
    var cursor = 0
    var attempts = 0

    // The stretch: time, its end, the spacing of the differences, order, steps at this spacing and order.
    var time = 0.0
    var end = 0.0
    var step = 0.0
    var order = 1
    var equalSteps = 0
    /// For what factor of the rate the matrix is factorised; nil for none.
    var factorisedFor: Double?
    /// Whether the Jacobian is that of the current step's predicted state; whether there is one at all.
    var isJacobianFresh = false
    var hasJacobian = false
    /// How fast the last iteration with this matrix converged; nil if not known.
    var convergence: Double?
    var iterations = 0
    var distances: [Double] = []

    /// The states kept, in the order of a row.
    let kept: [Int]

    init(_ block: KernelBlock, by method: BackwardDifferences, isCancelled: @escaping () -> Bool) {
        self.block = block
        problem = method.problem
        kept = KeptBits(block.kept, of: problem.stateCount).states(of: problem.stateCount)
        structure = method.structure
        memory = LargeMemory(stateCount: problem.stateCount, entryCount: structure.entries.count)
        factors = LinearFactors(structure.shape)
        self.isCancelled = isCancelled
    }

    var count: Int { problem.stateCount }
    var number: Int64 { block.firstDraw + Int64(draw) }
    var setting: LargeProblem.Setting {
        LargeProblem.Setting(
            parameters: block.parameters + draw * problem.parameterCount, inputs: block.inputs + segment * problem.inputCount)
    }

    /// Integrates every draw of the block.
    mutating func run() {
        // What a failure or a cancellation leaves out stays so.
        for index in 0..<Int(block.drawCount) {
            draw = index
            for output in 0..<Int(block.outputCount) { for place in kept.indices { put(.nan, output, place) } }
        }
        for index in 0..<Int(block.drawCount) {
            draw = index
            (cursor, attempts) = (0, 0)
            memory.state.update(from: block.initial + index * Int(block.initialStride), count: count)
            record(upTo: block.segments[0].start)
            for index in 0..<Int(block.segmentCount) {
                segment = index
                guard integrateSegment() else { break }
                record(upTo: end)
            }
            if isCancelled() { return }
        }
    }

    /// Takes the draw through its segment; false when it failed or was cancelled.
    private mutating func integrateSegment() -> Bool {
        let current = block.segments[segment]
        end = current.end
        if current.hasEvent != 0 { problem.apply(Int(current.event), current.start, memory.state, setting) }
        guard current.start < current.end else { return true }
        guard start(at: current.start) else { return fail(.notFinite) }
        while time < end {
            if isCancelled() { return false }
            switch tryStep() {
            case .accepted: guard finishStep() else { return fail(.notFinite) }
            case .refused(let isFinite):
                work.refused += 1
                let smallest = 4e-15 * Double.maximum(time.magnitude, end.magnitude)
                if !(step > smallest) { return fail(isFinite ? .stepTooSmall : .notFinite) }
            }
            if attempts > Int(block.stepLimit) { return fail(.tooManySteps) }
        }
        return true
    }

    private func fail(_ reason: IntegrationError.Reason) -> Bool {
        block.failed(block.receiver, reason.rawValue, number, time)
        return false
    }

    /// Starts afresh at a time, with order one; false where the rate is not finite. First step as in Hairer, Nørsett and Wanner (1993),
    /// II.4.
    mutating func start(at time: Double) -> Bool {
        let (state, rate, later) = (memory.state, memory.rate, memory.delta)
        evaluate(time, state, into: rate)
        var (d0, d1, isFinite) = (0.0, 0.0, true)
        for i in 0..<count {
            let scale = block.absolute + block.relative * state[i].magnitude
            let (a, b) = (state[i] / scale, rate[i] / scale)
            d0 += a * a
            d1 += b * b
            isFinite = isFinite && state[i].isFinite && rate[i].isFinite
        }
        guard isFinite else { return false }
        let longest = Double.minimum(end - time, block.maximumStep)
        let first = d0 < 1e-10 || d1 < 1e-10 || !d1.isFinite ? 1e-6 : 0.01 * (d0 / d1).squareRoot()
        let trial = Double.minimum(first, longest)
        for i in 0..<count { memory.predicted[i] = state[i] + trial * rate[i] }
        evaluate(time + trial, memory.predicted, into: later)
        var d2 = 0.0
        for i in 0..<count {
            let change = (later[i] - rate[i]) / (block.absolute + block.relative * state[i].magnitude)
            d2 += change * change
        }
        let size = Double.maximum(d1.squareRoot(), d2.squareRoot() / trial) / Double(count).squareRoot()
        let guess = size <= 1e-15 ? Double.maximum(1e-6, trial * 1e-3) : (0.01 / size).squareRoot()
        step = Double.minimum(Double.minimum(100 * trial, size.isFinite ? guess : trial), longest)
        self.time = time
        (order, equalSteps) = (1, 0)
        (factorisedFor, hasJacobian, convergence) = (nil, false, nil)
        memory.differences(0).update(from: state, count: count)
        for i in 0..<count { memory.differences(1)[i] = step * rate[i] }
        for j in 2...BackwardDifferenceTable.highestOrder + 2 { memory.differences(j).update(repeating: 0, count: count) }
        distances = problem.surfaces.indices.map { problem.distance($0, time, state, setting) }
        return step > 0
    }

    mutating func evaluate(_ time: Double, _ state: Vector, into rate: Vector) {
        problem.rate(time, state, setting, rate)
        work.rates += 1
    }
}
