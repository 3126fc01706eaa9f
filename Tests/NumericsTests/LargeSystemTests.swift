// The method for large systems: what its users rely on, against closed solutions and published end values.
import Glibc
import Numerics
import Systems
import Testing

@Suite("The integrator for large systems")
struct LargeSystemTests {
    private static let hires: [Double] = [1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69]

    private func end(
        _ method: BackwardDifferences, _ start: [Double], _ parameters: [Double], _ segments: [Segment], _ relative: Double,
        absolute: Double, work: inout LargeSystemWork
    ) throws -> [Double] {
        let end = segments.last?.end ?? 0
        let run = try Integrator.solve(
            by: method, initial: start, parameters: parameters, segments: segments, outputs: [end],
            tolerance: Tolerance(relative: relative, absolute: absolute), work: &work)
        return run.values
    }

    /// The largest relative errors at tolerances ten times apart must fall about tenfold each.
    private func expectProportion(_ errors: [Double], decades: Double, _ name: String) {
        let slope = Glibc.log10(errors[0] / errors[errors.count - 1]) / decades
        print("large systems, \(name): error falls with tolerance to the power \(slope): \(errors)")
        #expect(slope > 0.7 && slope < 1.3, "\(name)")
    }

    private func worst(_ found: [Double], _ truth: [Int: Double]) -> Double {
        truth.map { (found[$0.key] - $0.value).magnitude / $0.value.magnitude }.max() ?? .nan
    }

    @Test("the classic stiff problems end where the literature says, the closer the tighter the tolerance")
    func classics() throws {
        // End values as in StiffTests: Mazzia and Magherini (2008), II-1 and II-10; Hairer and Wanner's test set for Robertson at 40.
        let problems: [(name: String, method: BackwardDifferences, start: [Double], parameters: [Double], end: Double, absolute: Double)] =
            [
                ("HIRES", BackwardDifferences(ordinary: Hires.self), KernelTests.hiresStart, Self.hires, 321.8122, 1e-4),
                ("Robertson", BackwardDifferences(ordinary: Robertson.self), [1, 0, 0], [0.04, 3e7, 1e4], 40, 1e-6),
                ("van der Pol", BackwardDifferences(ordinary: VanDerPol.self), [2, 0], [1e-6], 2, 1e-2),
            ]
        let truths: [[Int: Double]] = [
            [0: 0.7371312573325668e-3, 2: 0.5888729740967575e-4, 5: 0.6238968252742796e-2, 7: 0.2850001604814231e-2],
            [0: 7.1582706871e-1, 1: 9.1855347649e-6, 2: 2.8416374574e-1],
            [0: 0.1706167732170483e1, 1: -0.8928097010247975],
        ]
        for (problem, truth) in zip(problems, truths) {
            var work = LargeSystemWork()
            let errors = try [1e-4, 1e-6, 1e-8].map {
                worst(
                    try end(
                        problem.method, problem.start, problem.parameters, [Segment(start: 0, end: problem.end)], $0,
                        absolute: $0 * problem.absolute, work: &work), truth)
            }
            expectProportion(errors, decades: 4, problem.name)
            #expect(errors[2] < 1e-6)
        }
    }

    @Test("the Medical Akzo Nobel problem, 400 states in a band of five, ends at the test set's values in a peer's number of steps")
    func medicalAkzoNobel() throws {
        let method = BackwardDifferences(MedicalAkzoNobel())
        #expect(method.structure.band?.below == 2 && method.structure.band?.above == 2)
        #expect(method.structure.groupCount <= 5)
        // Mazzia and Magherini (2008), II-2: states 79, 133, 171, 199 and 200, counted from one.
        let truth = [
            78: 0.2339942217046434e-3, 132: 0.3576835958481664e-3, 170: 0.3085949832350532e-3, 198: 0.1173741304462833e-3,
        ]
        let small = 0.6190822732534586e-5
        // scipy 1.17.1's BDF (the same formulas, its Jacobian by differences) at the same tolerances: steps, error of these states.
        for (relative, peer, peerError) in [(1e-3, 309, 1.57e-2), (1e-5, 642, 4.61e-4), (1e-7, 1292, 1.32e-5)] {
            var work = LargeSystemWork()
            let found = try end(
                method, MedicalAkzoNobel.start, MedicalAkzoNobel.parameters, MedicalAkzoNobel.segments, relative,
                absolute: relative * 1e-2, work: &work)
            let error = worst(found, truth)
            print("Medical Akzo Nobel, rtol \(relative): relative error \(error), \(work)")
            #expect(error < 2 * peerError)
            #expect((found[199] - small).magnitude < 0.03 * relative, "in units of what is left where it is most")
            #expect(work.steps < 2 * peer && work.rates < 12 * peer)
            #expect(work.jacobians < 20)
        }
    }

