// The interventions of the liver board, as forms: every field with its unit, limits, standard, and what is published about it.
import Twins

extension LiverMetastases {
    static let kinds: [InterventionKind] = [systemic, resection, ablation, lesion, embolisation]

    static let systemic = InterventionKind(
        "systemic", "Systemic treatment",
        help: "Fluorouracil backbone in two-weekly cycles. The published parameters are fluorouracil's alone; what is added is "
            + "an assumption.",
        fields: [
            start("First cycle"),
            Field(
                "backbone", "Backbone",
                .choice([.init("folfox", "FOLFOX"), .init("folfiri", "FOLFIRI"), .init("5-fu", "5-FU alone")]), standard: .choice("folfox"),
                source: Source("Claret 2009, 5-FU arm", .excerpt)),
            number("cycles", "Cycles", .count, 1...60, 1, 6, Source("usual before an operation", .recalled)),
            number("interval", "Interval between cycles", .day, 7...56, 1, 14, Source("mFOLFOX6, FOLFIRI", .recalled)),
            number("intensity", "Dose intensity", .percent, 10...120, 5, 100, Source("full dose", .recalled)),
            Field(
                "bevacizumab", "Bevacizumab", .flag, standard: .flag(false), source: Source("meta-analysis PMC4058184", .excerpt),
                help: "Published, first line: \(LiverAddition.bevacizumabRatios)."),
            Field(
                "anti-egfr", "Anti-EGFR antibody", .flag, standard: .flag(false), source: Source("label: RAS wild type only", .recalled),
                help: "Cetuximab or panitumumab; RAS wild type only. Our sources hold no hazard ratio."),
            contribution(
                "oxaliplatin-contribution", "Oxaliplatin multiplies exposure by", LiverParameters.partnerContribution,
                "1 = adds nothing. Our sources hold no hazard ratio of FOLFOX against fluorouracil alone."),
            contribution(
                "irinotecan-contribution", "Irinotecan multiplies exposure by", LiverParameters.partnerContribution,
                "1 = adds nothing. Our sources hold no hazard ratio of FOLFIRI against fluorouracil alone."),
            contribution(
                "bevacizumab-contribution", "Bevacizumab multiplies exposure by", LiverParameters.antibodyContribution,
                "1 = adds nothing. Published, first line: \(LiverAddition.bevacizumabRatios)."),
            contribution(
                "anti-egfr-contribution", "Anti-EGFR multiplies exposure by", LiverParameters.antibodyContribution,
                "1 = adds nothing. Our sources hold no hazard ratio; equal to bevacizumab's until the board says otherwise."),
            number(
                "carried-resistance", "Resistance carried over from an earlier line", .percent, 0...100, 10,
                LiverParameters.carriedResistance * 100,
                Source("assumption: Claret has one line only; half lies between a fresh start and none", .assumption),
                "Counts only when oxaliplatin or irinotecan is new to the patient: 0 % = starts afresh, 100 % = no gain."),
            number(
                "hold-threshold", "Hold while neutrophils are below", Unit("10*9/L"), 0...3, 0.1, 1.5,
                Source("usual for the next cycle of FOLFOX and FOLFIRI", .recalled), "0 = give every cycle on its day."),
            number("delay", "A held cycle is looked at again after", .day, 7...28, 7, 7, Source("usual practice", .recalled)),
            Field(
                "marrow", "Effect on the marrow", .choice(LiverMarrow.Choice.allCases.map { .init($0.rawValue, $0.label) }),
                standard: .choice("backbone"), source: LiverMarrow.alone.source,
                help:
                    "Slopes 1.17 L/mg alone, 2.82 with cisplatin. As the backbone: FOLFOX with the platinum's, the others alone (assumption)."
            ),
        ])

    static let resection = InterventionKind(
        "resection", "Resection",
        help: "Removes disease at a date. What survives unseen grows on; the liver's own regrowth afterwards is not modelled.",
        fields: [
            start("Operation", standard: 84),
            Field(
                "when", "When", .choice([.init("date", "On that day"), .init("remnant", "As soon as the remnant suffices")]),
                standard: .choice("date"), source: Source("the board's plan", .assumption),
                help: "As soon as: looked at from that day on (a week after an embolisation at the earliest), weekly, "
                    + "\(LiverOperation.longestWait) times at most; after an embolisation it must also have grown 2.0 %/week."),
            number("removed", "Disease removed", .percent, 5...100, 5, 100, Source("the plan of the operation", .assumption)),
            number(
                "remnant", "Planned remnant, measured now", .millilitre, 0...3000, 10, 0, Source("CT volumetry of the record", .verified),
                "0 = the volume measured in the record."),
            residual("Share that survives unseen, median"),
            hold(4),
        ])

