// Fields on grids against the heat kernel, decaying cosines, and the front of Fisher, Kolmogorov, Petrovsky and Piskunov.
import Numerics
import Systems
import Testing

@Suite("Grids in fixed steps")
struct GridTests {
    /// Diffusion alone: Fisher and Kolmogorov's equation without growth.
    private func diffuse(
        _ grid: Grid, _ initial: [Double], d: Double = 1, step: Double, count: Int, recordEvery: Int? = nil
    ) throws -> EnsembleTrajectories {
        try GridEnsemble.solveSerially(
            FisherKolmogorov.self, grid: grid, draws: try Matrix([[d, 0]]), initial: [initial],
            plan: try FixedStepPlan(step: step, stepCount: count, recordEvery: recordEvery ?? max(1, count)))
    }

    @Test("a drop spreads with variance 2Dt along every axis, in the plane and in space, and nothing is lost")
    func heatKernel() throws {
        for (n, depth) in [(61, 1), (31, 31)] {
            let (spacing, d) = (0.5, 0.7)
            let grid = try Grid(x: n, y: n, z: depth, spacing: spacing)
            var drop = [Double](repeating: 0, count: grid.cellCount)
            drop[(depth / 2 * n + n / 2) * n + n / 2] = 1
            let count = depth == 1 ? 100 : 20
            let found = try diffuse(grid, drop, d: d, step: 0.05, count: count)
            var (sum, moments) = (0.0, [0.0, 0.0, 0.0])
            for cell in 0..<grid.cellCount {
                let u = found[0, 1, cell]
                let place = [cell % n - n / 2, cell / n % n - n / 2, cell / (n * n) - depth / 2]
                sum += u
                for axis in 0..<3 { moments[axis] += u * Double(place[axis] * place[axis]) * spacing * spacing }
            }
            #expect((sum - 1).magnitude < 1e-12)
            for axis in 0..<(depth == 1 ? 2 : 3) {
                let variance = 2 * d * 0.05 * Double(count)
                // What reaches the border by then is less than the tolerance.
                #expect((moments[axis] / variance - 1).magnitude < 1e-6)
            }
        }
    }

    @Test("what a ragged tissue of unequal layers holds is kept to 1e-12, and nothing gets out of it")
    func conservation() throws {
        let (x, y, z) = (29, 17, 5)
        let stream = RandomStream(seed: 70, stream: 0)
        let mask = (0..<x * y * z).map { stream.uniform(draw: $0, index: 0) < 0.7 }
        let tissue = (0..<x * y * z).map { $0 % 3 == 0 ? 0.2 : 5 * stream.uniform(draw: $0, index: 1) }
        let grid = try Grid(x: x, y: y, z: z, spacing: 1, mask: mask, diffusivity: tissue)
        let initial = mask.indices.map { mask[$0] ? stream.uniform(draw: $0, index: 2) : 0 }
        let found = try diffuse(grid, initial, step: grid.longestStep(diffusivity: 1), count: 2000, recordEvery: 1000)
        let before = initial.reduce(0, +)
        for record in 1...2 {
            let after = (0..<grid.cellCount).reduce(0.0) { $0 + found[0, record, $1] }
            #expect((after / before - 1).magnitude < 1e-12)
        }
        let outside = mask.indices.allSatisfy { mask[$0] || found[0, 2, $0] == 0 }
        #expect(outside)
        // Long enough, neighbours are alike.
        for cell in 0..<grid.cellCount - 1 where cell % x != x - 1 && mask[cell] && mask[cell + 1] {
            #expect((found[0, 2, cell] - found[0, 2, cell + 1]).magnitude < 0.05)
        }
    }

