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
        for i in 0..<System.stateCount where kept.contains(i) { state[i] = Number.multiplyAdd(fraction, m.next[i], left * m.state[i]) }
        for stage in 0..<8 {
            let (a, b, c) = RosenbrockTable.shape(stage)
            let inner = Number.multiplyAdd(fraction, Number(c), Number(b))
            let weight = both * Number.multiplyAdd(fraction, inner, Number(a))
            let u = m.k(stage)
            for i in 0..<System.stateCount where kept.contains(i) { state[i] = Number.multiplyAdd(weight, u[i], state[i]) }
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
