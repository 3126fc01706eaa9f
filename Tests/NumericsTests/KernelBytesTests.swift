// Every kernel of every library beside the same method compiled here for every processor: the same bytes, entry by entry of the tables.
import Foundation
import Numerics
import Systems
import Testing
import Tracing

/// An entry of a kernel table, with a plan that takes its system through what it can do.
struct ComparedKernel: Sendable, CustomTestStringConvertible {
    /// System and method as the tables spell them.
    let entry: String
    let compiled: @Sendable (KernelLibrary) throws -> EnsembleTrajectories
    let baseline: @Sendable () throws -> EnsembleTrajectories
    let fused: @Sendable () throws -> EnsembleTrajectories

    var testDescription: String { entry }

    func here(_ arithmetic: Arithmetic) throws -> EnsembleTrajectories { try arithmetic == .fused ? fused() : baseline() }
}

/// Draws of a system, and what they go through.
struct KernelPlan<System: KernelSystem>: Sendable {
    var draws: Matrix
    var initial: InitialState
    var segments: [Segment]
    var outputs: [Double]

    func solve(_ method: IntegrationMethod, _ library: KernelLibrary) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            System.self, method: method, draws: draws, initial: initial, segments: segments, outputs: outputs, library: library)
    }

    func solve<Method: StepMethod>(by method: Method) throws -> EnsembleTrajectories where Method.System == System {
        try Ensemble.solveSerially(by: method, draws: draws, initial: initial, segments: segments, outputs: outputs)
    }

    /// The same with a derivative beside each number: each draw's along the logarithm of another of its parameters.
    var withSensitivity: KernelPlan<WithSensitivity<System>> {
        var pairs = Matrix(rows: draws.rows, columns: 2 * draws.columns)
        var states = Matrix(rows: draws.rows, columns: 2 * System.stateCount)
        for draw in 0..<draws.rows {
            for place in 0..<draws.columns { pairs[draw, 2 * place] = draws[draw, place] }
            let varied = draw % draws.columns
            pairs[draw, 2 * varied + 1] = draws[draw, varied]
            for state in 0..<System.stateCount {
                states[draw, 2 * state] =
                    switch initial {
                    case .same(let start): start[state]
                    case .each(let starts): starts[draw, state]
                    }
            }
        }
        let pairedSegments = segments.map {
            Segment(start: $0.start, end: $0.end, input: $0.input.flatMap { [$0, 0] }, event: $0.event)
        }
        return KernelPlan<WithSensitivity<System>>(draws: pairs, initial: .each(states), segments: pairedSegments, outputs: outputs)
    }
}

extension ComparedKernel {
    static func explicit<System: KernelSystem>(_ plan: KernelPlan<System>) -> ComparedKernel {
        ComparedKernel(
            entry: "\(System.self), explicit", compiled: { try plan.solve(.explicit, $0) },
            baseline: { try plan.solve(by: DormandPrince<System, Double>()) },
            fused: { try plan.solve(by: DormandPrince<System, FusedOne>()) })
    }

    /// A compiled series stands in the table as the explicit method of its system.
    static func series<System: KernelSystem & PartlyLinearSystem>(_ plan: KernelPlan<System>) -> ComparedKernel {
        ComparedKernel(
            entry: "\(System.self), explicit", compiled: { try plan.solve(.explicit, $0) },
            baseline: { try plan.solve(by: InterpretedSeries<System, Double>()) },
            fused: { try plan.solve(by: InterpretedSeries<System, FusedOne>()) })
    }

    static func stiff<System: KernelSystem>(_ plan: KernelPlan<System>) -> ComparedKernel {
        ComparedKernel(
            entry: "\(System.self), stiff", compiled: { try plan.solve(.stiff, $0) },
            baseline: { try plan.solve(by: InterpretedStep<System, Double>()) },
            fused: { try plan.solve(by: InterpretedStep<System, FusedOne>()) })
    }

