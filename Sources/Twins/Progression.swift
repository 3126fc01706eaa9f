// How a twin tells from measurements that a disease has progressed: what happened, beside its endpoint «time to progression».

/// A model's rule of progression, for measurements and for forecasts alike.
public struct ProgressionRule: Hashable, Sendable {
    /// Patients whose courses are judged by one criterion can stand in one curve: `Sum of diameters, RECIST 1.1`.
    public var criterion: String
    /// The whole rule, in words.
    public var words: String
    /// The endpoint whose draws are the time to progression, in months.
    public var endpoint: String
    /// Days from «now» up to which an endpoint of this label says that there was no progression.
    public var freeUntil: [String: Double]

    public init(criterion: String, words: String, endpoint: String, freeUntil: [String: Double]) {
        self.criterion = criterion
        self.words = words
        self.endpoint = endpoint
        self.freeUntil = freeUntil
    }
}

/// What was measured after a day, read by a rule of progression.
public struct ProgressionReading: Hashable, Sendable {
    public var rule: ProgressionRule
    /// The days after it on which something was measured that could have shown progression; rising, each once.
    public var looks: [CalendarDay]
    /// The first of them that shows it. It came at some time since the look before: what is known is an interval.
    public var progression: CalendarDay?

    public init(rule: ProgressionRule, looks: [CalendarDay], progression: CalendarDay?) {
        self.rule = rule
        self.looks = looks
        self.progression = progression
    }
}

extension Subject {
    /// The same record seen from its last observation, if that came after «now»: what was measured since is part of it.
    public var seenFromItsEnd: Subject {
        var later = self
        later.reference = max(reference, observations.map(\.time).max() ?? reference)
        return later
    }
}
