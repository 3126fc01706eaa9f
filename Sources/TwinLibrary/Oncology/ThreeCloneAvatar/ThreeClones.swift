// The three clones of Zhang 2017 as an ordinary system: what a patient's record is fitted by, and the same under policies.
import Numerics
import Systems

/// Rates of cells that need testosterone (T⁺), that make it (TP) and that need none (T⁻), shares of T⁻'s capacity, time in days:
///
/// - T⁺′ = r₁·T⁺·(1 − (T⁺ + α₁₂TP + α₁₃T⁻)/((1.5 − u)·TP + ε))
/// - TP′ = r₂·TP·(1 − (α₂₁T⁺ + TP + α₂₃T⁻)/(1 − (1 − κ)·u))
/// - T⁻′ = r₃·T⁻·(1 − α₃₁T⁺ − α₃₂TP − T⁻)
///
/// u: 1 while abiraterone is given, which takes TP's room down to κ and what T⁺ live of from 1.5 TP to 0.5 TP. Zhang 2017: ε = 0, κ = 0.01.
/// ε is ours: without any TP the authors' steps of a day end at a floor, and an equation would run away.
enum CloneRates {
    /// Places in a row: three rates, α₁₂, α₁₃, α₂₁, α₂₃, α₃₁, α₃₂, κ, ε.
    static let count = 11

    @inline(__always)
    static func write<L: Lane>(state y: Span<L>, drug u: L, _ p: Span<L>, into rate: inout MutableSpan<L>) {
        let food = (1.5 - u) * y[1] + p[10]
        let room = 1 - (1 - p[9]) * u
        rate[0] = p[0] * y[0] * (1 - (y[0] + p[3] * y[1] + p[4] * y[2]) / food)
        rate[1] = p[1] * y[1] * (1 - (p[5] * y[0] + y[1] + p[6] * y[2]) / room)
        rate[2] = p[2] * y[2] * (1 - p[7] * y[0] - p[8] * y[1] - y[2])
    }
}

/// The clones under drug days that are known.
enum ThreeCloneGrowth: OrdinarySystem {
    static let stateCount = 3, parameterCount = CloneRates.count, inputCount = 1

    @inline(__always)
    static func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        CloneRates.write(state: state, drug: input[0], parameters, into: &rate)
    }
}

/// The clones under a policy; what it remembers, and its events, are ``ClonalCompetition``'s. There is no second drug.
enum ThreeCloneCompetition: OrdinarySystem {
    static let parameterCount = CloneRates.count
    static var stateCount: Int { ClonalCompetition.stateCount }
    static var inputCount: Int { ClonalCompetition.inputCount }
    static var surfaces: [Surface] { ClonalCompetition.surfaces }

    @inline(__always)
    static func derivative<L: Lane>(time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>) {
        CloneRates.write(state: state, drug: state[ClonalCompetition.State.first], parameters, into: &rate)
        for place in 3..<stateCount { rate[place] = L(0) }
        rate[ClonalCompetition.State.drugDays] = state[ClonalCompetition.State.first]
    }

    @inline(__always)
    static func apply<L: Lane>(event: Int, time: L, state: inout MutableSpan<L>, parameters: Span<L>, input: Span<L>) {
        ClonalCompetition.apply(event: event, time: time, state: &state, parameters: parameters, input: input)
    }

    @inline(__always)
    static func distance<L: Lane>(surface: Int, time: L, state: Span<L>, parameters: Span<L>, input: Span<L>) -> L {
        ClonalCompetition.distance(surface: surface, time: time, state: state, parameters: parameters, input: input)
    }
}
