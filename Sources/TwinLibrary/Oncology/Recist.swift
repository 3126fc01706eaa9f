// RECIST 1.1 on target lesions, in whole numbers: 0.7 × 90 is less than 63 in floating point, and a response must not hang on that.

/// A sum of diameters in whole hundredths of a millimetre.
public struct DiameterSum: Hashable, Comparable, Codable, Sendable {
    public var hundredths: Int
    public init(hundredths: Int) { self.hundredths = hundredths }
    /// Rounded to the nearest hundredth; nil if negative, not finite or above ten metres.
    public init?(millimetres: Double) {
        guard millimetres.isFinite, millimetres >= 0, millimetres <= 10_000 else { return nil }
        hundredths = Int((millimetres * 100).rounded())
    }
    public var millimetres: Double { Double(hundredths) / 100 }
    public static func < (a: DiameterSum, b: DiameterSum) -> Bool { a.hundredths < b.hundredths }
}

/// A category of response of the target lesions (Eisenhauer 2009, Eur J Cancer 45:228).
public enum Response: String, CaseIterable, Codable, Sendable {
    case complete = "CR"
    case partial = "PR"
    case stable = "SD"
    case progressive = "PD"
}

/// The rules of RECIST 1.1 for the sum of the target lesions' diameters.
public enum Recist {
    /// The category of one visit on its own.
    ///
    /// - Progression: at least 20 % and at least 5 mm above the nadir, which includes the baseline but not this visit; after a complete
    ///   response (nadir 0) any target that is measurable again, 5 mm or more.
    /// - Complete: 0. Partial: at most 70 % of the baseline. Stable: anything else.
    public static func category(of sum: DiameterSum, baseline: DiameterSum, nadir: DiameterSum) -> Response {
        if 5 * sum.hundredths >= 6 * nadir.hundredths, sum.hundredths - nadir.hundredths >= 500 { return .progressive }
        if sum.hundredths == 0 { return .complete }
        return 10 * sum.hundredths <= 7 * baseline.hundredths ? .partial : .stable
    }

    /// One visit's verdict.
    public struct Visit: Hashable, Sendable {
        public var sum: DiameterSum
        public var nadirBefore: DiameterSum
        /// On its own.
        public var category: Response
        /// With a response that persists until progression; nil after progression.
        public var sustained: Response?
    }

    /// The verdicts of the visits after a baseline, in order.
    public static func course(baseline: DiameterSum, sums: [DiameterSum]) -> [Visit] {
        var nadir = baseline
        var best = Response.stable
        var hasProgressed = false
        return sums.map { sum in
            let category = category(of: sum, baseline: baseline, nadir: nadir)
            var sustained: Response?
            if !hasProgressed {
                switch category {
                case .progressive: hasProgressed = true
                case .complete: best = .complete
                case .partial: best = best == .complete ? .complete : .partial
                case .stable: break
                }
                sustained = hasProgressed ? .progressive : best
            }
            defer { nadir = min(nadir, sum) }
            return Visit(sum: sum, nadirBefore: nadir, category: category, sustained: sustained)
        }
    }

    /// The best category before or at the first progression; nil without a visit.
    public static func bestResponse(_ visits: [Visit]) -> Response? {
        let counted = visits.prefix { $0.sustained != nil }.map(\.category)
        return Response.allCases.first { counted.contains($0) }
    }
}
