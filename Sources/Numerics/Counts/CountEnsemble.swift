// Simulates counts for many draws, on several threads.
import CIntegration
import Integration

/// The counts of many draws at the requested times.
public struct CountTrajectories: Sendable, Hashable {
    public let drawCount: Int
    public let times: [Double]
    public let speciesCount: Int
    /// Index `(draw * times.count + time) * speciesCount + species`; −1 from the time of a draw's failure on.
    public let values: [Int]
    /// One entry for each draw that failed, ordered by draw.
    public let failures: [IntegrationError]

    @inlinable
    public subscript(draw: Int, time: Int, species: Int) -> Int { values[(draw * times.count + time) * speciesCount + species] }

    /// One species at one time over all draws.
    public func column(time: Int, species: Int) -> [Int] { (0..<drawCount).map { self[$0, time, species] } }
}

/// Draws of a system of reactions, each with its own random numbers.
///
/// The arithmetic is the baseline one on every processor. Invariant N16: the result is the same, byte for byte, for every `concurrency`,
/// and for each draw at its number, whatever other draws there are.
public enum CountEnsemble {
    /// Simulates every draw.
    ///
    /// - Parameters:
    ///   - draws: a row of parameters a draw.
    ///   - initial: the counts at the start, for all draws.
    ///   - times: ascending, from the start on. By leaps no leap goes past one of them.
    ///   - eventLimit: events, or leaps, allowed a draw; past it the draw fails with ``IntegrationError/tooManySteps(draw:time:limit:)``.
    /// - Throws: ``FixedStepError``; `CancellationError` within some hundred events of the task's being cancelled.
    @inlinable
    public static func simulate<System: ReactionSystem>(
        _ system: System.Type, method: CountMethod = .exact, draws: Matrix, initial: [Int], start: Double = 0, times: [Double],
        noise: RandomStream, eventLimit: Int = 100_000_000, concurrency: Int = 2
    ) async throws -> CountTrajectories {
        try check(system, draws, initial, start, times)
        let key = noise.noise
        let parts = try await spread(draws.rows, concurrency) { range, stop in
            Part(system, method, draws, initial, start, times, key, eventLimit, range, stop)
        }
        return joined(parts, draws.rows, times, System.speciesCount)
    }

    /// Refuses what does not fit.
    @usableFromInline
    static func check<System: ReactionSystem>(
        _ system: System.Type, _ draws: Matrix, _ initial: [Int], _ start: Double, _ times: [Double]
    ) throws(FixedStepError) {
        guard draws.columns == System.parameterCount else {
            throw .wrongCount(of: .parameters, expected: System.parameterCount, found: draws.columns)
        }
        guard initial.count == System.speciesCount else {
            throw .wrongCount(of: .states, expected: System.speciesCount, found: initial.count)
        }
        let ascending = zip([start] + times, times).allSatisfy { $0 <= $1 }
        guard initial.allSatisfy({ $0 >= 0 }), start.isFinite, ascending, times.allSatisfy(\.isFinite) else { throw .badCounts }
    }

    @usableFromInline
    static func spread(
        _ draws: Int, _ concurrency: Int, _ body: @escaping @Sendable (Range<Int>, UnsafePointer<Int32>) -> Part
    ) async throws -> [Part] {
        try await DrawBlocks(drawCount: draws, blockSize: 32).run(concurrency: concurrency) { range, flag in
            flag.withPointer { body(range, $0) }
        }
    }

    @usableFromInline
    static func joined(_ parts: [Part], _ draws: Int, _ times: [Double], _ species: Int) -> CountTrajectories {
        CountTrajectories(
            drawCount: draws, times: times, speciesCount: species, values: parts.flatMap(\.values), failures: parts.flatMap(\.failures))
    }

    /// Some draws and what became of them.
    @usableFromInline
    struct Part: Sendable {
        @usableFromInline var values: [Int] = []
        @usableFromInline var failures: [IntegrationError] = []

        @inlinable
        init<System: ReactionSystem>(
            _ system: System.Type, _ method: CountMethod, _ draws: Matrix, _ initial: [Int], _ start: Double, _ times: [Double],
            _ key: NoiseKey, _ limit: Int, _ range: Range<Int>, _ stop: UnsafePointer<Int32>
        ) {
            for draw in range {
                var run = CountSimulation(
                    system, parameters: Array(draws.row(draw)), counts: initial, start: start, method: method,
                    random: RandomSequence(key, draw: draw), eventLimit: limit, stop: stop)
                var outcome = CountSimulation<System>.Outcome.reached
                for time in times {
                    if outcome == .reached { outcome = run.advance(to: time) }
                    values += outcome == .reached ? run.counts.map { Int($0) } : [Int](repeating: -1, count: System.speciesCount)
                }
                switch outcome {
                case .notFinite: failures.append(.notFinite(draw: draw, time: run.time))
                case .tooManyEvents: failures.append(.tooManySteps(draw: draw, time: run.time, limit: limit))
                case .reached, .stopped: break
                }
            }
        }
    }
}
