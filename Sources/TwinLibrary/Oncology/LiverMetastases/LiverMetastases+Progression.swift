// Progression as scans show it: RECIST 1.1 on the measured sums, in whole hundredths of a millimetre.
import Twins

extension LiverMetastases {
    static let progressionRule = ProgressionRule(
        criterion: "Sum of diameters, RECIST 1.1",
        words: "20 % and 5 mm or more above the smallest sum from the decision on (the last before it included), and 10 mm or more; "
            + "after an operation this is recurrence",
        endpoint: LiverEndpoint.timeToProgression.rawValue,
        freeUntil: [
            LiverEndpoint.progressionFree12.label: DayCount.year, LiverEndpoint.progressionFree24.label: 2 * DayCount.year,
        ])

    /// The baseline is the last sum up to the day; without one the first after it, which itself cannot show progression.
    public func progression(in subject: Subject, after day: CalendarDay) -> ProgressionReading? {
        let later = subject.seenFromItsEnd
        let scans = later.measurements(of: observables.filter { $0.id == "sum-of-diameters" }).used.compactMap { scan in
            DiameterSum(millimetres: scan.value).map { (day: later.reference.adding(days: scan.day).day, sum: $0) }
        }
        let looks = scans.filter { $0.day > day }
        var judged = looks
        let baseline = scans.last { $0.day <= day } ?? (judged.isEmpty ? nil : judged.removeFirst())
        // Below the least that is measurable a lesion that came back is no progression: so the twin's own endpoint has it.
        let measurable = DiameterSum(millimetres: LiverParameters.measurable) ?? DiameterSum(hundredths: 0)
        var progression: CalendarDay?
        if let baseline {
            let visits = Recist.course(baseline: baseline.sum, sums: judged.map(\.sum))
            progression = zip(judged, visits).first { $1.category == .progressive && $1.sum >= measurable }?.0.day
        }
        return ProgressionReading(rule: Self.progressionRule, looks: looks.map(\.day).uniqued, progression: progression)
    }
}

extension [CalendarDay] {
    /// Rising days, each once.
    var uniqued: [CalendarDay] { reduce(into: []) { days, day in if days.last != day { days.append(day) } } }
}
