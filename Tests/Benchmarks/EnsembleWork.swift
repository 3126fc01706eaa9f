// An ensemble at work: how soon a cancelled one stops, and how much memory a large one takes.
import Foundation
import Numerics
import Synchronization
import Systems
import TestSupport
import TwinLibrary
import Twins

enum EnsembleWork {
    static func rows() async throws -> [Row] {
        progress("ensembles: cancellation and memory")
        return [try await cancellation(), try await forecastCancellation(), try await memory(), try await forecastMemory()]
    }

    /// Van der Pol at a tolerance that takes minutes, on all cores, cancelled at odd moments.
    private static func cancellation() async throws -> Row {
        let clock = ContinuousClock()
        var times = Times()
        for round in 0..<41 {
            let method: IntegrationMethod = round % 2 == 0 ? .stiff : .explicit
            let task = Task {
                try await Ensemble.solve(
                    VanDerPol.self, method: method, draws: Matrix(rows: 4096, columns: 1, repeating: 1e-3), initial: .same([2, 0]),
                    segments: [Segment(start: 0, end: 1e4)], outputs: [1e4],
                    tolerance: Tolerance(relative: 1e-12, absolute: 1e-14, stepLimit: 1_000_000_000))
            }
            // From a thread of its own, as the terminal's is: the kernels have every thread of the tasks and of Dispatch.
            let asked = Mutex(clock.now)
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.003 + 0.000777 * Double(round))
                asked.withLock { $0 = clock.now }
                task.cancel()
            }
            do {
                _ = try await task.value
                throw Failure("an ensemble of minutes was done in milliseconds")
            } catch is CancellationError {
                times.add(clock.now - asked.withLock(\.self))
            }
        }
        return .atMost(
            10, "ms", times.worst, "an ensemble under way on two threads: from cancel() to the throw, worst of 41",
            detail: "median \(Row.text(times.median))")
    }

    /// Four forecasts of the liver twin, which take some 50 ms together, cancelled at odd moments: while draws are integrated, while
    /// quantiles are taken, while endpoints are read.
    private static func forecastCancellation() async throws -> Row {
        let request = try await liver(draws: 1000)
        let clock = ContinuousClock()
        var times = Times()
        for round in 0..<61 {
            let task = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for scenario in LiverTwinRate.scenarios {
                        var request = request
                        request.scenario = scenario
                        group.addTask { [request] in _ = try await LiverMetastases().forecast(request) }
                    }
                    try await group.waitForAll()
                }
            }
            let asked = Mutex(clock.now)
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.001 + 0.000_577 * Double(round))
                asked.withLock { $0 = clock.now }
                task.cancel()
            }
            // One that was done before is not one that was cancelled.
            do { try await task.value } catch { times.add(clock.now - asked.withLock(\.self)) }
        }
        guard times.milliseconds.count > 30 else { throw Failure("most forecasts were done before they were cancelled") }
        return .atMost(
            10, "ms", times.worst,
            "four forecasts of the liver twin under way: from cancel() until the last has thrown, worst of \(times.milliseconds.count)",
            detail: "median \(Row.text(times.median))")
    }

    private static func liver(draws: Int) async throws -> ForecastRequest {
        let calibration = try await LiverMetastases().calibrate(
            LiverTwinRate.subject, settings: CalibrationSettings(draws: draws, seed: 3))
        return ForecastRequest(
            subject: LiverTwinRate.subject, calibration: calibration, scenario: LiverTwinRate.scenarios[0],
            days: (0...730).map(Double.init), seed: 1)
    }

    /// 5,000 draws of the liver twin on each of 731 days, some 45 of them at a time.
    private static func forecastMemory() async throws -> Row {
        let request = try await liver(draws: 5_000)
        let all = Double(5_000 * request.days.count * 2 * 8) / 1e6
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = ProcessUse(getpid()).residentBytes
        let forecast = try await LiverMetastases().forecast(request, concurrency: 2, keeping: 16 << 20)
        guard forecast.series.allSatisfy({ $0.median.count == request.days.count }) else { throw Failure("a forecast lacks days") }
        let growth = Double(ProcessUse(getpid()).peakBytes - before) / 1e6
        return .atMost(
            (0.6 * all).rounded(), "MB", growth,
            "liver twin, 5,000 draws × 731 days × 2 states to quantiles, 16 MB of all states at a time: growth of resident memory",
            detail: "\(Row.text(all)) MB to keep all, and as much again to read it")
    }

    /// 100,000 draws of HIRES at 126 times: 8 states would be 806 MB; one is kept.
    private static func memory() async throws -> Row {
        let count = 100_000
        let random = RandomStream(seed: 11, stream: 5)
        var draws = Matrix(rows: count, columns: 8)
        for (parameter, centre) in [1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69].enumerated() {
            for draw in 0..<count { draws[draw, parameter] = centre * (0.1 * random.normal(draw: draw, index: parameter)).exp() }
        }
        let times = (0...125).map { Double($0) * 2.5 }
        // From here on the peak is this run's.
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = ProcessUse(getpid()).residentBytes
        let found = try await Ensemble.solve(
            Hires.self, method: .stiff, draws: draws, initial: .same([1, 0, 0, 0, 0, 0, 0, 0.0057]),
            segments: [Segment(start: 0, end: 321.8122)], outputs: times, tolerance: Tolerance(relative: 1e-3, absolute: 1e-6),
            keeping: [0])
        var selector = QuantileSelector(levels: [0.05, 0.5, 0.95], count: count)
        var quantiles: [Double] = []
        for time in times.indices {
            let isFinite = found.column(time: time, state: 0).withUnsafeBufferPointer { selector.append($0, to: &quantiles) }
            guard isFinite else { throw Failure("a draw of HIRES has no finite value") }
        }
        let growth = Double(ProcessUse(getpid()).peakBytes - before) / 1e6
        // What is kept, a block of all states on each of two threads, a column with its selector.
        let bound = Double(8 * (found.numberCount + 2 * 256 * 126 * 8 + 4 * count)) / 1e6
        return .atMost(
            bound.rounded(.up) + 16, "MB", growth, "100,000 draws × 126 times × 8 states to quantiles of one: growth of resident memory",
            detail: "all states would be 806 MB")
    }
}
