// One draw against closed solutions and published orbits.
import Numerics
import TestSupport
import Testing

@Suite("The integrator on one draw")
struct IntegratorTests {
    /// Steps of fixed size: so loose a tolerance that only the largest step counts.
    private func fixed(_ step: Double) -> Tolerance { Tolerance(relative: 1e6, absolute: 1e6, maximumStep: step) }

    private func slope(_ coarse: Double, _ fine: Double) -> Double { (coarse / fine).log() / 2.0.log() }

    @Test("the end of a fixed-step run converges with order five")
    func order() throws {
        var decay: [Double] = []
        var driven: [Double] = []
        for step in [0.125, 0.0625, 0.03125] {
            let free = try Integrator.solve(
                Decay.self, initial: [1], parameters: [1], segments: [Segment(start: 0, end: 2, input: [0])], outputs: [2],
                tolerance: fixed(step))
            decay.append((free[0, 0] - (-2.0).exp()).magnitude)
            let forced = try Integrator.solve(
                ProtheroRobinson.self, initial: [1], parameters: [1], segments: [Segment(start: 0, end: 4)], outputs: [4],
                tolerance: fixed(step))
            driven.append((forced[0, 0] - (-0.8).exp()).magnitude)
        }
        print("order on decay: \(slope(decay[1], decay[2])), driven: \(slope(driven[1], driven[2]))")
        #expect((slope(decay[1], decay[2]) - 5).magnitude < 0.1)
        #expect((slope(driven[1], driven[2]) - 5).magnitude < 0.1)
    }