    @Test("diffusion along 300 cells follows its closed solution between steps too, whatever the order of the states")
    func diffusion() throws {
        let count = 300
        // 7 has no common factor with 300: neighbours lie far apart.
        let mixed = Diffusion(count, places: (0..<count).map { $0 * 7 % count })
        let times = (0...60).map { Double($0) * 0.05 }
        for system in [Diffusion(count), mixed] {
            let method = BackwardDifferences(system)
            #expect(method.structure.band?.below == 1 && method.structure.band?.above == 1)
            #expect(method.structure.groupCount <= 4)
            let wave = system.wave
            for relative in [1e-4, 1e-7] {
                let run = try Integrator.solve(
                    by: method, initial: wave, parameters: [0.1], segments: [Segment(start: 0, end: 3, input: [0])], outputs: times,
                    tolerance: Tolerance(relative: relative, absolute: relative * 1e-3))
                let decay = system.decay(0.1)
                let errors = times.indices.map { (run[$0, 40] - wave[40] * Glibc.exp(-decay * times[$0])).magnitude / wave[40] }
                #expect((errors.max() ?? .nan) < 20 * relative)
            }
        }
        #expect(BackwardDifferences(mixed).structure.isReordered)
    }

    @Test("the sum of a closed ring of cells stays, to rounding")
    func conservation() throws {
        let ring = Ring(cells: 60)
        let method = BackwardDifferences(ring)
        #expect((method.structure.band?.below ?? 200) <= 6, "the ring is cut open by the order of its states")
        let start = (0..<120).map { 1 + sine(Double($0) / 11) }
        var work = LargeSystemWork()
        let found = try end(method, start, [40, 3, 0.5], [Segment(start: 0, end: 50)], 1e-5, absolute: 1e-8, work: &work)
        let (before, after) = (start.reduce(0, +), found.reduce(0, +))
        #expect((after / before - 1).magnitude < 1e-12)
        let robertson = try end(
            BackwardDifferences(ordinary: Robertson.self), [1, 0, 0], [0.04, 3e7, 1e4], [Segment(start: 0, end: 4e5)], 1e-6,
            absolute: 1e-12, work: &work)
        #expect((robertson.reduce(0, +) - 1).magnitude < 1e-11)
    }

    @Test("doses and a window of ninety minutes in 84 days are never stepped over")
    func doses() throws {
        let window = [
            Segment(start: 0, end: 42, input: [0]), Segment(start: 42, end: 42.0625, input: [1]),
            Segment(start: 42.0625, end: 84, input: [0]),
        ]
        let run = try Integrator.solve(
            by: BackwardDifferences(ordinary: Infusion.self), initial: [0], parameters: [0.2], segments: window,
            outputs: [42, 42.0625, 84],
            tolerance: Tolerance(relative: 1e-9, absolute: 1e-12))
        let filled = 5 * (1 - Glibc.exp(-0.0125))
        #expect(run[0, 0] == 0)
        #expect((run[1, 0] - filled).magnitude < 1e-7 * filled)
        let left = filled * Glibc.exp(-0.2 * (84 - 42.0625))
        #expect((run[2, 0] - left).magnitude < 1e-7 * filled)

        let segments = [Segment(start: 0, end: 2, input: [5], event: 1), Segment(start: 2, end: 4, input: [3], event: 1)]
        let dosed = try Integrator.solve(
            by: BackwardDifferences(ordinary: Decay.self), initial: [1], parameters: [0.7], segments: segments, outputs: [0, 2, 4],
            tolerance: Tolerance(relative: 1e-9, absolute: 1e-11))
        let at2 = 6 * Glibc.exp(-1.4)
        #expect(dosed[0, 0] == 1, "at the instant of an event the state before it is given")
        #expect((dosed[1, 0] - at2).magnitude < 1e-7)
        #expect((dosed[2, 0] - (at2 + 3) * Glibc.exp(-1.4)).magnitude < 1e-7)
    }