    static let ablation = InterventionKind(
        "ablation", "Ablation",
        help: "COLLISION (≤ 3 cm, ≤ 10 lesions): OS HR 1.04 (0.69–1.58) against resection; a meta-analysis finds more recurrence, "
            + "OR 1.66 (1.06–2.62). The twin does not tell the two apart unless the field below does.",
        fields: [
            start("Ablation", standard: 84),
            number(
                "treated", "Disease ablated", .percent, 5...100, 5, 100, Source("the plan of the ablation", .assumption),
                "Share of the sum of diameters."),
            residual("Share that survives unseen, median"),
            hold(1),
        ])

    static let embolisation = InterventionKind(
        "embolisation", "Growth of the remnant",
        help: "Closes the portal branch of the side to be removed; the remnant grows until the resection.",
        fields: [
            start("Procedure", standard: 42),
            Field(
                "technique", "Technique", .choice([.init("pve", "Portal vein embolisation"), .init("alpps", "ALPPS")]),
                standard: .choice("pve"),
                source: Source("Croome 2015, PMC4430776: +36.0 ± 27.2 % and +84.3 ± 7.8 %", .excerpt),
                help: "Typical growth: embolisation +36.0 % at 36.7 days, ALPPS +84.3 % at 7.8 days."),
        ])

    private static func start(_ label: String, standard: Double = 0) -> Field {
        number("start", label, .day, 0...1095, 7, standard, Source("the board's plan", .assumption), "Days from now.")
    }

    private static func number(
        _ id: String, _ label: String, _ unit: Unit, _ limits: ClosedRange<Double>, _ step: Double, _ standard: Double, _ source: Source,
        _ help: String = ""
    ) -> Field {
        Field(id, label, .number(unit: unit, limits: limits, step: step), standard: .number(standard), source: source, help: help)
    }

    private static func contribution(_ id: String, _ label: String, _ standard: Double, _ help: String) -> Field {
        number(
            id, label, .one, 0.5...3, 0.05, standard,
            Source(
                "assumption: no tumour growth set of this combination "
                    + "was found", .assumption), help)
    }

    private static func residual(_ label: String) -> Field {
        number(
            "residual", label, .percent, 0...100, 1, LiverParameters.occult.median * 100,
            Source("assumption: \(LiverParameters.occultAnchor)", .assumption),
            "Patients vary about it (SD of the logarithm 1.0).")
    }

    private static func hold(_ weeks: Double) -> Field {
        number(
            "hold", "No drug before and after", .week, 0...12, 1, weeks, Source("usual practice", .recalled),
            "Cycles that would begin within it are put off until after it.")
    }
}

/// The interventions of a completed scenario, as values.
struct LiverRegimen: Hashable, Sendable {
    var start: Double
    var backbone: String
    var cycles: Int
    var interval: Double
    var isBevacizumabGiven: Bool
    var isAntiEGFRGiven: Bool
    /// What is given beside fluorouracil.
    var additions: [LiverAddition] = []
    /// g per week in the week of a cycle, at 1 m², times all contributions and the intensity.
    var exposurePerSurface: Double
    /// Share of the full dose.
    var intensity: Double
    var carried: Double
    /// 10⁹/L; a cycle is held while neutrophils are below it, and looked at again after so many days.
    var threshold: Double
    var delay: Double
    var marrow: LiverMarrow.Choice

    var partner: LiverPartner { backbone == "folfox" ? .oxaliplatin : backbone == "folfiri" ? .irinotecan : .none }
    var label: String {
        let name = backbone == "folfox" ? "FOLFOX" : backbone == "folfiri" ? "FOLFIRI" : "5-FU"
        return name + (isBevacizumabGiven ? " + bev" : "") + (isAntiEGFRGiven ? " + anti-EGFR" : "") + " ×\(cycles)"
    }

