// The stiff step of Robertson, written by KernelWriter from its equations: change those, then run `make kernels`.
import Integration
import Systems

/// Rodas5P for ``Robertson``: Jacobian, factors without pivoting and the first stage in 31 operations,
/// each of the other seven in 19 beside the sums of those before it.
struct RobertsonStep: RosenbrockMethod {
    typealias System = Robertson
    typealias Number = KernelLane

    var constantCount: Int { 3 }

    func prepare(
        parameters p: UnsafePointer<KernelLane.Single>, inputs u: UnsafePointer<KernelLane.Single>,
        into c: UnsafeMutablePointer<KernelLane.Single>
    ) {
        c[0] = p[2]
        c[1] = p[0]
        c[2] = p[1]
    }

    @inline(never)
    func attempt(_ t: KernelLane, _ h: KernelLane, _ m: LaneMemory<KernelLane>) {
        let (y, c, k, next) = (m.state, m.constants, m.k(0), m.next)
        let v5: KernelLane = KernelLane(1.0) / h
        let v7: KernelLane = y[1] * c[0]
        let v8: KernelLane = y[2] * v7
        let v10: KernelLane = y[0] * c[1]
        let v11: KernelLane = v8 - v10
        let v12: KernelLane = v10 - v8
        let v14: KernelLane = y[1] * c[2]
        let v15: KernelLane = y[1] * v14
        let v16: KernelLane = v12 - v15
        let v17: KernelLane = y[2] * c[0]
        let v18: KernelLane = v14 + v14
        let v19: KernelLane = v17 + v18
        let v21: KernelLane = v5 * KernelLane(4.718370754707919)
        let v22: KernelLane = c[1] + v21
        let v23: KernelLane = v19 + v21
        let v24: KernelLane = KernelLane(1.0) / v22
        let v25: KernelLane = c[1] * v24
        let v26: KernelLane = KernelLane.subtractProduct(v17, v25, from: v23)
        let v27: KernelLane = KernelLane.subtractProduct(v7, v25, from: v7)
        let v28: KernelLane = KernelLane(1.0) / v26
        let v29: KernelLane = v18 * v28
        let v30: KernelLane = KernelLane.multiplyAdd(v27, v29, v21)
        let v31: KernelLane = KernelLane(1.0) / v30
        let v32: KernelLane = KernelLane.multiplyAdd(v11, v25, v16)
        let v33: KernelLane = KernelLane.multiplyAdd(v29, v32, v15)
        let v34: KernelLane = v31 * v33
        let v35: KernelLane = KernelLane.subtractProduct(v27, v34, from: v32)
        let v36: KernelLane = v28 * v35
        let v37: KernelLane = KernelLane.multiplyAdd(v17, v36, v11)
        let v38: KernelLane = KernelLane.multiplyAdd(v7, v34, v37)
        let v39: KernelLane = v24 * v38
        k[0] = v39
        k[1] = v36
        k[2] = v34
        var (z0, w0, u0) = (y[0], KernelLane(0), k[0])
        var (z1, w1, u1) = (y[1], KernelLane(0), k[1])
        var (z2, w2, u2) = (y[2], KernelLane(0), k[2])
        for stage in 1..<8 {
            switch stage {
            case 1:
                z0 = KernelLane.multiplyAdd(u0, KernelLane(3.0), y[0])
                z1 = KernelLane.multiplyAdd(u1, KernelLane(3.0), y[1])
                z2 = KernelLane.multiplyAdd(u2, KernelLane(3.0), y[2])
                w0 = u0 * KernelLane(-14.155112264123755)
                w1 = u1 * KernelLane(-14.155112264123755)
                w2 = u2 * KernelLane(-14.155112264123755)
            case 2:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(2.849394379747939), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(2.849394379747939), y[1])
                z2 = KernelLane.multiplyAdd(k[2], KernelLane(2.849394379747939), y[2])
                w0 = k[0] * KernelLane(-17.97296035885952)
                w1 = k[1] * KernelLane(-17.97296035885952)
                w2 = k[2] * KernelLane(-17.97296035885952)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(0.45842242204463923), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(0.45842242204463923), z1)
                z2 = KernelLane.multiplyAdd(u2, KernelLane(0.45842242204463923), z2)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-2.859693295451294), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-2.859693295451294), w1)
                w2 = KernelLane.multiplyAdd(u2, KernelLane(-2.859693295451294), w2)
            case 3:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(-6.954028509809101), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(-6.954028509809101), y[1])
                z2 = KernelLane.multiplyAdd(k[2], KernelLane(-6.954028509809101), y[2])
                w0 = k[0] * KernelLane(147.12150275711716)
                w1 = k[1] * KernelLane(147.12150275711716)
                w2 = k[2] * KernelLane(147.12150275711716)
                z0 = KernelLane.multiplyAdd(k[3], KernelLane(2.489845061869568), z0)
                z1 = KernelLane.multiplyAdd(k[4], KernelLane(2.489845061869568), z1)
                z2 = KernelLane.multiplyAdd(k[5], KernelLane(2.489845061869568), z2)
                w0 = KernelLane.multiplyAdd(k[3], KernelLane(-1.41221402718213), w0)
                w1 = KernelLane.multiplyAdd(k[4], KernelLane(-1.41221402718213), w1)
                w2 = KernelLane.multiplyAdd(k[5], KernelLane(-1.41221402718213), w2)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(-10.358996098473584), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(-10.358996098473584), z1)
                z2 = KernelLane.multiplyAdd(u2, KernelLane(-10.358996098473584), z2)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(71.68940251302358), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(71.68940251302358), w1)
                w2 = KernelLane.multiplyAdd(u2, KernelLane(71.68940251302358), w2)
            case 4:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(2.8029986275628964), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(2.8029986275628964), y[1])
                z2 = KernelLane.multiplyAdd(k[2], KernelLane(2.8029986275628964), y[2])
                w0 = k[0] * KernelLane(165.43517024871676)
                w1 = k[1] * KernelLane(165.43517024871676)
                w2 = k[2] * KernelLane(165.43517024871676)
                z0 = KernelLane.multiplyAdd(k[3], KernelLane(0.5072464736228206), z0)
                z1 = KernelLane.multiplyAdd(k[4], KernelLane(0.5072464736228206), z1)
                z2 = KernelLane.multiplyAdd(k[5], KernelLane(0.5072464736228206), z2)
                w0 = KernelLane.multiplyAdd(k[3], KernelLane(-0.4592823456491126), w0)
                w1 = KernelLane.multiplyAdd(k[4], KernelLane(-0.4592823456491126), w1)
                w2 = KernelLane.multiplyAdd(k[5], KernelLane(-0.4592823456491126), w2)
                z0 = KernelLane.multiplyAdd(k[6], KernelLane(-0.3988312541770524), z0)
                z1 = KernelLane.multiplyAdd(k[7], KernelLane(-0.3988312541770524), z1)
                z2 = KernelLane.multiplyAdd(k[8], KernelLane(-0.3988312541770524), z2)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(42.90938336958603), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(42.90938336958603), w1)
                w2 = KernelLane.multiplyAdd(k[8], KernelLane(42.90938336958603), w2)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(-0.04721187230404641), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(-0.04721187230404641), z1)
                z2 = KernelLane.multiplyAdd(u2, KernelLane(-0.04721187230404641), z2)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-5.961986721573306), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-5.961986721573306), w1)
                w2 = KernelLane.multiplyAdd(u2, KernelLane(-5.961986721573306), w2)
            case 5:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(-7.502846399306121), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(-7.502846399306121), y[1])
                z2 = KernelLane.multiplyAdd(k[2], KernelLane(-7.502846399306121), y[2])
                w0 = k[0] * KernelLane(24.854864614690072)
                w1 = k[1] * KernelLane(24.854864614690072)
                w2 = k[2] * KernelLane(24.854864614690072)
                z0 = KernelLane.multiplyAdd(k[3], KernelLane(2.561846144803919), z0)
                z1 = KernelLane.multiplyAdd(k[4], KernelLane(2.561846144803919), z1)
                z2 = KernelLane.multiplyAdd(k[5], KernelLane(2.561846144803919), z2)
                w0 = KernelLane.multiplyAdd(k[3], KernelLane(-3.0009227002832186), w0)
                w1 = KernelLane.multiplyAdd(k[4], KernelLane(-3.0009227002832186), w1)
                w2 = KernelLane.multiplyAdd(k[5], KernelLane(-3.0009227002832186), w2)
                z0 = KernelLane.multiplyAdd(k[6], KernelLane(-11.627539656261098), z0)
                z1 = KernelLane.multiplyAdd(k[7], KernelLane(-11.627539656261098), z1)
                z2 = KernelLane.multiplyAdd(k[8], KernelLane(-11.627539656261098), z2)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(47.4931110020768), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(47.4931110020768), w1)
                w2 = KernelLane.multiplyAdd(k[8], KernelLane(47.4931110020768), w2)
                z0 = KernelLane.multiplyAdd(k[9], KernelLane(-0.18268767659942256), z0)
                z1 = KernelLane.multiplyAdd(k[10], KernelLane(-0.18268767659942256), z1)
                z2 = KernelLane.multiplyAdd(k[11], KernelLane(-0.18268767659942256), z2)
                w0 = KernelLane.multiplyAdd(k[9], KernelLane(5.5814197821558125), w0)
                w1 = KernelLane.multiplyAdd(k[10], KernelLane(5.5814197821558125), w1)
                w2 = KernelLane.multiplyAdd(k[11], KernelLane(5.5814197821558125), w2)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(0.030198172008377946), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(0.030198172008377946), z1)
                z2 = KernelLane.multiplyAdd(u2, KernelLane(0.030198172008377946), z2)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-0.6610691825249471), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-0.6610691825249471), w1)
                w2 = KernelLane.multiplyAdd(u2, KernelLane(-0.6610691825249471), w2)
            case 6:
                w0 = k[0] * KernelLane(30.91273214028599)
                w1 = k[1] * KernelLane(30.91273214028599)
                w2 = k[2] * KernelLane(30.91273214028599)
                w0 = KernelLane.multiplyAdd(k[3], KernelLane(-3.1208243349937974), w0)
                w1 = KernelLane.multiplyAdd(k[4], KernelLane(-3.1208243349937974), w1)
                w2 = KernelLane.multiplyAdd(k[5], KernelLane(-3.1208243349937974), w2)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(77.79954646070892), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(77.79954646070892), w1)
                w2 = KernelLane.multiplyAdd(k[8], KernelLane(77.79954646070892), w2)
                w0 = KernelLane.multiplyAdd(k[9], KernelLane(34.28646028294783), w0)
                w1 = KernelLane.multiplyAdd(k[10], KernelLane(34.28646028294783), w1)
                w2 = KernelLane.multiplyAdd(k[11], KernelLane(34.28646028294783), w2)
                w0 = KernelLane.multiplyAdd(k[12], KernelLane(-19.097331116725623), w0)
                w1 = KernelLane.multiplyAdd(k[13], KernelLane(-19.097331116725623), w1)
                w2 = KernelLane.multiplyAdd(k[14], KernelLane(-19.097331116725623), w2)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-28.087943162872662), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-28.087943162872662), w1)
                w2 = KernelLane.multiplyAdd(u2, KernelLane(-28.087943162872662), w2)
                z0 = z0 + u0
                z1 = z1 + u1
                z2 = z2 + u2
            default:
                w0 = k[0] * KernelLane(37.80277123390563)
                w1 = k[1] * KernelLane(37.80277123390563)
                w2 = k[2] * KernelLane(37.80277123390563)
                w0 = KernelLane.multiplyAdd(k[3], KernelLane(-3.2571969029072276), w0)
                w1 = KernelLane.multiplyAdd(k[4], KernelLane(-3.2571969029072276), w1)
                w2 = KernelLane.multiplyAdd(k[5], KernelLane(-3.2571969029072276), w2)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(112.26918849496327), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(112.26918849496327), w1)
                w2 = KernelLane.multiplyAdd(k[8], KernelLane(112.26918849496327), w2)
                w0 = KernelLane.multiplyAdd(k[9], KernelLane(66.9347231244047), w0)
                w1 = KernelLane.multiplyAdd(k[10], KernelLane(66.9347231244047), w1)
                w2 = KernelLane.multiplyAdd(k[11], KernelLane(66.9347231244047), w2)
                w0 = KernelLane.multiplyAdd(k[12], KernelLane(-40.06618937091002), w0)
                w1 = KernelLane.multiplyAdd(k[13], KernelLane(-40.06618937091002), w1)
                w2 = KernelLane.multiplyAdd(k[14], KernelLane(-40.06618937091002), w2)
                w0 = KernelLane.multiplyAdd(k[15], KernelLane(-54.66780262877968), w0)
                w1 = KernelLane.multiplyAdd(k[16], KernelLane(-54.66780262877968), w1)
                w2 = KernelLane.multiplyAdd(k[17], KernelLane(-54.66780262877968), w2)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-9.48861652309627), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-9.48861652309627), w1)
                w2 = KernelLane.multiplyAdd(u2, KernelLane(-9.48861652309627), w2)
                z0 = z0 + u0
                z1 = z1 + u1
                z2 = z2 + u2
            }
            let v43: KernelLane = c[0] * z1
            let v44: KernelLane = z2 * v43
            let v45: KernelLane = c[1] * z0
            let v46: KernelLane = v44 - v45
            let v47: KernelLane = v45 - v44
            let v48: KernelLane = c[2] * z1
            let v49: KernelLane = z1 * v48
            let v50: KernelLane = v47 - v49
            let v52: KernelLane = KernelLane.multiplyAdd(v5, w0, v46)
            let v54: KernelLane = KernelLane.multiplyAdd(v5, w1, v50)
            let v56: KernelLane = KernelLane.multiplyAdd(v5, w2, v49)
            let v57: KernelLane = KernelLane.multiplyAdd(v25, v52, v54)
            let v58: KernelLane = KernelLane.multiplyAdd(v29, v57, v56)
            let v59: KernelLane = v31 * v58
            let v60: KernelLane = KernelLane.subtractProduct(v27, v59, from: v57)
            let v61: KernelLane = v28 * v60
            let v62: KernelLane = KernelLane.multiplyAdd(v17, v61, v52)
            let v63: KernelLane = KernelLane.multiplyAdd(v7, v59, v62)
            let v64: KernelLane = v24 * v63
            u0 = v64
            k[stage * 3 + 0] = u0
            u1 = v61
            k[stage * 3 + 1] = u1
            u2 = v59
            k[stage * 3 + 2] = u2
        }
        next[0] = z0 + u0
        next[1] = z1 + u1
        next[2] = z2 + u2
    }
}
