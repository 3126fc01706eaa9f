// The Taylor series of ClosedFormMyelosuppression, written by KernelWriter from its equations: change those, then run `make kernels`.
import Integration
import Systems

/// Taylor's method for ``ClosedFormMyelosuppression`` with its amounts in closed form: 18 operations at the start of a step,
/// 25 for each further order beside 4 sums of products of lower ones.
struct ClosedFormMyelosuppressionSeries: KineticsSeries {
    typealias System = ClosedFormMyelosuppression
    typealias Number = KernelLane

    static var order: Int { 12 }
    var slotCount: Int { 4 }
    var readsTime: Bool { false }

    @inline(never)
    func expand(_ m: LaneMemory<KernelLane>) {
        let (y, c, k, s) = (m.state, m.constants, m.k(0), m.slot(0, 12))
        let v4: KernelLane = c[29] * s[0]
        let v7: KernelLane = y[8] - KernelLane(1.0)
        let v8: KernelLane = KernelLane.subtractProduct(v4, y[8], from: v7)
        let v9: KernelLane = y[3] * v8
        let v10: KernelLane = c[28] * v9
        let v12: KernelLane = y[3] - y[4]
        let v13: KernelLane = c[28] * v12
        let v15: KernelLane = y[4] - y[5]
        let v16: KernelLane = c[28] * v15
        let v18: KernelLane = y[5] - y[6]
        let v19: KernelLane = c[28] * v18
        let v21: KernelLane = y[6] - y[7]
        let v22: KernelLane = c[28] * v21
        let v24: KernelLane = KernelLane(1.0) / y[7]
        let v25: KernelLane = v22 * v24
        let v26: KernelLane = y[8] * v25
        let v27: KernelLane = c[30] * v26
        let v28: KernelLane = KernelLane(-0.0) - v27
        var x3 = v10
        k[3] = x3
        var x4 = v13
        k[4] = x4
        var x5 = v16
        k[5] = x5
        var x6 = v19
        k[6] = x6
        var x7 = v22
        k[7] = x7
        var x8 = v28
        k[8] = x8
        for order in 1..<12 {
            var sum0 = KernelLane(0)
            var sum1 = KernelLane(0)
            var sum2 = KernelLane(0)
            var sum3 = KernelLane(0)
            for j in 1..<order {
                sum0 = KernelLane.multiplyAdd(k[(j &- 1) &* 9 &+ 8], s[12 &+ (order &- j)], sum0)
                sum1 = KernelLane.multiplyAdd(k[(j &- 1) &* 9 &+ 3], s[24 &+ (order &- j)], sum1)
                sum2 = KernelLane.multiplyAdd(k[(j &- 1) &* 9 &+ 7], s[36 &+ (order &- j)], sum2)
                sum3 = KernelLane.multiplyAdd(k[(j &- 1) &* 9 &+ 8], s[36 &+ (order &- j)], sum3)
            }
            let share = KernelLane(1 / Double(order &+ 1))
            let v30: KernelLane = c[28] * share
            let v33: KernelLane = c[29] * s[0 &+ order]
            let v34: KernelLane = KernelLane(-0.0) - v33
            let v37: KernelLane = KernelLane.subtractProduct(v4, x8, from: sum0)
            let v38: KernelLane = KernelLane.subtractProduct(y[8], v33, from: v37)
            let v39: KernelLane = x8 + v38
            let v41: KernelLane = KernelLane.multiplyAdd(y[3], v39, sum1)
            let v42: KernelLane = KernelLane.multiplyAdd(v8, x3, v41)
            let v43: KernelLane = v30 * v42
            let v45: KernelLane = x3 - x4
            let v46: KernelLane = v30 * v45
            let v48: KernelLane = x4 - x5
            let v49: KernelLane = v30 * v48
            let v51: KernelLane = x5 - x6
            let v52: KernelLane = v30 * v51
            let v54: KernelLane = x6 - x7
            let v55: KernelLane = v30 * v54
            let v56: KernelLane = c[30] * share
            let v58: KernelLane = KernelLane.multiplyAdd(v25, x7, sum2)
            let v59: KernelLane = KernelLane.multiplySubtract(c[28], v54, v58)
            let v60: KernelLane = v24 * v59
            let v62: KernelLane = KernelLane.multiplyAdd(y[8], v60, sum3)
            let v63: KernelLane = KernelLane.multiplyAdd(v25, x8, v62)
            let v64: KernelLane = v56 * v63
            let v65: KernelLane = KernelLane(-0.0) - v64
            s[12 &+ order] = v34
            s[24 &+ order] = v39
            s[36 &+ order] = v60
            x3 = v43
            k[order &* 9 &+ 3] = x3
            x4 = v46
            k[order &* 9 &+ 4] = x4
            x5 = v49
            k[order &* 9 &+ 5] = x5
            x6 = v52
            k[order &* 9 &+ 6] = x6
            x7 = v55
            k[order &* 9 &+ 7] = x7
            x8 = v65
            k[order &* 9 &+ 8] = x8
        }
    }
}