    /// Nil for another kind of intervention.
    init?(_ intervention: Intervention) {
        guard intervention.kind == "systemic" else { return nil }
        let values = intervention.values
        func number(_ name: String) -> Double { values[name]?.number ?? 0 }
        start = number("start")
        backbone = values["backbone"]?.choice ?? "5-fu"
        cycles = Int(number("cycles").rounded())
        interval = number("interval")
        isBevacizumabGiven = values["bevacizumab"]?.flag ?? false
        isAntiEGFRGiven = values["anti-egfr"]?.flag ?? false
        carried = number("carried-resistance") / 100
        intensity = number("intensity") / 100
        threshold = number("hold-threshold")
        delay = number("delay")
        marrow = values["marrow"]?.choice.flatMap { LiverMarrow.Choice(rawValue: $0) } ?? .backbone
        if backbone == "folfox" { additions.append(.oxaliplatin(number("oxaliplatin-contribution"))) }
        if backbone == "folfiri" { additions.append(.irinotecan(number("irinotecan-contribution"))) }
        if isBevacizumabGiven { additions.append(.bevacizumab(number("bevacizumab-contribution"))) }
        if isAntiEGFRGiven { additions.append(.antiEGFR(number("anti-egfr-contribution"))) }
        exposurePerSurface = additions.reduce(Self.exposure(bodySurface: 1) * intensity) { $0 * $1.factor }
    }

    /// For how many days the exposure of a cycle counts.
    var windowDays: Double { min(7, interval) }
    /// L/mg.
    var slope: Double { marrow.slope(with: partner) }

    /// Bolus-equivalent grams of fluorouracil in the week of a cycle.
    static func exposure(bodySurface: Double) -> Double {
        (LiverParameters.bolus + LiverParameters.infusion * LiverParameters.infusedEquivalence) * bodySurface
    }
}

/// A drug beside fluorouracil, and by how much it is assumed to multiply fluorouracil's exposure.
struct LiverAddition: Hashable, Sendable {
    var name: String
    var factor: Double
    /// What is published of it, to stand beside the assumption.
    var published: String

    static let bevacizumabRatios = "PFS HR 0.68 (0.59–0.78), OS HR 0.89 (0.78–1.02), PMC4058184"
    private static let none = "no hazard ratio in our sources"

    static func oxaliplatin(_ factor: Double) -> LiverAddition { LiverAddition(name: "oxaliplatin", factor: factor, published: none) }
    static func irinotecan(_ factor: Double) -> LiverAddition { LiverAddition(name: "irinotecan", factor: factor, published: none) }
    static func antiEGFR(_ factor: Double) -> LiverAddition { LiverAddition(name: "anti-EGFR", factor: factor, published: none) }
    static func bevacizumab(_ factor: Double) -> LiverAddition {
        LiverAddition(name: "bevacizumab", factor: factor, published: "published, first line: " + bevacizumabRatios)
    }
    /// A partner as past treatment counts it; nil for none.
    static func standard(_ partner: LiverPartner) -> LiverAddition? {
        switch partner {
        case .oxaliplatin: .oxaliplatin(LiverParameters.partnerContribution)
        case .irinotecan: .irinotecan(LiverParameters.partnerContribution)
        case .none: nil
        }
    }
}

/// A resection or an ablation.
struct LiverRemoval: Hashable, Sendable {
    var isResection: Bool
    var start: Double
    /// Not on a date: in each draw as soon as its remnant suffices, from `start` on.
    var isByRule: Bool
    var share: Double
    /// Median share that survives unseen, percent, and its ratio to the assumed one.
    var residual: Double
    var residualFactor: Double
    /// mL; nil: the record's.
    var remnant: Double?
    var holdDays: Double
    /// Those that it takes away, if the scenario lists them.
    var lesions: [LiverLesion] = []
    /// Share of the disease that no listed removal has touched before.
    var untouched = 1.0

    init?(_ intervention: Intervention) {
        guard ["resection", "ablation"].contains(intervention.kind) else { return nil }
        isResection = intervention.kind == "resection"
        func number(_ name: String) -> Double { intervention.values[name]?.number ?? 0 }
        start = number("start")
        isByRule = isResection && intervention.values["when"]?.choice == "remnant"
        share = number(isResection ? "removed" : "treated") / 100
        residual = number("residual")
        residualFactor = residual / 100 / LiverParameters.occult.median
        remnant = isResection && number("remnant") > 0 ? number("remnant") : nil
        holdDays = number("hold") * 7
    }
}

/// A portal vein embolisation or ALPPS.
struct LiverEmbolisation: Hashable, Sendable {
    var start: Double
    var kinetics: HypertrophyKinetics

    init?(_ intervention: Intervention) {
        guard intervention.kind == "embolisation" else { return nil }
        start = intervention.values["start"]?.number ?? 0
        kinetics = intervention.values["technique"]?.choice == "alpps" ? .alpps : .portalVein
    }
}
