// The stiff step of LiverSystem, written by KernelWriter from its equations: change those, then run `make kernels`.
import Integration
import Systems

/// Rodas5P for ``LiverSystem``: Jacobian, factors without pivoting and the first stage in 14 operations,
/// each of the other seven in 8 beside the sums of those before it.
struct LiverSystemStep: RosenbrockMethod {
    typealias System = LiverSystem
    typealias Number = KernelLane

    var constantCount: Int { 3 }

    func prepare(
        parameters p: UnsafePointer<KernelLane.Single>, inputs u: UnsafePointer<KernelLane.Single>,
        into c: UnsafeMutablePointer<KernelLane.Single>
    ) {
        let v2: KernelLane.Single = p[1] * u[0]
        c[0] = v2
        c[1] = p[0]
        c[2] = p[2]
    }

    @inline(never)
    func attempt(_ t: KernelLane, _ h: KernelLane, _ m: LaneMemory<KernelLane>) {
        let (y, c, k, next) = (m.state, m.constants, m.k(0), m.next)
        let v4: KernelLane = KernelLane(1.0) / h
        let v7: KernelLane = KernelLane.subtractProduct(y[1], c[0], from: c[1])
        let v8: KernelLane = y[0] * v7
        let v10: KernelLane = y[1] * c[2]
        let v11: KernelLane = y[0] * c[0]
        let v13: KernelLane = v4 * KernelLane(4.718370754707919)
        let v14: KernelLane = v13 - v7
        let v15: KernelLane = c[2] + v13
        let v16: KernelLane = KernelLane(1.0) / v14
        let v17: KernelLane = KernelLane(1.0) / v15
        let v18: KernelLane = v10 * v17
        let v19: KernelLane = KernelLane(-0.0) - v18
        let v20: KernelLane = KernelLane.multiplyAdd(v11, v18, v8)
        let v21: KernelLane = v16 * v20
        k[0] = v21
        k[1] = v19
        var (z0, w0, u0) = (y[0], KernelLane(0), k[0])
        var (z1, w1, u1) = (y[1], KernelLane(0), k[1])
        for stage in 1..<8 {
            switch stage {
            case 1:
                z0 = KernelLane.multiplyAdd(u0, KernelLane(3.0), y[0])
                z1 = KernelLane.multiplyAdd(u1, KernelLane(3.0), y[1])
                w0 = u0 * KernelLane(-14.155112264123755)
                w1 = u1 * KernelLane(-14.155112264123755)
            case 2:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(2.849394379747939), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(2.849394379747939), y[1])
                w0 = k[0] * KernelLane(-17.97296035885952)
                w1 = k[1] * KernelLane(-17.97296035885952)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(0.45842242204463923), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(0.45842242204463923), z1)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-2.859693295451294), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-2.859693295451294), w1)
            case 3:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(-6.954028509809101), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(-6.954028509809101), y[1])
                w0 = k[0] * KernelLane(147.12150275711716)
                w1 = k[1] * KernelLane(147.12150275711716)
                z0 = KernelLane.multiplyAdd(k[2], KernelLane(2.489845061869568), z0)
                z1 = KernelLane.multiplyAdd(k[3], KernelLane(2.489845061869568), z1)
                w0 = KernelLane.multiplyAdd(k[2], KernelLane(-1.41221402718213), w0)
                w1 = KernelLane.multiplyAdd(k[3], KernelLane(-1.41221402718213), w1)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(-10.358996098473584), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(-10.358996098473584), z1)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(71.68940251302358), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(71.68940251302358), w1)
            case 4:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(2.8029986275628964), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(2.8029986275628964), y[1])
                w0 = k[0] * KernelLane(165.43517024871676)
                w1 = k[1] * KernelLane(165.43517024871676)
                z0 = KernelLane.multiplyAdd(k[2], KernelLane(0.5072464736228206), z0)
                z1 = KernelLane.multiplyAdd(k[3], KernelLane(0.5072464736228206), z1)
                w0 = KernelLane.multiplyAdd(k[2], KernelLane(-0.4592823456491126), w0)
                w1 = KernelLane.multiplyAdd(k[3], KernelLane(-0.4592823456491126), w1)
                z0 = KernelLane.multiplyAdd(k[4], KernelLane(-0.3988312541770524), z0)
                z1 = KernelLane.multiplyAdd(k[5], KernelLane(-0.3988312541770524), z1)
                w0 = KernelLane.multiplyAdd(k[4], KernelLane(42.90938336958603), w0)
                w1 = KernelLane.multiplyAdd(k[5], KernelLane(42.90938336958603), w1)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(-0.04721187230404641), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(-0.04721187230404641), z1)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-5.961986721573306), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-5.961986721573306), w1)
            case 5:
                z0 = KernelLane.multiplyAdd(k[0], KernelLane(-7.502846399306121), y[0])
                z1 = KernelLane.multiplyAdd(k[1], KernelLane(-7.502846399306121), y[1])
                w0 = k[0] * KernelLane(24.854864614690072)
                w1 = k[1] * KernelLane(24.854864614690072)
                z0 = KernelLane.multiplyAdd(k[2], KernelLane(2.561846144803919), z0)
                z1 = KernelLane.multiplyAdd(k[3], KernelLane(2.561846144803919), z1)
                w0 = KernelLane.multiplyAdd(k[2], KernelLane(-3.0009227002832186), w0)
                w1 = KernelLane.multiplyAdd(k[3], KernelLane(-3.0009227002832186), w1)
                z0 = KernelLane.multiplyAdd(k[4], KernelLane(-11.627539656261098), z0)
                z1 = KernelLane.multiplyAdd(k[5], KernelLane(-11.627539656261098), z1)
                w0 = KernelLane.multiplyAdd(k[4], KernelLane(47.4931110020768), w0)
                w1 = KernelLane.multiplyAdd(k[5], KernelLane(47.4931110020768), w1)
                z0 = KernelLane.multiplyAdd(k[6], KernelLane(-0.18268767659942256), z0)
                z1 = KernelLane.multiplyAdd(k[7], KernelLane(-0.18268767659942256), z1)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(5.5814197821558125), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(5.5814197821558125), w1)
                z0 = KernelLane.multiplyAdd(u0, KernelLane(0.030198172008377946), z0)
                z1 = KernelLane.multiplyAdd(u1, KernelLane(0.030198172008377946), z1)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-0.6610691825249471), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-0.6610691825249471), w1)
            case 6:
                w0 = k[0] * KernelLane(30.91273214028599)
                w1 = k[1] * KernelLane(30.91273214028599)
                w0 = KernelLane.multiplyAdd(k[2], KernelLane(-3.1208243349937974), w0)
                w1 = KernelLane.multiplyAdd(k[3], KernelLane(-3.1208243349937974), w1)
                w0 = KernelLane.multiplyAdd(k[4], KernelLane(77.79954646070892), w0)
                w1 = KernelLane.multiplyAdd(k[5], KernelLane(77.79954646070892), w1)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(34.28646028294783), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(34.28646028294783), w1)
                w0 = KernelLane.multiplyAdd(k[8], KernelLane(-19.097331116725623), w0)
                w1 = KernelLane.multiplyAdd(k[9], KernelLane(-19.097331116725623), w1)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-28.087943162872662), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-28.087943162872662), w1)
                z0 = z0 + u0
                z1 = z1 + u1
            default:
                w0 = k[0] * KernelLane(37.80277123390563)
                w1 = k[1] * KernelLane(37.80277123390563)
                w0 = KernelLane.multiplyAdd(k[2], KernelLane(-3.2571969029072276), w0)
                w1 = KernelLane.multiplyAdd(k[3], KernelLane(-3.2571969029072276), w1)
                w0 = KernelLane.multiplyAdd(k[4], KernelLane(112.26918849496327), w0)
                w1 = KernelLane.multiplyAdd(k[5], KernelLane(112.26918849496327), w1)
                w0 = KernelLane.multiplyAdd(k[6], KernelLane(66.9347231244047), w0)
                w1 = KernelLane.multiplyAdd(k[7], KernelLane(66.9347231244047), w1)
                w0 = KernelLane.multiplyAdd(k[8], KernelLane(-40.06618937091002), w0)
                w1 = KernelLane.multiplyAdd(k[9], KernelLane(-40.06618937091002), w1)
                w0 = KernelLane.multiplyAdd(k[10], KernelLane(-54.66780262877968), w0)
                w1 = KernelLane.multiplyAdd(k[11], KernelLane(-54.66780262877968), w1)
                w0 = KernelLane.multiplyAdd(u0, KernelLane(-9.48861652309627), w0)
                w1 = KernelLane.multiplyAdd(u1, KernelLane(-9.48861652309627), w1)
                z0 = z0 + u0
                z1 = z1 + u1
            }
            let v24: KernelLane = KernelLane.subtractProduct(c[0], z1, from: c[1])
            let v25: KernelLane = z0 * v24
            let v27: KernelLane = KernelLane.multiplyAdd(v4, w0, v25)
            let v29: KernelLane = v4 * w1
            let v30: KernelLane = KernelLane.subtractProduct(c[2], z1, from: v29)
            let v31: KernelLane = v17 * v30
            let v32: KernelLane = KernelLane.subtractProduct(v11, v31, from: v27)
            let v33: KernelLane = v16 * v32
            u0 = v33
            k[stage * 2 + 0] = u0
            u1 = v31
            k[stage * 2 + 1] = u1
        }
        next[0] = z0 + u0
        next[1] = z1 + u1
    }
}
