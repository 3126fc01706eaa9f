// The Taylor series of LiverTreatmentSystem, written by KernelWriter from its equations: change those, then run `make kernels`.
import Integration
import Systems

/// Taylor's method for ``LiverTreatmentSystem`` with its amounts in closed form: 20 operations at the start of a step,
/// 26 for each further order beside 4 sums of products of lower ones.
struct LiverTreatmentSystemSeries: KineticsSeries {
    typealias System = LiverTreatmentSystem
    typealias Number = KernelLane

    static var order: Int { 12 }
    var slotCount: Int { 4 }
    var readsTime: Bool { false }

    @inline(never)
    func expand(_ m: LaneMemory<KernelLane>) {
        let (y, c, k, s) = (m.state, m.constants, m.k(0), m.slot(0, 12))
        let v4: KernelLane = c[23] * s[0]
        let v7: KernelLane = y[9] - KernelLane(1.0)
        let v8: KernelLane = KernelLane.subtractProduct(v4, y[9], from: v7)
        let v9: KernelLane = y[4] * v8
        let v10: KernelLane = c[22] * v9
        let v12: KernelLane = y[4] - y[5]
        let v13: KernelLane = c[22] * v12
        let v15: KernelLane = y[5] - y[6]
        let v16: KernelLane = c[22] * v15
        let v18: KernelLane = y[6] - y[7]
        let v19: KernelLane = c[22] * v18
        let v21: KernelLane = y[7] - y[8]
        let v22: KernelLane = c[22] * v21
        let v24: KernelLane.Mask = KernelLane.lessThan(c[26], y[8])
        let v26: KernelLane = KernelLane(1.0) / y[8]
        let v27: KernelLane = v22 * v26
        let v28: KernelLane = y[9] * v27
        let v29: KernelLane = c[24] * v28
        let v30: KernelLane = KernelLane(-0.0) - v29
        let v32: KernelLane = KernelLane.select(v24, v30, KernelLane(0.0))
        var x4 = v10
        k[4] = x4
        var x5 = v13
        k[5] = x5
        var x6 = v16
        k[6] = x6
        var x7 = v19
        k[7] = x7
        var x8 = v22
        k[8] = x8
        var x9 = v32
        k[9] = x9
        for order in 1..<12 {
            var sum0 = KernelLane(0)
            var sum1 = KernelLane(0)
            var sum2 = KernelLane(0)
            var sum3 = KernelLane(0)
            for j in 1..<order {
                sum0 = KernelLane.multiplyAdd(k[(j &- 1) &* 13 &+ 9], s[12 &+ (order &- j)], sum0)
                sum1 = KernelLane.multiplyAdd(k[(j &- 1) &* 13 &+ 4], s[24 &+ (order &- j)], sum1)
                sum2 = KernelLane.multiplyAdd(k[(j &- 1) &* 13 &+ 8], s[36 &+ (order &- j)], sum2)
                sum3 = KernelLane.multiplyAdd(k[(j &- 1) &* 13 &+ 9], s[36 &+ (order &- j)], sum3)
            }
            let share = KernelLane(1 / Double(order &+ 1))
            let v34: KernelLane = c[22] * share
            let v37: KernelLane = c[23] * s[0 &+ order]
            let v38: KernelLane = KernelLane(-0.0) - v37
            let v41: KernelLane = KernelLane.subtractProduct(v4, x9, from: sum0)
            let v42: KernelLane = KernelLane.subtractProduct(y[9], v37, from: v41)
            let v43: KernelLane = x9 + v42
            let v45: KernelLane = KernelLane.multiplyAdd(y[4], v43, sum1)
            let v46: KernelLane = KernelLane.multiplyAdd(v8, x4, v45)
            let v47: KernelLane = v34 * v46
            let v49: KernelLane = x4 - x5
            let v50: KernelLane = v34 * v49
            let v52: KernelLane = x5 - x6
            let v53: KernelLane = v34 * v52
            let v55: KernelLane = x6 - x7
            let v56: KernelLane = v34 * v55
            let v58: KernelLane = x7 - x8
            let v59: KernelLane = v34 * v58
            let v60: KernelLane = c[24] * share
            let v62: KernelLane = KernelLane.multiplyAdd(v27, x8, sum2)
            let v63: KernelLane = KernelLane.multiplySubtract(c[22], v58, v62)
            let v64: KernelLane = v26 * v63
            let v66: KernelLane = KernelLane.multiplyAdd(y[9], v64, sum3)
            let v67: KernelLane = KernelLane.multiplyAdd(v27, x9, v66)
            let v68: KernelLane = v60 * v67
            let v69: KernelLane = KernelLane(-0.0) - v68
            let v70: KernelLane = KernelLane.select(v24, v69, KernelLane(0.0))
            s[12 &+ order] = v38
            s[24 &+ order] = v43
            s[36 &+ order] = v64
            x4 = v47
            k[order &* 13 &+ 4] = x4
            x5 = v50
            k[order &* 13 &+ 5] = x5
            x6 = v53
            k[order &* 13 &+ 6] = x6
            x7 = v56
            k[order &* 13 &+ 7] = x7
            x8 = v59
            k[order &* 13 &+ 8] = x8
            x9 = v70
            k[order &* 13 &+ 9] = x9
        }
    }
}
