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
    /// Lines of treatment: the week in which each began, and the week at which its resistance counts zero.
    private(set) var starts: [(week: Double, origin: Double)] = []
    private(set) var lines = LiverLines()
    /// What each of `windows` was combined with.
    private(set) var partners: [LiverPartner] = []
    /// What was given beside fluorouracil and multiplies the exposure of `windows`.
    private(set) var additions: Set<LiverAddition> = []
    /// Days covered by cycles in the year before «now».
    private(set) var recentDays = 0.0
    /// Weeks of the cycles that were given with bevacizumab.
    private(set) var bevacizumabWeeks: [Double] = []
    /// The last day on which the record has bevacizumab, if any.
    private(set) var lastBevacizumab: Double?
    private(set) var warnings: [String] = []

    init() {}

    init(_ subject: Subject, bodySurface: Double?) {
        let surface = bodySurface ?? LiverParameters.standardSurface
        let oxaliplatin = Self.periods(of: [LiverCodes.oxaliplatin], in: subject)
        let irinotecan = Self.periods(of: [LiverCodes.irinotecan], in: subject)
        let bevacizumab = Self.periods(of: [LiverCodes.bevacizumab], in: subject)
        let antiEGFR = Self.periods(of: LiverCodes.antiEGFR, in: subject)
        let capecitabine = Self.periods(of: [LiverCodes.capecitabine], in: subject)
        let fluorouracil = Self.cycles(Self.periods(of: [LiverCodes.fluorouracil], in: subject))
        // Chemotherapy without fluorouracil: no exposure that the set knows, but days of treatment and lines used.
        let others = Self.cycles((oxaliplatin + irinotecan + capecitabine).sorted { $0.lowerBound < $1.lowerBound }).filter { day in
            !fluorouracil.contains { abs($0 - day) <= 7 }
        }
        lastBevacizumab = bevacizumab.map(\.upperBound).max()
        var hasUnmodelledPartner = false
        for (day, isModelled) in (fluorouracil.map { ($0, true) } + others.map { ($0, false) }).sorted(by: { $0.0 < $1.0 }) {
            if day > -DayCount.year { recentDays += min(14, -day) }
            let partner = Self.partner(on: day, oxaliplatin: oxaliplatin, irinotecan: irinotecan)
            if !isModelled, partner == .none { continue }
            if let origin = lines.treat(with: partner, at: day / 7, carried: LiverParameters.carriedResistance) {
                starts.append((day / 7, origin))
            }
            guard isModelled else {
                hasUnmodelledPartner = true
                continue
            }
            var added: [LiverAddition] = []
            if let addition = LiverAddition.standard(partner) { added.append(addition) }
            if Self.distance(day, bevacizumab) <= Self.slack {
                added.append(.bevacizumab(LiverParameters.antibodyContribution))
                bevacizumabWeeks.append(day / 7)
            }
            if Self.distance(day, antiEGFR) <= Self.slack { added.append(.antiEGFR(LiverParameters.antibodyContribution)) }
            additions.formUnion(added)
            let dose = added.reduce(LiverRegimen.exposure(bodySurface: surface)) { $0 * $1.factor }
            partners.append(partner)
            // A week that «now» cuts short keeps its whole dose.
            let end = min(day + 7, 0)
            windows.append(
                ExposureWindow(start: day / 7, end: end / 7, exposure: dose * 7 / (end - day), origin: lines.origin ?? day / 7))
        }
        warn(hasUnmodelledPartner: hasUnmodelledPartner, hasCapecitabine: !capecitabine.isEmpty)
    }

    /// A record gives the hour of each infusion, or only its day: drugs of one cycle lie within so many days of each other.
    private static let slack = 3.0

    /// Days from a day to the nearest of some periods; 0 within one.
    private static func distance(_ day: Double, _ periods: [ClosedRange<Double>]) -> Double {
        periods.map { max($0.lowerBound - day, day - $0.upperBound, 0) }.min() ?? .infinity
    }

    /// The partner given with a cycle; the nearer of two.
    private static func partner(
        on day: Double, oxaliplatin: [ClosedRange<Double>], irinotecan: [ClosedRange<Double>]
    ) -> LiverPartner {
        let (first, second) = (distance(day, oxaliplatin), distance(day, irinotecan))
        if min(first, second) > slack { return .none }
        return first <= second ? .oxaliplatin : .irinotecan
    }

    private mutating func warn(hasUnmodelledPartner: Bool, hasCapecitabine: Bool) {
        if !windows.isEmpty {
            warnings.append(
                "treatment already given: \(windows.count) cycles every 14 days at full dose (assumption: partners × 1.3, antibodies × 1.2)"
            )
        }
        if hasUnmodelledPartner {
            warnings.append(
                "oxaliplatin or irinotecan without fluorouracil in the record: its effect is not modelled, and it "
                    + "counts as a line of treatment")
        }
        if hasCapecitabine {
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
