// What a board can do: an antibody that slows the disease time, a symptomatic drug that adds points while it is taken.
import Twins

extension AlzheimerCourse {
    public var interventionKinds: [InterventionKind] { Self.kinds }

    static let antibody = "antibody"
    static let symptomatic = "symptomatic"

    private static func start(_ source: String) -> Field {
        Field(
            "start", "Start", .number(unit: .day, limits: 0...1095, step: 7), standard: .number(0),
            source: Source(source, .assumption), help: "Days from now; the past is in the patient's own measurements.")
    }

    private static let kinds = [
        InterventionKind(
            antibody, "Anti-amyloid antibody", help: "Slows the disease time of every feature while it is given; nothing is won back.",
            fields: [
                start("treatment from today"),
                Field(
                    "drug", "Drug",
                    .choice(AntibodyTrial.all.map { Field.Choice($0.id, $0.label) } + [Field.Choice("other", "another antibody")]),
                    standard: .choice(AntibodyTrial.lecanemab.id), source: Source("the first one published", .assumption),
                    help: "Decides only which trial's ARIA and infusion risks are shown; set the slowing yourself."),
                Field(
                    "slowing", "Slowing", .number(unit: .one, limits: 0...1, step: 0.01), standard: .number(AlzheimerAnchors.slowing),
                    source: AlzheimerAnchors.slowingSource, help: AlzheimerAnchors.slowingHelp),
                Field(
                    "duration", "Duration", .number(unit: .month, limits: 1...120, step: 1),
                    standard: .number(AlzheimerAnchors.antibodyMonths), source: AlzheimerAnchors.antibodyMonthsSource,
                    help: "After it the disease runs at its own pace again; the time saved is kept (assumption)."),
            ]),
        InterventionKind(
            symptomatic, "Symptomatic drug", help: "Adds points while it is taken and nothing afterwards; the disease goes on beneath.",
            fields: [
                start("treatment from today"),
                Field(
                    "mmse", "MMSE gained", .number(unit: .score, limits: 0...6, step: 0.5),
                    standard: .number(AlzheimerAnchors.symptomaticMMSE), source: AlzheimerAnchors.symptomaticSource,
                    help: AlzheimerAnchors.symptomaticHelp),
                Field(
                    "faq", "FAQ gained", .number(unit: .score, limits: 0...6, step: 0.5), standard: .number(0),
                    source: Source("no effect on daily function unless the board enters one", .assumption),
                    help: "Points by which the FAQ is lower (better) while the drug is taken."),
                Field(
                    "duration", "Duration", .number(unit: .month, limits: 1...120, step: 1), standard: .number(36),
                    source: Source("taken throughout the forecast", .assumption), help: "At its end the points are lost at once."),
            ]),
    ]

    /// Kinds, types and limits; one antibody and two symptomatic drugs at most, and a birth date.
    public func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError) {
        do { _ = try completed(scenario) } catch { throw .scenario(error) }
        for (kind, limit) in [(Self.antibody, 1), (Self.symptomatic, 2)]
        where scenario.interventions.count(where: { $0.kind == kind }) > limit {
            throw .scenario(.repeated(intervention: kind, limit: limit))
        }
        _ = try age(of: subject)
    }

    /// The natural course, the antibody from now, the symptomatic drug.
    public func suggestedScenarios(for subject: Subject) -> [Scenario] {
        [
            Scenario(name: "Natural course", interventions: []),
            Scenario(
                name: "Antibody from now",
                interventions: Self.kinds.filter { $0.id == Self.antibody }.map(\.standardIntervention)),
            Scenario(
                name: "Symptomatic drug",
                interventions: Self.kinds.filter { $0.id == Self.symptomatic }.map(\.standardIntervention)),
        ]
    }

    public func ensemble(_ draws: Draws, scenario: Scenario, subject: Subject) throws(TwinError) -> AlzheimerEnsemble {
        AlzheimerEnsemble(draws, clock: DiseaseClock(scenario, age: try age(of: subject)))
    }

    public func marks(of scenario: Scenario) -> [ForecastMark] {
        scenario.interventions.flatMap { intervention -> [ForecastMark] in
            let period = DiseaseClock.Period(intervention)
            let label = intervention.kind == Self.antibody ? Self.drugLabel(intervention) : "symptomatic drug"
            return [
                ForecastMark(day: period.start, kind: .treatmentStart, label: label),
                ForecastMark(day: period.end, kind: .treatmentEnd, label: "end of \(label)"),
            ]
        }
    }

    public func notes(on scenario: Scenario, for subject: Subject) -> [String] {
        var notes: [String] = []
        for intervention in scenario.interventions {
            if intervention.kind == Self.antibody {
                notes.append("assumption: slowing of CDR-SB in the trial is taken as slowing of disease time, for every feature alike")
                notes.append("assumption: the slowing is the same for every draw; the trial's own interval is not in the band")
                notes.append("amyloid status, APOE genotype and anticoagulation are not in the model: eligibility is the board's to check")
            } else {
                notes.append("assumption: the symptomatic drug's effect was entered by the board; the disease beneath does not change")
            }
        }
        for finding in domain(of: subject) where !finding.isInside {
            notes.append("outside the model's domain: \(finding.input) \(finding.found) (\(finding.domain))")
        }
        return notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    static func drugLabel(_ intervention: Intervention) -> String {
        let drug = intervention.values["drug"]?.choice ?? AntibodyTrial.lecanemab.id
        return AntibodyTrial.all.first { $0.id == drug }?.label ?? "antibody"
    }
}

