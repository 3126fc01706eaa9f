// Four populations of particles on their way from the base to the posterior: warmed, resampled, moved.
import Integration

struct ParticleCloud {
    /// A row a particle, population by population.
    private(set) var points: Matrix
    private(set) var temperature = 0.0
    private let base: StudentMixture
    private let particles: Int
    private var logBase: [Double]
    private var logTarget: [Double]
    /// Where moves take their directions from: the particles as they were before the moves of this temperature.
    private var snapshot: Matrix
    /// Per-coordinate spread of all particles, for a little noise in every direction.
    private var spread: [Double] = []
    /// Moves done, an address of random numbers each.
    private var stage = 0
    /// Factor on the moves' length, so that about a quarter is accepted.
    private var reach = 1.0

    init(_ base: StudentMixture, _ random: RandomStream, _ particles: Int, _ logDensities: (Matrix) throws -> [Double]) throws {
        let count = particles * TemperedSampling.populations
        var points = Matrix(rows: count, columns: base.size)
        for row in 0..<count {
            for (column, value) in base.draw(random, row).enumerated() { points[row, column] = value }
        }
        self.base = base
        self.particles = particles
        self.points = points
        snapshot = points
        logBase = (0..<count).map { base.logDensity(Array(points.row($0))) }
        logTarget = try Self.checked(logDensities(points), count)
        guard logTarget.contains(where: { $0 > -.infinity }) else { throw InferenceError.allWeightsZero }
        stage = 1
    }

    private static func checked(_ densities: [Double], _ count: Int) throws(InferenceError) -> [Double] {
        guard densities.count == count else { throw .wrongCount(expected: count, found: densities.count) }
        return densities.map { $0.isNaN ? -.infinity : $0 }
    }

    /// Of each population the rows.
    private func rows(_ population: Int) -> Range<Int> { population * particles..<(population + 1) * particles }

    /// Weights of a population after a rise in temperature, the largest 1.
    private func weights(_ population: Int, rise: Double) -> [Double] {
        let logs = rows(population).map { logTarget[$0] == -.infinity ? -.infinity : rise * (logTarget[$0] - logBase[$0]) }
        let largest = logs.max() ?? 0
        guard largest.isFinite else { return logs.map { _ in 1 } }
        return logs.map { ($0 - largest).exp() }
    }

    /// The least share of particles that count in any population.
    private func share(rise: Double) -> Double {
        (0..<TemperedSampling.populations).map { population in
            let (sum, squares) = weights(population, rise: rise).reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
            return sum * sum / squares / Double(particles)
        }.min() ?? 0
    }

    /// Raises the temperature as far as half of the particles still count, and resamples.
    mutating func warm(_ random: RandomStream) {
        var rise = 1 - temperature
        if share(rise: rise) < 0.5 {
            // Particles of zero density can leave less than half at any rise: then the smallest step.
            var low = 0.0
            for _ in 0..<40 {
                let middle = 0.5 * (low + rise)
                if share(rise: middle) < 0.5 { rise = middle } else { low = middle }
            }
            rise = max(low, 1e-4 * (1 - temperature))
        }
        temperature = rise >= 1 - temperature ? 1 : temperature + rise
        resample(random, rise: rise)
    }

    /// Goes the rest of the way at once.
    mutating func jump() { temperature = 1 }

    private mutating func resample(_ random: RandomStream, rise: Double) {
        let (oldPoints, oldBase, oldTarget) = (points, logBase, logTarget)
        for population in 0..<TemperedSampling.populations {
            let weights = weights(population, rise: rise)
            let chosen = ImportanceResampling.systematic(
                weights, total: weights.reduce(0, +), count: particles,
                offset: random.uniform(draw: stage * points.rows, index: 3 + points.columns + population))
            for (row, source) in zip(rows(population), chosen.map { rows(population).lowerBound + $0 }) {
                for column in 0..<points.columns { points[row, column] = oldPoints[source, column] }
                (logBase[row], logTarget[row]) = (oldBase[source], oldTarget[source])
            }
        }
        keep()
    }

    private mutating func keep() {
        snapshot = points
        spread = (0..<points.columns).map { Statistics.variance(points.column($0)).squareRoot() }
    }

    /// Moves every particle along the difference of two particles of the next population (ter Braak 2006, Stat. Comput. 16:239–249) with a little
    /// noise, or not; gives the share that moved. One move in ten goes the whole difference, which leads from mode to mode.
    @discardableResult
    mutating func move(_ random: RandomStream, _ logDensities: (Matrix) throws -> [Double]) throws -> Double {
        let count = points.rows
        var proposed = points
        let whole = stage % 10 == 0
        let length = whole ? 1 : reach * 2.38 / (2 * Double(points.columns)).squareRoot()
        for row in 0..<count {
            let address = stage * count + row
            let next = rows((row / particles + 1) % TemperedSampling.populations)
            let first = next.lowerBound + Int(random.uniform(draw: address, index: 0) * Double(particles))
            let second = next.lowerBound + Int(random.uniform(draw: address, index: 1) * Double(particles))
            for column in 0..<points.columns {
                let noise = 0.02 * spread[column] * random.normal(draw: address, index: 3 + column)
                proposed[row, column] += length * (snapshot[first, column] - snapshot[second, column]) + noise
            }
        }
        let target = try Self.checked(logDensities(proposed), count)
        var moved = 0
        for row in 0..<count where target[row] > -.infinity {
            let base = base.logDensity(Array(proposed.row(row)))
            let rise = (1 - temperature) * (base - logBase[row]) + temperature * (target[row] - logTarget[row])
            guard random.uniform(draw: stage * count + row, index: 2).log() < rise else { continue }
            for column in 0..<points.columns { points[row, column] = proposed[row, column] }
            (logBase[row], logTarget[row]) = (base, target[row])
            moved += 1
        }
        stage += 1
        let share = Double(moved) / Double(count)
        if !whole { reach = min(max(reach * (2 * (share - 0.25)).exp(), 0.05), 2) }
        return share
    }

    /// A parameter's particles, a population a chain.
    private func chains(_ column: Int) -> [[Double]] {
        (0..<TemperedSampling.populations).map { rows($0).map { points[$0, column] } }
    }

    var splitR: [Double] { (0..<points.columns).map { ChainDiagnostics.splitR(chains($0)) } }
    var effectiveSizes: [Double] { (0..<points.columns).map { ChainDiagnostics.effectiveSize(chains($0)) } }
}
