// Segments, requested times and tolerance, checked once and flattened for the integrator.

/// A checked plan.
///
/// - Invariant N5: segments follow each other without gap, requested times ascend and lie within them. The integrator relies
///   on it and checks no more.
@usableFromInline
struct IntegrationPlan: Sendable {
    @usableFromInline let segments: [Segment]
    /// The inputs of all segments, `inputCount` apart.
    @usableFromInline let inputs: [Double]
    @usableFromInline let outputs: [Double]
    @usableFromInline let tolerance: Tolerance

    @usableFromInline
    init(inputCount: Int, segments: [Segment], outputs: [Double], tolerance: Tolerance) throws(IntegrationError) {
        try Self.check(tolerance)
        try Self.check(segments, inputCount: inputCount)
        if let first = segments.first, let last = segments.last {
            try Self.check(outputs, start: first.start, end: last.end)
        }
        self.segments = segments
        inputs = segments.flatMap(\.input)
        self.outputs = outputs
        // With an absolute tolerance of zero a state at zero would be measured against nothing: 0/0.
        self.tolerance = Tolerance(
            relative: tolerance.relative, absolute: max(tolerance.absolute, .leastNormalMagnitude), maximumStep: tolerance.maximumStep,
            stepLimit: tolerance.stepLimit)
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
