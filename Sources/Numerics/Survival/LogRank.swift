// Do groups survive alike? The log-rank test, stratified or not.

/// Mantel (1966), Cancer Chemother. Rep. 50:163–170; with the hypergeometric variance at ties, as R's `survdiff`.
public struct LogRank: Sendable, Hashable {
    /// Events of each group, and how many were to be expected if all survived alike.
    public let observed: [Int]
    public let expected: [Double]
    public let counts: [Int]
    public let chiSquare: Double
    public let degreesOfFreedom: Int

    public var pValue: Double { ChiSquareDistribution.upper(chiSquare, degreesOfFreedom: degreesOfFreedom) }

    /// - Parameters:
    ///   - groups: of each subject its group, 0 ..< k; every group has at least one subject.
    ///   - strata: of each subject its stratum; groups are compared within strata and the differences added up. Nil for one stratum.
    /// - Throws: ``SurvivalError/oneGroup``, ``SurvivalError/noEvents``, ``SurvivalError/wrongCount(of:expected:found:)``,
    ///   ``SurvivalError/collinear`` where two groups are never at risk together.
    public init(_ data: SurvivalTimes, groups: [Int], strata: [Int]? = nil) throws(SurvivalError) {
        guard groups.count == data.count else { throw .wrongCount(of: "groups", expected: data.count, found: groups.count) }
        if let strata, strata.count != data.count { throw .wrongCount(of: "strata", expected: data.count, found: strata.count) }
        let groupCount = (groups.max() ?? 0) + 1
        guard groupCount > 1, groups.allSatisfy({ $0 >= 0 }) else { throw .oneGroup }
        guard data.eventCount > 0 else { throw .noEvents }
        var (observed, expected) = ([Int](repeating: 0, count: groupCount), [Double](repeating: 0, count: groupCount))
        var variance = Matrix(rows: groupCount - 1, columns: groupCount - 1)
        for stratum in Set(strata ?? [0]).sorted() {
            let subjects = (0..<data.count).filter { (strata?[$0] ?? 0) == stratum }
            var atRisk = [Double](repeating: 0, count: groupCount)
            for subject in subjects { atRisk[groups[subject]] += 1 }
            for tied in data.tiedGroups(of: subjects) {
                let dying = tied.filter { data.isEvent[$0] }
                let (d, n) = (Double(dying.count), atRisk.reduce(0, +))
                for subject in dying { observed[groups[subject]] += 1 }
                for g in 0..<groupCount where d > 0 { expected[g] += d * atRisk[g] / n }
                if d > 0, n > 1 {
                    let factor = d * (n - d) / (n - 1)
                    for g in 0..<groupCount - 1 {
                        for h in 0..<groupCount - 1 {
                            variance[g, h] += factor * atRisk[g] / n * ((g == h ? 1 : 0) - atRisk[h] / n)
                        }
                    }
                }
                for subject in tied { atRisk[groups[subject]] -= 1 }
            }
        }
        let gaps = (0..<groupCount - 1).map { Double(observed[$0]) - expected[$0] }
        guard let solved = try? Cholesky(variance).solve(gaps) else { throw .collinear }
        (self.observed, self.expected) = (observed, expected)
        counts = (0..<groupCount).map { group in groups.count { $0 == group } }
        chiSquare = zip(gaps, solved).reduce(0) { $0 + $1.0 * $1.1 }
        degreesOfFreedom = groupCount - 1
    }
}
