// The trust region on problems from the literature, with derivatives exact to rounding from one formula each.
import Numerics
import Testing

/// Sums of squares ½·Σ((yᵢ − f(xᵢ; b))/s)², so that a unit of the objective is a unit of log likelihood.
private protocol Regression: LaneFunction {
    var data: [(x: Double, y: Double)] { get }
    var spread: Double { get }
    func prediction<L: Lane>(_ x: Double, _ b: [L]) -> L
}

extension Regression {
    func value<L: Lane>(_ b: [L]) -> L {
        var sum = L(0)
        for (x, y) in data {
            let z = (prediction(x, b) - y) / spread
            sum = L.multiplyAdd(0.5 * z, z, sum)
        }
        return sum
    }

    /// Gauss and Newton's: Σ ∇z·∇zᵀ.
    func gaussNewton(_ b: [Double]) -> Matrix {
        var matrix = Matrix(rows: b.count, columns: b.count)
        for (x, _) in data {
            let slopes = b.indices.map { i in
                prediction(x, b.indices.map { Dual(b[$0], tangent: $0 == i ? 1 : 0) }).tangent / spread
            }
            for r in b.indices {
                for c in b.indices { matrix[r, c] += slopes[r] * slopes[c] }
            }
        }
        return matrix
    }
}

/// NIST Statistical Reference Datasets, nonlinear regression: data, starts and certified values (public domain, nist.gov/itl).
private struct Misra1a: Regression {
    let spread = (1.2455138894e-1 / 12).squareRoot()
    let data = zip(
        [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
        [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78]
    ).map { (x: $0, y: $1) }
    func prediction<L: Lane>(_ x: Double, _ b: [L]) -> L { b[0] * (1 - (-(b[1] * x)).exp()) }
}

private struct MGH09: Regression {
    let spread = (3.0750560385e-4 / 7).squareRoot()
    let data = zip(
        [4.0, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
        [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246]
    ).map { (x: $0, y: $1) }
    func prediction<L: Lane>(_ x: Double, _ b: [L]) -> L { b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3]) }
}

private struct Thurber: Regression {
    let spread = (5.6427082397e3 / 30).squareRoot()
    let data = zip(
        [
            -3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501, -1.460, -1.274, -1.212,
            -1.100, -1.046, -0.915, -0.714, -0.566, -0.545, -0.400, -0.309, -0.109, -0.103, 0.010, 0.119, 0.377, 0.790, 0.963, 1.006, 1.115,
            1.572, 1.841, 2.047, 2.200,
        ],
        [
            80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.060, 401.672, 390.724, 567.534,
            635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543,
            1353.863, 1414.509, 1425.208, 1421.384, 1442.962, 1464.350, 1468.705, 1447.894, 1457.628,
        ]
    ).map { (x: $0, y: $1) }
    func prediction<L: Lane>(_ x: Double, _ b: [L]) -> L {
        let above = b[0] + x * (b[1] + x * (b[2] + x * b[3]))
        return above / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    }
}

/// Moré, Garbow and Hillstrom (1981), ACM Trans. Math. Softw. 7:17–41.
private struct PowellSingular: LaneFunction {
    func value<L: Lane>(_ x: [L]) -> L {
        let (a, b, c, d) = (x[0] + 10 * x[1], x[2] - x[3], x[1] - 2 * x[2], x[0] - x[3])
        return a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d
    }
}

private struct Beale: LaneFunction {
    func value<L: Lane>(_ x: [L]) -> L {
        let (p, y) = (x[0], x[1])
        let (a, b, c) = (1.5 - p * (1 - y), 2.25 - p * (1 - y * y), 2.625 - p * (1 - y * y * y))
        return a * a + b * b + c * c
    }
}

private struct Rosenbrock: LaneFunction {
    func value<L: Lane>(_ x: [L]) -> L {
        let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
        return 100 * a * a + b * b
    }
}

/// Two wells, the lower one at about −1.02; a ridge between them.
private struct TwoWells: LaneFunction {
    func value<L: Lane>(_ x: [L]) -> L {
        let y = x[0] * x[0] - 1
        return 8 * y * y + 1.5 * x[0] + x[1] * x[1]
    }
}

@Suite("Trust region")
struct TrustRegionTests {
    private func minimise(
        _ function: some LaneFunction, from start: [Double], hessian: MaximumAPosteriori.Hessian? = nil
    ) throws -> MaximumAPosteriori.Mode {
        try MaximumAPosteriori.minimise(start: start, hessian: hessian ?? { ExactDerivatives.hessian(of: function, at: $0) }) {
            x, gradient in
            let found = ExactDerivatives.gradient(of: function, at: x)
            gradient = found.gradient
            return found.value
        }
    }

