// Order statistics of a column of keys without sorting the column.

/// Finds the numbers at the wanted ranks; one instance serves many columns of the same length.
struct RankSelection {
    private static let bucketBits: UInt64 = 10

    private let count: Int
    /// Wanted ranks, ascending, each once.
    private let wanted: [Int]
    /// Where in `found` a rank stands.
    private var place: [Int: Int] = [:]
    private var found: [UInt64]
    private var counts: [Int32]
    private var few: [UInt64] = []

    init(count: Int, ranks: [Rank]) {
        self.count = count
        wanted = Array(Set(ranks.flatMap { [$0.lower, $0.upper] })).sorted()
        found = [UInt64](repeating: 0, count: wanted.count)
        counts = [Int32](repeating: 0, count: 1 << Int(Self.bucketBits))
        for (index, rank) in wanted.enumerated() { place[rank] = index }
    }

    /// Selects from a column; false when it holds a NaN.
    mutating func run(_ keys: UnsafeBufferPointer<UInt64>) -> Bool {
        var (least, greatest) = (UInt64.max, UInt64.min)
        for key in keys {
            least = min(least, key)
            greatest = max(greatest, key)
        }
        guard least >= OrderedBits.least, greatest <= OrderedBits.greatest else { return false }
        let spread = greatest - least
        let used = UInt64(64 - spread.leadingZeroBitCount)
        let shift = used > Self.bucketBits ? used - Self.bucketBits : 0
        count(keys, least, shift)
        pick(keys, least, shift)
        return true
    }

    func value(_ rank: Rank) -> Double {
        guard let lower = place[rank.lower], let upper = place[rank.upper] else { return .nan }
        let (a, b) = (OrderedBits.value(found[lower]), OrderedBits.value(found[upper]))
        // Equal ends need no weighing, which would make NaN of two infinities.
        return (a == b || rank.fraction == 0) && !rank.fraction.isNaN ? a : a + rank.fraction * (b - a)
    }

    private mutating func count(_ keys: UnsafeBufferPointer<UInt64>, _ least: UInt64, _ shift: UInt64) {
        counts.withUnsafeMutableBufferPointer { counts in
            counts.update(repeating: 0)
            for key in keys { counts[Int(truncatingIfNeeded: (key &- least) &>> shift)] &+= 1 }
        }
    }

    /// Walks the buckets; sorts each that holds a wanted rank.
    private mutating func pick(_ keys: UnsafeBufferPointer<UInt64>, _ least: UInt64, _ shift: UInt64) {
        var before = 0
        var next = 0
        for bucket in counts.indices {
            let after = before + Int(counts[bucket])
            if next < wanted.count, wanted[next] < after {
                few.removeAll(keepingCapacity: true)
                for key in keys where Int(truncatingIfNeeded: (key &- least) &>> shift) == bucket { few.append(key) }
                few.sort()
                while next < wanted.count, wanted[next] < after {
                    found[next] = few[wanted[next] - before]
                    next += 1
                }
            }
            if next == wanted.count { return }
            before = after
        }
    }
}
