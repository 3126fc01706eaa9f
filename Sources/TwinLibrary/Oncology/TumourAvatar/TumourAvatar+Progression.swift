// Progression as the marker shows it: the avatars' own rule on what was measured.
import Twins

extension AvatarModel {
    /// Of a marker. Working groups ask for more (PCWG3: a second rise, at least 3 weeks later); here stands what the endpoint forecasts.
    static func progressionRule(_ marker: AvatarMarker) -> ProgressionRule {
        ProgressionRule(
            criterion: "\(marker.label) above 1.2 × reference",
            words: "\(marker.label) under treatment above 1.2 × its level as the drug was first given, or at the decision (Strobl 2021); "
                + "a value in a recorded pause does not count",
            endpoint: AvatarEndpoint.timeToProgression.rawValue,
            freeUntil: [
                AvatarEndpoint.progressionFree12.label: DayCount.year, AvatarEndpoint.progressionFree24.label: 2 * DayCount.year,
            ])
    }

    /// The reference is that of the forecast, from the record up to «now». Where no drug is recorded after the day nothing is known of
    /// pauses, and every value counts; values under another drug, and up to four weeks after it, are not looks at this one.
    public func progression(in subject: Subject, after day: CalendarDay) -> ProgressionReading? {
        let before = record(of: subject)
        let later = subject.seenFromItsEnd
        let after = AvatarRecord(later, markers: [before.marker])
        let start = Instant(endOf: day).days(since: later.reference)
        let looks = after.measurements.map { (day: later.reference.adding(days: $0.day).day, at: $0.day, value: $0.value) }
            .filter { $0.day > day }
        let reference =
            before.measurements.last { $0.day <= max(before.referenceDay, before.firstDay) }?.value ?? looks.first?.value ?? 0
        let limit = max(reference, before.marker.floor)
        let isDrugKnown = after.windows.contains { $0.upperBound > start }
        let shown = looks.first { look in
            let isTreated = after.windows.contains { $0.lowerBound <= look.at && $0.upperBound >= look.at }
            return (isTreated || !isDrugKnown) && Self.isProgression(look.value, over: limit)
        }
        return ProgressionReading(rule: Self.progressionRule(before.marker), looks: looks.map(\.day).uniqued, progression: shown?.day)
    }

    /// Above 1.2 times, in whole thousandths: in floating point 1.2 × 5 is not always 6.
    static func isProgression(_ value: Double, over reference: Double) -> Bool {
        5 * (value * 1000).rounded() > 6 * (reference * 1000).rounded()
    }
}
