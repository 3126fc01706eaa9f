// Kinetics in closed form within an integration: windows, rules on the state, agreement with the system integrated whole, bytes.
import Glibc
import Numerics
import Systems
import Testing

@Suite("Kinetics in closed form within an integration")
struct ClosedFormKineticsTests {
    private let tight = Tolerance(relative: 1e-11, absolute: 1e-12)

    @Test("beside kinetics in closed form the method keeps its order of five, at the end and between steps")
    func order() throws {
        let (rate, growth, kill, bolus) = (0.3, 0.1, 0.1, 10.0)
        func truth(_ time: Double) -> Double { 1e3 * exp(growth * time - kill * bolus / rate * (1 - exp(-rate * time))) }
        let times = (0...6000).map { Double($0) / 1000 }
        func slopes(_ outputs: [Double]) throws -> [Double] {
            let errors = try [0.2, 0.1, 0.05].map { step in
                // So loose a tolerance that only the largest step counts.
                let run = try Integrator.solve(
                    by: ClosedFormKinetics<CountedBoluses, Double>(), initial: [bolus, 1e3, 0], parameters: [rate, growth, kill],
                    segments: [Segment(start: 0, end: 6, input: [0])], outputs: outputs,
                    tolerance: Tolerance(relative: 1e3, absolute: 0, maximumStep: step))
                return outputs.indices.map { (run[$0, 1] / truth(outputs[$0]) - 1).magnitude }.max() ?? .nan
            }
            return zip(errors, errors.dropFirst()).map { log2($0 / $1) }
        }
        let (end, between) = (try slopes([6]), try slopes(times))
        print("order beside kinetics in closed form: at the end \(end), between steps \(between)")
        for slope in end + between { #expect((slope - 5).magnitude < 0.1) }
    }

    @Test("a window of 90 minutes in 84 days is never stepped over, whatever times are asked for")
    func window() throws {
        // Cells that neither grow nor reach a bound: y′ = −kill·A·y, so that log y(84) = −kill·(area under the amount).
        let (rate, kill, flow) = (0.5, 0.02, 800.0)
        let (start, end) = (40.0, 40.0625)
        let segments = [
            Segment(start: 0, end: start, input: [0]), Segment(start: start, end: end, input: [flow]),
            Segment(start: end, end: 84, input: [0]),
        ]
        let atEnd = flow / rate * (1 - exp(-rate * (end - start)))
        let left = atEnd * exp(-rate * (84 - end))
        let truth = 1e6 * exp(-kill * (flow * (end - start) - left) / rate)
        let daily: [Double] = (0...84).map { Double($0) }
        let fine: [Double] = (0...8400).map { Double($0) / 100 }
        for outputs in [[84], daily, fine] {
            let run = try Integrator.solve(
                by: ClosedFormKinetics<RuledInfusion, Double>(), initial: [0, 1e6, 1], parameters: [rate, 0, kill, 0, 1e9, 0],
                segments: segments, outputs: outputs, tolerance: Tolerance(relative: 1e-8, absolute: 1e-10))
            #expect((run[outputs.count - 1, 1] - truth).magnitude < 1e-6 * truth)
            #expect((run[outputs.count - 1, 0] - left).magnitude < 1e-12 * atEnd)
            // The amount passes two on the way up and on the way down: the second surface's level, met by what is known.
            let passed = run.crossings.filter { $0.surface == 2 }.map(\.time)
            let rise = start - log(1 - 2 * rate / flow) / rate
            let fall = end + log(atEnd / 2) / rate
            #expect(passed.count == 2)
            for (a, b) in zip(passed, [rise, fall]) { #expect((a - b).magnitude < 1e-10) }
        }
    }

    @Test("days on which a draw has nothing to do cost no accuracy: two boluses out of eighty days asked about, as in closed form")
    func quietDays() throws {
        let (rate, growth, kill, bolus) = (0.7, 0.05, 0.02, 30.0)
        let segments = (0..<80).flatMap { (day: Int) -> [Segment] in
            [
                Segment(start: Double(day), end: Double(day), input: [bolus], event: 0),
                Segment(start: Double(day), end: Double(day + 1), input: [0]),
            ]
        }
        func area(_ time: Double, since dose: Double) -> Double {
            time <= dose ? 0 : bolus / rate * (1 - exp(-rate * (time - dose)))
        }
        func truth(_ time: Double) -> Double {
            let area = area(time, since: 0) + area(time, since: 1)
            return 1e3 * exp(growth * time - kill * area)
        }
        let (daily, fine): ([Double], [Double]) = ((1...80).map { Double($0) }, (1...640).map { Double($0) / 8 })
        for outputs in [[80], daily, fine] {
            let run = try Integrator.solve(
                by: ClosedFormKinetics<CountedBoluses, Double>(), initial: [0, 1e3, 2], parameters: [rate, growth, kill],
                segments: segments, outputs: outputs, tolerance: Tolerance(relative: 1e-9, absolute: 1e-9))
            for (place, time) in outputs.enumerated() {
                #expect((run[place, 1] / truth(time) - 1).magnitude < 1e-7, "day \(time)")
                #expect(run[place, 2] == (time <= 1 ? 1 : 0))
                let second = time > 1 ? exp(-rate * (time - 1)) : 0
                let amount = bolus * (exp(-rate * time) + second)
                #expect((run[place, 0] - amount).magnitude < 1e-12 * bolus)
            }
        }
    }

    @Test("a day that is asked about and on which nothing happens leaves no trace: the same bytes as if nobody had asked")
    func foreseenDays() throws {
        func run(_ days: [Int], outputs: [Double]) throws -> [UInt64] {
            let borders = days + [80]
            let segments = zip(borders, borders.dropFirst()).flatMap { (day, next) -> [Segment] in
                [
                    Segment(start: Double(day), end: Double(day), input: [30], event: 0),
                    Segment(start: Double(day), end: Double(next), input: [0]),
                ]
            }
            let found = try Integrator.solve(
                by: ClosedFormKinetics<ForeseenBoluses, Double>(), initial: [0, 1e3, 2], parameters: [0.7, 0.05, 0.02],
                segments: segments, outputs: outputs, tolerance: Tolerance(relative: 1e-7, absolute: 1e-9))
            return outputs.indices.flatMap { place in (0..<3).map { found[place, $0].bitPattern } }
        }
        for outputs in [(1...79).map { Double($0) }, (1...316).map { Double($0) / 4 }, [79.5]] {
            #expect(try run([0, 1], outputs: outputs) == run(Array(0..<80), outputs: outputs))
        }
    }

    @Test("a state known in closed form is exact at every time asked for, through changes of its pace that do not stop the others")
    func closedState() throws {
        let (k10, growth, kill, fading) = (0.7, 0.05, 0.02, 0.1)
        let paces = [1.0, 1, 3, 0, 0, 2, 0.5, 1]
        let segments = paces.indices.flatMap { (week: Int) -> [Segment] in
            let (start, input) = (Double(7 * week), [paces[week]])
            let bolus = week % 3 == 0 ? [Segment(start: start, end: start, input: [0], event: 0)] : []
            return bolus + [Segment(start: start, end: start + 7, input: input)]
        }
        func faded(_ day: Double) -> Double {
            paces.enumerated().reduce(0) { $0 + $1.element * Double.minimum(Double.maximum(day - Double(7 * $1.offset), 0), 7) }
        }
        func area(_ day: Double) -> Double {
            stride(from: 0.0, to: 56, by: 21).reduce(0) { $0 + (day > $1 ? 10 / k10 * (1 - exp(-k10 * (day - $1))) : 0) }
        }
        let weekly: [Double] = (0...8).map { Double(7 * $0) }
        let (daily, fine): ([Double], [Double]) = ((0...56).map { Double($0) }, (0...2240).map { Double($0) / 40 })
        func check<System: FadingMarker>(_ system: System.Type, outputs: [Double]) throws -> Trajectory {
            let run = try Integrator.solve(
                by: ClosedFormKinetics<System, Double>(), initial: [0, 1, 1e3], parameters: [k10, growth, kill, fading], segments: segments,
                outputs: outputs, tolerance: Tolerance(relative: 1e-9, absolute: 1e-9))
            for (place, day) in outputs.enumerated() {
                #expect((run[place, 1] / exp(-fading * faded(day)) - 1).magnitude < 1e-13, "day \(day)")
                #expect((run[place, 2] / (1e3 * exp(growth * day - kill * area(day))) - 1).magnitude < 1e-7, "day \(day)")
            }
            return run
        }
        for outputs in [weekly, daily, fine] {
            _ = try check(PlainMarker.self, outputs: outputs)
            // ln 2 / 0.1 = 6.93 days at a pace of one.
            let crossings = try check(WatchedMarker.self, outputs: outputs).crossings
            #expect(crossings.count == 1 && (crossings[0].time - log(2) / fading).magnitude < 1e-9)
        }
        // In lanes, where nobody asks for the amounts, and with the system integrated whole.
        let draws = KernelTests.draws([k10, growth, kill, fading], count: 37)
        func ensemble<Method: StepMethod>(_ method: Method, _ tolerance: Tolerance) throws -> EnsembleTrajectories {
            try Ensemble.solveSerially(
                by: method, draws: draws, initial: .same([0, 1, 1e3]), segments: segments, outputs: daily, tolerance: tolerance)
        }
        let known = try ensemble(ClosedFormKinetics<PlainMarker, SIMD8<Double>>(), Tolerance(relative: 1e-9, absolute: 1e-9))
        let whole = try ensemble(DormandPrince<PlainMarker, Double>(), tight)
        for draw in 0..<37 {
            for day in daily.indices {
                for state in 1..<3 { #expect((known[draw, day, state] / whole[draw, day, state] - 1).magnitude < 1e-7) }
            }
        }
    }

    @Test("states that nobody asks for are not read off, and those that are have the same bytes")
    func keptStates() throws {
        func columns(_ states: [Int], keeping kept: [Int]?) throws -> [[UInt64]] {
            let found = try Ensemble.solveSerially(
                ClosedFormMyelosuppression.self, draws: Self.draws,
                initial: Self.start(ClosedFormMyelosuppression.stateCount, Self.draws), segments: Self.cycles, outputs: Self.days,
                keeping: kept)
            return states.map { KernelTests.bits(found.columns(times: Array(Self.days.indices), state: $0)) }
        }
        for states in [[0, 7], [7], [4]] {
            #expect(try columns(states, keeping: states) == columns(states, keeping: nil))
        }
    }

    @Test("a rule on the state stops the infusion, starts it again and gives a bolus, when it does with the system integrated whole")
    func rule() throws {
        let parameters = [0.9, 0.25, 0.15, 40, 90, 3]
        let segments = [Segment(start: 0, end: 60, input: [6]), Segment(start: 60, end: 84, input: [9])]
        let outputs: [Double] = (1...84).map { Double($0) }
        let known = try Integrator.solve(
            by: ClosedFormKinetics<RuledInfusion, Double>(), initial: [0, 100, 1], parameters: parameters, segments: segments,
            outputs: outputs, tolerance: tight)
        let whole = try Integrator.solve(
            RuledInfusion.self, initial: [0, 100, 1], parameters: parameters, segments: segments, outputs: outputs, tolerance: tight)
        #expect(known.crossings.map(\.surface) == whole.crossings.map(\.surface))
        #expect(known.crossings.count { $0.surface == 0 } >= 3)
        for (a, b) in zip(known.crossings, whole.crossings) { #expect((a.time - b.time).magnitude < 1e-8) }
        for (a, b) in zip(known.values, whole.values) { #expect((a - b).magnitude < 1e-7 * Double.maximum(1, b)) }

        // Between two decisions the amount is one exponential towards flow / k10, from the last decision on.
        let kinetics = Compartments(CompartmentShape(1), CompartmentRates(k10: parameters[0]))
        let decided = known.crossings.filter { $0.surface < 2 }
        for (one, next) in zip(decided, decided.dropFirst()) where next.time < 60 {
            let within = outputs.indices.filter { one.time < outputs[$0] && outputs[$0] < next.time }
            guard let first = within.first, let last = within.last, first < last else { continue }
            let flow = one.surface == 0 ? 0 : 6.0
            let there = kinetics.amounts(after: outputs[last] - outputs[first], from: [known[first, 0]], infusion: flow)[0]
            #expect((known[last, 0] - there).magnitude < 1e-12 * Double.maximum(there, 1))
        }
    }

    @Test("boluses in segments of zero length are kept, and requested times at their instant stand before them")
    func borders() throws {
        let segments = [
            Segment(start: 0, end: 0, input: [0], event: 2), Segment(start: 0, end: 1, input: [0]),
            Segment(start: 1, end: 1, input: [0], event: 2), Segment(start: 1, end: 2, input: [0]),
        ]
        let run = try Integrator.solve(
            by: ClosedFormKinetics<RuledInfusion, Double>(), initial: [0, 100, 1], parameters: [0.5, 0, 0, 1, 1e9, 8], segments: segments,
            outputs: [0, 1, 1, 2], tolerance: tight)
        let one = 8 * exp(-0.5)
        #expect(run[0, 0] == 0)
        #expect((run[1, 0] - one).magnitude < 1e-13)
        #expect((run[3, 0] - (8 + one) * exp(-0.5)).magnitude < 1e-13)
    }

    static let centre = [36.8, 8.31, 1.07, 1.74, 1.28, 0.0787, 5.05, 88.7, 0.161, 8.58]
    static let draws = KernelTests.draws(centre, count: 61)
    static let cycles = [
        Segment(start: 0, end: 1, input: [222.8]), Segment(start: 1, end: 504, input: [0]), Segment(start: 504, end: 505, input: [222.8]),
        Segment(start: 505, end: 1008, input: [0]),
    ]
    static let days: [Double] = (1...42).map { 24 * Double($0) }

    static func start(_ states: Int, _ draws: Matrix) -> InitialState {
        var table = Matrix(rows: draws.rows, columns: states)
        for d in 0..<draws.rows { for s in 3..<8 { table[d, s] = draws[d, 6] } }
        return .each(table)
    }

    @Test("myelosuppression with kinetics in closed form is the system integrated whole by the stiff method")
    func agreement() throws {
        let tolerance = Tolerance(relative: 1e-11, absolute: 1e-12)
        let known = try Ensemble.solveSerially(
            ClosedFormMyelosuppression.self, draws: Self.draws, initial: Self.start(ClosedFormMyelosuppression.stateCount, Self.draws),
            segments: Self.cycles, outputs: Self.days, tolerance: tolerance)
        let whole = try Ensemble.solveSerially(
            ThreeCompartmentMyelosuppression.self, method: .stiff, draws: Self.draws, initial: Self.start(8, Self.draws),
            segments: Self.cycles, outputs: Self.days, tolerance: tolerance)
        #expect(known.failures.isEmpty && whole.failures.isEmpty)
        for draw in 0..<Self.draws.rows {
            for day in Self.days.indices {
                for state in 0..<8 {
                    let scale = state < 3 ? 222.8 : whole[draw, day, state] + 1e-3
                    #expect((known[draw, day, state] - whole[draw, day, state]).magnitude < 1e-8 * scale)
                }
            }
        }
    }

    @Test("the bytes are the same with 1, 2 and 8 threads, and alone (invariants N1, N7)")
    func bytes() async throws {
        let many = KernelTests.draws(Self.centre, count: 600)
        let states = ClosedFormMyelosuppression.stateCount
        var found: [[UInt64]] = []
        for concurrency in [1, 2, 8] {
            let run = try await Ensemble.solve(
                ClosedFormMyelosuppression.self, draws: many, initial: Self.start(states, many), segments: Self.cycles,
                outputs: Self.days, concurrency: concurrency)
            found.append(KernelTests.bits(run.values))
        }
        #expect(found[0] == found[1])
        #expect(found[0] == found[2])
        let width = Self.days.count * states
        for d in [0, 255, 256, 599] {
            let one = try Matrix(rows: 1, columns: 10, elements: Array(many.row(d)))
            let alone = try Ensemble.solveSerially(
                ClosedFormMyelosuppression.self, draws: one, initial: Self.start(states, one), segments: Self.cycles, outputs: Self.days)
            #expect(KernelTests.bits(alone.values)[...] == found[0][d * width..<(d + 1) * width])
        }
    }

    @Test("asking for more times moves no value, bit for bit (invariant N6)")
    func grid() throws {
        func run(_ outputs: [Double]) throws -> EnsembleTrajectories {
            try Ensemble.solveSerially(
                ClosedFormMyelosuppression.self, draws: Self.draws, initial: Self.start(ClosedFormMyelosuppression.stateCount, Self.draws),
                segments: Self.cycles, outputs: outputs)
        }
        let (coarse, fine) = (try run([480, 1008]), try run((0...4032).map { Double($0) / 4 }))
        for d in 0..<Self.draws.rows {
            for s in 0..<ClosedFormMyelosuppression.stateCount {
                #expect(coarse[d, 0, s].bitPattern == fine[d, 1920, s].bitPattern)
                #expect(coarse[d, 1, s].bitPattern == fine[d, 4032, s].bitPattern)
            }
        }
    }
}
