// What every form of the stiff method has in common.

/// Rodas5P (``RosenbrockTable``), whose step is written out for each system by `KernelWriter` or interpreted by `Tracing`.
public protocol RosenbrockMethod: StepMethod {}

extension RosenbrockMethod {
    @inlinable public var stageCount: Int { 8 }
    @inlinable public var errorStage: Int { 7 }
    /// The first stage depends on the step's size: nothing is left for the next step.
    @inlinable public var lastRate: Int? { nil }
    /// Ten times as strict as the tolerance says: a state that follows the others fast is read off between the ends of a step with five to
    /// thirty times the error it has there (HIRES at 1e-5), and LSODA, to which tolerances are compared, reads its own as well as it steps.
    @inlinable @inline(__always) public var errorWeight: Double { 100 }

    @inlinable
    public func read(
        _ fraction: Number, _ h: Number, _ m: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>
    ) {
        let left = Number(1) - fraction
        let both = fraction * left
        func weight(_ stage: Int) -> Number {
            let (a, b, c) = RosenbrockTable.shape(stage)
            return both * Number.multiplyAdd(fraction, Number.multiplyAdd(fraction, Number(c), Number(b)), Number(a))
        }
        // State by state: a sum stays in its register, the stages' weights are the same for all.
        let (w0, w1, w2, w3) = (weight(0), weight(1), weight(2), weight(3))
        let (w4, w5, w6, w7) = (weight(4), weight(5), weight(6), weight(7))
        for i in 0..<System.stateCount where kept.contains(i) {
            var sum = Number.multiplyAdd(fraction, m.next[i], left * m.state[i])
            sum = Number.multiplyAdd(w0, m.k(0)[i], sum)
            sum = Number.multiplyAdd(w1, m.k(1)[i], sum)
            sum = Number.multiplyAdd(w2, m.k(2)[i], sum)
            sum = Number.multiplyAdd(w3, m.k(3)[i], sum)
            sum = Number.multiplyAdd(w4, m.k(4)[i], sum)
            sum = Number.multiplyAdd(w5, m.k(5)[i], sum)
            sum = Number.multiplyAdd(w6, m.k(6)[i], sum)
            state[i] = Number.multiplyAdd(w7, m.k(7)[i], sum)
        }
    }

    @inlinable
    public func shape(_ h: Number, _ m: LaneMemory<Number>) {
        for i in 0..<System.stateCount {
            var (first, second, third) = (Number(0), Number(0), Number(0))
            for stage in 0..<8 {
                let (a, b, c) = RosenbrockTable.shape(stage)
                let u = m.k(stage)[i]
                first = Number.multiplyAdd(u, Number(a), first)
                second = Number.multiplyAdd(u, Number(b), second)
                third = Number.multiplyAdd(u, Number(c), third)
            }
            m.shape(0)[i] = first
            m.shape(1)[i] = second
            m.shape(2)[i] = third
        }
    }
}
