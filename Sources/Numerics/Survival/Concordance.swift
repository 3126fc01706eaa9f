// Harrell's concordance between a risk and the order of events.

public enum Concordance {
    /// Of pairs of which one is known to have had the event first, the share in which it had the higher risk; equal risks count a half.
    ///
    /// Two events at one time are no pair; an event comes before a censoring at the same time. NaN without a pair. n·log n.
    ///
    /// - Parameter strata: pairs are formed within strata; nil for one.
    public static func harrell(_ data: SurvivalTimes, risk: [Double], strata: [Int]? = nil) -> Double {
        var (concordant, tied, all) = (0, 0, 0)
        for stratum in Set(strata ?? [0]).sorted() {
            let subjects = (0..<data.count).filter { (strata?[$0] ?? 0) == stratum }
            let levels = Set(subjects.map { risk[$0] }).sorted()
            let ranks = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
            var later = CumulativeCounts(levels.count)
            for group in data.tiedGroups(of: subjects).reversed() {
                for subject in group where !data.isEvent[subject] { later.add(ranks[risk[subject]] ?? 0) }
                let events = group.filter { data.isEvent[$0] }
                for subject in events {
                    let rank = ranks[risk[subject]] ?? 0
                    let below = later.below(rank)
                    concordant += below
                    tied += later.below(rank + 1) - below
                    all += later.total
                }
                for subject in events { later.add(ranks[risk[subject]] ?? 0) }
            }
        }
        return (Double(concordant) + Double(tied) / 2) / Double(all)
    }
}

/// Counts by rank whose sums from below cost log n (Fenwick 1994, Softw. Pract. Exper. 24:327–336).
private struct CumulativeCounts {
    private var tree: [Int]
    private(set) var total = 0

    init(_ count: Int) { tree = [Int](repeating: 0, count: count + 1) }

    mutating func add(_ rank: Int) {
        total += 1
        var place = rank + 1
        while place < tree.count {
            tree[place] += 1
            place += place & -place
        }
    }

    /// How many have a lower rank.
    func below(_ rank: Int) -> Int {
        var (sum, place) = (0, rank)
        while place > 0 {
            sum += tree[place]
            place -= place & -place
        }
        return sum
    }
}