    @Test("surfaces are located, and what happens there is done there")
    func surfaces() throws {
        let run = try Integrator.solve(
            by: BackwardDifferences(ordinary: Ball.self), initial: [1, 0], parameters: [9.81, 0.5], segments: [Segment(start: 0, end: 1)],
            outputs: [0.2, 1], tolerance: Tolerance(relative: 1e-9, absolute: 1e-11))
        let fall = (2 / 9.81).squareRoot()
        let bounces = run.crossings.filter { $0.surface == 0 }.map(\.time)
        let tops = run.crossings.filter { $0.surface == 1 }.map(\.time)
        // Up and down again takes as long as the fall, since half the speed is left.
        #expect(((bounces.first ?? 0) - fall).magnitude < 1e-7)
        #expect(((tops.first ?? 0) - 1.5 * fall).magnitude < 1e-7)
        #expect((run[0, 0] - (1 - 0.5 * 9.81 * 0.04)).magnitude < 1e-7)
    }

    @Test("asking for more times changes no value")
    func outputs() throws {
        let method = BackwardDifferences(ordinary: Hires.self)
        func values(_ times: [Double]) throws -> [Double] {
            let run = try Integrator.solve(
                by: method, initial: KernelTests.hiresStart, parameters: Self.hires, segments: [Segment(start: 0, end: 300)], outputs: times
            )
            return Array(run.values.suffix(8))
        }
        let (few, many) = (try values([0, 300]), try values((0...3000).map { Double($0) / 10 }))
        #expect(few == many)
    }

    @Test("what cannot be done is refused or reported in the same words as elsewhere")
    func failures() throws {
        let explosion = BackwardDifferences(ordinary: Explosion.self)
        func explode(_ tolerance: Tolerance) throws {
            _ = try Integrator.solve(
                by: explosion, initial: [1], parameters: [1], segments: [Segment(start: 0, end: 2)], outputs: [2], tolerance: tolerance)
        }
        let singular = #expect(throws: IntegrationError.self) { try explode(Tolerance()) }
        switch singular {
        case .stepTooSmall(0, let time), .notFinite(0, let time): #expect((time - 1).magnitude < 1e-4)
        default: Issue.record("\(String(describing: singular))")
        }
        let limited = #expect(throws: IntegrationError.self) { try explode(Tolerance(stepLimit: 10)) }
        switch limited {
        case .tooManySteps(0, _, 10): break
        default: Issue.record("\(String(describing: limited))")
        }
        #expect(throws: IntegrationError.wrongCount(of: .states, expected: 1, found: 2)) {
            try Integrator.solve(
                by: explosion, initial: [1, 2], parameters: [1], segments: [Segment(start: 0, end: 2)], outputs: [])
        }
        #expect(throws: IntegrationError.wrongCount(of: .parameters, expected: 1, found: 0)) {
            try Integrator.solve(by: explosion, initial: [1], parameters: [], segments: [Segment(start: 0, end: 2)], outputs: [])
        }
    }

    @Test("a cancelled integration stops at the next step")
    func cancellation() throws {
        var asked = 0
        let run = try Integrator.solve(
            by: BackwardDifferences(MedicalAkzoNobel()), initial: MedicalAkzoNobel.start, parameters: MedicalAkzoNobel.parameters,
            segments: MedicalAkzoNobel.segments, outputs: [0, 20],
            isCancelled: {
                asked += 1
                return asked > 5
            })
        #expect(run[0, 1] == 1)
        #expect(run[1, 1].isNaN)
    }
}