    static func stochastic<System: StochasticKernelSystem>(
        _ system: System.Type, _ scheme: FixedStepScheme, _ draws: Matrix, _ initial: [Double], _ plan: FixedStepPlan
    ) -> ComparedKernel {
        @Sendable func here<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try StochasticEnsemble.solveSerially(
                system, lane: lane, scheme: scheme, draws: draws, initial: .same(initial), plan: plan, noise: FixedStepKernelTests.noise)
        }
        return ComparedKernel(
            entry: "\(system), \(scheme)",
            compiled: {
                try StochasticEnsemble.solveSerially(
                    system, scheme: scheme, draws: draws, initial: .same(initial), plan: plan, noise: FixedStepKernelTests.noise,
                    library: $0)
            }, baseline: { try here(Double.self) }, fused: { try here(FusedOne.self) })
    }

    static func network<System: NetworkKernelSystem>(
        _ system: System.Type, _ scheme: FixedStepScheme, _ draws: Matrix, node: [Double], _ plan: FixedStepPlan
    ) throws -> ComparedKernel {
        let connectome = try FixedStepKernelTests.connectome()
        let nodes = Matrix(rows: 84, columns: node.count, rowValues: node)
        let history = NetworkHistory.function { time, state, node in (time + 0.1 * Double(node) + Double(state)).sine() }
        @Sendable func here<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try NetworkEnsemble.solveSerially(
                system, lane: lane, scheme: scheme, connectome: connectome, draws: draws, nodeParameters: nodes, history: history,
                plan: plan, noise: FixedStepKernelTests.noise)
        }
        return ComparedKernel(
            entry: "\(system), \(scheme)",
            compiled: {
                try NetworkEnsemble.solveSerially(
                    system, scheme: scheme, connectome: connectome, draws: draws, nodeParameters: nodes, history: history, plan: plan,
                    noise: FixedStepKernelTests.noise, library: $0)
            }, baseline: { try here(Double.self) }, fused: { try here(FusedOne.self) })
    }

    static func field<System: GridKernelSystem>(
        _ system: System.Type, _ grid: Grid, _ draws: Matrix, _ initial: [[Double]], _ plan: FixedStepPlan
    ) -> ComparedKernel {
        @Sendable func here<L: NumberLane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try GridEnsemble.solveSerially(system, lane: lane, grid: grid, draws: draws, initial: initial, plan: plan)
        }
        return ComparedKernel(
            entry: "\(system)",
            compiled: { try GridEnsemble.solveSerially(system, grid: grid, draws: draws, initial: initial, plan: plan, library: $0) },
            baseline: { try here(Double.self) }, fused: { try here(FusedOne.self) })
    }
}

/// One plan a system, short, with every event and switch that the system has.
enum KernelPlans {
    static func draws(_ centre: [Double], spread: Double = 0.2) -> Matrix { KernelTests.draws(centre, count: count, spread: spread) }
    /// Four lanes of sixteen, and some places of a fifth.
    static let count = 67

    /// Two lines of treatment and a removal.
    static let liver = KernelPlan<LiverSystem>(
        draws: draws([0.02, 0.05, 0.05, 0.3]), initial: .same([80, 1]),
        segments: [
            Segment(start: 0, end: 6, input: [0.9, 0, 0], event: LiverSystem.Event.line), Segment(start: 6, end: 10, input: [0, 0, 0]),
            Segment(start: 10, end: 10, input: [0, 0.6, 1.2], event: LiverSystem.Event.removal),
            Segment(start: 10, end: 20, input: [0.7, 3, 0], event: LiverSystem.Event.line),
        ], outputs: (1...40).map { Double($0) / 2 })

