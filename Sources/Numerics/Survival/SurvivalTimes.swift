// Times to an event, of which some are only known to be longer.

/// What the survival statistics take: for each subject a time and whether the event was seen then (otherwise it was still to come).
public struct SurvivalTimes: Sendable, Hashable {
    public let times: [Double]
    public let isEvent: [Bool]

    /// - Throws: ``SurvivalError`` for no subject, unequal counts, or a time that is negative or not finite.
    public init(times: [Double], isEvent: [Bool]) throws(SurvivalError) {
        guard !times.isEmpty else { throw .noSubjects }
        guard times.count == isEvent.count else { throw .wrongCount(of: "event flags", expected: times.count, found: isEvent.count) }
        if let bad = times.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) { throw .badTime(subject: bad, time: times[bad]) }
        self.times = times
        self.isEvent = isEvent
    }

    public var count: Int { times.count }
    public var eventCount: Int { isEvent.count { $0 } }

    /// Groups of subjects with one time, the earliest first; within a group by number.
    func tiedGroups(of subjects: some Sequence<Int>) -> [[Int]] {
        var groups: [[Int]] = []
        for subject in subjects.sorted(by: { (times[$0], $0) < (times[$1], $1) }) {
            if let last = groups.last?.first, times[last] == times[subject] {
                groups[groups.count - 1].append(subject)
            } else {
                groups.append([subject])
            }
        }
        return groups
    }
}

/// Why a survival statistic could not be computed.
public enum SurvivalError: Error, Sendable, Hashable {
    case noSubjects
    case noEvents
    case wrongCount(of: String, expected: Int, found: Int)
    case badTime(subject: Int, time: Double)
    /// A covariate that is not a finite number.
    case badCovariate(subject: Int, column: Int)
    /// A test between groups needs two.
    case oneGroup
    /// Covariates that follow from one another, or do not vary among those at risk.
    case collinear
    /// The likelihood rises without end, or the steps did not settle.
    case noConvergence
}

extension SurvivalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noSubjects: "no subject: at least one is needed"
        case .noEvents: "no event among the subjects: nothing can be estimated"
        case .wrongCount(let what, let expected, let found): "\(found) \(what) for \(expected) subjects; give one for each"
        case .badTime(let subject, let time): "subject \(subject + 1): the time \(time) is negative or not finite"
        case .badCovariate(let subject, let column): "subject \(subject + 1): covariate \(column + 1) is not a finite number"
        case .oneGroup: "all subjects are in one group; a comparison needs two"
        case .collinear: "the covariates follow from one another or do not vary; leave one out"
        case .noConvergence: "the estimate did not settle: a covariate may separate the events perfectly; leave it out"
        }
    }
}
