// The large systems that the tests solve: a chain of cells, a reaction front, and a published one.
import Glibc
import Numerics

/// Diffusion along a chain between two empty ends: y′ᵢ = D/h²·(yᵢ₋₁ − 2yᵢ + yᵢ₊₁), h = 1/(count + 1). Each sine of whole half waves dies out
/// at a rate of its own, so every solution is known. An event adds the input to the first cell.
struct Diffusion: LargeSystem {
    let stateCount: Int
    /// Where in the state each cell stands: any order is the same system.
    var places: [Int]
    let parameterCount = 1
    let inputCount = 1

    init(_ count: Int, places: [Int]? = nil) {
        stateCount = count
        self.places = places ?? Array(0..<count)
    }

    func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        let scale = Double(stateCount + 1) * Double(stateCount + 1) * parameters[0]
        for i in 0..<stateCount {
            let before = i == 0 ? L(0) : state[places[i - 1]]
            let after = i == stateCount - 1 ? L(0) : state[places[i + 1]]
            rate[places[i]] = scale * (before - 2 * state[places[i]] + after)
        }
    }

    func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        state[places[0]] = state[places[0]] + input[0]
    }

    /// The first sine, in the order of the state.
    var wave: [Double] {
        var wave = [Double](repeating: 0, count: stateCount)
        for i in 0..<stateCount { wave[places[i]] = sine(Double(i + 1) / Double(stateCount + 1)) }
        return wave
    }

    /// The rate at which it dies out.
    func decay(_ diffusivity: Double) -> Double {
        let cells = Double(stateCount + 1)
        let half = sine(0.5 / cells)
        return 4 * diffusivity * cells * cells * half * half
    }
}

/// Cells that exchange with their neighbours around a ring and react (A ⇌ B): the sum of all states stays.
struct Ring: LargeSystem {
    let cells: Int
    var stateCount: Int { 2 * cells }
    let parameterCount = 3
    let inputCount = 0

    func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        for i in 0..<cells {
            let (before, after) = ((i + cells - 1) % cells, (i + 1) % cells)
            let (a, b) = (state[2 * i], state[2 * i + 1])
            let turned = parameters[1] * a * a - parameters[2] * b
            rate[2 * i] = parameters[0] * (state[2 * before] - 2 * a + state[2 * after]) - turned
            rate[2 * i + 1] = turned
        }
    }
}

/// Penetration of radiolabelled antibodies into a tissue: the Medical Akzo Nobel problem, 400 states (Mazzia and Magherini 2008, Test Set for
/// IVP Solvers 2.4, II-2). The input is the concentration outside: 2 until t = 5, then 0.
struct MedicalAkzoNobel: LargeSystem {
    let cells = 200
    let stateCount = 400
    let parameterCount = 2
    let inputCount = 1

    static let segments = [Segment(start: 0, end: 5, input: [2]), Segment(start: 5, end: 20, input: [0])]
    static let parameters: [Double] = [100, 4]
    static let start = (0..<400).map { Double($0 % 2) }

    func derivative<L: Lane>(time: L, state y: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        let width = 1 / Double(cells)
        let fourth = parameters[1] * parameters[1]
        for cell in 1...cells {
            let rest = Double(cell) * width - 1
            let (u, v) = (2 * cell - 2, 2 * cell - 1)
            let reaction = parameters[0] * y[u] * y[v]
            rate[v] = -reaction
            guard cell < cells else {
                rate[u] = -reaction
                continue
            }
            let before = cell == 1 ? input[0] : y[u - 2]
            let drift = 2 * rest * rest * rest / fourth * (y[u + 2] - before) * (0.5 / width)
            let spread = rest * rest * rest * rest / fourth * (before - 2 * y[u] + y[u + 2]) * (1 / (width * width))
            rate[u] = drift + spread - reaction
        }
    }
}

/// sin(π·x).
func sine(_ x: Double) -> Double { Glibc.sin(.pi * x) }
