// Taylor's method beside kinetics in closed form: its order, what it makes of every function, bends, tolerance, bytes.
import Glibc
import Numerics
import Systems
import Testing
import Tracing

@Suite("Taylor series beside kinetics in closed form")
struct SeriesTests {
    /// Growth under one bolus: log y = growth·t − kill·(area under the amount).
    private func killed(_ time: Double, bolus: Double, _ rate: Double, _ growth: Double, _ kill: Double) -> Double {
        1e3 * exp(growth * time - kill * bolus / rate * (1 - exp(-rate * time)))
    }

    @Test("the method is of order twelve: with steps of a given length the error falls with their twelfth power")
    func order() throws {
        // A drug that hardly falls: series as long as this one are soon at the border of rounding.
        let (rate, growth, kill, bolus) = (0.001, 0.0, 0.07, 10.0)
        func error(_ steps: Double) throws -> Double {
            let run = try Integrator.solve(
                by: InterpretedSeries<CountedBoluses, Double>(), initial: [bolus, 1e3, 0], parameters: [rate, growth, kill],
                segments: [Segment(start: 0, end: 24, input: [0])], outputs: [24],
                tolerance: Tolerance(relative: 1e12, absolute: 0, maximumStep: 24 / steps))
            return (run[0, 1] / killed(24, bolus: bolus, rate, growth, kill) - 1).magnitude
        }
        // log error = c − order · log n + d/n: the last term is what the next power leaves at steps of this length.
        let counts = [12.0, 16, 24]
        let logs = try counts.map { log(try error($0)) }
        let (x, z) = (counts.map { log($0) }, counts.map { 1 / $0 })
        let determinant = (x[0] - x[1]) * (z[1] - z[2]) - (x[1] - x[2]) * (z[0] - z[1])
        let order = -((logs[0] - logs[1]) * (z[1] - z[2]) - (logs[1] - logs[2]) * (z[0] - z[1])) / determinant
        print("order of the series: \(order), errors \(logs.map { exp($0) })")
        #expect((order - Double(SeriesProgram.order)).magnitude < 0.1)
    }

    @Test("exponentials, logarithms, roots, quotients, absolute values and choices have the series of their closed solutions")
    func functions() throws {
        let times: [Double] = (1...12).map { Double($0) / 4 }
        for relative in [1e-6, 1e-9, 1e-12] {
            let run = try Integrator.solve(
                by: InterpretedSeries<ManyFunctions, Double>(), initial: [0, 1, 2, 9, 3, 5, 7], parameters: [0.5],
                segments: [Segment(start: 0, end: 3)], outputs: times, tolerance: Tolerance(relative: relative, absolute: 0))
            for (place, time) in times.enumerated() {
                let truth = ManyFunctions.solution(time)
                for (state, value) in truth.enumerated() {
                    #expect((run[place, state + 1] / value - 1).magnitude < 2 * relative + 2e-14, "state \(state + 1) at \(time)")
                }
            }
        }
    }

    @Test("ten thousand histories: the amounts exact, the area what was asked, with a depot, three compartments, infusions and a rule")
    func histories() throws {
        let (fine, coarse) = try DosingHistoryTests().series()
        print("histories by series: \(fine), \(coarse)")
        #expect(fine.amounts < 1e-12 && coarse.amounts < 1e-12)
        #expect(fine.mass < 1e-9)
        #expect(coarse.mass < 1e-4)
        #expect(fine.stopped > 20_000)
    }

    @Test("the true error of two cycles of myelosuppression falls with the tolerance and stays below it")
    func tolerance() throws {
        let draws = ClosedFormKineticsTests.draws
        let start = ClosedFormKineticsTests.start(ClosedFormMyelosuppression.stateCount, draws)
        let (cycles, days) = (ClosedFormKineticsTests.cycles, ClosedFormKineticsTests.days)
        let reference = try Ensemble.solveSerially(
            ThreeCompartmentMyelosuppression.self, method: .stiff, draws: draws, initial: ClosedFormKineticsTests.start(8, draws),
            segments: cycles, outputs: days, tolerance: Tolerance(relative: 1e-12, absolute: 1e-13))
        var before = Double.infinity
        for relative in [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9] {
            let run = try Ensemble.solveSerially(
                ClosedFormMyelosuppression.self, draws: draws, initial: start, segments: cycles, outputs: days,
                tolerance: Tolerance(relative: relative, absolute: 1e-14))
            var worst = 0.0
            for draw in 0..<draws.rows {
                for day in days.indices {
                    for state in 3..<8 { worst = max(worst, (run[draw, day, state] / reference[draw, day, state] - 1).magnitude) }
                }
            }
            print("myelosuppression by series at \(relative): \(worst)")
            #expect(worst < relative)
            #expect(worst < before / 2)
            before = worst
        }
    }

