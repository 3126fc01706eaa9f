// The policies of a dosing board, as forms: every field with its unit, limits, standard, and where that comes from.
import Twins

extension TumourAvatar {
    static let kinds: [InterventionKind] = [continuous, intermittent, metronomic, adaptive, change]

    static let continuous = InterventionKind(
        "continuous", "Continuous drug", help: "The drug at full dose without a pause. Without any intervention no drug is given.",
        fields: [start("First day")])

    static let intermittent = InterventionKind(
        "intermittent", "Intermittent drug", help: "Fixed weeks with and without the drug, whatever the marker does.",
        fields: [
            start("First day with the drug"),
            number("on", "Weeks with the drug", .week, 1...104, 1, 8, Source("assumption: no schedule is standard", .assumption)),
            number("off", "Weeks without", .week, 1...104, 1, 8, Source("assumption: no schedule is standard", .assumption)),
        ])

    static let metronomic = InterventionKind(
        "metronomic", "Metronomic drug",
        help: "A long first course, a pause, then short courses at fixed intervals, whatever the marker does.",
        fields: [
            start("First day with the drug"),
            number("induction", "Weeks of the first course", .week, 1...156, 1, 24, proportions),
            number("pause", "Weeks without after it", .week, 1...156, 1, 36, proportions),
            number("on", "Weeks of each later course", .week, 1...104, 1, 6, proportions),
            number("off", "Weeks without between them", .week, 1...104, 1, 24, proportions),
        ])

    private static let proportions = Source(
        "assumption: Zhang 2017's metronomic arm (800 steps with the drug, 1,200 without, then 200 of every 1,000) at 24 weeks for the first course",
        .assumption)

    static let adaptive = InterventionKind(
        "adaptive", "Adaptive drug",
        help: "Stops the drug once the marker has fallen far enough and gives it again once it is back. The reference is the marker as the "
            + "drug was first given, or today's where it never was.",
        fields: [
            start("First look at the marker"),
            number(
                "off-below", "Stop below", .percent, 1...99, 5, 50, Source("Zhang 2017, Zhang 2022, Strobl 2021: half", .excerpt),
                "Percent of the reference."),
            number(
                "on-above", "Give again above", .percent, 10...200, 5, 100, Source("Zhang 2022, Strobl 2021: the whole", .excerpt),
                "Percent of the reference; more than «Stop below»."),
            number(
                "interval", "Days between looks", .day, 1...28, 7, 28, Source("PSA about monthly in Zhang 2022", .excerpt),
                "Strobl 2021 looks every day. Between two looks the marker can run past the limits."),
            Field(
                "first", "At the first look", .choice([.init("on", "Give the drug"), .init("as-now", "Go on as today")]),
                standard: .choice("on"), source: Source("Strobl 2021: begins with the drug", .excerpt)),
        ])

    static let change = InterventionKind(
        "switch", "Switch to a second drug",
        help:
            "The second drug takes the first one's place, without pauses. It is as strong as the first against the cells that it reaches.",
        fields: [
            Field(
                "drug", "Second drug", .choice([.init("other", "Another drug"), .init("docetaxel", "Docetaxel")]),
                standard: .choice("other"), source: Source("the board's plan", .assumption),
                help: "Of docetaxel the neutrophils are shown by both published sets; the tumour's course is the same."),
            number(
                "dose", "Dose of docetaxel", Unit("mg/m2"), 30...100, 5, 75, Source("usual, every three weeks", .recalled),
                "Counts for docetaxel only."),
            Field(
                "when", "When", .choice([.init("progression", "At progression"), .init("date", "On a day")]),
                standard: .choice("progression"),
                source: Source("the board's plan", .assumption), help: "At progression each draw switches on its own day."),
            number("start", "Day, if on a day", .day, 0...1095, 7, 180, Source("the board's plan", .assumption), "Days from now."),
            number(
                "reaches", "Resistant cells it reaches", .percent, 0...100, 10, 50,
                Source(
                    "assumption: no share is published for this twin's clones; half lies between full and no cross-resistance", .assumption),
                "The others resist both drugs from then on."),
        ])

    private static func start(_ label: String) -> Field {
        number("start", label, .day, 0...1095, 7, 0, Source("the board's plan", .assumption), "Days from now; until then no drug.")
    }

    private static func number(
        _ id: String, _ label: String, _ unit: Unit, _ limits: ClosedRange<Double>, _ step: Double, _ standard: Double, _ source: Source,
        _ help: String = ""
    ) -> Field {
        Field(id, label, .number(unit: unit, limits: limits, step: step), standard: .number(standard), source: source, help: help)
    }
}

/// How the first drug is dosed from a day on.
struct AvatarPolicy: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case continuous
        /// Days with the drug and without.
        case intermittent(on: Double, off: Double)
        /// Days of the first course and of the pause after it, then of each later course and pause.
        case metronomic(induction: Double, pause: Double, on: Double, off: Double)
        /// Shares of the reference, and days between looks.
        case adaptive(low: Double, high: Double, interval: Double, goesOn: Bool)
    }
    var start: Double
    var kind: Kind

    /// Nil for another kind of intervention; it must be completed.
    init?(_ intervention: Intervention) {
        let values = intervention.values
        func number(_ name: String) -> Double { values[name]?.number ?? 0 }
        start = number("start")
        switch intervention.kind {
        case "continuous": kind = .continuous
        case "intermittent": kind = .intermittent(on: 7 * number("on"), off: 7 * number("off"))
        case "metronomic":
            kind = .metronomic(
                induction: 7 * number("induction"), pause: 7 * number("pause"), on: 7 * number("on"), off: 7 * number("off"))
        case "adaptive":
            kind = .adaptive(
                low: number("off-below") / 100, high: number("on-above") / 100, interval: max(1, number("interval")),
                goesOn: values["first"]?.choice == "as-now")
        default: return nil
        }
    }

    var label: String {
        switch kind {
        case .continuous: "continuous"
        case .intermittent(let on, let off): "\(Int(on / 7)) weeks on, \(Int(off / 7)) off"
        case .metronomic(let induction, let pause, let on, let off):
            "\(Int(induction / 7)) weeks on, \(Int(pause / 7)) off, then \(Int(on / 7)) on, \(Int(off / 7)) off"
        case .adaptive(let low, let high, let interval, _):
            "adaptive: off below \(Int((100 * low).rounded())) %, on above \(Int((100 * high).rounded())) %, every \(Int(interval)) days"
        }
    }
}

/// A second drug in the first one's place.
struct AvatarSwitch: Hashable, Sendable {
    /// Nil: at progression.
    var day: Double?
    /// Share of the resistant cells.
    var reached: Double
    /// mg/m²; nil: the drug is another one.
    var docetaxelDose: Double?

    init?(_ intervention: Intervention) {
        guard intervention.kind == "switch" else { return nil }
        day = intervention.values["when"]?.choice == "date" ? intervention.values["start"]?.number ?? 0 : nil
        reached = (intervention.values["reaches"]?.number ?? 0) / 100
        docetaxelDose = intervention.values["drug"]?.choice == "docetaxel" ? intervention.values["dose"]?.number : nil
    }
}
