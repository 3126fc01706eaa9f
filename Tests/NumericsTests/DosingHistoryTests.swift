// Ten thousand dosing histories, integrated with a restart at every dose, against doses laid over each other in closed form.
import Numerics
import Testing
import Tracing

@Suite("Dosing histories")
struct DosingHistoryTests {
    /// What the courses of all patients differ by from the doses laid over each other.
    struct Differences {
        /// The greatest difference, in units of the largest amount asked for.
        var amounts = 0.0
        /// The greatest loss of mass, as a share of what has been given.
        var mass = 0.0
        /// How many patients the rule has cut short, and how many of them at another time than that of a dose.
        var stopped = 0
        var stoppedBetween = 0
    }

    /// Every so many of the plans, each given to all of its patients.
    private func differences<Method: StepMethod>(
        by method: Method, every step: Int = 1, tolerance: Tolerance
    ) throws -> Differences where Method.System: RuledDoses {
        var found = Differences()
        for number in stride(from: 0, to: DosingPlan.count, by: step) {
            let plan = DosingPlan(number)
            let run = try Ensemble.solveSerially(
                by: method, draws: plan.draws, initial: .same([0, 0, 0, 0, 0, 1]), segments: plan.segments, outputs: plan.outputs,
                tolerance: tolerance)
            #expect(run.failures.isEmpty)
            for patient in 0..<DosingPlan.patients {
                let course = DosingCourse(plan, patient, isWatched: !Method.System.surfaces.isEmpty)
                if course.until < .infinity { found.stopped += 1 }
                if course.until < .infinity, !plan.segments.contains(where: { $0.start == course.until }) { found.stoppedBetween += 1 }
                let truth = plan.outputs.map { course.amounts(at: $0) }
                let largest = truth.map { $0.left.max() ?? 0 }.max() ?? 0
                for (index, (left, given)) in truth.enumerated() {
                    for j in 0..<4 { found.amounts = worse(found.amounts, (run[patient, index, j] - left[j]).magnitude / largest) }
                    let eliminated = plan.draws[patient, 0] * run[patient, index, 4]
                    let kept = (0..<4).reduce(0) { $0 + run[patient, index, $1] }
                    // Before the first dose nothing is there.
                    found.mass = worse(found.mass, (kept + eliminated - given).magnitude / Double.maximum(given, 1e-30))
                }
            }
        }
        return found
    }

    /// NaN is the worst.
    private func worse(_ a: Double, _ b: Double) -> Double { b <= a ? a : b }

    private let tight = Tolerance(relative: 1e-11, absolute: 1e-10)
    private let loose = Tolerance(relative: 1e-4, absolute: 1e-4)

    @Test("ten thousand histories, integrated with a restart at each dose, are the closed form to a billionth; no mass is lost")
    func explicit() throws {
        let found = try differences(by: DormandPrince<StoppedDoses, SIMD8<Double>>(), tolerance: tight)
        print("histories integrated explicitly: \(found)")
        #expect(found.amounts < 1e-9)
        #expect(found.mass < 1e-9)
        #expect(found.stopped > 20_000 && found.stoppedBetween > 10_000)
    }

    @Test("the stiff method restarts as exactly in every thirty-ninth history")
    func stiff() throws {
        let found = try differences(
            by: InterpretedStep<StoppedDoses, SIMD8<Double>>(), every: 39, tolerance: Tolerance(relative: 1e-9, absolute: 1e-8))
        print("histories integrated by the stiff method: \(found)")
        #expect(found.amounts < 1e-9)
        #expect(found.mass < 1e-9)
        #expect(found.stopped > 500 && found.stoppedBetween > 250)
    }

    @Test("with kinetics in closed form the amounts of all ten thousand are exact to rounding, the area beside them to what was asked")
    func closed() throws {
        let found = try differences(by: ClosedFormKinetics<StoppedDoses, SIMD8<Double>>(), tolerance: tight)
        // Where the rule is looked at only when a dose is due, no time has to be located: the amounts are exact at any tolerance.
        let coarse = try differences(by: ClosedFormKinetics<WithheldDoses, SIMD8<Double>>(), every: 7, tolerance: loose)
        print("histories in closed form: \(found), \(coarse)")
        #expect(found.amounts < 1e-12)
        #expect(found.mass < 1e-9)
        #expect(found.stopped > 20_000 && found.stoppedBetween > 10_000)
        #expect(coarse.amounts < 1e-12)
        #expect(coarse.mass < 1e-4)
        #expect(coarse.stopped > 2000)
    }

    /// By Taylor's method, all tightly and every seventh loosely: ``SeriesTests``.
    func series() throws -> (fine: Differences, coarse: Differences) {
        let method = InterpretedSeries<WithheldDoses, SIMD8<Double>>()
        return (try differences(by: method, tolerance: tight), try differences(by: method, every: 7, tolerance: loose))
    }
}

/// When which dose is given; sizes and constants are each patient's own, and so is the ceiling.
private struct DosingPlan {
    static let count = 10_000
    static let patients = 8
    static let horizon = 24.0
    static let random = RandomStream(seed: 20, stream: 7)

