// Clones that compete for room, and what drugs do to each: Strobl 2021 and Zhang 2022 in one form.
import Integration

/// Rates of sensitive cells S, resistant cells R and cells Q that a second drug does not reach either:
///
/// - S′ = rS·S·(1 − N/(K·(1 − κu)))·(1 − δu − δ₂v) − dS·S, with N = S + R + Q
/// - R′ = rR·R·(1 − (αS + R + Q)/K)·(1 − δ₂v) − dR·R
/// - Q′ = rR·Q·(1 − (αS + R + Q)/K) − dR·Q
///
/// u, v: 1 while the first or the second drug is given. Strobl 2021: α = 1, κ = 0 (a drug kills what divides). Zhang 2022: δ = 0, no
/// deaths (a drug takes the sensitive cells' room). Q and the second drug are ours.
public enum ClonalRates {
    /// Places in a row of parameters; rates per day, K in the unit of the cells.
    public enum Parameter {
        public static let sensitiveGrowth = 0, resistantGrowth = 1, sensitiveDeath = 2, resistantDeath = 3, capacity = 4
        public static let competition = 5, kill = 6, capacityLoss = 7, secondKill = 8
    }

    @inlinable @inline(__always)
    static func sensitive<L: Lane>(_ cells: L, total: L, first: L, second: L, _ p: Span<L>) -> L {
        let room = 1 - total / (p[4] * (1 - p[7] * first))
        return p[0] * cells * room * (1 - p[6] * first - p[8] * second) - p[2] * cells
    }

    /// `crowd` = αS + R + Q; `second` 0 for cells out of the second drug's reach.
    @inlinable @inline(__always)
    static func resistant<L: Lane>(_ cells: L, crowd: L, second: L, _ p: Span<L>) -> L {
        p[1] * cells * (1 - crowd / p[4]) * (1 - p[8] * second) - p[3] * cells
    }
}