    /// Forty-three weeks of the liver twin, published kinetics and marrow: a dose of the record, four cycles that wait for 2.5·10⁹ neutrophils
    /// a litre and keep away from a draw's own operation, removals, and a marrow that comes to rest; in every eighth draw it all but vanishes.
    static let liverTreatment: KernelPlan<LiverTreatmentSystem> = {
        typealias Event = LiverTreatmentSystem.Event
        var rows = draws([0.02, 0.05, 0.05, 0.05, 4.1, 1.67, 0.17, 1, 41_832, 5.56, 447, 87.2, 1])
        var initial = Matrix(rows: count, columns: LiverTreatmentSystem.stateCount)
        for draw in 0..<count {
            rows[draw, 12] = [6, 7, 1e6][draw % 3]
            if draw % 8 == 0 { rows[draw, 7] = 60 }
            let start = [0, 0, 80, 1] + [Double](repeating: rows[draw, 4], count: 5) + [1, LiverTreatmentSystem.never, 1e6, 0]
            for (state, value) in start.enumerated() { initial[draw, state] = value }
        }
        let (infusion, length) = (46.0 / 168, 1.5)
        var happenings: [(week: Double, event: Int, given: [Double])] = [
            (-3, Event.line, [0]), (-3, Event.earlier, [720]), (0, Event.milestone, []), (0, Event.regimen, [4]),
        ]
        for week in (0..<10).map(Double.init) { happenings.append((week, Event.decision, [720, 2.5, week + 2, week + 1, 4, 1.5, 0.9])) }
        happenings += [
            (6, Event.removal, [0.6, 1.2, 1, 1]), (7, Event.removal, [0.6, 1.2, 1, 1]), (12, Event.removal, [0.3, 1, 0, 0.4]),
            (16, Event.milestone, []), (35, Event.rest, []),
        ]
        let given = happenings.map(\.week).filter { $0 < 10 }
        let borders = Set(happenings.map(\.week) + given.flatMap { [$0 + infusion, $0 + length] } + [40]).sorted()
        func padded(_ numbers: [Double]) -> [Double] {
            numbers + [Double](repeating: 0, count: LiverTreatmentSystem.inputCount - numbers.count)
        }
        let segments = zip(borders, borders.dropFirst() + [40]).flatMap { (week, next) -> [Segment] in
            let events = happenings.filter { $0.week == week }
            let isDosing = week < -3 + length || (week >= 0 && week < 9 + length)
            let input = isDosing ? [0.9, week, length, 15_777, infusion, 1.17] : [0, week, 0, 0, 0, 1.17]
            return events.map { Segment(start: week, end: week, input: padded($0.given), event: $0.event) }
                + (week < next ? [Segment(start: week, end: next, input: padded(input))] : [])
        }
        // Some just after a start, where what is known in closed form has a formula of its own.
        let outputs = (-12...160).flatMap { (quarter: Int) -> [Double] in
            let week = Double(quarter) / 4
            return quarter % 4 == 0 && quarter < 160 ? [week, week + 0.005] : [week]
        }
        return KernelPlan(draws: rows, initial: .each(initial), segments: segments, outputs: outputs)
    }()

    private static let rates = draws([0.027, 0.0216, 0.003, 0.003, 1, 1.2, 1.5, 0.1, 1.2])

    /// Two months with the drug, two without it, and two with it again.
    static let growth = KernelPlan<ClonalGrowth>(
        draws: rates, initial: .same([0.6, 0.02]),
        segments: [1.0, 0, 1].enumerated().map { Segment(start: Double(60 * $0), end: Double(60 * ($0 + 1)), input: [$1]) },
        outputs: (1...60).map { Double(3 * $0) })