    @Test("readings between steps converge with order five, as the ends do")
    func interpolantOrder() throws {
        // A curve of the fourth degree through a step is off by the fifth power of its length; where most, it takes many readings to see.
        let times = (0...4000).map { Double($0) / 1000 }
        func slopes<System: OrdinarySystem>(
            _ system: System.Type, _ parameters: [Double], _ input: [Double], _ truth: (Double) -> Double
        ) throws -> [Double] {
            let errors = try [0.1, 0.05, 0.025].map { step in
                let run = try Integrator.solve(
                    system, initial: [1], parameters: parameters, segments: [Segment(start: 0, end: 4, input: input)], outputs: times,
                    tolerance: fixed(step))
                return times.indices.map { (run[$0, 0] - truth(times[$0])).magnitude }.max() ?? .nan
            }
            return zip(errors, errors.dropFirst()).map { slope($0, $1) }
        }
        let decay = try slopes(Decay.self, [1], [0]) { (-$0).exp() }
        let root = try slopes(Root.self, [], []) { (1 + $0 * $0).squareRoot() }
        print("order between steps: on decay \(decay), in time and state \(root)")
        for slope in decay + root { #expect((slope - 5).magnitude < 0.1) }
    }

    @Test("the Arenstorf orbit closes")
    func arenstorf() throws {
        let run = try Integrator.solve(
            Arenstorf.self, initial: Arenstorf.start, parameters: [],
            segments: [Segment(start: 0, end: Arenstorf.period)], outputs: [Arenstorf.period],
            tolerance: Tolerance(relative: 1e-13, absolute: 1e-13))
        for s in 0..<2 { #expect((run[0, s] - Arenstorf.start[s]).magnitude < 1e-7) }
    }

    @Test("prey and predator keep their invariant, and agree with a run at a far smaller tolerance")
    func lotkaVolterra() throws {
        let (a, b, c, d) = (1.5, 1.0, 1.0, 3.0)
        let times = (0...50).map { Double($0) * 0.4 }
        func run(_ tolerance: Double) throws -> Trajectory {
            try Integrator.solve(
                LotkaVolterra.self, initial: [1, 1], parameters: [a, b, c, d], segments: [Segment(start: 0, end: 20)],
                outputs: times, tolerance: Tolerance(relative: tolerance, absolute: tolerance))
        }
        let (loose, usual, tight) = (try run(1e-7), try run(1e-8), try run(1e-12))
        var (coarse, fine) = (0.0, 0.0)
        func invariant(_ x: Double, _ y: Double) -> Double { c * x - d * x.log() + b * y - a * y.log() }
        let expected = invariant(1, 1)
        for t in times.indices {
            #expect((invariant(tight[t, 0], tight[t, 1]) - expected).magnitude < 1e-9)
            for s in 0..<2 {
                coarse = max(coarse, (loose[t, s] - tight[t, s]).magnitude)
                fine = max(fine, (usual[t, s] - tight[t, s]).magnitude)
            }
        }
        // Far from chaos the error follows the tolerance, a little less than in proportion.
        #expect(coarse < 1e-4)
        #expect(fine < 5e-6)
        #expect(coarse / fine > 5)
    }

    @Test("doses and operations at the starts of segments act once, and outputs at their instant show the state before")
    func events() throws {
        let segments = [
            Segment(start: 0, end: 0, input: [5], event: 1),
            Segment(start: 0, end: 2, input: [0]),
            Segment(start: 2, end: 4, input: [3], event: 1),
            Segment(start: 4, end: 4, input: [0.5], event: 2),
            Segment(start: 4, end: 5, input: [1], event: 1),
        ]
        let k = 0.7
        let run = try Integrator.solve(
            Decay.self, initial: [1], parameters: [k], segments: segments, outputs: [0, 0.0.nextUp, 2, 2.0.nextUp, 4, 4.0.nextUp, 5],
            tolerance: Tolerance(relative: 1e-11, absolute: 1e-13))
        let at2 = 6 * (-2 * k).exp()
        let at4 = (at2 + 3) * (-2 * k).exp()
        let expected = [1, 6, at2, at2 + 3, at4, at4 / 2 + 1, (at4 / 2 + 1) * (-k).exp()]
        for (t, value) in expected.enumerated() { #expect((run[t, 0] - value).magnitude < 1e-9) }
    }

    @Test("an absolute tolerance of zero is no trap: a state at zero stays there, and one that starts there leaves it")
    func zeroTolerance() throws {
        let relative = Tolerance(relative: 1e-8, absolute: 0)
        let dosed = try Integrator.solve(
            Decay.self, initial: [0], parameters: [1],
            segments: [Segment(start: 0, end: 1, input: [0]), Segment(start: 1, end: 2, input: [5], event: 1)], outputs: [0.5, 1, 2],
            tolerance: relative)
        #expect(dosed[0, 0] == 0 && dosed[1, 0] == 0)
        #expect((dosed[2, 0] - 5 * (-1.0).exp()).magnitude < 1e-7)
        // Speed starts at zero with a rate that is infinite in units of what is allowed there.
        let fallen = try Integrator.solve(
            Ball.self, initial: [10, 0], parameters: [9.81, 0.5], segments: [Segment(start: 0, end: 1)], outputs: [1], tolerance: relative)
        #expect((fallen[0, 0] - (10 - 4.905)).magnitude < 1e-7)
        #expect((fallen[0, 1] + 9.81).magnitude < 1e-7)
    }

    @Test("a malformed plan is refused with a message that says where")
    func malformed() {
        func error(_ segments: [Segment], _ outputs: [Double], _ tolerance: Tolerance = Tolerance()) -> IntegrationError? {
            do {
                _ = try Integrator.solve(
                    Decay.self, initial: [1], parameters: [1], segments: segments, outputs: outputs, tolerance: tolerance)
                return nil
            } catch { return error }
        }
        let good = Segment(start: 0, end: 1, input: [0])
        #expect(error([], []) == .wrongCount(of: .segments, expected: 1, found: 0))
        #expect(error([Segment(start: 0, end: 1)], []) == .wrongCount(of: .inputs, expected: 1, found: 0))
        #expect(error([Segment(start: 1, end: 0, input: [0])], []) == .brokenSegment(index: 0))
        #expect(error([Segment(start: 0, end: .nan, input: [0])], []) == .brokenSegment(index: 0))
        #expect(error([good, Segment(start: 1.5, end: 2, input: [0])], []) == .brokenSegment(index: 1))
        #expect(error([good], [2]) == .outputOutside(time: 2, start: 0, end: 1))
        #expect(error([good], [0.5, 0.2]) == .outputsNotAscending(index: 1))
        #expect(error([good], [], Tolerance(relative: 0)) == .badTolerance)
        #expect(error([good], [], Tolerance(maximumStep: .nan)) == .badTolerance)
        #expect(error([good], [0, 1]) == nil)
        #expect(IntegrationError.brokenSegment(index: 3).description.contains("segment 3"))
    }

    @Test("an explosion, a NaN and too many steps are errors with draw and time, not traps")
    func failures() {
        func error(_ initial: Double, _ rate: Double, _ limit: Int = 100_000) -> IntegrationError? {
            do {
                _ = try Integrator.solve(
                    Explosion.self, initial: [initial], parameters: [rate], segments: [Segment(start: 0, end: 2)], outputs: [2],
                    tolerance: Tolerance(stepLimit: limit))
                return nil
            } catch { return error }
        }
        switch error(1, 1) {
        case .stepTooSmall(0, let time), .notFinite(0, let time): #expect((time - 1).magnitude < 1e-3)
        default: Issue.record("the explosion at time 1 was not noticed")
        }
        #expect(error(.nan, 1) == .notFinite(draw: 0, time: 0))
        #expect(error(1, .infinity) == .notFinite(draw: 0, time: 0))
        if case .tooManySteps(0, _, 5) = error(0.4, 1, 5) {} else { Issue.record("the step limit was not kept") }
        #expect(error(0.4, 1) == nil)
    }
}
