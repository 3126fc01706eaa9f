// Whether several chains of draws tell the same story, and how many independent draws they are worth.
import Integration

/// Diagnostics of one quantity over several chains, each split in halves: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021),
/// Bayesian Analysis 16:667–718.
public enum ChainDiagnostics {
    /// Rank-normalised split R̂, the larger of that of the draws and that of their distances from the median: 1 where all halves agree;
    /// above 1.01 they do not.
    ///
    /// NaN with less than four draws a chain, with chains of different lengths, or where a draw is not finite; 1 where all are equal.
    public static func splitR(_ chains: [[Double]]) -> Double {
        guard let halves = halves(chains) else { return .nan }
        let all = halves.flatMap { $0 }.sorted()
        guard let low = all.first, let high = all.last, low < high else { return 1 }
        let middle = 0.5 * (all[(all.count - 1) / 2] + all[all.count / 2])
        let folded = halves.map { $0.map { ($0 - middle).magnitude } }
        return max(scaleReduction(normalised(halves)), scaleReduction(normalised(folded)))
    }

    /// The effective size of all draws together for the middle of their distribution (bulk): the size of an independent sample that
    /// would tell as much, from autocorrelations within and differences between halves (Geyer 1992, initial monotone sequence).
    ///
    /// NaN as ``splitR(_:)``.
    public static func effectiveSize(_ chains: [[Double]]) -> Double {
        guard let halves = halves(chains) else { return .nan }
        guard Set(halves.flatMap { $0 }).count > 1 else { return Double(halves.count * halves[0].count) }
        return effectiveSize(halves: normalised(halves))
    }

    /// Each chain in two; of an odd one the middle draw is left out.
    private static func halves(_ chains: [[Double]]) -> [[Double]]? {
        guard let count = chains.first?.count, count >= 4, chains.allSatisfy({ $0.count == count && $0.allSatisfy(\.isFinite) }) else {
            return nil
        }
        return chains.flatMap { [Array($0.prefix(count / 2)), Array($0.suffix(count / 2))] }
    }

    /// Normal scores of the ranks in all chains together, equal draws sharing their mean rank (Blom 1958).
    private static func normalised(_ chains: [[Double]]) -> [[Double]] {
        let values = chains.flatMap { $0 }
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var scores = values
        var first = 0
        while first < order.count {
            var last = first
            while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
            let rank = 0.5 * Double(first + last) + 1
            let score = NormalDistribution.quantile((rank - 0.375) / (Double(values.count) + 0.25))
            for place in first...last { scores[order[place]] = score }
            first = last + 1
        }
        let length = chains[0].count
        return chains.indices.map { Array(scores[$0 * length..<($0 + 1) * length]) }
    }

    /// √(((n − 1)/n·W + B/n)/W).
    private static func scaleReduction(_ chains: [[Double]]) -> Double {
        let length = Double(chains[0].count)
        let within = Statistics.mean(chains.map(Statistics.variance))
        let between = Statistics.variance(chains.map(Statistics.mean))
        return (((length - 1) / length * within + between) / within).squareRoot()
    }

    private static func effectiveSize(halves: [[Double]]) -> Double {
        let length = halves[0].count
        let centred = halves.map { chain in
            let mean = Statistics.mean(chain)
            return chain.map { $0 - mean }
        }
        /// The mean over chains of the autocovariance at a lag, divided by the whole length.
        func covariance(_ lag: Int) -> Double {
            var sum = 0.0
            for chain in centred {
                for index in 0..<length - lag { sum += chain[index] * chain[index + lag] }
            }
            return sum / Double(length * centred.count)
        }
        let within = covariance(0) * Double(length) / Double(length - 1)
        let total = covariance(0) + Statistics.variance(halves.map(Statistics.mean))
        func correlation(_ lag: Int) -> Double { 1 - (within - covariance(lag)) / total }
        // Pairs of neighbouring lags sum to something positive and falling in a reversible chain: the rest is noise.
        var (sum, last) = (0.0, Double.infinity)
        var even = 1.0
        var odd = correlation(1)
        var lag = 1
        while lag < length - 3, even + odd > 0 {
            last = min(last, even + odd)
            sum += last
            (even, odd) = (correlation(lag + 1), correlation(lag + 2))
            lag += 2
        }
        // Of the pair where it stops the even lag counts still.
        sum += 0.5 * max(0, even)
        let size = Double(length * halves.count)
        // At most as much better than independent as ArviZ and Stan allow antithetic chains to be.
        let time = max(2 * sum - 1, 1 / (size.log() / 10.0.log()))
        return size / time
    }
}
