// Whether stability, not accuracy, limits the explicit method's steps: asked seldom, place by place.
import CIntegration

extension LaneIntegrator {
    /// Attempts between two tests, while none has found anything; a draw of fewer steps is not tested.
    @inlinable static var inspectionInterval: Int { 64 }
    /// So many steps limited by stability, without ``freeSteps`` between them that are not, prove a draw stiff (DOPRI5's figures).
    @inlinable static var limitedSteps: Int { 15 }
    @inlinable static var freeSteps: Int { 6 }

    /// Begins the counting for a place's new draw.
    @inlinable
    mutating func expectInspection(_ lane: Int) {
        inspection[lane] = (due: Self.inspectionInterval, limited: 0, free: 0)
        untilInspection = min(untilInspection, Self.inspectionInterval)
    }

    /// Tests the places whose time has come; returns those proven stiff, as bits.
    ///
    /// Hairer and Wanner (1996), Solving Ordinary Differential Equations II, IV.2: two stages stand at the step's end, and the difference of
    /// their rates over that of their arguments estimates the fastest rate of decay. A place's attempts alone decide when it is tested
    /// (invariant N6): every attempt of the lane is one of every place, so the count until the next test is exact.
    @inlinable @inline(never)
    mutating func inspect(_ accepted: L.Mask, step: L) -> Int {
        untilInspection = Int.max
        guard block.refusesStiffness != 0, let limit = method.stabilityLimit else { return 0 }
        var stiff = 0
        for lane in 0..<L.width where draw[lane] >= 0 {
            let attempt = Int(get(memory.attempts, 0, lane))
            if attempt >= inspection[lane].due, L.isSet(accepted, lane: lane) {
                if step[lane: lane] * fastestRate(lane) > limit {
                    inspection[lane].limited += 1
                    inspection[lane].free = 0
                } else if inspection[lane].limited > 0 {
                    inspection[lane].free += 1
                    if inspection[lane].free == Self.freeSteps { inspection[lane].limited = 0 }
                }
                if inspection[lane].limited == Self.limitedSteps { stiff |= 1 << lane }
                inspection[lane].due = attempt + (inspection[lane].limited > 0 ? 1 : Self.inspectionInterval)
            }
            untilInspection = min(untilInspection, max(1, inspection[lane].due - attempt))
        }
        return stiff
    }

    /// The change of the rates over the change of the states between the two stages at a place's step end, each state in units of what is
    /// allowed there, so that the states' own units do not matter.
    @inlinable
    func fastestRate(_ lane: Int) -> Double {
        let (before, last) = (memory.k(method.stageCount - 2), memory.k(method.stageCount - 1))
        var (rates, states) = (0.0, 0.0)
        for s in 0..<System.stateCount {
            let next = get(memory.next, s, lane)
            let scale = block.absolute + block.relative * next.magnitude
            let change = (next - get(memory.stage, s, lane)) / scale
            let rateChange = (get(last, s, lane) - get(before, s, lane)) / scale
            states += change * change
            rates += rateChange * rateChange
        }
        return states > 0 ? (rates / states).squareRoot() : 0
    }

    /// Gives up the draws of the places named by the bits.
    @inlinable
    mutating func giveUpStiff(_ lanes: Int) {
        for lane in 0..<L.width where lanes & (1 << lane) != 0 { fail(lane, .stiff, at: get(memory.time, 0, lane)) }
    }
}
