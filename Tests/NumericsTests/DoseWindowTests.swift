// Dose windows of an hour and a half are never stepped over, whatever times are asked for.
import Glibc
import Numerics
import TestSupport
import Testing
import Tracing

@Suite("Dose windows")
struct DoseWindowTests {
    /// The trap of ../shared/oracles/oncology/pkpd/dose_window_trap.json: 1.5 h windows twice a day, 14 days of 21, three cycles.
    static let expected = 681.084637314539
    static let parameters = [0.021, 0.025, 0.053]

    /// - Parameter input: what a segment's input is under an exposure.
    static func segments(_ input: (Double) -> [Double]) -> [Segment] {
        var borders: [(Double, Double)] = []
        for day in 0..<63 where day % 21 < 14 {
            for start in [Double(day), Double(day) + 0.5] { borders.append((start, start + 0.0625)) }
        }
        var all: [Segment] = []
        var reached = 0.0
        for (start, end) in borders {
            if start > reached { all.append(Segment(start: reached, end: start, input: input(0))) }
            all.append(Segment(start: start, end: end, input: input(12)))
            reached = end
        }
        all.append(Segment(start: reached, end: 84, input: input(0)))
        return all
    }

    private func run(_ outputs: [Double]) throws -> Trajectory {
        try Integrator.solve(
            Claret.self, initial: [200], parameters: Self.parameters, segments: Self.segments { [$0] }, outputs: outputs,
            tolerance: Tolerance(relative: 1e-8, absolute: 1e-10))
    }

    /// The courses of the state behind the amount at the times asked for, by every method.
    private func courses(
        _ initial: [Double], _ parameters: [Double], _ segments: [Segment], _ outputs: [Double]
    ) throws -> [(method: String, course: [Double])] {
        let tolerance = Tolerance(relative: 1e-8, absolute: 1e-10)
        func course(_ name: String, _ method: some StepMethod) throws -> (String, [Double]) {
            let run = try Integrator.solve(
                by: method, initial: initial, parameters: parameters, segments: segments, outputs: outputs, tolerance: tolerance)
            return (name, run.course(of: 1))
        }
        let large = try Integrator.solve(
            by: BackwardDifferences(ordinary: ExposedCells.self), initial: initial, parameters: parameters, segments: segments,
            outputs: outputs, tolerance: tolerance)
        return try [
            course("explicit", DormandPrince<ExposedCells, Double>()), course("stiff", InterpretedStep<ExposedCells, Double>()),
            course("kinetics in closed form", ClosedFormKinetics<ExposedCells, Double>()),
            course("series", InterpretedSeries<ExposedCells, Double>()), ("backward differences", large.course(of: 1)),
        ]
    }

    private static let daily: [Double] = (0...84).map { Double($0) }
    private static let fine: [Double] = (0...8400).map { Double($0) / 100 }

    @Test("the trap's figure is met by every method, whatever the output grid")
    func trap() throws {
        var target = Self.expected
        if let path = SharedFiles.path("oracles/oncology/pkpd/dose_window_trap.json"), let text = SharedFiles.text(path) {
            let after = text.components(after: "\"y84_closed_form\":")
            target = Double(after.prefix { $0 != "," && $0 != "\n" }.trimmingSpaces()) ?? .nan
            #expect(target == Self.expected)
        } else {
            SharedFiles.leaveOut("the dose window trap's file is as copied here")
        }
        for grid in [[84], [0, 84], Self.daily, Self.fine] {
            let last = try run(grid)[grid.count - 1, 0]
            #expect((last - target).magnitude < 1e-6 * target)
            // The exposure wanes as an amount does that started at one.
            for (method, course) in try courses([1, 200], Self.parameters, Self.segments { [0, $0] }, grid) {
                #expect((course[grid.count - 1] - target).magnitude < 1e-6 * target, "\(method)")
            }
        }
    }

