// The search for a mode on functions whose lowest point is known.
import Numerics
import Testing

@Suite("Maximum a posteriori")
struct ModeTests {
    static func rosenbrock(_ x: [Double], _ gradient: inout [Double]) -> Double {
        var value = 0.0
        gradient = [Double](repeating: 0, count: x.count)
        for i in 0..<x.count - 1 {
            let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
            value += 100 * a * a + b * b
            gradient[i] += -400 * a * x[i] - 2 * b
            gradient[i + 1] += 200 * a
        }
        return value
    }

    @Test("Rosenbrock's valley is walked to its end, in two and in ten dimensions")
    func valley() throws {
        for size in [2, 10] {
            // The chained function has a second, false valley near −1 from four dimensions on; zero leads to the true one.
            let start = size == 2 ? [-1.2, 1] : [Double](repeating: 0, count: size)
            let mode = try MaximumAPosteriori.minimise(start: start, objective: Self.rosenbrock)
            #expect(mode.converged)
            #expect(mode.scaledGradient < 1e-10)
            for x in mode.point { #expect((x - 1).magnitude < 1e-9) }
            #expect(mode.iterations < 150)
            let hessian = mode.hessian
            #expect((hessian[size - 1, size - 1] - 200).magnitude < 1e-5)
        }
    }

    @Test("a quadratic of bad condition is solved to rounding, with its exact Hessian or without")
    func quadratic() throws {
        let scales = [1e-3, 1, 1e4]
        let centre = [3.0, -2, 0.5]
        func objective(_ x: [Double], _ gradient: inout [Double]) -> Double {
            var value = 7.0
            for i in 0..<3 {
                gradient[i] = scales[i] * (x[i] - centre[i])
                value += 0.5 * gradient[i] * (x[i] - centre[i])
            }
            return value
        }
        func hessian(_ x: [Double]) -> Matrix {
            var matrix = Matrix(rows: 3, columns: 3)
            for i in 0..<3 { matrix[i, i] = scales[i] }
            return matrix
        }
        for mode in [
            try MaximumAPosteriori.minimise(start: [0, 0, 0], hessian: hessian, objective: objective),
            try MaximumAPosteriori.minimise(start: [0, 0, 0], objective: objective),
        ] {
            #expect(mode.converged)
            #expect(mode.value == 7)
            for i in 0..<3 { #expect((mode.point[i] - centre[i]).magnitude < 1e-7) }
        }
    }

    @Test("walls of NaN and infinity are backed off from")
    func walls() throws {
        // x − ln x has its lowest point at 1 and is not a number below 0.
        let mode = try MaximumAPosteriori.minimise(start: [60]) { x, gradient in
            gradient[0] = 1 - 1 / x[0]
            return x[0] - x[0].log()
        }
        #expect(mode.converged)
        #expect((mode.point[0] - 1).magnitude < 1e-8)
    }

    @Test("of several starts the lowest mode is returned, and unusable starts are passed over")
    func starts() throws {
        func double(_ x: [Double], _ gradient: inout [Double]) -> Double {
            let y = x[0]
            gradient[0] = 4 * y * (y * y - 1) + 0.2
            return y > 50 ? .nan : (y * y - 1) * (y * y - 1) + 0.2 * y
        }
        let mode = try MaximumAPosteriori.search(starts: [[100], [1.3], [-0.7]], objective: double).best
        #expect((mode.point[0] + 1.0241).magnitude < 1e-3)
        #expect(throws: InferenceError.badStart(index: 0)) {
            try MaximumAPosteriori.search(starts: [[100]], objective: double)
        }
        #expect(throws: InferenceError.nothingToDo) {
            try MaximumAPosteriori.search(starts: [], objective: double)
        }
        #expect(throws: InferenceError.wrongCount(expected: 1, found: 2)) {
            try MaximumAPosteriori.search(starts: [[1], [1, 2]], objective: double)
        }
    }

    @Test("a wrong gradient is not called a mode")
    func wrongGradient() throws {
        let mode = try MaximumAPosteriori.minimise(start: [3]) { x, gradient in
            gradient[0] = -2 * x[0]
            return x[0] * x[0]
        }
        #expect(!mode.converged)
    }

    @Test("the iteration limit is kept and reported")
    func limit() throws {
        let mode = try MaximumAPosteriori.minimise(
            start: [-1.2, 1], options: .init(iterationLimit: 3), objective: Self.rosenbrock)
        #expect(mode.status == .iterationLimit)
        #expect(mode.iterations <= 3)
    }

    @Test("differences agree with derivatives")
    func differences() {
        let gradient = FiniteDifferences.gradient(at: [0.3, 2]) { ($0[0].exp()) * $0[1].log() }
        #expect((gradient[0] - 0.3.exp() * 2.0.log()).magnitude < 1e-9)
        #expect((gradient[1] - 0.3.exp() / 2).magnitude < 1e-9)
    }
}
