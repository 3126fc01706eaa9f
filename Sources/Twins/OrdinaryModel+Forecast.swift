// The forecast that every model of ordinary differential equations gets: plan, integrate, observe, summarise.
import Glibc
import Numerics

extension OrdinaryModel {
    /// That of the kernels in use.
    public var arithmetic: Arithmetic { KernelLibrary.current.arithmetic }

    /// The forecast on as many threads as there are processors.
    public func forecast(_ request: ForecastRequest) async throws(TwinError) -> Forecast {
        try await forecast(request, progress: nil)
    }

    public func forecast(_ request: ForecastRequest, progress: Ensemble.Progress?) async throws(TwinError) -> Forecast {
        try await forecast(request, concurrency: Cores.count, progress: progress)
    }

    /// The forecast with a given number of tasks; the bytes are the same for every number, and for every limit.
    ///
    /// - Parameter bytes: what may be kept of the trajectories at a time, beside the plan's milestones. Where all days of all draws need more,
    ///   the days are gone through some at a time, and the draws integrated anew for each: the steps ignore which days are asked for
    ///   (invariant O1).
    public func forecast(
        _ request: ForecastRequest, concurrency: Int, keeping bytes: Int = Forecast.mostBytes, progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> Forecast {
        let request = try prepared(request)
        let plan = try plan(request)
        let atOnce = Self.daysAtOnce(plan, bytes: bytes)
        let count = request.days.count
        func part(from first: Int) async throws(TwinError) -> OrdinaryRun<Plan> {
            let days = request.days[first..<min(first + atOnce, count)]
            return try await self.run(request, plan, days: days, concurrency: concurrency) { share in
                progress?((Double(first) + share * Double(max(days.count, 1))) / Double(max(count, 1)))
            }
        }
        var series: [ForecastSeries] = []
        var first = 0
        while count - first > atOnce {
            series.extend(by: try await summarised(part(from: first), concurrency: concurrency))
            first += atOnce
        }
        let run = try await part(from: first)
        series.extend(by: try await summarised(run, concurrency: concurrency))
        if Task.isCancelled { throw .cancelled }
        return Forecast(
            model: id, modelVersion: version, scenario: request.scenario, seed: request.seed, drawCount: run.drawCount, days: request.days,
            series: series, endpoints: endpoints(of: run), marks: marks(of: run), notes: notes(of: run) + methodNotes(of: run),
            arithmetic: arithmetic)
    }

    /// So many that their states of all draws stay within the limit; at least one. Milestones do not count: were they more than the limit by
    /// themselves, every day would be a pass of its own.
    private static func daysAtOnce(_ plan: Plan, bytes: Int) -> Int {
        let perTime = MemoryLayout<Double>.stride * max(plan.parameters.rows * plan.initial.stateCount, 1)
        return max(1, bytes / perTime)
    }

    /// Which method took which draws, where that was chosen draw by draw.
    private func methodNotes(of run: OrdinaryRun<Plan>) -> [String] {
        let unit = daysPerUnit == 1 ? "days" : daysPerUnit == DayCount.week ? "weeks" : ""
        return run.states.choice.map { ["integration: \($0.words(timeUnit: unit))"] } ?? []
    }

    /// Plans and integrates a prepared request; days before the plan's start show its start.
    public func run(
        _ request: ForecastRequest, concurrency: Int, progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> OrdinaryRun<Plan> {
        try await run(request, try plan(request), days: request.days[...], concurrency: concurrency, progress: progress)
    }

    private func run(
        _ request: ForecastRequest, _ plan: Plan, days: ArraySlice<Double>, concurrency: Int, progress: Ensemble.Progress?
    ) async throws(TwinError) -> OrdinaryRun<Plan> {
        guard let start = plan.segments.first?.start, let end = plan.segments.last?.end else {
            throw .numerics("the plan of \(request.scenario.name) is empty")
        }
        let asked = days.map { min(max($0 / daysPerUnit, start), end) }
        let outputs = Self.merged(asked, plan.milestones)
        let begun = request.begun.states(for: plan)
        let states = try await integrate(plan, outputs: outputs, after: begun, concurrency: concurrency, progress: progress)
        if let failure = states.failures.first { throw .numerics(failure.description) }
        if request.drawLimit != nil { request.begun.keep(states, of: plan) }
        return OrdinaryRun(
            plan: plan, states: states, asked: Self.places(of: asked, in: outputs),
            milestones: Self.places(of: plan.milestones, in: outputs))
    }

    /// Two rising lists as one, each time once.
    private static func merged(_ a: [Double], _ b: [Double]) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(a.count + b.count)
        for time in (a + b).sorted() where result.last != time { result.append(time) }
        return result
    }

    private static func places(of times: [Double], in outputs: [Double]) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(times.count)
        var place = 0
        for time in times {
            while place + 1 < outputs.count, outputs[place] < time { place += 1 }
            result.append(place)
        }
        return result
    }