    @Test("a single window of 90 minutes in 84 days, before and after which nothing moves, is never stepped over by any method")
    func single() throws {
        // Cells that nothing but the drug changes: log y(t) = −kill·(area under the amount).
        let (rate, kill, flow) = (0.5, 0.02, 800.0)
        let (start, end) = (40.0, 40.0625)
        let segments = [
            Segment(start: 0, end: start, input: [0, 1]), Segment(start: start, end: end, input: [flow, 1]),
            Segment(start: end, end: 84, input: [0, 1]),
        ]
        func truth(_ time: Double) -> Double {
            let (during, after) = (Double.minimum(time, end) - start, time - end)
            if during <= 0 { return 1e6 }
            let filled = flow / rate * (1 - exp(-rate * during))
            return 1e6 * exp(-kill / rate * (flow * during - (after > 0 ? filled * exp(-rate * after) : filled)))
        }
        for grid in [[84], [0, 84], Self.daily, Self.fine] {
            for (method, course) in try courses([0, 1e6], [0, kill, rate], segments, grid) {
                for (place, time) in grid.enumerated() {
                    #expect((course[place] / truth(time) - 1).magnitude < 1e-6, "\(method), day \(time)")
                }
            }
        }
    }

    @Test("asking for more times changes no value of any method, bit for bit (invariant N6)")
    func grids() throws {
        func values(_ grid: [Double]) throws -> [(method: String, course: [Double])] {
            let reading = (method: "explicit, reading time", course: try run(grid).course(of: 0))
            return try [reading] + courses([1, 200], Self.parameters, Self.segments { [0, $0] }, grid)
        }
        let all = try values((0...42).map { Double($0) * 2 })
        let (allFine, allOdd) = (try values((0...840).map { Double($0) / 10 }), try values([0, 13.37, 42, 84]))
        for (number, (method, coarse)) in all.enumerated() {
            let (fine, odd) = (allFine[number].course, allOdd[number].course)
            for t in 0...42 { #expect(coarse[t].bitPattern == fine[t * 20].bitPattern, "\(method)") }
            #expect(odd[2].bitPattern == coarse[21].bitPattern, "\(method)")
            #expect(odd[3].bitPattern == coarse[42].bitPattern, "\(method)")
        }
    }

    @Test("Claret's closed form is met to 1e-9 at a tight tolerance, between the steps too")
    func closedForm() throws {
        let (growth, kill, wane, exposure) = (0.021, 0.025, 0.053, 3.0)
        let times = (0...520).map { Double($0) / 10 }
        let run = try Integrator.solve(
            Claret.self, initial: [100], parameters: [growth, kill, wane],
            segments: [Segment(start: 0, end: 52, input: [exposure])], outputs: times,
            tolerance: Tolerance(relative: 1e-12, absolute: 1e-12))
        for (index, t) in times.enumerated() {
            let exponent = growth * t - kill * exposure / wane * (1 - (-wane * t).exp())
            let truth = 100 * exponent.exp()
            #expect((run[index, 0] - truth).magnitude < 1e-9 * truth)
        }
        // Week 52 of tgi_closed_forms.json, claret2009_cape_const.
        #expect((run[520, 0] - 79.20176962140526).magnitude < 1e-7)
    }
}

/// Cells that an exposure kills, the more the larger an amount is: A′ = flow − fading·A, y′ = (growth − kill·exposure·A)·y.
///
/// States: amount, cells. Parameters: growth, kill, fading. Inputs: flow, exposure.
private enum ExposedCells: PartlyLinearSystem {
    static var compartments: CompartmentShape { CompartmentShape(1) }
    static var stateCount: Int { 2 }
    static var parameterCount: Int { 3 }
    static var inputCount: Int { 2 }
    static var preparedCount: Int { 2 }

    static func compartmentRates(parameters p: Span<Double>) -> CompartmentRates { CompartmentRates(k10: p[2]) }

    static func infusion(state: Span<Double>, parameters: Span<Double>, input: Span<Double>) -> Double { input[0] }

    static func prepare<L: Lane>(state: Span<L>, parameters p: Span<L>, input: Span<L>, into prepared: inout MutableSpan<L>) {
        prepared[0] = p[0]
        prepared[1] = p[1] * input[1]
    }

    static func remainder<L: Lane>(time: L, state y: Span<L>, prepared: Span<L>, into rate: inout MutableSpan<L>) {
        rate[1] = (prepared[0] - prepared[1] * y[0]) * y[1]
    }

    static func derivative<L: Lane>(time: L, state y: Span<L>, parameters p: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        rate[0] = input[0] - p[2] * y[0]
        rate[1] = (p[0] - p[1] * input[1] * y[0]) * y[1]
    }
}

extension String {
    fileprivate func components(after mark: String) -> Substring {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
            rest = rest.dropFirst()
        }
        return rest
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> Substring { drop { $0 == " " } }
}
