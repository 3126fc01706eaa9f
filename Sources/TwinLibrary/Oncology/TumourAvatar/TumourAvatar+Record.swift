// What the avatar reads out of a record: one marker, and the days on which the drug was given.
import Twins

/// The facts of one patient that the twin uses. Days from «now».
struct AvatarRecord: Sendable {
    var marker = AvatarMarker.psa
    /// Of the marker, in order of time.
    var measurements: [Measurement] = []
    /// With the drug, not overlapping, in order; the last may reach «now».
    var windows: [ClosedRange<Double>] = []
    /// Under a drug that the twin does not know.
    var others: [ClosedRange<Double>] = []
    var age: Double?
    /// m²; nil without height and weight.
    var bodySurface: Double?
    /// The latest count, 10⁹/L.
    var neutrophils: Double?
    /// Testosterone at castrate level; nil: unknown.
    var isCastrate: Bool?
    var hasOtherReceptorDrug = false
    /// Not after «now»: the size on this day is what policies and progression are measured against.
    var referenceDay = 0.0
    /// What was left out and why.
    var warnings: [String] = []

    var firstDay: Double { measurements.first?.day ?? 0 }
    /// The measured value that draws are relative to; a value that cannot be told from nothing counts as the least that can.
    var firstValue: Double { max(measurements.first?.value ?? 1, marker.floor) }
    var isTreatedNow: Bool { (windows.last?.upperBound ?? -.infinity) >= 0 }

    /// A person of whom nothing is known but the marker on one day.
    init(marker: AvatarMarker, value: Double) {
        self.marker = marker
        measurements = [Measurement(observable: marker.rawValue, day: 0, value: value)]
    }

    /// Of the markers that a model knows, the one with most measurements.
    init(_ subject: Subject, markers: [AvatarMarker] = AvatarMarker.allCases) {
        age = subject.age(at: subject.reference)
        let (height, weight) = (subject.latest([LiverCodes.height], in: .centimetre), subject.latest([LiverCodes.weight], in: .kilogram))
        if let height, let weight, (100...230).contains(height.value), (25...300).contains(weight.value) {
            bodySurface = LiverVolume.bodySurface(height: height.value, weight: weight.value)
        }
        neutrophils = subject.latest(LiverCodes.neutrophils, in: Unit("10*9/L")).flatMap { (0.1...50).contains($0.value) ? $0.value : nil }
        isCastrate = subject.latest([AvatarCodes.testosterone], in: Unit("ng/mL")).map { $0.value < 0.5 }
        let (used, leftOut) = subject.measurements(of: TumourAvatar.observableTable)
        warnings += leftOut.map { "left out: \($0)" }
        let found = markers.map { marker in used.filter { $0.observable == marker.rawValue } }
        // The marker with most measurements; PSA before the others.
        guard let best = found.indices.max(by: { (found[$0].count, $1) < (found[$1].count, $0) }), !found[best].isEmpty else { return }
        marker = markers[best]
        for (index, other) in found.enumerated() where index != best && !other.isEmpty {
            warnings.append(
                "\(markers[index].label) in the record is not used: the twin is learnt from \(marker.label) alone")
        }
        readDrugs(subject)
        let kept = found[best].filter { measurement in
            !others.contains { measurement.day >= $0.lowerBound && measurement.day <= $0.upperBound + AvatarParameters.look }
        }
        if kept.count < found[best].count {
            warnings.append(
                "\(found[best].count - kept.count) values of \(marker.label) under another drug, or up to 4 weeks after it, are not used in "
                    + "the fit")
        }
        measurements = kept
        referenceDay = reference()
    }

    private mutating func readDrugs(_ subject: Subject) {
        var given: [ClosedRange<Double>] = []
        for fact in subject.facts where fact.kind == .medication && fact.code.system == Code.atc {
            guard AvatarCodes.antineoplastic.contains(where: { fact.code.code.hasPrefix($0) }) else { continue }
            guard !["entered-in-error", "not-taken", "cancelled", "draft"].contains(fact.status) else { continue }
            guard let start = fact.start?.days(since: subject.reference) else {
                warnings.append("\(fact.code.code) has no date: it is not used")
                continue
            }
            guard start < 0 else { continue }
            let end = fact.end?.days(since: subject.reference) ?? (fact.status == "active" ? 0 : .nan)
            guard end.isFinite else {
                warnings.append("\(fact.code.code) from \(fact.start?.day.description ?? "?") has no end and is not active: it is not used")
                continue
            }
            let period = start...max(start, min(end, 0))
            let isDrug = marker == .psa ? AvatarCodes.receptorDrugs.contains(fact.code) : true
            if isDrug {
                given.append(period)
                if marker == .psa, fact.code != AvatarCodes.abiraterone { hasOtherReceptorDrug = true }
            } else {
                others.append(period)
            }
        }
        windows = Self.merged(given)
        if hasOtherReceptorDrug {
            warnings.append(
                "assumption: enzalutamide, apalutamide and darolutamide act as abiraterone does; the population had abiraterone")
        }
    }

    static func merged(_ periods: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
        periods.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, next in
            guard let last = merged.last, next.lowerBound <= last.upperBound else { return merged.append(next) }
            merged[merged.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
        }
    }

    /// The day on which the drug was first given, or the first measurement if that came later; «now» without a drug, or where the marker
    /// has since gone past progression: then what comes is another line.
    private mutating func reference() -> Double {
        guard let start = windows.first?.lowerBound, let first = measurements.first, let last = measurements.last else { return 0 }
        let day = max(start, first.day)
        guard let before = measurements.last(where: { $0.day <= day }), last.day > day else { return min(day, 0) }
        guard last.value <= AvatarParameters.progression * max(before.value, marker.floor) else {
            warnings.append(
                "the last \(marker.label) stands above 1.2 × that at the drug's start: policies and progression are measured against today's"
            )
            return 0
        }
        return min(day, 0)
    }
}
