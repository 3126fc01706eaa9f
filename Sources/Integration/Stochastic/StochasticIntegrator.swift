// Takes draws of a stochastic system side by side through steps of fixed length.
import CIntegration

/// Stochastic Euler and Heun methods in lanes over draws.
///
/// Kloeden and Platen (1992), Numerical Solution of Stochastic Differential Equations, chapters 10 and 14; Rüemelin (1982), SIAM J. Numer.
/// Anal. 19:604–613, for Heun's converging to Stratonovich's solution.
public enum StochasticIntegrator<System: StochasticSystem, L: NumberLane> {
    /// Integrates a checked block; the whole work of a kernel. The scheme is `.eulerMaruyama` or `.heun`.
    @inlinable
    public static func solve(_ block: StochasticBlock, _ scheme: FixedStepScheme) {
        var run = StochasticRun<System, L>(block)
        let count = Int(block.work.drawCount)
        for first in stride(from: 0, to: count, by: L.width) where !block.work.isStopped {
            run.begin(first)
            run.record(0)
            for number in 0..<Int(block.work.stepCount) {
                if number & 63 == 0, block.work.isStopped { break }
                run.drawIncrements(number)
                if scheme == .heun { run.heun(number) } else { run.euler(number) }
                if block.work.isRecorded(number + 1) { run.record(number + 1) }
            }
        }
        run.memory.deallocate()
    }
}

/// The draws now in the lanes.
@usableFromInline
struct StochasticRun<System: StochasticSystem, L: NumberLane> {
    @usableFromInline let block: StochasticBlock
    @usableFromInline let memory: UnsafeMutablePointer<L>
    @usableFromInline let state: UnsafeMutablePointer<L>
    @usableFromInline let predicted: UnsafeMutablePointer<L>
    /// Rate and amplitude at the step's start and at the predicted end.
    @usableFromInline let rate: UnsafeMutablePointer<L>
    @usableFromInline let nextRate: UnsafeMutablePointer<L>
    @usableFromInline let amplitude: UnsafeMutablePointer<L>
    @usableFromInline let nextAmplitude: UnsafeMutablePointer<L>
    /// ΔW of the step, and the normal of each process that was made with the last one.
    @usableFromInline let increment: UnsafeMutablePointer<L>
    @usableFromInline let kept: UnsafeMutablePointer<L>
    @usableFromInline let parameters: UnsafeMutablePointer<L>
    @usableFromInline var first = 0
    @usableFromInline var draw = L.Words.repeating(0)
    /// A bit for each place whose draw was reported.
    @usableFromInline var failed = 0

    @inlinable
    init(_ block: StochasticBlock) {
        self.block = block
        let (states, noises) = (System.stateCount, System.noiseCount)
        memory = L.allocate(4 * states + 4 * noises + System.parameterCount)
        state = memory
        predicted = state + states
        rate = predicted + states
        nextRate = rate + states
        amplitude = nextRate + states
        nextAmplitude = amplitude + noises
        increment = nextAmplitude + noises
        kept = increment + noises
        parameters = kept + noises
    }

    /// Puts the draws from a number on into the lanes; the last one also into places that are left over.
    @inlinable
    mutating func begin(_ first: Int) {
        self.first = first
        failed = 0
        draw = L.Words.repeating(UInt64(truncatingIfNeeded: Int(block.work.firstDraw) + first)) &+ L.Words.places
        for lane in 0..<L.width {
            let draw = min(first + lane, Int(block.work.drawCount) - 1)
            for p in 0..<System.parameterCount {
                parameters[p][lane: lane] = block.work.parameters[draw * System.parameterCount + p]
            }
            for s in 0..<System.stateCount { state[s][lane: lane] = block.initial[draw * Int(block.initialStride) + s] }
        }
    }

    /// ΔW of every process over a step.
    @inlinable @inline(__always)
    func drawIncrements(_ number: Int) {
        let finer = Int(block.incrementsPerStep)
        let scale = L((block.work.step / Double(finer)).squareRoot())
        for process in 0..<System.noiseCount {
            var sum = L(0)
            for index in number * finer..<(number + 1) * finer {
                if index & 1 == 0 {
                    let (now, later) = block.work.noiseKey.normals(
                        L.self, draw: draw, component: L.Words.repeating(UInt64(process)), pair: UInt64(index / 2))
                    kept[process] = later
                    sum = sum + now
                } else {
                    sum = sum + kept[process]
                }
            }
            increment[process] = scale * sum
        }
    }

    @inlinable @inline(__always)
    func euler(_ number: Int) {
        evaluate(number, state, rate, amplitude)
        advance(L(block.work.step), from: state, into: state)
    }

    @inlinable @inline(__always)
    func heun(_ number: Int) {
        evaluate(number, state, rate, amplitude)
        advance(L(block.work.step), from: state, into: predicted)
        evaluate(number + 1, predicted, nextRate, nextAmplitude)
        for s in 0..<System.stateCount { rate[s] = L(0.5) * (rate[s] + nextRate[s]) }
        for s in 0..<System.noiseCount { amplitude[s] = L(0.5) * (amplitude[s] + nextAmplitude[s]) }
        advance(L(block.work.step), from: state, into: state)
    }

    @inlinable @inline(__always)
    func advance(_ step: L, from start: UnsafeMutablePointer<L>, into end: UnsafeMutablePointer<L>) {
        for s in 0..<System.stateCount { end[s] = L.multiplyAdd(step, rate[s], start[s]) }
        for s in 0..<System.noiseCount { end[s] = L.multiplyAdd(amplitude[s], increment[s], end[s]) }
    }

    @inlinable @inline(__always)
    func evaluate(
        _ number: Int, _ state: UnsafeMutablePointer<L>, _ rate: UnsafeMutablePointer<L>, _ amplitude: UnsafeMutablePointer<L>
    ) {
        let time = L(block.work.time(number))
        let (states, numbers) = (viewed(state, System.stateCount), viewed(parameters, System.parameterCount))
        var rates = written(rate, System.stateCount).mutableSpan
        System.drift(time: time, state: states.span, parameters: numbers.span, into: &rates)
        var amplitudes = written(amplitude, System.noiseCount).mutableSpan
        System.diffusion(time: time, state: states.span, parameters: numbers.span, into: &amplitudes)
    }

    /// Writes the states after so many steps; a draw that is no longer finite is reported once and written no more.
    @inlinable
    mutating func record(_ number: Int) {
        let (states, records) = (System.stateCount, block.work.recordCount)
        let record = number / Int(block.work.stride)
        for lane in 0..<min(L.width, Int(block.work.drawCount) - first) where failed & (1 << lane) == 0 {
            guard (0..<states).allSatisfy({ state[$0][lane: lane].isFinite }) else {
                failed |= 1 << lane
                block.work.failed(block.work.receiver, block.work.firstDraw + Int64(first + lane), block.work.time(number))
                continue
            }
            let place = ((first + lane) * records + record) * states
            for s in 0..<states { block.work.values[place + s] = state[s][lane: lane] }
        }
    }
}