    /// A policy that looks once a week, with a second drug at progression; then a pause, the first drug again, and the second for all.
    static let competition: KernelPlan<ClonalCompetition> = {
        typealias Event = ClonalCompetition.Event
        func input(_ low: Double) -> [Double] { [low, 1, 0.7, 1, 1.2, 0] }
        func at(_ day: Double, _ event: Int, _ low: Double = 0) -> Segment {
            Segment(start: day, end: day, input: input(low), event: event)
        }
        func stretch(_ start: Double, _ end: Double) -> Segment { Segment(start: start, end: end, input: input(0.5)) }
        let weeks = (0..<40).flatMap { week -> [Segment] in
            let day = Double(7 * week)
            return (week > 0 ? [at(day, Event.evaluate, 0.5)] : []) + [stretch(day, day + 7)]
        }
        let never = ClonalCompetition.never
        return KernelPlan(
            draws: rates, initial: .same([0.6, 0.02, 0, 0, 0, 1e30, 0, 0, never, never]),
            segments: [at(-30, Event.give, 1), stretch(-30, 0), at(0, Event.refer), at(0, Event.begin)] + weeks + [
                at(280, Event.look), at(280, Event.give, 0), stretch(280, 310), at(310, Event.resume), stretch(310, 360),
                at(360, Event.change), stretch(360, 420),
            ], outputs: stride(from: -30.0, through: 420, by: 5).map { $0 })
    }()

    static let docetaxel = draws(ClosedFormKineticsTests.centre)

    /// Docetaxel over an hour, and three weeks of neutrophils.
    static func myelosuppression<System: KernelSystem>(_ system: System.Type) -> KernelPlan<System> {
        KernelPlan(
            draws: docetaxel, initial: ClosedFormKineticsTests.start(system.stateCount, docetaxel),
            segments: Array(ClosedFormKineticsTests.cycles.prefix(2)), outputs: Array(ClosedFormKineticsTests.days.prefix(21)))
    }

    /// The same concentration for all: an infusion of an hour, and what is left of it.
    static let chain = KernelPlan<NeutrophilChain>(
        draws: draws([5.05, 88.7, 0.161, 1.03]), initial: .same([Double](repeating: 5.05, count: 5)),
        segments: [
            Segment(start: 0, end: 1, input: [0, 3, -2.2, -0.6, -0.2, 8, 1.2, 0.06]),
            Segment(start: 1, end: 504, input: [1, 0, 2.2, 0.4, 0.012, 8, 1.2, 0.06]),
        ], outputs: (1...42).map { Double(12 * $0) })

    /// A bolus, an infusion of two days, and what is left of them.
    static let marrow = KernelPlan<LiverMarrowSystem>(
        draws: draws([4.1, 0.92, 0.16, 0.18, 0.01]), initial: .same([Double](repeating: 4.1, count: 5)),
        segments: [
            Segment(start: 0, end: 0.27, input: [0, 2.8, 3.9, -3.9, -2.1, 85, 2.1, 1.2, 710, 7970, 4.1, 7900]),
            Segment(start: 0.27, end: 6, input: [0.27, 2.8, 0, 0, 0.9, 85, -0.8, 1.2, 3, 7970, -3.1, 7900]),
        ], outputs: (1...24).map { Double($0) / 4 })

    static let hires = KernelPlan<Hires>(
        draws: draws([1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69]), initial: .same(KernelTests.hiresStart),
        segments: [Segment(start: 0, end: 40)], outputs: (1...40).map(Double.init))
    static let robertson = KernelPlan<Robertson>(
        draws: draws([0.04, 3e7, 1e4]), initial: .same([1, 0, 0]), segments: [Segment(start: 0, end: 1)],
        outputs: (1...20).map { Double($0) / 20 })
    /// Down the slow branch and over the jump at its end.
    static let vanDerPol = KernelPlan<VanDerPol>(
        draws: draws([1e-3]), initial: .same([2, 0]), segments: [Segment(start: 0, end: 1.5)], outputs: (1...30).map { Double($0) / 20 })

