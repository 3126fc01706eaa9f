// What a scenario means to one liver twin: segments with their exposure, events, a row of parameters for each draw.
import Numerics
import Systems
import Twins

/// A scenario made ready for the integrator. Time in weeks, 0 = «now».
public struct LiverPlan: OrdinaryPlan {
    public let segments: [Segment]
    public let initial: InitialState
    public let parameters: Matrix
    public let milestones: [Double]
    public let marks: [ForecastMark]
    public let notes: [String]
    /// The integrator's error must vanish beside the posterior's width, and comparisons of scenarios must not show it.
    public let tolerance: Tolerance

    let course: LiverCourse
    /// mL of the standard liver; nil without height and weight.
    let standardVolume: Double?
    /// True remnant at «now», mL, by draw; empty without a volumetry or a planned volume.
    let remnants: [Double]
    /// H, the final growth of the remnant over its volume, by draw; empty without an embolisation.
    let extents: [Double]
    let gate: RemnantGate
    /// Weeks at which endpoints stop.
    let horizon: Double
    /// The weeks of follow-up at which progression is looked for, and each one's place in `milestones`.
    let visits: [Int]

    init(_ request: ForecastRequest, horizon: Double) throws(TwinError) {
        let record = LiverRecord(request.subject)
        let first = try Self.firstFitted(request.calibration, record: record, reference: request.subject.reference)
        let draws = request.calibration.draws
        let end = max(horizon, request.days.last ?? 0) / 7
        let standards = LiverDraws(draws)
        try self.init(
            scenario: request.scenario, record: record, anchor: first / 7, draws: standards, horizon: horizon / 7, end: end)
    }

    /// The day of the first scan that the calibration was fitted to, at which a draw's `y0` holds.
    ///
    /// - Throws: `.staleCalibration` where the record's scans are no longer those: a course that starts from another one would be wrong.
    private static func firstFitted(_ calibration: Calibration, record: LiverRecord, reference: Instant) throws(TwinError) -> Double {
        let shift = calibration.reference.days(since: reference)
        let isSame =
            calibration.fit.count == record.sums.count
            && zip(calibration.fit, record.sums).allSatisfy { fit, sum in
                abs(fit.measurement.day + shift - sum.day) < 1e-6 && abs(fit.measurement.value - sum.value) < 1e-6
            }
        guard isSame, let first = record.sums.first else { throw .staleCalibration("the record changed since the calibration") }
        return first.day
    }

    /// - Parameters:
    ///   - anchor: week of the first scan used, at which a draw's `y0` holds; not after «now».
    init(
        scenario: Scenario, record: LiverRecord, anchor: Double, draws: LiverDraws, horizon: Double, end: Double,
        tolerance: Tolerance = Tolerance(relative: 1e-9, absolute: 1e-12)
    ) throws(TwinError) {
        self.tolerance = tolerance
        let course = LiverCourse(scenario, history: record.history, bodySurface: record.bodySurface)
        self.course = course
        self.horizon = horizon
        marks = course.marks
        standardVolume = record.standardVolume
        gate = RemnantGate(
            chemotherapyDays: course.chemotherapyDays(before: course.firstResection?.start ?? 0), hasCirrhosis: record.hasCirrhosis)
        let planned = course.firstResection?.remnant ?? record.remnant?.volume
        remnants = planned.map { volume in draws.volumetry.map { volume * $0 } } ?? []
        segments = Self.segments(course, history: record.history, from: anchor, horizon: horizon, end: max(end, horizon))
        initial = .each(try Self.matrix(draws.rows { Self.start($0, history: record.history, anchor: anchor) }))
        parameters = try Self.matrix(draws.rows { [$0.growth, $0.effect, $0.resistance, $0.occult] })
        let kinetics = course.embolisation?.kinetics
        extents =
            kinetics.map { kinetics in
                (0..<draws.count).map { max(0, kinetics.extent + kinetics.extentSD * draws.row($0).hypertrophy) }
            } ?? []
        let weekly = (0...Int(horizon)).map(Double.init)
        // A sum is smallest at the end of a dose, which need not fall on a whole week.
        let doseEnds = course.windows.map(\.end).filter { $0 >= 0 && $0 <= horizon }
        var times = weekly + doseEnds + [LiverEndpoint.month(12), LiverEndpoint.month(24)] + course.removals.map { $0.start / 7 }
        if let embolisation = course.embolisation {
            times += [embolisation.start / 7, embolisation.start / 7 + 4]
        }
        milestones = Array(Set(times.filter { $0 >= anchor && $0 <= max(end, horizon) })).sorted()
        visits = milestones.indices.filter { [milestones] in milestones[$0] >= 0 && milestones[$0] <= horizon }
        notes = LiverNotes.of(course, record: record, gate: gate, standardVolume: standardVolume, hasRemnant: planned != nil)
    }

