// The decided patients of a board whose courses are judged by one rule: who is counted, who is not, and why.
import Twins

public struct BoardCohort: Sendable {
    public struct Member: Sendable {
        public var patient: String
        public var item: Int64
        public var outcome: DecidedOutcome
        public var standing: ChoiceStanding
        public var carriedOut: FollowUp.CarriedOut?
    }

    /// By what the members are told apart.
    public enum Grouping: String, Hashable, Sendable, CaseIterable {
        case treatment, carriedOut = "carried-out", simulation, together

        public var title: String {
            switch self {
            case .treatment: "treatment chosen"
            case .carriedOut: "what was carried out"
            case .simulation: "what the simulation favoured"
            case .together: "nothing: all together"
            }
        }

        /// Why a difference between these groups may not be one of treatment.
        public var caution: String? {
            switch self {
            case .treatment, .simulation: "Groups were chosen by a board, not by lot: they may differ in more than the treatment."
            case .carriedOut: "What was carried out shows only later, and those who do badly may be treated otherwise for it."
            case .together: nil
            }
        }
    }

    public let rule: ProgressionRule
    /// Each patient once, by the first decision.
    public let members: [Member]
    /// Later decisions on patients who count already.
    public let laterDecisions: Int

    public var nothingMeasured: Int { members.count { $0.outcome.time.end == .nothingMeasured } }
    public var events: Int { members.count(where: \.outcome.time.isEvent) }
    /// Those of whose choice the board's draws hold a forecast of progression.
    public var forecasts: [ProgressionForecast] { members.compactMap(\.outcome.forecast) }

    /// The cohorts of the decided cases, the largest first; without cases that have no outcome.
    public static func all(of cases: [FollowUpCase]) -> [BoardCohort] {
        let known = cases.compactMap { entry in entry.outcome.map { (entry: entry, outcome: $0) } }
        let criteria = Dictionary(grouping: known, by: \.outcome.rule.criterion)
        return criteria.compactMap { _, cases in BoardCohort(cases) }.sorted {
            ($1.members.count, $0.rule.criterion) < ($0.members.count, $1.rule.criterion)
        }
    }

    /// How many of the decided cases stand in no cohort: of twins that know no progression.
    public static func without(_ cases: [FollowUpCase]) -> Int { cases.count { $0.outcome == nil } }

    private init?(_ cases: [(entry: FollowUpCase, outcome: DecidedOutcome)]) {
        let ordered = cases.sorted {
            ($0.outcome.time.start.number, $0.entry.item.id) < ($1.outcome.time.start.number, $1.entry.item.id)
        }
        guard let first = ordered.first else { return nil }
        var seen: Set<String> = []
        rule = first.outcome.rule
        members = ordered.filter { seen.insert($0.entry.item.patient).inserted }.map { entry, outcome in
            Member(
                patient: entry.item.patient, item: entry.item.id, outcome: outcome, standing: entry.standing,
                carriedOut: entry.last?.carriedOut)
        }
        laterDecisions = ordered.count - members.count
    }

    /// Each member's group. Of treatments the two most frequent and, where there are more, one of the others: more curves cannot be told
    /// apart, and smaller groups say nothing.
    public func groups(_ grouping: Grouping) -> [String] {
        switch grouping {
        case .together: return members.map { _ in "all" }
        case .simulation:
            return members.map { member in
                switch member.standing {
                case .favoured: "favoured by the simulation"
                case .simulated, .notSimulated: "not the favoured one"
                case .unknown: "no simulation seen"
                }
            }
        case .carriedOut:
            return members.map { member in
                switch member.carriedOut {
                case .yes: "carried out"
                case .partly, .no: "partly or not carried out"
                case nil: "nobody has noted it"
                }
            }
        case .treatment:
            let names = members.map(\.outcome.treatment)
            let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            guard counts.count > 3 else { return names }
            let kept = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2).map(\.key)
            return names.map { kept.contains($0) ? $0 : "other treatments" }
        }
    }
}
