// Linear kinetics in closed form against sixty digits, and against what every such system keeps.
import Numerics
import Testing

@Suite("Linear kinetics in closed form")
struct CompartmentTests {
    @Test("amounts are those of the matrix exponential, near and equal eigenvalues included", arguments: CompartmentFigure.all)
    func figures(_ figure: CompartmentFigure) {
        let found = Compartments(figure.shape, figure.rates)
            .amounts(after: figure.time, from: figure.start, infusion: figure.infusion)
        let largest = Double.maximum(figure.amounts.max() ?? 0, 1e-20)
        for (a, b) in zip(found, figure.amounts) { #expect((a - b).magnitude < 1e-12 * largest) }
    }

    @Test("a way in two parts is the whole way, and what is not eliminated is left")
    func partsAndMass() {
        let random = RandomStream(seed: 3, stream: 1)
        for draw in 0..<500 {
            let z = random.normals(draw: draw, count: 8)
            let shape = CompartmentShape(1 + draw % 3, hasDepot: draw % 2 == 1)
            let rates = CompartmentRates(
                k10: z[0].exp(), k12: z[1].exp(), k21: draw % 7 == 0 ? z[2].exp() : z[3].exp(), k13: z[4].exp(), k31: z[2].exp(),
                ka: z[5].exp())
            let kinetics = Compartments(shape, rates)
            let start = (0..<shape.stateCount).map { 10 + Double($0) }
            let (first, second) = (z[6].exp(), z[7].exp())
            let half = kinetics.amounts(after: first, from: start, infusion: 4)
            let parts = kinetics.amounts(after: second, from: half, infusion: 4)
            let whole = kinetics.amounts(after: first + second, from: start, infusion: 4)
            let largest = Double.maximum(whole.max() ?? 0, half.max() ?? 0)
            for (a, b) in zip(parts, whole) { #expect((a - b).magnitude < 1e-12 * largest) }

            var closed = rates
            closed.k10 = 0
            let kept = Compartments(shape, closed).amounts(after: first, from: start, infusion: 4)
            let given = start.reduce(0, +) + 4 * first
            #expect((kept.reduce(0, +) - given).magnitude < 1e-12 * given)
        }
    }
}
