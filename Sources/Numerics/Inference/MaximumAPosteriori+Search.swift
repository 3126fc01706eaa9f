// The mode from several starts: the lowest, which other modes there are, and whether the starts agree.

extension MaximumAPosteriori {
    /// A mode and which starts led to it.
    public struct FoundMode: Sendable, Hashable {
        public let mode: Mode
        /// Ascending.
        public let starts: [Int]
    }

    /// What several starts found.
    public struct Search: Sendable, Hashable {
        /// The lowest value first; never empty.
        public let modes: [FoundMode]
        /// The lowest mode, the earliest among equals.
        public let best: Mode
        public let startCount: Int
        /// Starts where the objective is not finite.
        public let unusable: [Int]

        /// Whether every usable start led to the best mode.
        public var agrees: Bool { modes.count == 1 }
        /// The modes beside the best.
        public var others: ArraySlice<FoundMode> { modes.dropFirst() }
        /// The share of usable starts that led to the best mode.
        public var agreement: Double { Double(modes[0].starts.count) / Double(startCount - unusable.count) }
    }

    /// Minimises from several starts.
    ///
    /// Two ends are the same mode where they lie within a tenth of a standard deviation, by the lower one's curvature. Starts where the
    /// objective is not finite are passed over; ends that did not converge are kept, as what they are.
    /// - Throws: ``InferenceError/badStart(index:)`` when no start is usable, ``InferenceError/nothingToDo``.
    public static func search(
        starts: [[Double]], options: Options = Options(), hessian: Hessian? = nil, objective: Objective
    ) throws(InferenceError) -> Search {
        guard let size = starts.first?.count, size > 0 else { throw .nothingToDo }
        var ends: [(start: Int, mode: Mode)] = []
        var unusable: [Int] = []
        for (index, start) in starts.enumerated() {
            guard start.count == size else { throw .wrongCount(expected: size, found: start.count) }
            if let mode = search(from: start, options, hessian, objective) {
                ends.append((index, mode))
            } else {
                unusable.append(index)
            }
        }
        ends.sort { ($0.mode.value, $0.start) < ($1.mode.value, $1.start) }
        guard let lowest = ends.first?.mode else { throw .badStart(index: 0) }
        // Among ends that rounding alone sets apart the earliest start's stands, so that more starts do not stir settled digits.
        let level = lowest.value + 1e-10 * max(1, lowest.value.magnitude)
        let equals = ends.prefix { $0.mode.value <= level && isSame($0.mode, lowest) }
        if let earliest = equals.indices.min(by: { ends[$0].start < ends[$1].start }) { ends.insert(ends.remove(at: earliest), at: 0) }
        let best = ends[0].mode
        var modes: [FoundMode] = []
        for end in ends {
            if let known = modes.firstIndex(where: { isSame(end.mode, $0.mode) }) {
                modes[known] = FoundMode(mode: modes[known].mode, starts: (modes[known].starts + [end.start]).sorted())
            } else {
                modes.append(FoundMode(mode: end.mode, starts: [end.start]))
            }
        }
        return Search(modes: modes, best: best, startCount: starts.count, unusable: unusable)
    }

    /// Starts scattered normally about a centre, which is the first: start `i` depends on seed, stream and `i` alone.
    public static func starts(count: Int, centre: [Double], spread: [Double], seed: UInt64, stream: UInt64) -> [[Double]] {
        let random = RandomStream(seed: seed, stream: stream)
        return (0..<max(0, count)).map { start in
            guard start > 0 else { return centre }
            let z = random.normals(draw: start, count: centre.count)
            return centre.indices.map { centre[$0] + spread[$0] * z[$0] }
        }
    }

    private static func isSame(_ end: Mode, _ lower: Mode) -> Bool {
        let gap = zip(end.point, lower.point).map { $0 - $1 }
        var square = 0.0
        for r in gap.indices {
            for c in gap.indices { square += gap[r] * lower.hessian[r, c] * gap[c] }
        }
        return square.magnitude < 0.01
    }
}