    /// The sum at the anchor, and what resistance has left by then.
    private static func start(_ draw: LiverDraws.Row, history: LiverHistory, anchor: Double) -> [Double] {
        // The line that runs at the anchor; later ones come as events.
        let origin = history.starts.last { $0.week < anchor }?.origin
        return [draw.baseline, origin.map { (-draw.resistance * max(0, anchor - $0)).exp() } ?? 1]
    }

    private static func matrix(_ rows: [[Double]]) throws(TwinError) -> Matrix {
        do { return try Matrix(rows) } catch { throw .numerics(error.description) }
    }

    /// A border wherever the exposure changes, a line begins, an operation falls, and at «now» and the horizon (so that neither the
    /// days asked for nor a longer last segment moves a step of the integrator before).
    private static func segments(
        _ course: LiverCourse, history: LiverHistory, from anchor: Double, horizon: Double, end: Double
    ) -> [Segment] {
        let past = history.starts.filter { $0.week >= anchor }.map { (week: $0.week, resisted: $0.week - $0.origin) }
        let lines = past + course.lineStarts.map { (week: $0.week, resisted: $0.resisted) }
        var borders: Set<Double> = [anchor, min(max(anchor, 0), end), horizon, end]
        borders.formUnion(course.windows.flatMap { [$0.start, $0.end] })
        borders.formUnion(lines.map(\.week) + course.removals.map { $0.start / 7 })
        let rising = borders.filter { $0 >= anchor && $0 <= end }.sorted()
        var segments: [Segment] = []
        for (index, start) in rising.enumerated() {
            for line in lines where line.week == start {
                segments.append(Segment(start: start, end: start, input: [0, line.resisted, 0], event: LiverSystem.Event.line))
            }
            for removal in course.removals where removal.start / 7 == start {
                segments.append(
                    Segment(
                        start: start, end: start, input: [0, removal.share, removal.residualFactor], event: LiverSystem.Event.removal))
            }
            guard index + 1 < rising.count else { break }
            let exposure = course.windows.first { $0.start <= start && $0.end > start }?.exposure ?? 0
            segments.append(Segment(start: start, end: rising[index + 1], input: [exposure, 0, 0]))
        }
        // Nothing to integrate: only the start is asked for.
        if segments.isEmpty { segments = [Segment(start: anchor, end: anchor, input: [0, 0, 0])] }
        return segments
    }
}

extension LiverPlan {
    /// How far the remnant's growth has come by a week, 0 to 1: 1 − e^(−t/τ), t from the embolisation and at most to the resection.
    func growth(at week: Double) -> Double {
        guard let embolisation = course.embolisation else { return 0 }
        let stop = course.firstResection.map { $0.start / 7 } ?? .infinity
        let days = 7 * (min(week, stop) - embolisation.start / 7)
        return days > 0 ? 1 - (-days / embolisation.kinetics.timeConstant).exp() : 0
    }

    /// The true remnant at a week, mL, by draw; empty without a volumetry or a planned volume.
    func remnants(at week: Double) -> [Double] {
        let growth = growth(at: week)
        guard growth > 0 else { return remnants }
        return zip(remnants, extents).map { $0 * (1 + $1 * growth) }
    }
}

/// Draws by name instead of by place.
struct LiverDraws: Sendable {
    struct Row: Sendable {
        var growth, effect, resistance, baseline, occult, hypertrophy, volumetry: Double
    }
    let values: [Double]

    init(_ draws: Draws) { values = draws.values }

    var count: Int { values.count / LiverParameters.Place.allCases.count }
    func row(_ draw: Int) -> Row {
        let first = draw * LiverParameters.Place.allCases.count
        func value(_ place: LiverParameters.Place) -> Double { values[first + place.rawValue] }
        return Row(
            growth: value(.growth), effect: value(.effect), resistance: value(.resistance), baseline: value(.baseline),
            occult: value(.occult), hypertrophy: value(.hypertrophy), volumetry: value(.volumetry))
    }
    func rows(_ transform: (Row) -> [Double]) -> [[Double]] { (0..<count).map { transform(row($0)) } }
    var volumetry: [Double] { (0..<count).map { row($0).volumetry } }
}
