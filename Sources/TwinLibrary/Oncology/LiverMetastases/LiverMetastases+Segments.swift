// A course as the integrator takes it: stretches of constant input with the events at their starts.
import Numerics
import Systems
import Twins

/// Everything that happens to a twin, in order, on the axis of weeks.
///
/// Borders stand wherever a dose, its infusion or its exposure may begin or end in any draw, a line begins, an operation falls, and at «now» and
/// the horizon, where steps end too: neither the days asked for nor a longer last segment moves a step of the integrator before.
struct LiverTimeline {
    private typealias System = LiverTreatmentSystem
    /// From a week on, until another, what a dose means.
    private struct Stretch {
        var start, end, exposure, length, rate, slope: Double
    }
    private struct Happening {
        var week: Double
        var event: Int
        var given: [Double]
    }

    private var stretches: [Stretch] = []
    private var happenings: [Happening] = []
    private var borders: Set<Double>
    private let anchor: Double
    private let end: Double
    /// Weeks after the last dose at which a marrow is looked at for rest. Some are there after twelve mean transit times, most sway for half a
    /// year, and what sways less than anybody sees takes as many steps as what falls.
    private static let rests = [20.0, 28, 36, 48, 64]
    private static let infusion = LiverDosing.infusion / DayCount.week

    /// - Parameters:
    ///   - anchor: where it begins; `horizon`: where endpoints stop; `end`: where it ends. Weeks.
    ///   - surface: m², of the doses.
    ///   - operationDays: days on which a resection that waits for the remnant may fall.
    init(_ course: LiverCourse, surface: Double, operationDays: [Double], from anchor: Double, horizon: Double, end: Double) {
        self.anchor = anchor
        self.end = end
        borders = [anchor, end]
        happenings = [min(max(anchor, 0), end), horizon].map { Happening(week: $0, event: System.Event.milestone, given: []) }
        addPast(course.history, surface: surface)
        for removal in course.removals {
            let given = [removal.share, removal.residualFactor, removal.isByRule ? 1 : 0, removal.untouched]
            for day in removal.isByRule ? operationDays : [removal.start] {
                happenings.append(Happening(week: LiverTime.week(day), event: System.Event.removal, given: given))
            }
        }
        for dosing in course.dosings { add(dosing, surface: surface) }
        if let last = stretches.map(\.end).max() {
            happenings += Self.rests.map { Happening(week: last + $0, event: System.Event.rest, given: []) }
        }
        borders.formUnion(happenings.map(\.week))
    }

    /// The record's doses are given as they were.
    private mutating func addPast(_ history: LiverHistory, surface: Double) {
        for line in history.starts where line.week >= anchor {
            happenings.append(Happening(week: line.week, event: System.Event.line, given: [line.week - line.origin]))
        }
        for (index, window) in history.windows.enumerated() where window.end > anchor {
            let dose = LiverDose(surface: surface, share: window.start >= -LiverMarrow.memory ? 1 : 0)
            let partner = history.partners.indices.contains(index) ? history.partners[index] : .none
            happenings.append(Happening(week: window.start, event: System.Event.earlier, given: [dose.bolus]))
            stretches.append(
                Stretch(
                    start: window.start, end: max(window.end, dose.rate > 0 ? window.start + Self.infusion : window.end),
                    exposure: window.exposure, length: window.end - window.start, rate: dose.rate,
                    slope: LiverMarrow.Choice.backbone.slope(with: partner)))
            borders.formUnion([window.start, window.end])
            if dose.rate > 0 { borders.insert(window.start + Self.infusion) }
        }
    }

    private mutating func add(_ dosing: LiverDosing, surface: Double) {
        guard let first = dosing.candidates.first else { return }
        let regimen = dosing.regimen
        let dose = LiverDose(surface: surface, share: regimen.intensity)
        happenings.append(Happening(week: LiverTime.week(first.day), event: System.Event.regimen, given: [Double(regimen.cycles)]))
        for candidate in dosing.candidates {
            happenings.append(
                Happening(
                    week: LiverTime.week(candidate.day), event: System.Event.decision, given: dosing.given(candidate, bolus: dose.bolus)))
            for day in [candidate.day + LiverDosing.infusion, candidate.day + dosing.length] where day < dosing.until {
                borders.insert(LiverTime.week(day))
            }
        }
        stretches.append(
            Stretch(
                start: LiverTime.week(first.day), end: LiverTime.week(min(dosing.end, 1e6)),
                exposure: regimen.exposurePerSurface * surface * 7 / dosing.length, length: dosing.length / DayCount.week,
                rate: dose.rate, slope: regimen.slope))
    }

    /// Without gaps; each event at the start of a segment without length.
    var segments: [Segment] {
        let rising = borders.filter { $0 >= anchor && $0 <= end }.sorted()
        let waiting = happenings.enumerated().sorted { ($0.element.week, $0.offset) < ($1.element.week, $1.offset) }.map(\.element)
        var next = waiting.firstIndex { $0.week >= anchor } ?? waiting.endIndex
        var segments: [Segment] = []
        for (index, start) in rising.enumerated() {
            while next < waiting.endIndex, waiting[next].week <= start {
                segments.append(Segment(start: start, end: start, input: Self.padded(waiting[next].given), event: waiting[next].event))
                next += 1
            }
            guard index + 1 < rising.count else { break }
            segments.append(Segment(start: start, end: rising[index + 1], input: input(at: start)))
        }
        // Nothing to integrate: only the start is asked for.
        return segments.isEmpty ? [Segment(start: anchor, end: anchor, input: Self.padded([]))] : segments
    }

    private func input(at week: Double) -> [Double] {
        let begun = stretches.last { $0.start <= week }
        let isRunning = begun.map { week < $0.end } ?? false
        guard let begun, isRunning else {
            return Self.padded([0, week, 0, 0, 0, begun?.slope ?? LiverMarrow.alone.slope])
        }
        return Self.padded([begun.exposure, week, begun.length, begun.rate, Self.infusion, begun.slope])
    }

    private static func padded(_ numbers: [Double]) -> [Double] {
        numbers + [Double](repeating: 0, count: System.inputCount - numbers.count)
    }
}

/// One cycle of the backbone in the marrow's units: mg at once, and mg per week while it is infused.
struct LiverDose {
    let bolus: Double
    let infused: Double
    var rate: Double { infused / LiverMarrow.infusionHours * LiverMarrow.hoursPerWeek }

    /// - Parameter share: of the full dose.
    init(surface: Double, share: Double) {
        bolus = LiverParameters.bolus * 1000 * surface * share
        infused = LiverParameters.infusion * 1000 * surface * share
    }
}
