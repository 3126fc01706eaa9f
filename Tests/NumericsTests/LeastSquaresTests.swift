// Least squares within bounds against certified results and closed solutions.
import Numerics
import Testing

@Suite("Nonlinear least squares within bounds")
struct LeastSquaresTests {
    @Test("NIST's Misra1a: certified parameters, standard errors and sum of squares to 1e-8, from both starts")
    func misra() throws {
        // NIST StRD, Misra1a: y = b1·(1 − e^(−b2·x)).
        let x = [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0]
        let y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78]
        for start in [[500, 0.0001], [250, 0.0005]] {
            let fit = try BoundedLeastSquares.minimise(start: start, bounds: [0...1e6, 0...1]) { b in
                var (residuals, derivatives): ([Double], [Double]) = ([], [])
                for (x, y) in zip(x, y) {
                    let left = (-b[1] * x).exp()
                    residuals.append(b[0] * (1 - left) - y)
                    derivatives += [1 - left, b[0] * x * left]
                }
                return (residuals, derivatives)
            }
            #expect(fit.converged)
            #expect((fit.point[0] / 2.3894212918e2 - 1).magnitude < 1e-8)
            #expect((fit.point[1] / 5.5015643181e-4 - 1).magnitude < 1e-8)
            #expect((fit.sumOfSquares / 1.2455138894e-1 - 1).magnitude < 1e-8)
            let errors = try #require(fit.standardErrors)
            #expect((errors[0] / 2.7070075241 - 1).magnitude < 1e-6)
            #expect((errors[1] / 7.2668688436e-6 - 1).magnitude < 1e-6)
        }
    }

    @Test("A straight line whose best slope lies beyond its bound stops at the bound, with the best intercept there")
    func bound() throws {
        let (x, y) = ([0.0, 1, 2, 3], [1.0, 3.1, 4.9, 7.2])
        let fit = try BoundedLeastSquares.minimise(start: [0, 0.5], bounds: [-10...10, 0...1]) { b in
            let residuals = zip(x, y).map { b[0] + b[1] * $0 - $1 }
            return (residuals, x.flatMap { [1, $0] })
        }
        #expect(fit.converged && fit.point[1] == 1)
        // The mean of y − x.
        #expect((fit.point[0] - 2.55).magnitude < 1e-8)
    }

    @Test("What the data do not fix has no standard error; a start that is not finite is refused")
    func unfixed() throws {
        let fit = try BoundedLeastSquares.minimise(start: [0.2, 0.2], bounds: [0...1, 0...1]) { b in
            ([b[0] + b[1] - 1, b[0] + b[1] - 1.2, b[0] + b[1] - 0.8], [1, 1, 1, 1, 1, 1])
        }
        #expect((fit.point[0] + fit.point[1] - 1).magnitude < 1e-9)
        #expect(fit.standardErrors == nil)
        #expect(throws: InferenceError.badStart(index: 0)) {
            try BoundedLeastSquares.minimise(start: [1], bounds: [0...2]) { _ in ([.nan], [1]) }
        }
        #expect(throws: InferenceError.nothingToDo) { try BoundedLeastSquares.minimise(start: [], bounds: []) { _ in ([], []) } }
    }
}