    /// (time, event), repeated doses among them; every fifth plan gives two at once.
    var boluses: [(time: Double, event: Int)] = []
    var infusions: [(start: Double, end: Double)] = []
    var outputs: [Double]
    let draws: Matrix

    init(_ number: Int) {
        let u = Self.random.uniforms(draw: number, count: 24)
        for i in 0..<3 {
            var time = 12 * u[i]
            if number % 5 == 0, i == 1 { time = 12 * u[0] }
            for _ in 0...Int(3 * u[3 + i]) {
                boluses.append((time, 3 * (i == 1 ? 0 : 1) + i))
                time += 0.5 + 4 * u[6 + i]
            }
            let start = 18 * u[9 + i]
            infusions.append((start, start + 0.02 + 5 * u[12 + i]))
        }
        boluses.sort { ($0.time, $0.event) < ($1.time, $1.event) }
        outputs = (0..<4).map { Self.horizon * u[15 + $0] }.sorted() + [Self.horizon]
        var table = Matrix(rows: Self.patients, columns: StoppedDoses.parameterCount)
        let medians = [0.4, 0.8, 0.5, 0.4, 0.1, 0.7]
        // Every second plan is without a rule: nobody gets there. Of the others half are stopped by boluses, and half by infusions.
        let (bolus, flow, ceiling) = [(100.0, 30.0, 1e9), (100, 30, 180), (100, 30, 1e9), (20, 90, 70)][number % 4]
        for patient in 0..<Self.patients {
            let z = Self.random.normals(draw: Self.count + number * Self.patients + patient, count: 13)
            for k in 0..<6 { table[patient, k] = medians[k] * (0.5 * z[k]).exp() }
            // Two compartments, equal returns, absorption as fast as the slow elimination: what a formula may stumble on.
            if patient == 1 { table[patient, 3] = 0 }
            if patient == 2 { table[patient, 4] = table[patient, 2] }
            if patient == 3 {
                let p = table.row(3)
                let rates = CompartmentRates(k10: p[p.startIndex], k12: p[p.startIndex + 1], k21: p[p.startIndex + 2])
                table[patient, 3] = 0
                table[patient, 5] = CompartmentModes(rates, count: 2).rates[0] * (1 + 1e-5 * z[5])
            }
            for dose in 6..<9 { table[patient, dose] = bolus * (0.5 * z[dose]).exp() }
            for rate in 9..<12 { table[patient, rate] = flow * (0.5 * z[rate]).exp() }
            table[patient, 12] = ceiling * (0.3 * z[12]).exp()
        }
        draws = table
    }

    var segments: [Segment] {
        var marks = boluses.map { (time: $0.time, event: $0.event) }
        for (start, end) in infusions { marks += [(start, StoppedDoses.look), (end, -1)] }
        marks.append((0, -1))
        marks.sort { ($0.time, $0.event) < ($1.time, $1.event) }
        return marks.indices.map { index in
            let (start, event) = marks[index]
            let end = index + 1 < marks.count ? marks[index + 1].time : Self.horizon
            let input = infusions.map { $0.start <= start && start < $0.end ? 1.0 : 0 }
            return Segment(start: start, end: end, input: input, event: event < 0 ? nil : event)
        }
    }
}

/// What a patient gets of a plan and what becomes of it, in closed form.
private struct DosingCourse {
    let plan: DosingPlan
    let parameters: [Double]
    let rates: CompartmentRates
    let kinetics: Compartments
    /// How many of the boluses are given, and when the rule stops everything; +∞ where it never does.
    private(set) var given = 0
    private(set) var until = Double.infinity

    /// - Parameter isWatched: whether the rule sees the ceiling reached at any time, or only when a dose is due.
    init(_ plan: DosingPlan, _ patient: Int, isWatched: Bool) {
        let p = Array(plan.draws.row(patient))
        self.plan = plan
        parameters = p
        rates = CompartmentRates(k10: p[0], k12: p[1], k21: p[2], k13: p[3], k31: p[4], ka: p[5])
        kinetics = Compartments(DosedCompartments.compartments, rates)
        until = stop(isWatched)
    }

    /// Every dose that is given by itself, to the end, laid over each other; and all that has been given.
    func amounts(at time: Double) -> (left: [Double], given: Double) {
        var (sum, total) = ([0.0, 0, 0, 0], 0.0)
        for (start, event) in plan.boluses.prefix(given) where start < time {
            var dose = [0.0, 0, 0, 0]
            dose[event / 3] = parameters[6 + event % 3]
            total += parameters[6 + event % 3]
            for (j, amount) in kinetics.amounts(after: time - start, from: dose).enumerated() { sum[j] += amount }
        }
        for (i, (start, end)) in plan.infusions.enumerated() where start < Double.minimum(until, time) {
            let last = Double.minimum(Double.minimum(end, until), time)
            let during = kinetics.amounts(after: last - start, from: [0, 0, 0, 0], infusion: parameters[9 + i])
            total += parameters[9 + i] * (last - start)
            for (j, amount) in kinetics.amounts(after: time - last, from: during).enumerated() { sum[j] += amount }
        }
        return (sum, total)
    }

