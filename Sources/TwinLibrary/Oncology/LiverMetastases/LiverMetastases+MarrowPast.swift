// The record's doses as a marrow felt them up to «now», and how its counts change with the draw.
import Numerics
import Systems
import Twins

/// The record's doses as the marrow felt them, up to «now».
struct LiverPast {
    private let record: LiverRecord
    /// Weeks; the first dose that may still show, or nothing to integrate.
    private let start: Double?
    private let tolerance: Tolerance

    /// - Parameter tolerance: of the counts; by default a hundred-thousandth, four orders below what they are measured to.
    init(_ record: LiverRecord, tolerance: Tolerance = Tolerance(relative: 1e-5, absolute: 1e-12)) {
        self.record = record
        self.tolerance = tolerance
        start = record.history.windows.first { $0.start >= -LiverMarrow.memory }?.start
    }

    /// Whether a count's expectation is known: after the first dose that is integrated, or long after the one before it.
    func canPredict(_ day: Double) -> Bool {
        if let start, day > start * DayCount.week { return true }
        return !record.history.windows.contains { $0.start * 7 <= day && day < $0.start * 7 + LiverMarrow.washout }
    }

    /// `[candidate][count]`, 10⁹/L; the days ascend.
    func counts(_ candidates: [[Double]], days: [Double]) throws(TwinError) -> [[Double]] {
        let weeks = days.map { $0 / DayCount.week }
        guard let start, weeks.contains(where: { $0 > start }) else { return candidates.map { row in days.map { _ in row[0] } } }
        typealias State = LiverTreatmentSystem.State
        let outputs = weeks.filter { $0 > start }
        do {
            let found = try Ensemble.solveSerially(
                LiverTreatmentSystem.self, draws: try Matrix(candidates.map(Self.parameters)),
                initial: .each(try Matrix(candidates.map { LiverPlan.rested(neutrophils: $0[0]) })),
                segments: timeline(from: start).segments, outputs: outputs, tolerance: tolerance)
            return candidates.indices.map { number in
                let early = [Double](repeating: candidates[number][0], count: weeks.count - outputs.count)
                return early + outputs.indices.map { found[number, $0, State.neutrophils] }
            }
        } catch let error as IntegrationError {
            throw .numerics(error.description)
        } catch {
            throw .numerics("\(error)")
        }
    }

    /// Of one candidate at each day: its count, 10⁹/L, and by how much that changes with the logarithm of each of its four numbers.
    ///
    /// The same equations as ``counts(_:days:)`` integrates, with the drug's amounts beside them (``LiverMarrowSystem``): derivatives are exact.
    /// Tolerances are a hundred times as strict: those of the counts left a gradient some hundredths off, by what the drug does in minutes.
    func slopes(_ row: [Double], days: [Double]) throws(TwinError) -> [(value: Double, slopes: [Double])] {
        let weeks = days.map { $0 / DayCount.week }
        let outputs = start.map { start in weeks.filter { $0 > start } } ?? []
        // Before the first dose a count is the baseline.
        let rested = [(value: Double, slopes: [Double])](repeating: (row[0], [row[0], 0, 0, 0]), count: weeks.count - outputs.count)
        guard let start, !outputs.isEmpty else { return rested }
        let numbers = Self.parameters(row)
        let parameters = [row[0], numbers[5], numbers[6], row[2] / numbers[9], 0]
        // Along the logarithms: a number changes by itself.
        let directions = [
            Sensitivities.Direction(parameters: [row[0], 0, 0, 0, 0], initial: [Double](repeating: row[0], count: 5)),
            Sensitivities.Direction(parameters: [0, parameters[1], 0, 0, 0], initial: [0, 0, 0, 0, 0]),
            Sensitivities.Direction(parameters: [0, 0, 0, parameters[3], 0], initial: [0, 0, 0, 0, 0]),
            Sensitivities.Direction(parameters: [0, 0, 0, 0, 1], initial: [0, 0, 0, 0, 0]),
        ]
        do {
            let found = try Sensitivities.solve(
                LiverMarrowSystem.self,
                draws: [.init(parameters: parameters, initial: [Double](repeating: row[0], count: 5), directions: directions)],
                segments: FluorouracilCourse(parameters: numbers).segments(timeline(from: start).segments), outputs: outputs,
                tolerance: Tolerance(relative: max(tolerance.relative / 100, 1e-11), absolute: tolerance.absolute))
            if let failure = found.failures.first { throw failure }
            return rested
                + outputs.indices.map { time in
                    (
                        found.value(draw: 0, time: time, state: 4),
                        directions.indices.map { found.derivative(draw: 0, along: $0, time: time, state: 4) }
                    )
                }
        } catch let error as IntegrationError {
            throw .numerics(error.description)
        } catch {
            throw .numerics("\(error)")
        }
    }

