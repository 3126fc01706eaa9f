// A stretch of time with constant input; the integrator starts afresh at each.

/// A stretch of time during which the input is constant: a dose window, the days between two doses.
///
/// A plan is an array of segments that follow each other without gap. The integrator never steps across a border, so a
/// short window cannot be missed. A segment of zero length only applies its event.
public struct Segment: Sendable, Hashable {
    /// Start and end, in the model's unit of time; `start <= end`.
    public var start: Double
    public var end: Double
    /// The input's numbers, `inputCount` of them.
    public var input: [Double]
    /// What happens at `start`, given to ``OrdinarySystem/apply(event:time:state:parameters:input:)``; nil for nothing.
    public var event: Int?
    /// Whether rates and distances from surfaces only bend at `start` and nothing jumps, as at a corner of what drives the system: then
    /// the step that was running goes on, which an infusion's start must not let it do. Ignored with an event and at the first segment.
    public var continues: Bool

    @inlinable
    public init(start: Double, end: Double, input: [Double] = [], event: Int? = nil, continues: Bool = false) {
        self.start = start
        self.end = end
        self.input = input
        self.event = event
        self.continues = continues
    }
}