    @Test("a bend within a step is seen where a state follows from others: a marrow that vanishes below the floor of its feedback")
    func bend() throws {
        // A slope at which each dose kills faster than cells can grow, and then months to come back.
        let draw = [0.02, 0.3, 0.02, 0.5, 4.2, 1.0, 0.16, 40.0, 5000, 20, 300, 60, 1e6]
        let rest = [Double](repeating: 4.2, count: 5)
        let state = [0, 0, 100, 1] + rest + [1, LiverTreatmentSystem.never, 0, 0]
        let segments = [0.0, 2, 4].flatMap { (week: Double) -> [Segment] in
            [
                Segment(start: week, end: week, input: [700, 0, 0, 0, 0, 0, 0], event: LiverTreatmentSystem.Event.earlier),
                Segment(start: week, end: week + 0.28, input: [1, week, 1, 5000, 0.28, 0.2, 0]),
                Segment(start: week + 0.28, end: week == 4 ? 60 : week + 2, input: [1, week + 0.28, 1, 5000, 0.28, 0.2, 0]),
            ]
        }
        let outputs: [Double] = (1...240).map { Double($0) / 4 }
        func run<Method: StepMethod>(
            _ method: Method, _ relative: Double
        ) throws -> Trajectory where Method.System == LiverTreatmentSystem {
            try Integrator.solve(
                by: method, initial: state, parameters: draw, segments: segments, outputs: outputs,
                tolerance: Tolerance(relative: relative, absolute: 1e-30))
        }
        let truth = try run(ClosedFormKinetics<LiverTreatmentSystem, Double>(), 1e-12)
        let floor = 4.2e-3
        let counts = outputs.indices.map { truth[$0, LiverTreatmentSystem.State.neutrophils] }
        #expect(counts.contains { $0 < floor / 2 } && (counts.last ?? 0) > 2 * floor, "the floor is passed both ways")
        for relative in [1e-5, 1e-7] {
            let found = try run(InterpretedSeries<LiverTreatmentSystem, Double>(), relative)
            for place in outputs.indices {
                // It grows back by some e⁵⁰, and what the feedback is off by grows with it.
                #expect((found[place, LiverTreatmentSystem.State.neutrophils] / counts[place] - 1).magnitude < 50 * relative)
            }
        }
    }

    @Test("a compiled series gives the bytes of the interpreted one, whatever the instruction set")
    func bytes() throws {
        func interpreted<L: Lane>(_ lane: L.Type) throws -> EnsembleTrajectories {
            try Ensemble.solveSerially(
                by: InterpretedSeries<ClosedFormMyelosuppression, L>(), draws: ClosedFormKineticsTests.draws,
                initial: ClosedFormKineticsTests.start(ClosedFormMyelosuppression.stateCount, ClosedFormKineticsTests.draws),
                segments: ClosedFormKineticsTests.cycles, outputs: ClosedFormKineticsTests.days)
        }
        for library in KernelTests.libraries {
            let compiled = try Ensemble.solveSerially(
                ClosedFormMyelosuppression.self, draws: ClosedFormKineticsTests.draws,
                initial: ClosedFormKineticsTests.start(ClosedFormMyelosuppression.stateCount, ClosedFormKineticsTests.draws),
                segments: ClosedFormKineticsTests.cycles, outputs: ClosedFormKineticsTests.days, library: library)
            let here = library.arithmetic == .fused ? try interpreted(FusedOne.self) : try interpreted(Double.self)
            #expect(KernelTests.bits(compiled.values) == KernelTests.bits(here.values), "\(library.name)")
        }
    }

    @Test("a state that is no number fails its draw, and only that")
    func failure() throws {
        let draws = try Matrix(rows: 3, columns: 3, elements: [0.4, 0.3, 0.05, 0.4, .infinity, 0.05, 0.4, 0.3, 0.05])
        let run = try Ensemble.solveSerially(
            by: InterpretedSeries<CountedBoluses, SIMD8<Double>>(), draws: draws, initial: .same([40, 1e3, 0]),
            segments: [Segment(start: 0, end: 24, input: [0])], outputs: [12, 24])
        #expect(run.failures.map(\.draw) == [1])
        #expect(run[0, 1, 1].isFinite && run[1, 1, 1].isNaN)
        #expect(run[0, 1, 1] == run[2, 1, 1])
    }
}

/// One state for each function that a rate can be made of, with a solution that is known: states 1 to 6, behind an amount that nobody reads.
private enum ManyFunctions: PartlyLinearSystem {
    static var compartments: CompartmentShape { CompartmentShape(1) }
    static var readAmounts: Int { 0 }
    static var stateCount: Int { 7 }
    static var parameterCount: Int { 1 }
    static var inputCount: Int { 0 }
    static var preparedCount: Int { 0 }

    static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates { CompartmentRates(k10: p[0]) }
    static func prepare<L: Lane>(state: Span<L>, parameters: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>) {}

    static func remainder<L: Lane>(time: L, state y: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
        rate[1] = (-y[1]).exp()
        rate[2] = y[2] * y[2].log()
        rate[3] = y[3].squareRoot()
        rate[4] = 1 / y[4] - time / y[4]
        rate[5] = -((0 - y[5]).magnitude)
        rate[6] = L.select(L.lessThan(y[6], L(100)), y[6] / (1 + time), L(0))
    }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = -(p[0] * y[0])
        remainder(time: time, state: y, prepared: y, into: &rate)
    }

    static func solution(_ t: Double) -> [Double] {
        [
            log(exp(1) + t), exp(log(2) * exp(t)), (3 + t / 2) * (3 + t / 2), sqrt(9 + 2 * t - t * t), 5 * exp(-t), 7 * (1 + t),
        ]
    }
}