    static let epileptor: KernelPlan<Epileptor> = {
        var nodes = draws([1.6, 3.1, 0.00035, 1], spread: 0.02)
        for draw in 0..<count { (nodes[draw, 0], nodes[draw, 3]) = (-nodes[draw, 0], 0) }
        return KernelPlan(
            draws: nodes, initial: .same(ReferenceFigures.nodeStart), segments: [Segment(start: 0, end: 200)], outputs: [40, 120, 200])
    }()
    static let circulation = KernelPlan<Circulation>(
        draws: draws(ReferenceFigures.loop, spread: 0.1), initial: .same(ReferenceFigures.loopStart),
        segments: Circulation.segments(beats: 2), outputs: ReferenceSystemTests.quick)

    static let integrated: [ComparedKernel] = [
        .explicit(liver), .stiff(liver), .series(liverTreatment), .explicit(growth), .explicit(growth.withSensitivity),
        .explicit(competition), .explicit(myelosuppression(ThreeCompartmentMyelosuppression.self)),
        .stiff(myelosuppression(ThreeCompartmentMyelosuppression.self)), .series(myelosuppression(ClosedFormMyelosuppression.self)),
        .explicit(chain), .explicit(chain.withSensitivity), .explicit(marrow.withSensitivity), .explicit(hires), .stiff(hires),
        .explicit(robertson), .stiff(robertson), .explicit(vanDerPol), .stiff(vanDerPol), .explicit(epileptor), .explicit(circulation),
    ]

    /// Noise-driven systems, networks and fields.
    static func fixedStep() throws -> [ComparedKernel] {
        let (noisy, steps) = (draws([1, 2, 0.5]), try FixedStepPlan(step: 0.02, stepCount: 60, recordEvery: 20))
        let (phase, planar) = (try Matrix([[0.5], [0.2]]), try Matrix([[0.5, 0.1], [0.2, 0.3]]))
        let cells = 0..<27 * 14 * 3
        let grid = try Grid(x: 27, y: 14, z: 3, spacing: 1, mask: cells.map { $0 % 11 != 0 })
        let excited: [Double] = cells.map { Double($0 % 7) / 7 }
        let resting: [Double] = cells.map { Double($0 % 3) / 5 }
        let tissue = try Matrix([[1, 0.15, 0.002, 0.2, 0.3, 8], [0.5, 0.1, 0.002, 0.2, 0.3, 8]])
        return [
            .stochastic(OrnsteinUhlenbeck.self, .eulerMaruyama, noisy, [0], steps),
            .stochastic(OrnsteinUhlenbeck.self, .heun, noisy, [0], steps),
            try .network(PhaseOscillators.self, .heun, phase, node: [6], steps),
            try .network(PhaseOscillators.self, .rungeKutta4, phase, node: [6], steps),
            try .network(PlanarOscillators.self, .heun, planar, node: [0.35, 0.7, 0.8, 3], steps),
            try .network(PlanarOscillators.self, .rungeKutta4, planar, node: [0.35, 0.7, 0.8, 3], steps),
            .field(FisherKolmogorov.self, grid, try Matrix([[1, 0.3], [0.4, 0.5]]), [excited], steps),
            .field(ExcitableTissue.self, grid, tissue, [excited, resting], steps),
        ]
    }
}

@Suite("Every kernel's bytes")
struct KernelBytesTests {
    @Test("a compiled kernel gives the bytes of its method compiled here (invariant N1)", arguments: KernelPlans.integrated)
    func bytes(_ kernel: ComparedKernel) throws { try compare(kernel) }

    @Test("so do the kernels of fixed step (invariants N13, N14, N15)")
    func fixedStepBytes() throws {
        for kernel in try KernelPlans.fixedStep() { try compare(kernel) }
    }

