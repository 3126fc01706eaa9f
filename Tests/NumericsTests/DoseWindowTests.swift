// Dose windows of an hour and a half are never stepped over, whatever times are asked for.
import Numerics
import TestSupport
import Testing

@Suite("Dose windows")
struct DoseWindowTests {
    /// The trap of ../shared/oracles/oncology/pkpd/dose_window_trap.json: 1.5 h windows twice a day, 14 days of 21, three cycles.
    static let expected = 681.084637314539
    static let parameters = [0.021, 0.025, 0.053]

    static var segments: [Segment] {
        var borders: [(Double, Double)] = []
        for day in 0..<63 where day % 21 < 14 {
            for start in [Double(day), Double(day) + 0.5] { borders.append((start, start + 0.0625)) }
        }
        var all: [Segment] = []
        var reached = 0.0
        for (start, end) in borders {
            if start > reached { all.append(Segment(start: reached, end: start, input: [0])) }
            all.append(Segment(start: start, end: end, input: [12]))
            reached = end
        }
        all.append(Segment(start: reached, end: 84, input: [0]))
        return all
    }

    private func run(_ outputs: [Double], _ relative: Double = 1e-8) throws -> Trajectory {
        try Integrator.solve(
            Claret.self, initial: [200], parameters: Self.parameters, segments: Self.segments, outputs: outputs,
            tolerance: Tolerance(relative: relative, absolute: 1e-10))
    }

    @Test("the trap's figure is met whatever the output grid")
    func trap() throws {
        var target = Self.expected
        if let path = SharedFiles.path("oracles/oncology/pkpd/dose_window_trap.json"), let text = SharedFiles.text(path) {
            let after = text.components(after: "\"y84_closed_form\":")
            target = Double(after.prefix { $0 != "," && $0 != "\n" }.trimmingSpaces()) ?? .nan
            #expect(target == Self.expected)
        } else {
            SharedFiles.leaveOut("the dose window trap's file is as copied here")
        }
        let daily: [Double] = (0...84).map { Double($0) }
        let fine: [Double] = (0...8400).map { Double($0) / 100 }
        let grids: [[Double]] = [[84], [0, 84], daily, fine]
        for grid in grids {
            let last = try run(grid)[grid.count - 1, 0]
            #expect((last - target).magnitude < 1e-6 * target)
        }
    }

    @Test("asking for more times changes no value, bit for bit (invariant N6)")
    func grids() throws {
        let coarse = try run((0...42).map { Double($0) * 2 })
        let fine = try run((0...840).map { Double($0) / 10 })
        let odd = try run([0, 13.37, 42, 84])
        for t in 0...42 { #expect(coarse[t, 0].bitPattern == fine[t * 20, 0].bitPattern) }
        #expect(odd[2, 0].bitPattern == coarse[21, 0].bitPattern)
        #expect(odd[3, 0].bitPattern == coarse[42, 0].bitPattern)
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