    private func timeline(from start: Double) -> LiverTimeline {
        let course = LiverCourse(Scenario(name: "", interventions: []), history: record.history, bodySurface: record.bodySurface)
        return LiverTimeline(
            course, surface: record.bodySurface ?? LiverParameters.standardSurface, operationDays: [], from: start, horizon: 0, end: 0)
    }

    /// A marrow without a tumour.
    private static func parameters(_ row: [Double]) -> [Double] {
        var draw = LiverMarrow.typical
        (draw.neutrophils, draw.transit, draw.marrow, draw.clearance) = (row[0], row[1], row[2], row[3])
        return [0, 0, 0, 0] + LiverMarrow.row(draw) + [LiverOperation.notWithin]
    }
}

/// Fluorouracil in two compartments in closed form, with the derivative of every amount by the logarithm of the clearance.
struct FluorouracilCourse {
    private typealias Number = Dual<Double>
    /// Per week.
    private let (k10, k12, k21): (Number, Number, Number)
    private let (slow, fast): (Number, Number)

    /// - Parameter numbers: of ``LiverTreatmentSystem``, one draw's.
    init(parameters numbers: [Double]) {
        let elimination = numbers[8] / numbers[9]
        (k10, k12, k21) = (Number(elimination, tangent: elimination), Number(numbers[10]), Number(numbers[11]))
        let sum = k10 + k12 + k21
        let product = k10 * k21
        fast = (sum + (sum * sum - 4 * product).squareRoot()) * 0.5
        slow = product / fast
    }

    /// The input of ``LiverMarrowSystem`` for the segments that ``LiverTreatmentSystem`` takes.
    func segments(_ given: [Segment]) -> [Segment] {
        typealias System = LiverTreatmentSystem
        var state = LiverPlan.rested(neutrophils: 0)
        var (central, peripheral) = (Number(0), Number(0))
        var segments: [Segment] = []
        for segment in given {
            if segment.event == System.Event.earlier {
                central = central + Number(segment.input[System.Given.number])
                state[System.State.dose] = segment.start
            }
            guard segment.start < segment.end else { continue }
            let rate = System.infusion(state: state.span, parameters: [Double]().span, input: segment.input.span)
            // Where the infusion would lead, and what is left to it, in a slow and a fast part.
            let (level, beside) = (Number(rate) / k10, Number(rate) * k12 / (k10 * k21))
            let (missing, missingBeside) = (central - level, peripheral - beside)
            let falling = ((k10 + k12 - slow) * missing - k21 * missingBeside) / (fast - slow)
            let staying = missing - falling
            let parts = [(staying, slow), (falling, fast)]
            segments.append(
                Segment(
                    start: segment.start, end: segment.end,
                    input: [segment.start, segment.input[System.Input.slope], level.value, level.tangent]
                        + parts.flatMap { [$0.value, $1.value, $0.tangent, $1.tangent] }))
            let length = Number(segment.end - segment.start)
            (central, peripheral) = (level, beside)
            for (part, rate) in parts {
                let left = part * (-(rate * length)).exp()
                central = central + left
                peripheral = peripheral + (k10 + k12 - rate) * left / k21
            }
        }
        return segments
    }
}