    private func compare(_ kernel: ComparedKernel) throws {
        let here = [Arithmetic.baseline: try kernel.here(.baseline), .fused: try kernel.here(.fused)]
        #expect(here[.baseline]?.values != here[.fused]?.values, "\(kernel.entry): two roundings and one cannot agree everywhere")
        for library in KernelTests.libraries {
            let (compiled, other) = (try kernel.compiled(library), try #require(here[library.arithmetic]))
            #expect(compiled.failures.isEmpty, "\(kernel.entry), \(library.name)")
            let (found, expected) = (KernelTests.bits(compiled.values), KernelTests.bits(other.values))
            let different = zip(found, expected).count { $0 != $1 }
            #expect(found.count == expected.count && different == 0, "\(kernel.entry), \(library.name): of \(found.count) numbers")
            #expect(compiled.crossings == other.crossings, "\(kernel.entry), \(library.name)")
        }
    }

    @Test("no kernel is left out: what is compared are the entries of the libraries' tables")
    func complete() throws {
        // The tables are functions, which cannot be listed: their sources are read. A case that is not understood is an entry not compared.
        // The automatic method is no entry: it calls the two others.
        let ordinary = try entries("KernelTable", from: "private func explicitKernel") { line, method in
            if line.contains("func stiffKernel") { method = "stiff" }
            return line.firstMatch(of: /^case (.+)\.name:/).map { "\($0.1), \(method)" }
        }
        #expect(ordinary == KernelPlans.integrated.map(\.entry).sorted())
        let fixedStep = try entries("FixedStepTable", from: "public func stochasticKernel") { line, _ in
            line.firstMatch(of: /^case \((.+)\.name, \.(.+)\):/).map { "\($0.1), \($0.2)" }
                ?? line.firstMatch(of: /^case (\w+)\.name:/).map { "\($0.1)" }
        }
        #expect(fixedStep == (try KernelPlans.fixedStep()).map(\.entry).sorted())
    }

    private func entries(
        _ table: String, from start: String, _ entry: (_ line: String, _ method: inout String) -> String?
    ) throws -> [String] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/Kernels")
        let file = folder.appendingPathComponent("\(table).swift")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        var method = "explicit"
        return lines.drop { !$0.hasPrefix(start) }.compactMap { line in
            entry(line, &method) ?? (line.hasPrefix("case ") ? line : nil)
        }.sorted()
    }

    @Test("the plans take the twins' systems through their rules, and not all draws alike")
    func variety() throws {
        typealias Treated = LiverTreatmentSystem.State
        func last(_ run: EnsembleTrajectories, _ state: Int) -> [Double] { run.column(time: run.times.count - 1, state: state) }
        let (plan, all) = (KernelPlans.liverTreatment, 0..<KernelPlans.count)
        let treated = try plan.solve(.explicit, .current)
        let (doses, counts) = (last(treated, Treated.dose), last(treated, Treated.neutrophils))
        // Four cycles end with week 6 where none is put off; a draw whose operation falls then may wait for that.
        let waiting = all.filter { plan.draws[$0, 12] > 100 && $0 % 8 != 0 }
        let held = waiting.count { doses[$0] > 6 }
        let rested = all.count { counts[$0] == plan.draws[$0, 4] }
        // Below a thousandth of its baseline the feedback grows no further.
        let vanished = all.count { draw in
            treated.times.indices.contains { treated[draw, $0, Treated.neutrophils] < 1e-3 * plan.draws[draw, 4] }
        }
        let policy = try KernelPlans.competition.solve(.explicit, .current)
        let cycles = Set(last(policy, ClonalCompetition.State.cycles))
        let progressed = last(policy, ClonalCompetition.State.progressedAt).count { $0 < ClonalCompetition.never }
        print("doses held in \(held) of \(waiting.count) draws, \(rested) at rest, \(vanished) all but without a marrow for a while;")
        print("clones: cycles \(cycles.sorted()), \(progressed) progressions")
        #expect(held > 3 && held < waiting.count - 3)
        #expect(rested > 3 && rested < all.count - 3)
        #expect(vanished > 3)
        #expect(cycles.count > 2)
        #expect(progressed > 3 && progressed < all.count - 3)
    }
}
