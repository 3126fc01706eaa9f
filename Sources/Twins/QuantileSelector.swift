// Several quantiles of one set of numbers in linear time, without sorting all of it.

/// Finds fixed quantiles of samples of one size, again and again.
///
/// Numbers are counted into equal bins between the extremes and only the bins that hold a wanted rank are sorted: about five
/// passes, where sorting a thousand numbers costs ten times that. A skewed sample sorts larger bins; the answer is the same.
struct QuantileSelector {
    /// Place of each level among the sorted numbers: the rank below, the rank above, and how far between.
    private let places: [(low: Int, high: Int, fraction: Double)]
    private let binCount: Int
    private var bins: [Int32]
    private var starts: [Int32]
    private var ordered: [Double]
    private var isSorted: [Bool]

    /// Levels between 0 and 1; linear interpolation between ranks, as R's type 7 and numpy have it.
    init(levels: [Double], count: Int) {
        places = levels.map { level in
            let place = level * Double(max(count - 1, 0))
            let low = Int(place)
            return (low, min(low + 1, max(count - 1, 0)), place - Double(low))
        }
        binCount = max(count / 2, 1)
        bins = Array(repeating: 0, count: count)
        starts = Array(repeating: 0, count: binCount + 1)
        ordered = Array(repeating: 0, count: count)
        isSorted = Array(repeating: false, count: binCount)
    }

    /// Appends the quantiles of a sample of the size given at the start; false if a number is not finite or the size differs.
    mutating func append(_ sample: UnsafeBufferPointer<Double>, to result: inout [Double]) -> Bool {
        guard sample.count == ordered.count, let first = sample.first else { return false }
        var low = first
        var high = first
        // NaN and infinity poison the sum: one test for all.
        var poison = 0.0
        for value in sample {
            low = value < low ? value : low
            high = value > high ? value : high
            poison += value * 0
        }
        guard poison == 0 else { return false }
        guard high > low, (high - low).isFinite else {
            guard high == low else { return false }
            for _ in places { result.append(low) }
            return true
        }
        let last = binCount - 1
        let scale = Double(binCount) / (high - low)
        guard scale.isFinite else { return appendSorted(sample, to: &result) }
        count(sample, low: low, scale: scale, last: last)
        for place in places {
            let below = rank(place.low)
            let above = place.high == place.low ? below : rank(place.high)
            result.append(below + place.fraction * (above - below))
        }
        return true
    }

    /// A distribution of the numbers over the bins, in the bins' order.
    private mutating func count(_ sample: UnsafeBufferPointer<Double>, low: Double, scale: Double, last: Int) {
        for bin in 0...binCount { starts[bin] = 0 }
        for bin in 0..<binCount { isSorted[bin] = false }
        starts.withUnsafeMutableBufferPointer { starts in
            bins.withUnsafeMutableBufferPointer { bins in
                for index in 0..<sample.count {
                    let bin = min(Int((sample[index] - low) * scale), last)
                    bins[index] = Int32(truncatingIfNeeded: bin)
                    starts[bin + 1] += 1
                }
                for bin in 1..<starts.count { starts[bin] += starts[bin - 1] }
                ordered.withUnsafeMutableBufferPointer { ordered in
                    // Each start runs on to its end while its bin fills, and so becomes the next bin's start: shifted back below.
                    for index in 0..<sample.count {
                        let bin = Int(bins[index])
                        ordered[Int(starts[bin])] = sample[index]
                        starts[bin] += 1
                    }
                }
                for bin in stride(from: starts.count - 1, to: 0, by: -1) { starts[bin] = starts[bin - 1] }
                starts[0] = 0
            }
        }
    }

    /// The number of one rank.
    private mutating func rank(_ rank: Int) -> Double {
        // The last bin whose start is not above the rank: bisection over the starts.
        var low = 0
        var high = binCount - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if Int(starts[middle]) <= rank { low = middle } else { high = middle - 1 }
        }
        if !isSorted[low] {
            ordered[Int(starts[low])..<Int(starts[low + 1])].sort()
            isSorted[low] = true
        }
        return ordered[rank]
    }

    /// For spreads so small that their inverse overflows.
    private func appendSorted(_ sample: UnsafeBufferPointer<Double>, to result: inout [Double]) -> Bool {
        let sorted = sample.sorted()
        for place in places { result.append(sorted[place.low] + place.fraction * (sorted[place.high] - sorted[place.low])) }
        return true
    }
}
