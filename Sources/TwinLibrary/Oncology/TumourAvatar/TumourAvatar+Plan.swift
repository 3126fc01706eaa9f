// What a scenario means to one avatar: segments with their events, a row of rates and a start for each draw.
import Numerics
import Systems
import Twins

/// A scenario made ready for the integrator. Time in days, 0 = «now».
public struct AvatarPlan: OrdinaryPlan {
    public let segments: [Segment]
    public let initial: InitialState
    public let parameters: Matrix
    public let milestones: [Double]
    public let marks: [ForecastMark]
    public let notes: [String]
    /// The integrator's error must vanish beside the posterior's width, and comparisons of scenarios must not show it.
    public let tolerance: Tolerance

    let schedule: AvatarSchedule
    let clones: any CloneDraw.Type
    /// Where cells stay without a drug and where under the first one, by draw.
    let rests: [(untreated: Double, treated: Double)]
    /// Where docetaxel is the second drug.
    let docetaxel: DocetaxelOutlook?
    /// Marker at capacity, in its unit, by draw.
    let scales: [Double]
    /// Days at which endpoints stop.
    let horizon: Double
    /// Places in `milestones` of the weeks from «now» to the horizon.
    let weeks: [Int]

    var record: AvatarRecord { schedule.record }

    init(_ request: ForecastRequest, record: AvatarRecord, clones: any CloneDraw.Type, horizon: Double) throws(TwinError) {
        try Self.checkFit(request.calibration, record: record, reference: request.subject.reference)
        let draws = request.calibration.draws
        try self.init(
            scenario: request.scenario, record: record, clones: clones, draws: (0..<draws.count).map { clones.init(draws.draw($0)) },
            horizon: horizon, end: max(horizon, request.days.last ?? 0))
    }

    /// - Throws: `.staleCalibration` where the record's measurements are no longer those that the calibration was fitted to.
    private static func checkFit(_ calibration: Calibration, record: AvatarRecord, reference: Instant) throws(TwinError) {
        let shift = calibration.reference.days(since: reference)
        let isSame =
            calibration.fit.count == record.measurements.count
            && zip(calibration.fit, record.measurements).allSatisfy { fit, now in
                fit.measurement.observable == now.observable && abs(fit.measurement.day + shift - now.day) < 1e-6
                    && abs(fit.measurement.value - now.value) < 1e-6
            }
        guard isSame, !record.measurements.isEmpty else { throw .staleCalibration("the record changed since the calibration") }
    }

    init(
        scenario: Scenario, record: AvatarRecord, clones: any CloneDraw.Type, draws: [any CloneDraw], horizon: Double, end: Double,
        tolerance: Tolerance = Tolerance(relative: 1e-9, absolute: 1e-14)
    ) throws(TwinError) {
        self.tolerance = tolerance
        self.horizon = horizon
        self.clones = clones
        rests = draws.map { ($0.untreatedRest, $0.treatedRest) }
        schedule = AvatarSchedule(scenario, record: record)
        let anchor = min(record.firstDay, 0)
        segments = schedule.segments(from: anchor, horizon: horizon, end: end)
        scales = draws.map { record.firstValue * $0.scale }
        do {
            parameters = try Matrix(draws.map { $0.rates })
            initial = .each(try Matrix(draws.map { $0.clones + ClonalCompetition.fresh.dropFirst($0.clones.count - 2) }))
        } catch { throw .numerics(error.description) }
        let weekly = stride(from: 0, through: horizon, by: 7).map { $0 } + [horizon]
        let times = weekly + [DayCount.year, 2 * DayCount.year].filter { $0 <= horizon }
        milestones = Array(Set(times)).sorted()
        weeks = Array(milestones.indices)
        marks = schedule.marks
        if let dose = schedule.change?.docetaxelDose {
            docetaxel = try DocetaxelOutlook(dose: dose, record: record, drawCount: draws.count)
        } else {
            docetaxel = nil
        }
        notes = AvatarNotes.of(schedule, clones) + (docetaxel?.notes ?? [])
    }
}