    /// Goes from dose to dose, counting the boluses, until the rule stops everything.
    private mutating func stop(_ isWatched: Bool) -> Double {
        var state = [0.0, 0, 0, 0]
        for segment in plan.segments {
            if let event = segment.event {
                guard state[1] < parameters[12] else { return segment.start }
                if event < StoppedDoses.look {
                    state[event / 3] += parameters[6 + event % 3]
                    given += 1
                }
                guard state[1] < parameters[12] else { return segment.start }
            }
            let (length, flow) = (segment.end - segment.start, (0..<3).reduce(0) { $0 + segment.input[$1] * parameters[9 + $1] })
            if isWatched, let reached = firstReach(from: state, flow: flow, within: length) { return segment.start + reached }
            state = kinetics.amounts(after: length, from: state, infusion: flow)
        }
        return .infinity
    }

    /// How long it takes the central amount to reach the ceiling, looked for in sixteenths and at the tops between them.
    private func firstReach(from state: [Double], flow: Double, within length: Double) -> Double? {
        // It cannot hold more than there is.
        guard state.reduce(flow * length, +) >= parameters[12] else { return nil }
        func amounts(_ time: Double) -> [Double] { kinetics.amounts(after: time, from: state, infusion: flow) }
        func isThere(_ time: Double) -> Bool { amounts(time)[1] >= parameters[12] }
        func falls(_ time: Double) -> Bool {
            let a = amounts(time)
            return flow + rates.ka * a[0] + rates.k21 * a[2] + rates.k31 * a[3] < (rates.k10 + rates.k12 + rates.k13) * a[1]
        }
        func first(_ isSo: (Double) -> Bool, _ from: Double, _ to: Double) -> Double {
            var (near, far) = (from, to)
            for _ in 0..<60 {
                let middle = near + (far - near) / 2
                if isSo(middle) { far = middle } else { near = middle }
            }
            return far
        }
        for part in 0..<16 {
            let (from, to) = (length * Double(part) / 16, length * Double(part + 1) / 16)
            let top = !isThere(to) && !falls(from) && falls(to) ? first(falls, from, to) : to
            if isThere(top) { return first(isThere, from, top) }
        }
        return nil
    }
}

/// The doses of ``DosedCompartments`` under a rule: once the central amount is seen at its ceiling, the thirteenth parameter, whatever runs
/// is stopped and nothing more is given. The sixth state says whether the rule still lets doses be given.
private protocol RuledDoses: PartlyLinearSystem {}

extension RuledDoses {
    /// Events behind those of the boluses, each of which looks at the rule before the bolus and after it: one that looks where an infusion
    /// begins, and one that stops everything.
    static var look: Int { 6 }
    static var stop: Int { 7 }

    static var compartments: CompartmentShape { DosedCompartments.compartments }
    static var readAmounts: Int { DosedCompartments.readAmounts }
    static var stateCount: Int { 6 }
    static var heldCount: Int { 1 }
    static var parameterCount: Int { 13 }
    static var inputCount: Int { 3 }
    static var preparedCount: Int { 0 }

    static func compartmentRates(parameters: Span<Double>) -> CompartmentRates {
        DosedCompartments.compartmentRates(parameters: parameters)
    }

    static func infusion(state: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double {
        state[5] * DosedCompartments.infusion(state: state, parameters: parameters, input: input)
    }

    static func prepare<L: Lane>(state: Span<L>, parameters: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>) {
        DosedCompartments.prepare(state: state, parameters: parameters, input: input, into: &prepared)
    }

    static func remainder<L: Lane>(time: L, state: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
        DosedCompartments.remainder(time: time, state: state, prepared: prepared, into: &rate)
    }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        DosedCompartments.derivative(time: time, state: y, parameters: p, input: input, into: &rate)
        let due = p[9] * input[0] + p[10] * input[1] + p[11] * input[2]
        rate[1] = rate[1] - (1 - y[5]) * due
        rate[5] = L(0)
    }

    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        func lets(_ amount: L, _ before: L) -> L { L.select(L.lessThan(amount, parameters[12]), before, L(0)) }
        let isLet = event == stop ? L(0) : lets(state[1], state[5])
        if event < look {
            let before = state[event / 3]
            DosedCompartments.apply(event: event, time: time, state: &state, parameters: parameters, input: input)
            state[event / 3] = L.select(L.lessThan(L(0.5), isLet), state[event / 3], before)
        }
        state[5] = lets(state[1], isLet)
    }
}

/// The rule is looked at when a dose is due, and only then.
private enum WithheldDoses: RuledDoses {}

/// The rule is looked at at any time.
private enum StoppedDoses: RuledDoses {
    static var surfaces: [Surface] { [Surface(.rising, event: stop)] }
    static var watchedStates: UInt64 { 1 << 1 }

    static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        state[1] - parameters[12]
    }
}