/// The patient's clock under a scenario: how much disease time an antibody has taken away, and what a symptomatic drug adds.
///
/// - Invariant A2: time saved at day d is Σ s·(days of treatment up to d): rt = e^ξ·[(t₀ − τ) + (1 − s)(t − t₀)] while treated, and
///   after the end the slope is 1 again and the time saved is kept.
struct DiseaseClock: Sendable {
    struct Period: Sendable {
        /// Days from «now».
        let start: Double
        let end: Double

        init(_ intervention: Intervention) {
            start = intervention.values["start"]?.number ?? 0
            end = start + (intervention.values["duration"]?.number ?? 0) * DayCount.month
        }
        /// Days of the period that have passed at a day.
        func elapsed(_ day: Double) -> Double { min(max(day - start, 0), end - start) }
        /// The start belongs to it, the end does not.
        func contains(_ day: Double) -> Bool { day >= start && day < end }
    }

    /// At «now», years.
    let age: Double
    let slowings: [(period: Period, share: Double)]
    /// Points added to the shown value of a feature.
    let reliefs: [(period: Period, feature: Int, points: Double)]

    /// From a complete scenario.
    init(_ scenario: Scenario, age: Double) {
        self.age = age
        slowings = scenario.interventions.filter { $0.kind == AlzheimerCourse.antibody }.map {
            (Period($0), $0.values["slowing"]?.number ?? 0)
        }
        reliefs = scenario.interventions.filter { $0.kind == AlzheimerCourse.symptomatic }.flatMap {
            let period = Period($0)
            return [
                (period, AlzheimerCourse.place("mmse"), $0.values["mmse"]?.number ?? 0),
                (period, AlzheimerCourse.place("faq"), -($0.values["faq"]?.number ?? 0)),
            ]
        }
    }

    /// Disease time that the treatment has taken away up to a day, in days (A2).
    func saved(day: Double) -> Double { slowings.reduce(0) { $0 + $1.share * $1.period.elapsed(day) } }

    /// The age at which the untreated patient would stand where this one stands, years.
    func effectiveAge(day: Double) -> Double { age + (day - saved(day: day)) / DayCount.year }

    /// Points that drugs add to a feature's shown value on a day.
    func relief(feature: Int, day: Double) -> Double {
        reliefs.reduce(0) { $0 + ($1.feature == feature && $1.period.contains(day) ? $1.points : 0) }
    }

    /// The day, or the corner of the clock that it misses by no more than the rounding of an age in years turned into days: a treatment
    /// that starts on day 10 has started at the age of day 10.
    func snapped(_ day: Double) -> Double { corners.first { abs($0 - day) < 1e-6 } ?? day }

    /// Days at which the clock's slope or the relief changes, rising.
    var corners: [Double] { (slowings.map(\.period) + reliefs.map(\.period)).flatMap { [$0.start, $0.end] }.sorted() }
}
