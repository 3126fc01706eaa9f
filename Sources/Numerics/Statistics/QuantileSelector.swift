// Several quantiles of one set of numbers in linear time, without sorting all of it.

/// Finds fixed quantiles of samples of one size, again and again.
///
/// Numbers are counted into equal bins between the extremes; only those in a bin that holds a wanted rank are gathered, and parted further
/// where they are many, as they are in a skewed sample.
public struct QuantileSelector {
    private typealias Eight = SIMD8<Double>

    /// Every rank wanted, rising, each once.
    private let wanted: [Int]
    /// Of each level the two of `wanted` that it lies between, and how far from the first.
    private let places: [(low: Int, high: Int, fraction: Double)]
    private let count: Int
    private let binCount: Int
    /// Of each number its bin.
    private var bins: [SIMD8<UInt64>]
    /// Of each bin how many numbers it has, and which group gathers them; 0 where nobody asks for them.
    private var counts: [Int32]
    private var groups: [Int32]
    /// Of each group: how many numbers lie below it, where it begins in `gathered`, where its next number goes.
    private var below: [Int]
    private var starts: [Int]
    private var ends: [Int]
    private var gathered: [Double]
    private var found: [Double]

    /// Levels between 0 and 1; linear interpolation between ranks, as R's type 7 and numpy have it.
    public init(levels: [Double], count: Int) {
        let last = max(count - 1, 0)
        let exact = levels.map { $0 * Double(last) }
        let wanted = Set(exact.flatMap { [Int($0), min(Int($0) + 1, last)] }).sorted()
        self.wanted = wanted
        places = exact.map { place in
            let low = Int(place)
            let (first, second) = (wanted.firstIndex(of: low) ?? 0, wanted.firstIndex(of: min(low + 1, last)) ?? 0)
            return (first, second, place - Double(low))
        }
        self.count = count
        binCount = max(count / 4, 1)
        bins = Array(repeating: .zero, count: (count + 7) / 8)
        // One more than bins: the largest number stands on the upper border of the last one.
        counts = Array(repeating: 0, count: binCount + 1)
        groups = counts
        below = Array(repeating: 0, count: wanted.count + 1)
        starts = below
        ends = below
        gathered = Array(repeating: 0, count: count)
        found = Array(repeating: 0, count: wanted.count)
    }

    /// Appends the quantiles of a sample of the size given at the start; false if a number is not finite or the size differs.
    public mutating func append(_ sample: UnsafeBufferPointer<Double>, to result: inout [Double]) -> Bool {
        guard sample.count == count, let (low, high) = Self.extremes(of: sample) else { return false }
        guard !wanted.isEmpty else { return true }
        // A spread beyond all numbers has no quantiles between its ends.
        guard high > low, (high - low).isFinite else {
            guard high == low else { return false }
            for _ in places { result.append(low) }
            return true
        }
        let scale = Double(binCount) / (high - low)
        if scale.isFinite {
            distribute(sample, low: low, scale: scale)
            chooseGroups()
            gather(sample)
        } else {
            // A spread so small that its inverse overflows.
            let sorted = sample.sorted()
            for (index, rank) in wanted.enumerated() { found[index] = sorted[rank] }
        }
        for place in places {
            let lower = found[place.low]
            result.append(lower + place.fraction * (found[place.high] - lower))
        }
        return true
    }

    /// Eight numbers of a sample; behind its end the number given.
    @inline(__always)
    private static func eight(_ sample: UnsafeBufferPointer<Double>, _ block: Int, padding: Double) -> Eight {
        let first = block * 8
        if first + 8 <= sample.count { return UnsafeRawBufferPointer(sample).loadUnaligned(fromByteOffset: first * 8, as: Eight.self) }
        var result = Eight(padding)
        for lane in 0..<sample.count - first { result[lane] = sample[first + lane] }
        return result
    }

    /// The smallest and the largest number; nil if one is not finite, or there is none.
    private static func extremes(of sample: UnsafeBufferPointer<Double>) -> (low: Double, high: Double)? {
        guard let first = sample.first else { return nil }
        var (lows, highs) = (Eight(first), Eight(first))
        // NaN and infinity poison the sum: one test for all.
        var poison = Eight.zero
        for block in 0..<(sample.count + 7) / 8 {
            let numbers = eight(sample, block, padding: first)
            lows = numbers.atMost(lows)
            highs = numbers.atLeast(highs)
            poison = poison + numbers * Eight.zero
        }
        guard (0..<8).allSatisfy({ poison[$0] == 0 }) else { return nil }
        return (lows.min(), highs.max())
    }