    /// The quantiles of every observable that applies; a few times a task.
    private func summarised(_ run: OrdinaryRun<Plan>, concurrency: Int) async throws(TwinError) -> [ForecastSeries] {
        var series: [ForecastSeries] = []
        for observable in observables {
            guard let first = run.asked.first, column(of: observable.id, at: first, in: run) != nil else { continue }
            let levels = try await quantiles(of: observable, in: run, concurrency: concurrency)
            series.append(
                ForecastSeries(
                    observable: observable.id, label: observable.label, unit: observable.unit, quantiles: levels, source: observable.source)
            )
        }
        return series
    }

    /// `[level][time]`, some times a task.
    private func quantiles(of observable: Observable, in run: OrdinaryRun<Plan>, concurrency: Int) async throws(TwinError) -> [[Double]] {
        let count = run.asked.count
        let share = max(1, (count + max(1, concurrency) - 1) / max(1, concurrency))
        let parts = await withTaskGroup(of: (Int, [[Double]]?).self) { group in
            for first in stride(from: 0, to: count, by: share) {
                let times = run.asked[first..<min(first + share, count)]
                group.addTask { (first, quantileRows(of: observable.id, at: times, in: run)) }
            }
            var parts: [(Int, [[Double]]?)] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }
        }
        var rows: [[Double]] = []
        for (_, part) in parts {
            guard let part else { throw Task.isCancelled ? .cancelled : .numerics("\(observable.label) has a draw without a finite value") }
            rows += part
        }
        return ForecastSeries.levels.indices.map { level in rows.map { $0[level] } }
    }

    /// Whether two columns are the same bit for bit.
    private static func isSame(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Bool {
        a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                guard let first = a.baseAddress, let second = b.baseAddress else { return a.count == b.count }
                return a.count == b.count && memcmp(first, second, a.count) == 0
            }
        }
    }

    /// The seven quantiles at some of the run's times; nil where a draw is not finite or the task was cancelled.
    private func quantileRows(of observable: String, at times: ArraySlice<Int>, in run: OrdinaryRun<Plan>) -> [[Double]]? {
        var selector = QuantileSelector(levels: ForecastSeries.levels, count: run.drawCount)
        // Some times at once, whose columns stay small beside what is kept.
        let strip = 8
        var rows: [[Double]] = []
        var last: (column: ArraySlice<Double>, row: [Double]) = ([], [])
        for first in stride(from: times.startIndex, to: times.endIndex, by: strip) {
            let some = times[first..<min(first + strip, times.endIndex)]
            guard !Task.isCancelled, let values = columns(of: observable, at: some, in: run) else { return nil }
            for index in some.indices {
                guard !Task.isCancelled else { return nil }
                let start = (index - first) * run.drawCount
                let column = values[start..<start + run.drawCount]
                // What stands still (a remnant without embolisation) has the same quantiles as before.
                if !Self.isSame(column, last.column) {
                    var row: [Double] = []
                    guard column.withUnsafeBufferPointer({ selector.append($0, to: &row) }) else { return nil }
                    last = (column, row)
                }
                rows.append(last.row)
            }
        }
        return rows
    }
}

extension [ForecastSeries] {
    /// Puts the quantiles of further days behind those of earlier ones: the same observables in the same order.
    fileprivate mutating func extend(by further: [ForecastSeries]) {
        guard !isEmpty else {
            self = further
            return
        }
        for (place, one) in further.enumerated() {
            for level in one.quantiles.indices { self[place].quantiles[level] += one.quantiles[level] }
        }
    }
}