    @Test("a cosine decays as it should: order 2 in the spacing, in two and three dimensions")
    func order() throws {
        for depth in [false, true] {
            let errors = try [8, 16, 32].map { n in
                let spacing = 1 / Double(n)
                let grid = try Grid(x: n, y: n, z: depth ? n : 1, spacing: spacing)
                func wave(_ place: Int) -> Double { (Double.pi * (Double(place) + 0.5) * spacing).cosine() }
                let initial = (0..<grid.cellCount).map { cell in
                    wave(cell % n) * wave(cell / n % n) * (depth ? wave(cell / (n * n)) : 1)
                }
                let step = 0.125 * spacing * spacing
                let count = n * n
                let found = try diffuse(grid, initial, d: 0.5, step: step, count: count)
                let decay = (-(depth ? 3.0 : 2.0) * Double.pi * Double.pi * 0.5 * step * Double(count)).exp()
                return initial.indices.map { (found[0, 1, $0] - initial[$0] * decay).magnitude }.max() ?? .nan
            }
            for slope in slopes(errors) { #expect((slope - 2).magnitude < 0.1, "\(errors)") }
        }
    }

    /// The slopes between errors at halved steps or spacings.
    private func slopes(_ errors: [Double]) -> [Double] { zip(errors, errors.dropFirst()).map { ($0 / $1).log() / 2.0.log() } }

    @Test("Heun's steps converge with order 2 in time: a wave of the grid itself that decays, and growth everywhere alike")
    func time() throws {
        let n = 16
        let grid = try Grid(x: n, y: n, spacing: 1)
        func half(_ place: Int) -> Double { (Double.pi * (Double(place) + 0.5) / Double(n)).cosine() }
        let wave = (0..<n * n).map { half($0 % n) * half($0 / n) }
        // A cosine is what the grid's own diffusion only shrinks, at this rate: the spacing leaves no error.
        let rate = 4 * (1 - (Double.pi / Double(n)).cosine())
        let even = [Double](repeating: 0.05, count: n * n)
        let counts = [64, 128, 256, 512]
        let decaying = try counts.map { count in
            let found = try diffuse(grid, wave, step: 16 / Double(count), count: count)
            return wave.indices.map { (found[0, 1, $0] - wave[$0] * (-rate * 16).exp()).magnitude }.max() ?? .nan
        }
        let growing = try counts.map { count in
            let found = try GridEnsemble.solveSerially(
                FisherKolmogorov.self, grid: grid, draws: try Matrix([[1, 0.5]]), initial: [even],
                plan: try FixedStepPlan(step: 8 / Double(count), stepCount: count, recordEvery: count))
            return even.indices.map { (found[0, 1, $0] - 1 / (1 + 19 * (-4.0).exp())).magnitude }.max() ?? .nan
        }
        print("order in time on a grid: decaying \(slopes(decaying)), growing \(slopes(growing))")
        for slope in slopes(decaying) + slopes(growing) { #expect((slope - 2).magnitude < 0.1) }
    }

    @Test("what flows from one layer into a slower one converges with order 2 in the spacing")
    func layers() throws {
        // Two half spaces (Carslaw and Jaeger 1959, Conduction of Heat in Solids, 2.15): by a time that the ends do not notice (erfc 4.6)
        // so much has crossed. Only the right mean of the two diffusivities at the border converges to it with order 2.
        let (slow, time) = (0.1, 0.003)
        let crossed = 2 * (slow * time / Double.pi).squareRoot() / (1 + slow.squareRoot())
        let errors = try [128, 256, 512].map { n in
            let tissue = (0..<n).map { $0 < n / 2 ? 1.0 : slow }
            let grid = try Grid(x: n, y: 1, spacing: 1 / Double(n), diffusivity: tissue)
            let initial = (0..<n).map { $0 < n / 2 ? 1.0 : 0 }
            let count = Int((4 * time * Double(n * n)).rounded(.up))
            let found = try diffuse(grid, initial, step: time / Double(count), count: count)
            return ((n / 2..<n).reduce(0.0) { $0 + found[0, 1, $1] } / Double(n) - crossed).magnitude
        }
        print("order in the spacing across layers: \(slopes(errors))")
        for slope in slopes(errors) { #expect((slope - 2).magnitude < 0.1) }
    }

    @Test("a growing front travels at 2√(Dρ), less what theory says of a young one")
    func front() throws {
        let (d, rho, spacing, n) = (0.5, 2.0, 0.125, 1200)
        let grid = try Grid(x: n, y: 1, spacing: spacing)
        let initial = (0..<n).map { $0 < 40 ? 1.0 : 0 }
        let step = 0.01
        let found = try GridEnsemble.solveSerially(
            FisherKolmogorov.self, grid: grid, draws: try Matrix([[d, rho]]), initial: [initial],
            plan: try FixedStepPlan(step: step, stepCount: 5000, recordEvery: 500))
        func place(_ record: Int) -> Double {
            let cell = (0..<n).last { found[0, record, $0] > 0.5 } ?? 0
            let (a, b) = (found[0, record, cell], found[0, record, cell + 1])
            return spacing * (Double(cell) + (a - 0.5) / (a - b))
        }
        let (from, to) = (20.0, 50.0)
        let speed = (place(10) - place(4)) / (to - from)
        // Bramson (1983): the front stands at ct − 3/2·√(D/ρ)·ln t.
        let c = 2 * (d * rho).squareRoot()
        let expected = c - 1.5 * (d / rho).squareRoot() * (to / from).log() / (to - from)
        print("front speed \(speed), expected \(expected), at last \(c)")
        #expect((speed / expected - 1).magnitude < 0.005)
        #expect((speed / c - 1).magnitude < 0.02)
    }

    @Test("excitable tissue carries a wave once over and comes to rest")
    func excitable() throws {
        let n = 120
        let grid = try Grid(x: n, y: 1, spacing: 0.6)
        let initial = [(0..<n).map { $0 < 6 ? 1.0 : 0 }, [Double](repeating: 0, count: n)]
        let found = try GridEnsemble.solveSerially(
            ExcitableTissue.self, grid: grid, draws: try Matrix([[1, 0.15, 0.002, 0.2, 0.3, 8]]), initial: initial,
            plan: try FixedStepPlan(step: 0.05, stepCount: 4000, recordEvery: 20))
        let firsts = [40, 100].map { cell in (0...200).first { found[0, $0, cell] > 0.5 } ?? 999 }
        #expect(firsts[0] < firsts[1] && firsts[1] < 200, "the wave passes one cell after the other")
        #expect(found[0, 200, 100] < 0.1, "and leaves it")
    }

    @Test("a step that explicit diffusion cannot bear is refused, with the longest one that it can")
    func stability() throws {
        let grid = try Grid(x: 8, y: 8, spacing: 0.5)
        #expect(grid.longestStep(diffusivity: 1) == 0.0625)
        #expect(throws: FixedStepError.unstable(draw: 0, step: 0.04, longest: 0.03125)) {
            try diffuse(grid, [Double](repeating: 1, count: 64), d: 2, step: 0.04, count: 1)
        }
        // At the limit a chessboard, the worst of patterns, does not grow.
        let board = (0..<64).map { ($0 % 8 + $0 / 8) % 2 == 0 ? 1.0 : -1.0 }
        let found = try diffuse(grid, board, step: 0.0625, count: 500)
        let isBounded = (0..<64).allSatisfy { found[0, 1, $0].magnitude <= 1 }
        #expect(isBounded)
        #expect(throws: FixedStepError.badDiffusivity(draw: 0)) { try diffuse(grid, board, d: -1, step: 0.01, count: 1) }
        #expect(throws: FixedStepError.badGrid) { try Grid(x: 0, y: 1, spacing: 1) }
        #expect(throws: FixedStepError.wrongCount(of: .cells, expected: 4, found: 3)) {
            try Grid(x: 2, y: 2, spacing: 1, mask: [true, true, false])
        }
    }
}
