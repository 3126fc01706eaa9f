// From the drugs of the record to the exposure of the past: cycles, partners, lines.
import Twins

/// The drug that a fluoropyrimidine backbone is combined with.
enum LiverPartner: String, Sendable, CaseIterable {
    case none, oxaliplatin, irinotecan
}

/// Which partners were used, and since when resistance counts.
///
/// - Invariant L3: the resistance clock restarts (in part) only for a partner that the patient has not had; dropping a partner or
///   pausing does not restart it.
struct LiverLines: Hashable, Sendable {
    private(set) var used: Set<LiverPartner> = []
    /// Weeks from «now» at which resistance counts zero; nil before the first treatment.
    private(set) var origin: Double?

    /// Begins or goes on with treatment; the new origin if a line begins.
    mutating func treat(with partner: LiverPartner, at week: Double, carried: Double) -> Double? {
        defer { used.insert(partner) }
        guard let origin else {
            self.origin = week
            return week
        }
        guard partner != .none, !used.contains(partner) else { return nil }
        // Adding the first partner to a bare backbone is a new line too.
        let next = week - carried * (week - origin)
        self.origin = next
        return next
    }
}

/// The treatment already given, as exposure.
struct LiverHistory: Sendable {
    /// Weeks from «now», all before it, not overlapping.
    var windows: [ExposureWindow] = []
    var lines = LiverLines()
    /// Days covered by cycles in the year before «now».
    var recentDays = 0.0
    /// Day of the last bevacizumab cycle, if any.
    var lastBevacizumab: Double?
    var warnings: [String] = []

    init() {}

    init(_ subject: Subject, bodySurface: Double?) {
        let surface = bodySurface ?? LiverParameters.standardSurface
        let given = Self.periods(of: [LiverCodes.fluorouracil], in: subject)
        let oxaliplatin = Self.periods(of: [LiverCodes.oxaliplatin], in: subject)
        let irinotecan = Self.periods(of: [LiverCodes.irinotecan], in: subject)
        let bevacizumab = Self.periods(of: [LiverCodes.bevacizumab], in: subject)
        let antiEGFR = Self.periods(of: LiverCodes.antiEGFR, in: subject)
        for day in Self.cycles(given) {
            func isGiven(_ periods: [ClosedRange<Double>]) -> Bool { periods.contains { $0.contains(day) } }
            let partner: LiverPartner = isGiven(oxaliplatin) ? .oxaliplatin : isGiven(irinotecan) ? .irinotecan : .none
            var dose = LiverRegimen.exposure(bodySurface: surface)
            if partner != .none { dose *= LiverParameters.partnerContribution }
            if isGiven(bevacizumab) {
                dose *= LiverParameters.antibodyContribution
                lastBevacizumab = day
            }
            if isGiven(antiEGFR) { dose *= LiverParameters.antibodyContribution }
            _ = lines.treat(with: partner, at: day / 7, carried: LiverParameters.carriedResistance)
            // A week that «now» cuts short keeps its whole dose.
            let end = min(day + 7, 0)
            windows.append(
                ExposureWindow(start: day / 7, end: end / 7, exposure: dose * 7 / (end - day), origin: lines.origin ?? day / 7))
            if day > -DayCount.year { recentDays += min(14, -day) }
        }
        warn(subject, isFluorouracilGiven: !given.isEmpty, arePartnersGiven: !oxaliplatin.isEmpty || !irinotecan.isEmpty)
    }

    private mutating func warn(_ subject: Subject, isFluorouracilGiven: Bool, arePartnersGiven: Bool) {
        if !windows.isEmpty {
            warnings.append(
                "treatment already given: \(windows.count) cycles every 14 days at full dose (assumption: partners × 1.3, antibodies × 1.2)"
            )
        }
        if !isFluorouracilGiven && arePartnersGiven {
            warnings.append("oxaliplatin or irinotecan without fluorouracil in the record: not modelled")
        }
        if !Self.periods(of: [LiverCodes.capecitabine], in: subject).isEmpty {
            warnings.append("capecitabine in the record: its parameter set has another unit of exposure and is not mixed in")
        }
    }

    /// Days from «now» in which a drug was given; open ends reach «now» if active, else stand for one cycle.
    private static func periods(of codes: [Code], in subject: Subject) -> [ClosedRange<Double>] {
        subject.facts.compactMap { fact -> ClosedRange<Double>? in
            guard fact.kind == .medication, codes.contains(fact.code), let start = fact.start?.days(since: subject.reference), start < 0,
                !["entered-in-error", "not-taken", "cancelled", "draft"].contains(fact.status)
            else { return nil }
            let end = fact.end?.days(since: subject.reference) ?? (fact.status == "active" ? 0 : start)
            return start...max(start, min(end, 0))
        }.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// First days of the cycles, every 14 days in each period, none sooner than 7 days after another (a record may name one twice).
    private static func cycles(_ periods: [ClosedRange<Double>]) -> [Double] {
        var days: [Double] = []
        for period in periods {
            // Ten years of cycles; a longer period is a fault of the record.
            for day in stride(from: max(period.lowerBound, -3650), through: period.upperBound, by: 14) where day < 0 {
                if let last = days.last, day < last + 7 { continue }
                days.append(day)
            }
        }
        return days
    }
}
