// The forecast of a closed form: every observable of every draw at every day, reduced to quantiles, days spread over the cores.
import Numerics

extension ClosedFormModel {
    /// Quantiles over all draws, endpoints, marks.
    ///
    /// - Invariant T1: a pure function of (model version, draws, scenario, seed): each day is reduced by itself and put in its
    ///   place, so the number of cores and the order in which days finish change no byte.
    /// - Throws: what ``TwinModel/prepared(_:)`` does, `.numerics` where a draw has no finite value, `.cancelled`.
    public func forecast(_ request: ForecastRequest) async throws(TwinError) -> Forecast {
        let request = try prepared(request)
        let draws = request.calibration.draws
        let ensemble = try ensemble(draws, scenario: request.scenario, subject: request.subject)
        let table = try await QuantileTable.make(ensemble, observables: observables.map(\.label), days: request.days)
        let series = observables.enumerated().map { index, observable in
            ForecastSeries(
                observable: observable.id, label: observable.label, unit: observable.unit, quantiles: table.levels(of: index),
                source: observable.source)
        }
        return Forecast(
            model: id, modelVersion: version, scenario: request.scenario, seed: request.seed, drawCount: draws.count,
            days: request.days, series: series, endpoints: endpoints(of: ensemble, request: request),
            marks: marks(of: request.scenario), notes: notes(on: request.scenario, for: request.subject),
            arithmetic: arithmetic)
    }
}

/// Quantiles of every observable at every day.
struct QuantileTable: Sendable {
    let observableCount: Int
    /// Of a day, of an observable, the seven levels.
    let days: [[Double]]

    /// Seven rows over the days, as `ForecastSeries` wants them.
    func levels(of observable: Int) -> [[Double]] {
        let width = ForecastSeries.levels.count
        return (0..<width).map { level in days.map { $0[observable * width + level] } }
    }

    /// Reduces an ensemble, some days at a time on each core.
    static func make(
        _ ensemble: some ClosedFormEnsemble, observables: [String], days: [Double]
    ) async throws(TwinError) -> QuantileTable {
        let chunk = 16
        let parts = await withTaskGroup(of: (Int, Result<[[Double]], TwinError>).self) { group in
            for first in stride(from: 0, to: days.count, by: chunk) {
                let part = Array(days[first..<min(first + chunk, days.count)])
                group.addTask { (first, Result { () throws(TwinError) in try reduce(ensemble, observables, part) }) }
            }
            var parts: [(Int, Result<[[Double]], TwinError>)] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }
        }
        var rows: [[Double]] = []
        for (_, part) in parts { rows += try part.get() }
        return QuantileTable(observableCount: observables.count, days: rows)
    }

    private static func reduce(
        _ ensemble: some ClosedFormEnsemble, _ observables: [String], _ days: [Double]
    ) throws(TwinError) -> [[Double]] {
        var blocks = [DrawBlock](repeating: .zero, count: observables.count * ensemble.blockCount)
        var selector = QuantileSelector(levels: ForecastSeries.levels, count: ensemble.drawCount)
        var rows: [[Double]] = []
        for day in days {
            if Task.isCancelled { throw .cancelled }
            ensemble.observe(day: day, into: &blocks)
            var row: [Double] = []
            row.reserveCapacity(observables.count * ForecastSeries.levels.count)
            let length = ensemble.blockCount * 8
            let broken = blocks.withUnsafeBytes { bytes -> Int? in
                let numbers = bytes.bindMemory(to: Double.self)
                for index in observables.indices {
                    let start = index * length
                    guard selector.append(UnsafeBufferPointer(rebasing: numbers[start..<start + ensemble.drawCount]), to: &row) else {
                        return index
                    }
                }
                return nil
            }
            if let broken { throw .numerics("\(observables[broken]) has a draw without a finite value on day \(day)") }
            rows.append(row)
        }
        return rows
    }
}
