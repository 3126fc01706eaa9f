// A place of a lane that has finished its draw takes up the next one: the lane's steps counted, beside what waiting would take.
import Numerics
import Synchronization
import Testing
import Tracing

@Suite("Lanes that are refilled")
struct LaneRefillTests {
    static let draws = 256

    /// Draws of which each turns a little otherwise, and fifty times as fast in one segment, which takes fifty times as many steps.
    private func table(fastIn segment: (Int) -> Int) -> Matrix {
        var table = Matrix(rows: Self.draws, columns: 3)
        let random = RandomStream(seed: 31, stream: 3)
        for draw in 0..<Self.draws {
            let speed = 1 + 0.2 * random.uniform(draw: draw, index: 0)
            (table[draw, 0], table[draw, 1], table[draw, 2]) = (speed, 50 * speed, Double(segment(draw)))
        }
        return table
    }

    private func segments(_ count: Int) -> [Segment] {
        (0..<count).map { Segment(start: 5 * Double($0), end: 5 * Double($0 + 1), input: [Double($0)]) }
    }

    private func count<Method: StepMethod>(
        _ method: Method, _ draws: Matrix, _ segments: [Segment]
    ) throws -> Int where Method.System == Turning {
        let counted = CountedSteps(method)
        let found = try Ensemble.solveSerially(
            by: counted, draws: draws, initial: .same([1, 0]), segments: segments, outputs: [segments[segments.count - 1].end],
            tolerance: Tolerance(relative: 1e-6, absolute: 1e-9))
        #expect(found.failures.isEmpty)
        return counted.steps.number.load(ordering: .relaxed)
    }

    /// Each draw's steps by itself, segment by segment.
    private func alone<Method: StepMethod>(
        _ method: Method, _ draws: Matrix, _ segments: [Segment]
    ) throws -> [[Int]] where Method.System == Turning, Method.Number == Double {
        try (0..<draws.rows).map { draw in
            let one = try Matrix(rows: 1, columns: draws.columns, elements: Array(draws.row(draw)))
            let upTo = try segments.indices.map { try count(method, one, Array(segments[...$0])) }
            return zip(upTo, [0] + upTo).map { $0 - $1 }
        }
    }

    /// - Parameters:
    ///   - lane: how many steps it took, each in eight places.
    ///   - steps: of each draw by itself, segment by segment.
    private func check(_ name: String, _ lane: Int, _ steps: [[Int]]) {
        let whole = steps.map { $0.reduce(0, +) }
        let (sum, longest) = (whole.reduce(0, +), whole.max() ?? 0)
        // What it would take if eight draws at a time waited in each segment for the slowest of them.
        let waiting = steps[0].indices.reduce(0) { total, segment in
            stride(from: 0, to: Self.draws, by: 8).reduce(total) { total, first in
                total + ((first..<first + 8).map { steps[$0][segment] }.max() ?? 0)
            }
        }
        print("\(name): \(lane) steps of the lane; \(sum / 8) at least, \(waiting) if places waited; the longest draw takes \(longest)")
        #expect(lane * 8 >= sum, "\(name): every step has its place")
        // Graham's bound (1969, SIAM J. Appl. Math. 17:416–429) for work taken up as soon as there is room: when the last draw is begun no
        // place has been idle yet.
        #expect((lane - longest) * 8 <= sum - longest, "\(name)")
        #expect(3 * lane < waiting, "\(name)")
    }

    @Test("no place waits for the slowest draw: 256 draws, every eighth fifty times as long, take an eighth of all their steps")
    func draws() throws {
        // The others are never fast.
        let (draws, segments) = (table { $0 % 8 == 3 ? 0 : -1 }, segments(1))
        try check(
            "explicit", count(DormandPrince<Turning, SIMD8<Double>>(), draws, segments),
            alone(DormandPrince<Turning, Double>(), draws, segments))
        try check(
            "stiff", count(InterpretedStep<Turning, SIMD8<Double>>(), draws, segments),
            alone(InterpretedStep<Turning, Double>(), draws, segments))
    }

    @Test("nor at a dose: 256 draws, each of which lingers in a segment of its own, do not wait for each other at the borders")
    func borders() throws {
        let (draws, segments) = (table { $0 % 8 }, segments(8))
        try check(
            "explicit, eight segments", count(DormandPrince<Turning, SIMD8<Double>>(), draws, segments),
            alone(DormandPrince<Turning, Double>(), draws, segments))
    }
}

/// A point that turns about the origin. Parameters: its speed; that in one segment; the number of this segment. Input: the number of the
/// segment at hand.
private enum Turning: OrdinarySystem {
    static let stateCount = 2
    static let parameterCount = 3
    static let inputCount = 1

    static func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        let speed = L.select(L.lessThan((input[0] - parameters[2]).magnitude, L(0.5)), parameters[1], parameters[0])
        rate[0] = -(speed * state[1])
        rate[1] = speed * state[0]
    }
}

/// How many steps have been tried, each in all places of a lane at once.
private final class StepCount: Sendable {
    let number = Atomic<Int>(0)
}

/// A method that counts: any that neither knows states in closed form nor chooses its steps.
private struct CountedSteps<Method: StepMethod>: StepMethod {
    typealias System = Method.System
    typealias Number = Method.Number

    let method: Method
    let steps = StepCount()

    init(_ method: Method) { self.method = method }

    func attempt(_ time: Number, _ step: Number, _ memory: LaneMemory<Number>) {
        steps.number.wrappingAdd(1, ordering: .relaxed)
        method.attempt(time, step, memory)
    }

    var stageCount: Int { method.stageCount }
    var errorStage: Int { method.errorStage }
    var lastRate: Int? { method.lastRate }
    var stabilityLimit: Double? { method.stabilityLimit }
    var constantCount: Int { method.constantCount }
    var errorWeight: Double { method.errorWeight }

    func prepare(
        parameters: UnsafePointer<Number.Single>, inputs: UnsafePointer<Number.Single>, into constants: UnsafeMutablePointer<Number.Single>
    ) { method.prepare(parameters: parameters, inputs: inputs, into: constants) }

    func shape(_ step: Number, _ memory: LaneMemory<Number>) { method.shape(step, memory) }

    func read(
        _ fraction: Number, _ step: Number, _ memory: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>
    ) { method.read(fraction, step, memory, kept, into: state) }
}
