// Switches: rates that bend where a quantity changes its sign, located and held in between.
import Numerics
import Testing

/// A mass on a spring that pushes harder than it pulls: x″ = −k·x with one k for x > 0 and another below.
enum UnevenSpring: OrdinarySystem {
    static let stateCount = 2
    static let parameterCount = 2
    static let inputCount = 0
    static let switchCount = 1
    static let surfaces = [Surface(switch: 0)]

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = state[1]
        rate[1] = -(L.select(L.lessThan(L(0.5), input[0]), parameters[0], parameters[1])) * state[0]
    }

    static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L { state[0] }
}

/// x = (t − 1)² − depth, and y, which grows while x is positive: a graze of width √depth.
enum Graze: OrdinarySystem {
    static let stateCount = 2
    static let parameterCount = 1
    static let inputCount = 0
    static let switchCount = 1
    static let derivedCount = 1
    static let surfaces = [Surface(switch: 0)]

    static func derive<L: Lane>(parameters: Span<L>, into derived: inout MutableSpan<L>) { derived[0] = -parameters[0] }

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        rate[0] = 2 * (time - 1)
        rate[1] = input[0]
    }

    static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        state[0] + parameters[1]
    }
}

@Suite("Switches")
struct SwitchTests {
    /// Times at which the spring let go at 1 passes zero: a quarter of the first period, then halves in turn.
    static func passages(_ k: [Double], _ count: Int) -> [Double] {
        var time = Double.pi / (2 * k[0].squareRoot())
        return (0..<count).map { index in
            defer { time += Double.pi / k[index % 2 == 0 ? 1 : 0].squareRoot() }
            return time
        }
    }

    private func release(_ k: [Double], from start: [Double] = [1, 0], end: Double, outputs: [Double]) throws -> Trajectory {
        try Integrator.solve(
            UnevenSpring.self, initial: start, parameters: k, segments: [Segment(start: 0, end: end)], outputs: outputs,
            tolerance: Tolerance(relative: 1e-11, absolute: 1e-11))
    }

    @Test("a spring of two stiffnesses turns where it should: each passage once, none lost, and its energy is kept")
    func spring() throws {
        let k = [1.0, 9]
        let expected = Self.passages(k, 40)
        let end = expected[39] + 0.1
        let run = try release(k, end: end, outputs: [end])
        #expect(run.crossings.count == 40)
        for (crossing, time) in zip(run.crossings, expected) { #expect((crossing.time - time).magnitude < 1e-8) }
        let stiffness = run[0, 0] > 0 ? k[0] : k[1]
        #expect((stiffness * run[0, 0] * run[0, 0] + run[0, 1] * run[0, 1] - 1).magnitude < 1e-8)
    }

    @Test("a start on the surface itself takes the side that it moves to")
    func startOnSurface() throws {
        for speed in [1.0, -1] {
            let run = try release([1, 9], from: [0, speed], end: 0.5, outputs: [0.5])
            let pace: Double = speed > 0 ? 1 : 3
            #expect((run[0, 0] - speed * (LaneSine.of(0.5 * pace)) / pace).magnitude < 1e-9)
            #expect(run.crossings.count <= 1)
        }
    }

    @Test("a graze neither loops nor leaves the switch on the wrong side")
    func graze() throws {
        for depth in [0, 1e-300, 1e-16, 1e-12, 1e-8, 1e-4, -1e-12] {
            let inside = 2 * max(depth, 0).squareRoot()
            // Two crossings within one step are not seen: a deep graze wants steps shorter than itself, of a shallow one nothing is lost.
            let longest = inside > 1e-3 ? 0.4 * inside : 0.3
            let run = try Integrator.solve(
                Graze.self, initial: [1, 0], parameters: [depth], segments: [Segment(start: 0, end: 3)], outputs: [3],
                tolerance: Tolerance(relative: 1e-8, absolute: 1e-8, maximumStep: longest, stepLimit: 500))
            #expect((run[0, 1] - (3 - inside)).magnitude < (inside > 1e-3 ? 1e-6 : 1e-3), "depth \(depth)")
            #expect(run.crossings.count % 2 == 0 && run.crossings.count <= 2)
        }
    }

    @Test("a border that continues changes nothing but the steps; other requested times change nothing at all")
    func bordersAndGrid() throws {
        let k = [1.0, 9]
        func run(_ segments: [Segment], _ outputs: [Double]) throws -> Trajectory {
            try Integrator.solve(
                UnevenSpring.self, initial: [1, 0], parameters: k, segments: segments, outputs: outputs,
                tolerance: Tolerance(relative: 1e-10, absolute: 1e-10))
        }
        let whole = try run([Segment(start: 0, end: 8)], [8])
        let borders = (0..<8).map { Segment(start: Double($0), end: Double($0 + 1), continues: true) }
        let cut = try run(borders, [8])
        #expect(cut.crossings.count == whole.crossings.count)
        for (a, b) in zip(cut.crossings, whole.crossings) { #expect((a.time - b.time).magnitude < 1e-8) }
        for s in 0..<2 { #expect((cut[0, s] - whole[0, s]).magnitude < 1e-8) }
        let often = try run(borders, (0...800).map { Double($0) / 100 })
        #expect(often.crossings == cut.crossings)
        #expect(often[800, 0].bitPattern == cut[0, 0].bitPattern)
    }
}

/// The sine by its series: the tests call no libm.
enum LaneSine {
    static func of(_ x: Double) -> Double {
        var (term, sum) = (x, x)
        for n in 1..<15 {
            term *= -x * x / Double(2 * n * (2 * n + 1))
            sum += term
        }
        return sum
    }
}
