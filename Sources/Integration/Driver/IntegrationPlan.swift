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
        self.segments = segments.enumerated().map { index, segment in
            KernelSegment(
                start: segment.start, end: segment.end, event: Int64(segment.event ?? 0), hasEvent: segment.event == nil ? 0 : 1,
                continues: segment.continues && segment.event == nil && index > 0 ? 1 : 0)
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
    ///   - kept: a bit for each state, 1 if its values are kept. Those beyond 64 always are.
    ///   - cancelled: raised by another thread to have the block given up before the next step; what is returned then is half done.
    ///   - solve: a kernel, or ``Integrator/solve(_:by:)``.
    public func run(
        parameters: [Double], parameterCount: Int, initial: [Double], initialStride: Int, stateCount: Int, draws: Range<Int>,
        keeping kept: UInt64 = .max, cancelled: UnsafePointer<Int32>? = nil, _ solve: (UnsafePointer<KernelBlock>) -> Void
    ) -> IntegrationBlock {
        var findings = Findings(draws, limit: tolerance.stepLimit)
        let numbers = outputs.count * KeptBits(kept, of: stateCount).states(of: stateCount).count
        let layout = BlockLayout.suited(to: draws.count, numbers: numbers)
        let place = Place(
            parameterOffset: draws.lowerBound * parameterCount, initialOffset: draws.lowerBound * initialStride,
            initialStride: initialStride, draws: draws, layout: layout, kept: kept, cancelled: cancelled)
        let count = layout.size(draws: draws.count, numbers: numbers)
        // Not filled beforehand, and in large pages: a long table would be walked through twice, and mapped four kilobytes at a time.
        let values = [Double](unsafeUninitializedCapacity: max(count, 1)) { buffer, filled in
            if let values = buffer.baseAddress {
                preferLargePages(values, Int64(count * MemoryLayout<Double>.stride))
                hand(place, to: solve, parameters, initial, segments, inputs, outputs, values, &findings)
                for number in 0..<numbers where layout.isColumns {
                    (values + number * layout.numberStride + draws.count).update(repeating: 0, count: layout.numberStride - draws.count)
                }
            }
            filled = count
        }
        return IntegrationBlock(values: values, layout: layout, crossings: findings.ordered, failures: findings.failures)
    }

    /// Where in the tables a block of draws lies, and what gives it up.
    private struct Place {
        var parameterOffset: Int
        var initialOffset: Int
        var initialStride: Int
        var draws: Range<Int>
        var layout: BlockLayout
        var kept: UInt64
        var cancelled: UnsafePointer<Int32>?
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
            maximumStep: tolerance.maximumStep, stepLimit: Int64(tolerance.stepLimit), cancelled: place.cancelled, values: values,
            drawStride: Int64(place.layout.drawStride), numberStride: Int64(place.layout.numberStride), kept: place.kept,
            receiver: findings, crossed: Findings.crossed, failed: Findings.failed, refusesStiffness: 0)
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
    /// Of each draw, where ``layout`` says, time by time, kept state by kept state in rising order.
    public let values: [Double]
    public let layout: BlockLayout
    /// Ordered by draw, then time.
    public let crossings: [Crossing]
    /// Ordered by draw.
    public let failures: [IntegrationError]

    public init(values: [Double], layout: BlockLayout, crossings: [Crossing], failures: [IntegrationError]) {
        self.values = values
        self.layout = layout
        self.crossings = crossings
        // Places finish in an order of their own.
        self.failures = failures.sorted { ($0.draw ?? 0) < ($1.draw ?? 0) }
    }
}

/// What a kernel reports while it runs.
private struct Findings {
    /// Of each draw, in the order in which they were found: nearly that of time.
    private var crossings: [[Crossing]]
    var failures: [IntegrationError] = []
    private let first: Int
    let limit: Int

    init(_ draws: Range<Int>, limit: Int) {
        crossings = [[Crossing]](repeating: [], count: draws.count)
        first = draws.lowerBound
        self.limit = limit
    }

    /// By draw, then time, then surface.
    var ordered: [Crossing] {
        func isBefore(_ a: Crossing, _ b: Crossing) -> Bool { (a.time, a.surface) < (b.time, b.surface) }
        var all: [Crossing] = []
        all.reserveCapacity(crossings.reduce(0) { $0 + $1.count })
        for found in crossings {
            let isOrdered = zip(found, found.dropFirst()).allSatisfy { !isBefore($1, $0) }
            all += isOrdered ? found : found.sorted(by: isBefore)
        }
        return all
    }

    static let crossed: @convention(c) (UnsafeMutableRawPointer, Int64, Int64, Double) -> Void = { receiver, draw, surface, time in
        let crossing = Crossing(draw: Int(draw), surface: Int(surface), time: time)
        let findings = receiver.assumingMemoryBound(to: Findings.self)
        findings.pointee.crossings[Int(draw) - findings.pointee.first].append(crossing)
    }

    static let failed: @convention(c) (UnsafeMutableRawPointer, Int32, Int64, Double) -> Void = { receiver, reason, draw, time in
        let findings = receiver.assumingMemoryBound(to: Findings.self)
        let failure = IntegrationError(reason: reason, draw: Int(draw), time: time, limit: findings.pointee.limit)
        findings.pointee.failures.append(failure)
    }
}
