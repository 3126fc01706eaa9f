// Scenarios to start from, what a dosing board needs in the record, and whether this patient is one the model knows.
import Twins

extension TumourAvatar {
    /// Continuous, the same weeks for everybody, adaptive at half, and adaptive with a second drug at progression.
    public func suggestedScenarios(for subject: Subject) -> [Scenario] {
        let adaptive = Self.adaptive.standardIntervention
        return [
            Scenario(name: "Continuous", interventions: [Self.continuous.standardIntervention]),
            Scenario(name: "8 weeks on, 8 off", interventions: [Self.intermittent.standardIntervention]),
            Scenario(name: "Adaptive at 50 %", interventions: [adaptive]),
            Scenario(name: "Adaptive, then second drug", interventions: [adaptive, Self.change.standardIntervention]),
        ]
    }
}

extension AvatarModel {
    public func completeness(of subject: Subject) -> [CompletenessItem] {
        let record = record(of: subject)
        let markers = AvatarMarker.allCases.filter { observable($0.rawValue) != nil }.map(\.label)
        return [
            CompletenessItem(
                markers.count == 1 ? markers[0] : "a marker (PSA, circulating tumour DNA or sum of diameters)", !record.measurements.isEmpty
            ),
            CompletenessItem("\(AvatarDomain.fewest) values or more", record.measurements.count >= AvatarDomain.fewest),
            CompletenessItem("a value of the last 6 weeks", (record.measurements.last?.day ?? -.infinity) >= -42),
            CompletenessItem("dates of the drug", !record.windows.isEmpty),
            CompletenessItem("values with the drug", AvatarDomain.hasSeenDrug(record)),
            CompletenessItem("testosterone", record.marker != .psa || record.isCastrate != nil),
            CompletenessItem("date of birth", record.age != nil),
        ]
    }

    public func domain(of subject: Subject) -> [DomainFinding] { AvatarDomain.findings(record(of: subject)) }
}

/// Whom the twin knows.
enum AvatarDomain {
    /// Values from which on a record says more than the population.
    static let fewest = 3

    /// Whether a value was measured after at least two weeks with the drug.
    static func hasSeenDrug(_ record: AvatarRecord) -> Bool {
        record.measurements.contains { measurement in
            record.windows.contains { $0.lowerBound <= measurement.day - 14 && $0.upperBound >= measurement.day - 1 }
        }
    }

    static func findings(_ record: AvatarRecord) -> [DomainFinding] {
        func finding(_ input: String, _ found: String?, _ domain: String, _ isInside: Bool) -> DomainFinding {
            DomainFinding(input: input, found: found ?? "unknown", domain: domain, isInside: isInside)
        }
        func periods(_ count: Int) -> String { count == 1 ? "1 period" : "\(count) periods" }
        let count = record.measurements.count
        let span = (record.measurements.last?.day ?? 0) - (record.measurements.first?.day ?? 0)
        let last = record.measurements.last
        var findings = [
            finding("age", record.age.map { "\(Int($0)) years" }, "adults", (record.age ?? 0) >= 18),
            finding(
                "marker", count > 0 ? record.marker.label : nil, "PSA of castration-resistant prostate cancer; others by assumption",
                count > 0 && record.marker == .psa),
            finding(
                "values used", "\(count)", "\(fewest) or more; below, every figure is the population's", count >= fewest),
            finding("time covered", "\(Int(span.rounded())) days", "125 to 1,701 days, as in the population", span >= 125 && span <= 1701),
            finding(
                "last value",
                last.map { "\(($0.value * 100).rounded() / 100) \(record.marker.unit.label), \(Int(-$0.day.rounded())) days ago" },
                "not older than 12 weeks", (last?.day ?? -.infinity) >= -84),
            finding(
                "drug",
                record.windows.isEmpty ? "none so far" : "\(periods(record.windows.count)), \(record.isTreatedNow ? "on" : "off") today",
                "abiraterone; the same class by assumption", !record.hasOtherReceptorDrug || record.marker != .psa),
            finding(
                "effect of the drug", hasSeenDrug(record) ? "seen in the marker" : "not seen yet",
                "a value after 2 weeks with the drug", hasSeenDrug(record)),
            finding(
                "other drugs against the tumour", record.others.isEmpty ? "none" : periods(record.others.count),
                "none while the marker is measured", record.others.isEmpty),
        ]
        if record.marker == .psa {
            findings.append(
                finding(
                    "testosterone", record.isCastrate.map { $0 ? "castrate" : "not castrate" }, "below 0.5 ng/mL",
                    record.isCastrate == true))
        }
        return findings
    }
}
