// Every number of the liver twin, with unit, source and how far it can be trusted.
import Numerics
import Twins

/// The population, and what the twin assumes.
///
/// - Invariant L2: every number that is ours is marked `.assumption` here or in a field, and stands in the notes of what it shaped.
enum LiverParameters {
    static let set = ClaretSet.fluorouracil
    /// Standard deviations of the logarithms of KL, KD, λ.
    static let spread = (set.variances ?? []).map { $0.squareRoot() }
    /// mm; of a measured sum about the model.
    static let residualSD = 14.9

    /// Baseline sum: nothing of the kind is in the colorectal set.
    static let baseline = (median: 90.0, sdLog: 0.683)

    /// Fluorouracil per cycle of the two-weekly backbone, g/m²: bolus and 46-hour infusion.
    static let bolus = 0.4
    static let infusion = 2.4
    /// What a gram of infused fluorouracil counts, a gram of bolus being 1.
    static let infusedEquivalence = 0.25
    /// m²; used for doses only where height or weight is missing.
    static let standardSurface = 1.8

    /// What a partner or an antibody multiplies the exposure by.
    static let partnerContribution = 1.3
    static let antibodyContribution = 1.2
    /// Share of an earlier line's resistance that a new partner meets.
    static let carriedResistance = 0.5

    /// Share of the burden treated that survives unseen, and the SD of its logarithm between patients.
    static let occult = (median: 0.05, sdLog: 1.0)
    /// What the median was set by, and what the construction gives (the evidence computes it).
    static let occultAnchor =
        "median 5 % gives 22.5 % free of recurrence at 3 years in the population (60 mm, untreated); published 22.8 %, PMC9139295"
    /// Of a measured remnant about the true one, relative.
    static let volumetrySD = 0.06
    /// Of a scan that decides on response or progression: share of the sum, and at least this many mm.
    static let scanShare = 0.10
    static let scanFloor = 2.0
    /// Below this many mm a lesion is not measurable (RECIST 1.1, CT), so a smaller sum is no progression.
    static let measurable = 10.0

    /// In the order of a draw.
    enum Place: Int, CaseIterable {
        case growth, effect, resistance, baseline, occult, hypertrophy, volumetry
        case neutrophils, transit, marrow, clearance
    }

    static let table: [Parameter] =
        [
            Parameter(
                "KL", symbol: "K_L", meaning: "growth of the sum of diameters", unit: Unit("/wk"),
                prior: .logNormal(median: set.growth, sdLog: spread[0]), source: set.source),
            Parameter(
                "KD", symbol: "K_D", meaning: "effect of a gram of (bolus) fluorouracil per week", unit: Unit("/g"),
                prior: .logNormal(median: set.effect, sdLog: spread[1]), source: set.source),
            Parameter(
                "lambda", symbol: "λ", meaning: "how fast a line of treatment loses its effect", unit: Unit("/wk"),
                prior: .logNormal(median: set.resistance, sdLog: spread[2]), source: set.source),
            Parameter(
                "y0", symbol: "y₀", meaning: "true sum of diameters at the first scan used", unit: .millimetre,
                prior: .logNormal(median: baseline.median, sdLog: baseline.sdLog),
                source: Source(
                    "assumption: the baseline of Claret 2014 (lung); the colorectal set has none, and a scan "
                        + "outweighs it", .assumption)),
            Parameter(
                "occult", symbol: "ρ", meaning: "share of treated disease that survives unseen", unit: .one,
                prior: .logNormal(median: occult.median, sdLog: occult.sdLog),
                source: Source("assumption: \(occultAnchor)", .assumption)),
            Parameter(
                "hypertrophy", symbol: "η", meaning: "growth of the remnant after embolisation, in SDs from the typical", unit: .one,
                prior: .normal(mean: 0, sd: 1),
                source: Source(
                    "Croome 2015, PMC4430776: SDs 27.2 % (embolisation) and 7.8 % "
                        + "(ALPPS)", .derived)),
            Parameter(
                "volumetry", symbol: "ν", meaning: "true remnant over measured remnant", unit: .one,
                prior: .logNormal(median: 1, sdLog: volumetrySD),
                source: Source("assumption: CT volumetry errs by 6 %", .assumption)),
        ] + marrow

    private static let marrow: [Parameter] = [
        Parameter(
            "ANC0", symbol: "N₀", meaning: "neutrophils before treatment", unit: Unit("10*9/L"),
            prior: .logNormal(median: LiverMarrow.baseline.median, sdLog: LiverMarrow.baseline.sdLog),
            source: Source(
                "Arshad 2020, leucocytes 6.86; \(LiverMarrow.shareReason); spread: the usual range 1.8 to 7.5", .assumption)),
        Parameter(
            "MTT", symbol: "MTT", meaning: "time from a proliferating cell to a circulating one", unit: Unit("h"),
            prior: .logNormal(median: LiverMarrow.transit.median, sdLog: LiverMarrow.transit.sdLog),
            source: Source("Arshad 2020; assumption: patients vary by 16 %", .assumption)),
        Parameter(
            "marrow", symbol: "σ_m", meaning: "effect of fluorouracil on the marrow over the set's", unit: .one,
            prior: .logNormal(median: 1, sdLog: LiverMarrow.slopeSD),
            source: Source("assumption: patients vary as with docetaxel (Kloft 2006, SD of the logarithm 0.42)", .assumption)),
        Parameter(
            "clearance", symbol: "c", meaning: "clearance of fluorouracil over the typical", unit: .one,
            prior: .logNormal(median: 1, sdLog: LiverMarrow.clearanceSD),
            source: Source("Yamada 2025, 10.1007/s00280-025-04808-2: CV 34.4 %", .excerpt)),
    ]