    private func check(_ problem: some Regression, _ certified: [Double], sum: Double, starts: [[Double]]) throws {
        for start in starts {
            for hessian in [nil, { problem.gaussNewton($0) }] as [MaximumAPosteriori.Hessian?] {
                let mode = try minimise(problem, from: start, hessian: hessian)
                #expect(mode.converged, "\(type(of: problem)) from \(start): \(mode.status)")
                for (found, truth) in zip(mode.point, certified) { #expect((found / truth - 1).magnitude < 2e-8) }
                #expect((2 * mode.value * problem.spread * problem.spread / sum - 1).magnitude < 1e-9)
                #expect(mode.iterations < 100)
            }
        }
    }

    @Test("NIST's Misra1a: certified values from both starts, with exact and with Gauss and Newton's curvature")
    func misra() throws {
        try check(Misra1a(), [2.3894212918e2, 5.5015643181e-4], sum: 1.2455138894e-1, starts: [[500, 1e-4], [250, 5e-4]])
    }

    @Test("NIST's Thurber: certified values of seven parameters from both starts")
    func thurber() throws {
        try check(
            Thurber(),
            [1.2881396800e3, 1.4910792535e3, 5.8323836877e2, 7.5416644291e1, 9.6629502864e-1, 3.9797285797e-1, 4.9727297349e-2],
            sum: 5.6427082397e3, starts: [[1000, 1000, 400, 40, 0.7, 0.3, 0.03], [1300, 1500, 500, 75, 1, 0.4, 0.05]])
    }

    @Test(
        "NIST's MGH09, of higher difficulty: certified values from the near start; from scattered starts the best mode is the certified one"
    )
    func kowalik() throws {
        let certified = [1.9280693458e-1, 1.9128232873e-1, 1.2305650693e-1, 1.3606233068e-1]
        try check(MGH09(), certified, sum: 3.0750560385e-4, starts: [[0.25, 0.39, 0.415, 0.39]])
        let problem = MGH09()
        let search = try MaximumAPosteriori.search(
            starts: MaximumAPosteriori.starts(count: 12, centre: [0.5, 0.5, 0.5, 0.5], spread: [0.3, 0.3, 0.3, 0.3], seed: 1, stream: 1),
            hessian: { ExactDerivatives.hessian(of: problem, at: $0) }
        ) { x, gradient in
            let found = ExactDerivatives.gradient(of: problem, at: x)
            gradient = found.gradient
            return found.value
        }
        for (found, truth) in zip(search.best.point, certified) { #expect((found / truth - 1).magnitude < 2e-8) }
        #expect(search.agreement > 0.2)
    }

    @Test("Rosenbrock, Beale and Powell's singular function are brought to their ends")
    func classics() throws {
        let valley = try minimise(Rosenbrock(), from: [-1.2, 1])
        #expect(valley.converged && valley.iterations < 40)
        #expect(valley.point.allSatisfy { ($0 - 1).magnitude < 1e-12 })
        let beale = try minimise(Beale(), from: [1, 1])
        #expect(beale.converged && beale.iterations < 40)
        #expect((beale.point[0] - 3).magnitude < 1e-10 && (beale.point[1] - 0.5).magnitude < 1e-10)
        // The Hessian is singular at its end, and every method comes to it slowly.
        let powell = try minimise(PowellSingular(), from: [3, -1, 0, 1])
        #expect(powell.converged && powell.iterations < 60)
        #expect(powell.value < 1e-10 && powell.point.allSatisfy { $0.magnitude < 1e-2 })
    }

    @Test("from a saddle the search goes down, not nowhere")
    func saddle() throws {
        struct Saddle: LaneFunction {
            func value<L: Lane>(_ x: [L]) -> L { x[0] * x[0] - x[1] * x[1] + 0.25 * x[1] * x[1] * x[1] * x[1] }
        }
        // On the ridge the gradient has nothing along the way down: the hard case.
        let mode = try minimise(Saddle(), from: [1, 0])
        #expect(mode.converged)
        #expect((mode.value + 1).magnitude < 1e-12 && (mode.point[1].magnitude - 2.0.squareRoot()).magnitude < 1e-6)
    }

    @Test("scattered starts find both wells, name the lower one and say that they do not agree")
    func wells() throws {
        let problem = TwoWells()
        func search(_ seed: UInt64) throws -> MaximumAPosteriori.Search {
            try MaximumAPosteriori.search(
                starts: MaximumAPosteriori.starts(count: 20, centre: [1.5, 0], spread: [1.5, 1], seed: seed, stream: 1),
                hessian: { ExactDerivatives.hessian(of: problem, at: $0) }
            ) { x, gradient in
                let found = ExactDerivatives.gradient(of: problem, at: x)
                gradient = found.gradient
                return found.value
            }
        }
        let found = try search(3)
        #expect(found.modes.count == 2 && !found.agrees)
        #expect(found.best.point[0] < -1 && (found.others.first?.mode.point[0] ?? 0) > 0.9)
        #expect(found.modes.flatMap(\.starts).sorted() == Array(0..<20))
        #expect(found.agreement > 0 && found.agreement < 1)
        #expect(try search(3) == found)
        // The centre is the first start, whatever the seed.
        #expect(MaximumAPosteriori.starts(count: 1, centre: [4, 5], spread: [1, 1], seed: 9, stream: 9) == [[4, 5]])
    }
}
