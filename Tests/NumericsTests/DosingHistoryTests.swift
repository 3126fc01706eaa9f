// Ten thousand dosing histories, integrated with a restart at every dose, against doses laid over each other in closed form.
import Numerics
import Testing
import Tracing

@Suite("Dosing histories")
struct DosingHistoryTests {
    static let horizon = 24.0
    static let plans = 1250
    static let patients = 8
    static let random = RandomStream(seed: 20, stream: 7)

    /// When which dose is given; sizes and constants are each patient's own.
    struct Plan {
        /// (time, event), repeated doses among them; every fifth plan gives two at once.
        var boluses: [(time: Double, event: Int)] = []
        var infusions: [(start: Double, end: Double)] = []
        var outputs: [Double]
        let draws: Matrix

        init(_ number: Int) {
            let u = random.uniforms(draw: number, count: 24)
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
            boluses.sort { $0.time < $1.time }
            outputs = (0..<4).map { horizon * u[15 + $0] }.sorted() + [horizon]
            var table = Matrix(rows: patients, columns: DosedCompartments.parameterCount)
            let medians = [0.4, 0.8, 0.5, 0.4, 0.1, 0.7]
            for patient in 0..<patients {
                let z = random.normals(draw: 10_000 + number * patients + patient, count: 12)
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
                for dose in 6..<9 { table[patient, dose] = 100 * (0.5 * z[dose]).exp() }
                for rate in 9..<12 { table[patient, rate] = 30 * (0.5 * z[rate]).exp() }
            }
            draws = table
        }

        var segments: [Segment] {
            var marks = boluses.map { (time: $0.time, event: Optional($0.event)) }
            for (start, end) in infusions { marks += [(start, nil), (end, nil)] }
            marks.append((0, nil))
            marks.sort { $0.time < $1.time }
            return marks.indices.map { index in
                let (start, event) = marks[index]
                let end = index + 1 < marks.count ? marks[index + 1].time : horizon
                let input = infusions.map { $0.start <= start && start < $0.end ? 1.0 : 0 }
                return Segment(start: start, end: end, input: input, event: event)
            }
        }

        /// Every dose by itself, to the end, laid over each other; and all that has been given.
        func amounts(_ patient: Int, at time: Double) -> (left: [Double], given: Double) {
            let p = Array(draws.row(patient))
            let rates = CompartmentRates(k10: p[0], k12: p[1], k21: p[2], k13: p[3], k31: p[4], ka: p[5])
            let kinetics = Compartments(DosedCompartments.compartments, rates)
            var (sum, given) = ([0.0, 0, 0, 0], 0.0)
            for (start, event) in boluses where start < time {
                var dose = [0.0, 0, 0, 0]
                dose[event / 3] = p[6 + event % 3]
                given += p[6 + event % 3]
                for (j, amount) in kinetics.amounts(after: time - start, from: dose).enumerated() { sum[j] += amount }
            }
            for (i, (start, end)) in infusions.enumerated() where start < time {
                let until = Double.minimum(end, time)
                let during = kinetics.amounts(after: until - start, from: [0, 0, 0, 0], infusion: p[9 + i])
                given += p[9 + i] * (until - start)
                for (j, amount) in kinetics.amounts(after: time - until, from: during).enumerated() { sum[j] += amount }
            }
            return (sum, given)
        }
    }

    /// The greatest difference from the doses laid over each other, and the greatest loss of mass, both in units of what was given.
    private func differences<Method: StepMethod>(
        by method: Method, plans: StrideTo<Int>, tolerance: Tolerance
    ) throws -> (amounts: Double, mass: Double) where Method.System == DosedCompartments {
        var (worst, lost) = (0.0, 0.0)
        for number in plans {
            let plan = Plan(number)
            let found = try Ensemble.solveSerially(
                by: method, draws: plan.draws, initial: .same([0, 0, 0, 0, 0]), segments: plan.segments, outputs: plan.outputs,
                tolerance: tolerance)
            #expect(found.failures.isEmpty)
            for patient in 0..<Self.patients {
                let truth = plan.outputs.map { plan.amounts(patient, at: $0) }
                let largest = truth.map { $0.left.max() ?? 0 }.max() ?? 0
                for (index, (left, given)) in truth.enumerated() {
                    for j in 0..<4 { worst = worse(worst, (found[patient, index, j] - left[j]).magnitude / largest) }
                    let eliminated = plan.draws[patient, 0] * found[patient, index, 4]
                    let kept = (0..<4).reduce(0) { $0 + found[patient, index, $1] }
                    lost = worse(lost, (kept + eliminated - given).magnitude / largest)
                }
            }
        }
        return (worst, lost)
    }

    /// NaN is the worst.
    private func worse(_ a: Double, _ b: Double) -> Double { b <= a ? a : b }

    private let tight = Tolerance(relative: 1e-11, absolute: 1e-10)

    @Test("ten thousand histories, integrated with a restart at each dose, are the closed form to a billionth; no mass is lost")
    func explicit() throws {
        let found = try differences(
            by: DormandPrince<DosedCompartments, SIMD8<Double>>(), plans: stride(from: 0, to: Self.plans, by: 1),
            tolerance: Tolerance(relative: 1e-10, absolute: 1e-9))
        print("histories integrated explicitly: \(found)")
        #expect(found.amounts < 1e-9)
        #expect(found.mass < 1e-9)
    }

    @Test("the stiff method restarts as exactly")
    func stiff() throws {
        let found = try differences(
            by: InterpretedStep<DosedCompartments, SIMD8<Double>>(), plans: stride(from: 0, to: Self.plans, by: 50), tolerance: tight)
        print("histories integrated by the stiff method: \(found)")
        #expect(found.amounts < 1e-9)
        #expect(found.mass < 1e-9)
    }

    @Test("with kinetics in closed form the amounts are exact at any tolerance, the area beside them to what was asked")
    func closed() throws {
        let coarse = try differences(
            by: ClosedFormKinetics<DosedCompartments, SIMD8<Double>>(), plans: stride(from: 0, to: Self.plans, by: 2),
            tolerance: Tolerance(relative: 1e-4, absolute: 1e-4))
        let fine = try differences(
            by: ClosedFormKinetics<DosedCompartments, SIMD8<Double>>(), plans: stride(from: 0, to: Self.plans, by: 10), tolerance: tight)
        print("histories in closed form: \(coarse), \(fine)")
        #expect(coarse.amounts < 1e-12)
        #expect(coarse.mass < 1e-3)
        #expect(fine.amounts < 1e-12)
        #expect(fine.mass < 1e-9)
    }

    /// By Taylor's method, every second history loosely and every tenth tightly: ``SeriesTests``.
    func series() throws -> (coarse: (amounts: Double, mass: Double), fine: (amounts: Double, mass: Double)) {
        let coarse = try differences(
            by: InterpretedSeries<DosedCompartments, SIMD8<Double>>(), plans: stride(from: 0, to: Self.plans, by: 2),
            tolerance: Tolerance(relative: 1e-4, absolute: 1e-4))
        let fine = try differences(
            by: InterpretedSeries<DosedCompartments, SIMD8<Double>>(), plans: stride(from: 0, to: Self.plans, by: 10), tolerance: tight)
        return (coarse, fine)
    }
}
