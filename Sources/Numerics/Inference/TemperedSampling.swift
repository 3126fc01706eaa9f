// Draws of posteriors that no single normal fits: a population is led from a wide distribution to the posterior, a temperature at a time.
import Integration

/// Sequential Monte Carlo along base^(1−β)·posterior^β, β from 0 to 1: Del Moral, Doucet and Jasra (2006), J. R. Stat. Soc. B 68:411–436,
/// with temperatures chosen by the weights (Jasra and others 2011, Scand. J. Stat. 38:1–22).
///
/// Four populations go side by side and share nothing but temperatures and directions to move in, so they can be held against each
/// other like chains (``ChainDiagnostics``).
///
/// - Invariant N9: every random number is reached by its address (seed, stream, stage, particle): the same seed gives the same bytes, however
///   the densities are computed.
public enum TemperedSampling {
    public struct Settings: Sendable, Hashable {
        /// Particles of each of the four populations.
        public var particles: Int
        /// Moves of every particle at each temperature, and at the posterior itself before the populations are compared.
        public var moves: Int
        public var finalMoves: Int
        /// How often the final moves are repeated, each time twice as many, while the populations disagree.
        public var extensions: Int

        public init(particles: Int = 500, moves: Int = 6, finalMoves: Int = 16, extensions: Int = 2) {
            self.particles = particles
            self.moves = moves
            self.finalMoves = finalMoves
            self.extensions = extensions
        }
    }

    /// Equally weighted draws and how well the populations agree.
    public struct Sample: Sendable, Hashable {
        /// A row a draw, population by population.
        public let draws: Matrix
        /// Of each parameter, between populations; above 1.01 the draws are not to be trusted.
        public let splitR: [Double]
        /// Of each parameter: as many independent draws would tell as much of its middle.
        public let effectiveSizes: [Double]
        /// β of every stage, rising to 1.
        public let temperatures: [Double]
        /// The share of moves accepted at the posterior itself.
        public let acceptance: Double

        public var largestSplitR: Double { splitR.contains { $0.isNaN } ? .nan : splitR.max() ?? .nan }
        public var leastEffectiveSize: Double { effectiveSizes.contains { $0.isNaN } ? .nan : effectiveSizes.min() ?? .nan }
    }

    static let populations = 4

    /// Draws from the posterior.
    ///
    /// - Parameters:
    ///   - base: must reach everywhere that the posterior has mass; modes it leaves out may be missed.
    ///   - logDensities: log posterior, up to a constant, of every row; −∞ or NaN counts as weight zero.
    /// - Throws: ``InferenceError``, and what `logDensities` throws.
    public static func draw(
        from base: StudentMixture, seed: UInt64, stream: UInt64, settings: Settings = Settings(),
        logDensities: (Matrix) throws -> [Double]
    ) throws -> Sample {
        guard settings.particles >= 8, settings.moves > 0, settings.finalMoves > 0 else { throw InferenceError.nothingToDo }
        let random = RandomStream(seed: seed, stream: stream)
        var cloud = try ParticleCloud(base, random, settings.particles, logDensities)
        var temperatures: [Double] = []
        while cloud.temperature < 1 {
            cloud.warm(random)
            temperatures.append(cloud.temperature)
            // A posterior that even this many small steps do not reach is reported by the populations' disagreement.
            if temperatures.count == 200 { cloud.jump() }
            for _ in 0..<settings.moves { try cloud.move(random, logDensities) }
        }
        var acceptance = 0.0
        var moves = settings.finalMoves
        for round in 0...max(0, settings.extensions) {
            acceptance = 0
            for _ in 0..<moves { acceptance += try cloud.move(random, logDensities) / Double(moves) }
            if round == settings.extensions || cloud.splitR.allSatisfy({ $0 <= 1.01 }) { break }
            moves *= 2
        }
        return Sample(
            draws: cloud.points, splitR: cloud.splitR, effectiveSizes: cloud.effectiveSizes, temperatures: temperatures,
            acceptance: acceptance)
    }
}