    /// Notes the bin of every number, and counts the bins.
    private mutating func distribute(_ sample: UnsafeBufferPointer<Double>, low: Double, scale: Double) {
        let (least, factor) = (Eight(low), Eight(scale))
        // Adding 2⁵² leaves the nearest integer in the last bits; any rule that never falls as the numbers rise will do.
        let shifter = Eight(0x1p52)
        let blocks = bins.count
        let rest = count - 8 * (blocks - 1)
        counts.withUnsafeMutableBufferPointer { counts in
            bins.withUnsafeMutableBufferPointer { bins in
                counts.update(repeating: 0)
                for block in 0..<blocks {
                    let place = (Self.eight(sample, block, padding: low) - least) * factor + shifter
                    let bin = unsafeBitCast(place, to: SIMD8<UInt64>.self) & SIMD8(repeating: 0xffff_ffff)
                    bins[block] = bin
                    for lane in 0..<(block + 1 < blocks ? 8 : rest) { counts[Int(truncatingIfNeeded: bin[lane])] &+= 1 }
                }
            }
        }
    }

    /// Makes a group of each bin that holds a wanted rank.
    private mutating func chooseGroups() {
        groups.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        var (next, before, group, place) = (0, 0, 0, 0)
        for bin in counts.indices {
            let after = before + Int(counts[bin])
            if wanted[next] < after {
                group += 1
                groups[bin] = Int32(truncatingIfNeeded: group)
                (below[group], starts[group], ends[group]) = (before, place, place)
                place += after - before
                while next < wanted.count, wanted[next] < after { next += 1 }
                if next == wanted.count { return }
            }
            before = after
        }
    }

    /// Collects the groups' numbers and finds the wanted ranks among them.
    private mutating func gather(_ sample: UnsafeBufferPointer<Double>) {
        let count = count
        groups.withUnsafeBufferPointer { groups in
            bins.withUnsafeBytes { bytes in
                let bins = bytes.assumingMemoryBound(to: UInt64.self)
                ends.withUnsafeMutableBufferPointer { ends in
                    gathered.withUnsafeMutableBufferPointer { gathered in
                        for index in 0..<count {
                            let group = Int(groups[Int(truncatingIfNeeded: bins[index])])
                            guard group > 0 else { continue }
                            gathered[ends[group]] = sample[index]
                            ends[group] += 1
                        }
                    }
                }
            }
        }
        var (group, next) = (1, 0)
        gathered.withUnsafeMutableBufferPointer { gathered in
            found.withUnsafeMutableBufferPointer { found in
                while next < wanted.count {
                    let numbers = UnsafeMutableBufferPointer(rebasing: gathered[starts[group]..<ends[group]])
                    let first = next
                    while next < wanted.count, wanted[next] - below[group] < numbers.count { next += 1 }
                    Self.find(wanted[first..<next], below: below[group], in: numbers, found)
                    group += 1
                }
            }
        }
    }

    /// Finds ranks among numbers below which there are so many others: by insertion among few, else by parting them at a pivot (Hoare 1961).
    private static func find(
        _ wanted: ArraySlice<Int>, below: Int, in numbers: UnsafeMutableBufferPointer<Double>, _ found: UnsafeMutableBufferPointer<Double>
    ) {
        guard let firstRank = wanted.first, let lastRank = wanted.last else { return }
        if numbers.count <= 16 {
            sort(numbers)
            for index in wanted.indices { found[index] = numbers[wanted[index] - below] }
            return
        }
        let (a, b, c) = (numbers[0], numbers[numbers.count / 2], numbers[numbers.count - 1])
        let pivot = max(min(a, b), min(max(a, b), c))
        let smaller = part(numbers) { $0 < pivot }
        let first = wanted.firstIndex { $0 - below >= smaller } ?? wanted.endIndex
        if firstRank - below < smaller {
            find(wanted[..<first], below: below, in: UnsafeMutableBufferPointer(rebasing: numbers[..<smaller]), found)
        }
        guard lastRank - below >= smaller else { return }
        let rest = UnsafeMutableBufferPointer(rebasing: numbers[smaller...])
        let equal = part(rest) { $0 <= pivot }
        let after = wanted[first...].firstIndex { $0 - below >= smaller + equal } ?? wanted.endIndex
        for index in first..<after { found[index] = pivot }
        find(wanted[after...], below: below + smaller + equal, in: UnsafeMutableBufferPointer(rebasing: rest[equal...]), found)
    }

    /// Brings the numbers of which something is true to the front, without a branch on it; how many there are.
    @inline(__always)
    private static func part(_ numbers: UnsafeMutableBufferPointer<Double>, _ isFirst: (Double) -> Bool) -> Int {
        var place = 0
        for index in numbers.indices {
            let number = numbers[index]
            numbers[index] = numbers[place]
            numbers[place] = number
            place &+= isFirst(number) ? 1 : 0
        }
        return place
    }

    private static func sort(_ numbers: UnsafeMutableBufferPointer<Double>) {
        for end in numbers.indices.dropFirst() {
            let number = numbers[end]
            var place = end
            while place > 0, numbers[place - 1] > number {
                numbers[place] = numbers[place - 1]
                place -= 1
            }
            numbers[place] = number
        }
    }
}
