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
    public var tolerance: Tolerance

    let course: LiverCourse
    /// mL of the standard liver; nil without height and weight.
    let standardVolume: Double?
    /// The remnant of every draw in time.
    let remnant: LiverRemnant
    let gate: RemnantGate
    /// Weeks at which endpoints stop.
    let horizon: Double
    /// The weeks of follow-up at which progression is looked for, and each one's place in `milestones`.
    let visits: [Int]
    let drugs: LiverDrugs
    /// Clearance of fluorouracil over the typical, by draw.
    let clearances: [Double]
    /// ρ by draw.
    let occult: [Double]
    /// The resection that waits for the remnant, if there is one.
    let operation: LiverOperation?

    /// The states that observables and endpoints read.
    static let kept: [Int] = [LiverTreatmentSystem.State.sum, LiverTreatmentSystem.State.neutrophils]

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
    ///   - tolerance: of the marrow's counts alone, since the tumour is known in closed form; a laboratory counts to some per cent.
    init(
        scenario: Scenario, record: LiverRecord, anchor: Double, draws: LiverDraws, horizon: Double, end: Double,
        tolerance: Tolerance = Tolerance(relative: 1e-5, absolute: 1e-13)
    ) throws(TwinError) {
        self.tolerance = tolerance
        let course = LiverCourse(
            scenario, history: record.history, bodySurface: record.bodySurface, lesions: record.lesions, sum: record.sums.last?.value)
        self.course = course
        self.horizon = horizon
        standardVolume = record.standardVolume
        drugs = LiverDrugs(record)
        occult = draws.rows { [$0.occult] }.flatMap { $0 }
        clearances = (0..<draws.count).map { draws.row($0).clearance }
        gate = RemnantGate(
            chemotherapyDays: course.chemotherapyDays(before: course.firstResection?.start ?? 0), hasCirrhosis: record.hasCirrhosis)
        let planned = course.firstResection?.remnant ?? record.remnant?.volume
        var remnant = LiverRemnant(course, volume: planned, draws: draws)
        operation = course.awaited.map { awaited in
            LiverOperation(awaited, course: course, hasCirrhosis: record.hasCirrhosis, count: draws.count) { week in
                remnant.standardised(at: week, standard: record.standardVolume)
            }
        }
        if let operation { remnant.stops = operation.weeks.map { $0 ?? .infinity } }
        self.remnant = remnant
        let start = Self.start(anchor: anchor, history: record.history)
        let timeline = LiverTimeline(
            course, surface: record.bodySurface ?? LiverParameters.standardSurface, operationDays: operation?.days ?? [], from: start,
            horizon: horizon, end: max(end, horizon))
        segments = timeline.segments
        initial = .each(try Self.matrix(draws.rows { Self.state($0, history: record.history, anchor: anchor, start: start) }))
        let own = operation?.weeks
        parameters = try Self.matrix(
            (0..<draws.count).map { number in
                let draw = draws.row(number)
                return [draw.growth, draw.effect, draw.resistance, draw.occult] + LiverMarrow.row(draw)
                    + [own?[number] ?? LiverOperation.notWithin]
            })
        let looked = Self.looked(course, horizon: horizon)
        var times = Array(looked) + course.removals.map { LiverTime.week($0.start) } + (operation?.days ?? []).map(LiverTime.week)
        times += [LiverEndpoint.month(12), LiverEndpoint.month(24)]
        if let embolisation = course.embolisation {
            times += [embolisation.start / 7, embolisation.start / 7 + 4]
        }
        times += course.dosings.flatMap { LiverDecisions.weeks(of: $0, horizon: horizon) }
        times += Self.nadirs(course)
        milestones = Array(Set(times.filter { $0 >= anchor && $0 <= max(end, horizon) })).sorted()
        visits = milestones.indices.filter { [milestones] in looked.contains(milestones[$0]) }
        marks = course.marks
        notes = LiverNotes.of(
            course, record: record, gate: gate, standardVolume: standardVolume, hasRemnant: planned != nil, operation: operation)
    }

    /// Half weeks while neutrophils may be falling: their lowest point lasts for days.
    private static func nadirs(_ course: LiverCourse) -> [Double] {
        course.dosings.flatMap { dosing in
            guard let first = dosing.candidates.first, let last = dosing.candidates.last else { return [Double]() }
            return Array(stride(from: LiverTime.week(first.day), through: LiverTime.week(last.day) + 4, by: 0.5))
        }
    }

    /// Weeks at which progression is looked for: every week, and the ends of doses, where a sum is smallest.
    private static func looked(_ course: LiverCourse, horizon: Double) -> Set<Double> {
        let weekly = (0...Int(horizon)).map(Double.init)
        let past = course.history.windows.map(\.end)
        let ends = course.dosings.flatMap { dosing in dosing.candidates.map { LiverTime.week($0.day + dosing.length) } }
        return Set((weekly + past + ends).filter { $0 >= 0 && $0 <= horizon })
    }

    /// Where the integration begins: at the anchor, or at the first dose before «now» that the marrow may still feel.
    private static func start(anchor: Double, history: LiverHistory) -> Double {
        min(anchor, history.windows.first { $0.start >= -LiverMarrow.memory }?.start ?? anchor)
    }

    /// Every state at the start: the sum that leads to the draw's own at the anchor, what resistance has left by then, a marrow at rest.
    private static func state(_ draw: LiverDraws.Row, history: LiverHistory, anchor: Double, start: Double) -> [Double] {
        typealias State = LiverTreatmentSystem.State
        var state = rested(neutrophils: draw.neutrophils)
        let rise = ClaretCourse(windows: history.windows).logRatio(
            from: start, to: anchor, growth: draw.growth, effect: draw.effect, resistance: draw.resistance)
        state[State.sum] = start < anchor ? draw.baseline * (-rise.value).exp() : draw.baseline
        // The line that runs at the start; later ones come as events.
        let origin = history.starts.last { $0.week < start }?.origin
        state[State.sensitivity] = origin.map { (-draw.resistance * max(0, start - $0)).exp() } ?? 1
        state[State.dose] = history.windows.last { $0.start < start && $0.end > start }?.start ?? LiverTreatmentSystem.never
        return state
    }

    /// No tumour, no drug, nothing due, and a marrow at rest at a number of neutrophils, 10⁹/L.
    static func rested(neutrophils: Double) -> [Double] {
        typealias State = LiverTreatmentSystem.State
        var state = [Double](repeating: 0, count: LiverTreatmentSystem.stateCount)
        for cells in State.proliferating...State.neutrophils { state[cells] = neutrophils }
        state[State.feedback] = 1
        (state[State.dose], state[State.due]) = (LiverTreatmentSystem.never, LiverOperation.notWithin)
        return state
    }

    private static func matrix(_ rows: [[Double]]) throws(TwinError) -> Matrix {
        do { return try Matrix(rows) } catch { throw .numerics(error.description) }
    }
}
