// Segments, requested times and tolerance, checked once, and how draws are taken through them.
import CIntegration

/// A checked plan.
///
/// - Invariant N5: segments follow each other without gap, requested times ascend and lie within them. The integrator relies
///   on it and checks no more.
public struct IntegrationPlan: Sendable {
    public let outputs: [Double]
    public let tolerance: Tolerance
    private let segments: [KernelSegment]
    /// The inputs of all segments, `inputCount` apart.
    private let inputs: [Double]

    /// Checks segments (each with `inputCount` inputs), requested times and tolerance.
    public init(inputCount: Int, segments: [Segment], outputs: [Double], tolerance: Tolerance) throws(IntegrationError) {
        try Self.check(tolerance)
        try Self.check(segments, inputCount: inputCount)
        if let first = segments.first, let last = segments.last {
            try Self.check(outputs, start: first.start, end: last.end)
        }
        self.segments = segments.map {
            KernelSegment(start: $0.start, end: $0.end, event: Int64($0.event ?? 0), hasEvent: $0.event == nil ? 0 : 1)
        }
        inputs = segments.flatMap(\.input)
        self.outputs = outputs
        // With an absolute tolerance of zero a state at zero would be measured against nothing: 0/0.
        self.tolerance = Tolerance(
            relative: tolerance.relative, absolute: max(tolerance.absolute, .leastNormalMagnitude), maximumStep: tolerance.maximumStep,
            stepLimit: tolerance.stepLimit)
    }

    /// Takes some rows of a table of draws through the plan.
    ///
    /// - Parameters:
    ///   - parameters: `parameterCount` numbers a draw, of all draws of the ensemble.
    ///   - initial: `stateCount` numbers every `initialStride`, likewise; 0 apart where all draws start alike.
    ///   - draws: which rows; they must exist.
    ///   - solve: a kernel, or ``Integrator/solve(_:by:)``.
    public func run(
        parameters: [Double], parameterCount: Int, initial: [Double], initialStride: Int, stateCount: Int, draws: Range<Int>,
        _ solve: (UnsafePointer<KernelBlock>) -> Void
    ) -> IntegrationBlock {
        var findings = Findings(limit: tolerance.stepLimit)
        var values = [Double](repeating: .nan, count: draws.count * outputs.count * stateCount)
        let place = Place(
            parameterOffset: draws.lowerBound * parameterCount, initialOffset: draws.lowerBound * initialStride,
            initialStride: initialStride, draws: draws)
        hand(place, to: solve, parameters, initial, segments, inputs, outputs, &values, &findings)
        return IntegrationBlock(values: values, crossings: findings.crossings, failures: findings.failures)
    }

    /// Where in the tables a block of draws lies.
    private struct Place {
        var parameterOffset: Int
        var initialOffset: Int
        var initialStride: Int
        var draws: Range<Int>
    }

    /// Every table as a pointer that holds for this call.
    private func hand(
        _ place: Place, to solve: (UnsafePointer<KernelBlock>) -> Void, _ parameters: UnsafePointer<Double>,
        _ initial: UnsafePointer<Double>, _ segments: UnsafePointer<KernelSegment>, _ inputs: UnsafePointer<Double>,
        _ times: UnsafePointer<Double>, _ values: UnsafeMutablePointer<Double>, _ findings: UnsafeMutablePointer<Findings>
    ) {
        var block = KernelBlock(
            parameters: parameters + place.parameterOffset, initial: initial + place.initialOffset,
            initialStride: Int64(place.initialStride), firstDraw: Int64(place.draws.lowerBound), drawCount: Int64(place.draws.count),
            segments: segments, segmentCount: Int64(self.segments.count), inputs: inputs, outputs: times,
            outputCount: Int64(outputs.count), relative: tolerance.relative, absolute: tolerance.absolute,
            maximumStep: tolerance.maximumStep, stepLimit: Int64(tolerance.stepLimit), values: values, receiver: findings,
            crossed: Findings.crossed, failed: Findings.failed, refusesStiffness: 0)
        solve(&block)
    }

    private static func check(_ tolerance: Tolerance) throws(IntegrationError) {
        let finite = tolerance.relative.isFinite && tolerance.absolute.isFinite
        guard finite, tolerance.relative > 0, tolerance.absolute >= 0, tolerance.maximumStep > 0, tolerance.stepLimit > 0 else {
            throw .badTolerance
        }
    }

    private static func check(_ segments: [Segment], inputCount: Int) throws(IntegrationError) {
        guard !segments.isEmpty else { throw .wrongCount(of: .segments, expected: 1, found: 0) }
        for (index, segment) in segments.enumerated() {
            guard segment.input.count == inputCount else {
                throw .wrongCount(of: .inputs, expected: inputCount, found: segment.input.count)
            }
            let whole = segment.start.isFinite && segment.end.isFinite && segment.start <= segment.end
            guard whole, index == 0 || segments[index - 1].end == segment.start else { throw .brokenSegment(index: index) }
        }
    }

    private static func check(_ outputs: [Double], start: Double, end: Double) throws(IntegrationError) {
        for (index, time) in outputs.enumerated() {
            guard time >= start, time <= end else { throw .outputOutside(time: time, start: start, end: end) }
            guard index == 0 || outputs[index - 1] <= time else { throw .outputsNotAscending(index: index) }
        }
    }
}

/// What one block of draws left behind.
public struct IntegrationBlock: Sendable {
    /// Draw by draw, time by time, state by state.
    public let values: [Double]
    /// Ordered by draw, then time.
    public let crossings: [Crossing]
    /// Ordered by draw.
    public let failures: [IntegrationError]

    init(values: [Double], crossings: [Crossing], failures: [IntegrationError]) {
        self.values = values
        // Places finish in an order of their own.
        self.crossings = crossings.sorted { ($0.draw, $0.time, $0.surface) < ($1.draw, $1.time, $1.surface) }
        self.failures = failures.sorted { ($0.draw ?? 0) < ($1.draw ?? 0) }
    }
}

/// What a kernel reports while it runs.
private struct Findings {
    var crossings: [Crossing] = []
    var failures: [IntegrationError] = []
    let limit: Int

    init(limit: Int) { self.limit = limit }

    static let crossed: @convention(c) (UnsafeMutableRawPointer, Int64, Int64, Double) -> Void = { receiver, draw, surface, time in
        let crossing = Crossing(draw: Int(draw), surface: Int(surface), time: time)
        receiver.assumingMemoryBound(to: Findings.self).pointee.crossings.append(crossing)
    }

    static let failed: @convention(c) (UnsafeMutableRawPointer, Int32, Int64, Double) -> Void = { receiver, reason, draw, time in
        let findings = receiver.assumingMemoryBound(to: Findings.self)
        let failure = IntegrationError(reason: reason, draw: Int(draw), time: time, limit: findings.pointee.limit)
        findings.pointee.failures.append(failure)
    }
}
