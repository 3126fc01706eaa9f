// An ensemble at work: given up at once, told how far it is, and holding no more than is asked of it.
import Foundation
import Numerics
import Synchronization
import Systems
import Testing

/// y′ = −y, which counts its evaluations and does something at one of them. For one test alone.
private enum Watched: OrdinarySystem {
    static let count = Atomic<Int>(0)
    static let action = Mutex<(at: Int, body: @Sendable () -> Void)?>(nil)

    static var stateCount: Int { 1 }
    static var parameterCount: Int { 1 }
    static var inputCount: Int { 0 }

    static func derivative<L: Lane>(
        time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
    ) {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        if let action = action.withLock({ $0?.at == number ? $0 : nil }) { action.body() }
        rate[0] = -parameters[0] * state[0]
    }
}

/// How far the count was when the cancellation had been asked for.
private final class Counted: Sendable {
    private let number = Atomic<Int>(0)
    var count: Int { number.load(ordering: .relaxed) }
    func note(_ count: Int) { number.store(count, ordering: .relaxed) }
}

@Suite("An ensemble at work")
struct EnsembleWorkTests {
    static let segments = [Segment(start: 0, end: 321.8122)]
    static let times = (0...125).map { Double($0) * 2.5 }

    private func solve(
        _ draws: Matrix, concurrency: Int, keeping states: [Int]? = nil, progress: Ensemble.Progress? = nil
    ) async throws -> EnsembleTrajectories {
        try await Ensemble.solve(
            Hires.self, method: .stiff, draws: draws, initial: .same(KernelTests.hiresStart), segments: Self.segments, outputs: Self.times,
            tolerance: Tolerance(relative: 1e-3, absolute: 1e-6), concurrency: concurrency, keeping: states, progress: progress)
    }

    static let hires = KernelTests.draws([1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69], count: 600)

    @Test("a cancelled ensemble takes no further step in any block, and throws instead of showing half of its work")
    func cancellation() async {
        for concurrency in [1, 2] {
            Watched.count.store(0, ordering: .relaxed)
            let (gate, key) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in gate { break }
                return try await Ensemble.solve(
                    by: DormandPrince<Watched, Double>(), draws: Matrix(rows: 1024, columns: 1, repeating: 1), initial: .same([1]),
                    segments: [Segment(start: 0, end: 1000)], outputs: [1000], tolerance: Tolerance(relative: 1e-9),
                    concurrency: concurrency)
            }
            let seen = Counted()
            Watched.action.withLock {
                $0 = (
                    5000,
                    {
                        task.cancel(); seen.note(Watched.count.load(ordering: .relaxed))
                    }
                )
            }
            key.yield()
            await #expect(throws: CancellationError.self) { try await task.value }
            // Then only the step under way on each thread: seven evaluations at most, and as many for a draw that starts.
            let last = Watched.count.load(ordering: .relaxed)
            #expect(seen.count >= 5000 && last <= seen.count + 14 * concurrency)
            Watched.action.withLock { $0 = nil }
        }
    }

    @Test("a kernel under way for minutes is stopped by the task's cancellation, whatever it is compiled for")
    func kernels() async throws {
        for library in KernelTests.libraries {
            for method in IntegrationMethod.allCases {
                let clock = ContinuousClock()
                let began = DispatchSemaphore(value: 0)
                let task = Task { () throws -> ContinuousClock.Instant in
                    began.signal()
                    do {
                        _ = try await Ensemble.solve(
                            VanDerPol.self, method: method, draws: Matrix(rows: 256, columns: 1, repeating: 1e-3), initial: .same([2, 0]),
                            segments: [Segment(start: 0, end: 1e4)], outputs: [1e4],
                            tolerance: Tolerance(relative: 1e-12, absolute: 1e-14, stepLimit: 1_000_000_000), concurrency: 1,
                            library: library)
                    } catch is CancellationError {}
                    return clock.now
                }
                // From a thread of its own: other tests' kernels may have all of the tasks'.
                let asked = Mutex<ContinuousClock.Instant?>(nil)
                Thread.detachNewThread {
                    began.wait()
                    usleep(20_000)
                    asked.withLock { $0 = clock.now }
                    task.cancel()
                }
                let ended = try await task.value
                // Milliseconds on a machine with nothing else to do (make bench says how many).
                let when = asked.withLock { $0 }
                #expect(ended - (try #require(when)) < .seconds(30))
            }
        }
    }

    @Test("progress rises with the draws that are done, and ends at all of them")
    func progress() async throws {
        for concurrency in [1, 2, 8] {
            let told = Mutex<[Double]>([])
            _ = try await solve(Self.hires, concurrency: concurrency, keeping: [0]) { share in told.withLock { $0.append(share) } }
            let shares = told.withLock(\.self)
            #expect(shares.count == 3 && shares == shares.sorted() && shares.last == 1)
        }
    }

    @Test("states that nobody reads take no memory, and what is kept is the same bytes on any number of threads")
    func kept() async throws {
        let all = try await solve(Self.hires, concurrency: 1)
        for concurrency in [1, 2, 8] {
            let two = try await solve(Self.hires, concurrency: concurrency, keeping: [7, 2])
            #expect(two.values.count == 600 * 126 * 2 && two.numberCount == two.values.count)
            #expect(two.stateCount == 8 && two.failures == all.failures)
            for state in [2, 7] {
                #expect(
                    KernelTests.bits(two.columns(times: [0, 31, 125], state: state))
                        == KernelTests.bits(all.columns(times: [0, 31, 125], state: state)))
                #expect(two[599, 64, state].bitPattern == all[599, 64, state].bitPattern)
            }
        }
    }
}