    static let constants: [Parameter] = [
        fixed("residual-sd", "σ", "SD of a measured sum about the model", .millimetre, residualSD, set.source),
        fixed("bolus", "d_b", "bolus fluorouracil per cycle", Unit("g/m2"), bolus, Source("mFOLFOX6 and FOLFIRI, 400 mg/m²", .recalled)),
        fixed(
            "infusion", "d_i", "infused fluorouracil per cycle", Unit("g/m2"), infusion,
            Source("mFOLFOX6 and FOLFIRI, 2400 mg/m²", .recalled)),
        fixed(
            "infused-equivalence", "q", "what an infused gram counts against a bolus gram", .one, infusedEquivalence,
            Source(
                "assumption: makes a two-weekly backbone 0.9 g per week at 1.8 m²; KD was estimated at 3.825 g per 4 weeks = "
                    + "0.96 g per week. "
                    + "At face value (2.5 g per week) fluorouracil alone would shrink tumours by two thirds in 12 weeks", .assumption)),
        fixed(
            "contribution-partner", "m", "oxaliplatin or irinotecan, in past treatment", .one, partnerContribution,
            Source("assumption: no FOLFOX or FOLFIRI set was found; both alike, so that the twin prefers neither", .assumption)),
        fixed(
            "contribution-antibody", "b", "bevacizumab or anti-EGFR, in past treatment", .one, antibodyContribution,
            Source("assumption: adds about 4 weeks to the time to growth; published for bevacizumab: PFS HR 0.68", .assumption)),
        fixed(
            "carried-resistance", "κ", "resistance carried over to a new partner drug, in past treatment", .one, carriedResistance,
            Source("assumption: Claret has one line only; half lies between a fresh start and none", .assumption)),
        fixed(
            "scan-sd", "σ_s", "reading error of a scan that decides on response, share of the sum (at least 2 mm)", .one, scanShare,
            Source("assumption: RECIST's 20 % is meant to exceed it; the residual SD holds the model's misfit too", .assumption)),
        fixed(
            "standard-surface", "BSA", "body surface where height or weight is missing", .squareMetre, standardSurface,
            Source("assumption: 3.825 g is 5 × 425 mg/m² at 1.8 m²", .assumption)),
        fixed("gamma", "γ", "feedback of the circulating neutrophils", .one, LiverMarrow.alone.feedback, LiverMarrow.alone.source),
        fixed(
            "slope", "S", "effect of fluorouracil on the marrow", LiverMarrow.alone.slopeUnit, LiverMarrow.alone.slope,
            LiverMarrow.alone.source),
        fixed(
            "slope-platinum", "S", "the same beside cisplatin", LiverMarrow.withPlatinum.slopeUnit, LiverMarrow.withPlatinum.slope,
            LiverMarrow.withPlatinum.source),
        fixed(
            "CL-marrow", "CL", "clearance of fluorouracil that the slopes belong to", Unit("L/h"), LiverMarrow.alone.kinetics.clearance,
            LiverMarrow.alone.kinetics.source),
        fixed(
            "CL-fluorouracil", "CL", "clearance of fluorouracil for its exposure", Unit("L/h"), DrugKinetics.fluorouracil.clearance,
            DrugKinetics.fluorouracil.source),
        fixed(
            "CL-platinum", "CL", "clearance of free platinum", Unit("L/h"), DrugKinetics.freePlatinum.clearance,
            DrugKinetics.freePlatinum.source),
        fixed(
            "CL-bevacizumab", "CL", "clearance of bevacizumab, woman of 70 kg, albumin 39 g/L, alkaline phosphatase 109 U/L", Unit("L/h"),
            Bevacizumab.kinetics(weight: Bevacizumab.reference.weight, isMale: false).clearance, Bevacizumab.source),
        fixed(
            "count-sd", "σ_N", "SD of the logarithm of a neutrophil count about a person's baseline", .one, LiverMarrow.countSD,
            Source("assumption: counts of one person vary by a quarter", .assumption)),
        fixed(
            "pve-extent", "H",
            "growth of the remnant after portal vein embolisation, "
                + "final share", .one, HypertrophyKinetics.portalVein.extent,
            Source("derived from Croome 2015 (PMC4430776), τ 14 d assumed: +36.0 % at 36.7 d", .derived)),
        fixed(
            "alpps-extent", "H", "growth of the remnant after ALPPS, final share", .one, HypertrophyKinetics.alpps.extent,
            Source("derived from Croome 2015 (PMC4430776), τ 5 d assumed: +84.3 % at 7.8 d", .derived)),
    ]

    private static func fixed(
        _ name: String, _ symbol: String, _ meaning: String, _ unit: Unit, _ value: Double, _ source: Source
    ) -> Parameter {
        Parameter(name, symbol: symbol, meaning: meaning, unit: unit, prior: .fixed(value), source: source)
    }
}
