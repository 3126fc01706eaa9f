// The fitted population of the Alzheimer course twin and the published anchors of its treatments, each with its source.
// Contains data of leaspy 2.1.0, (c) INRIA / Aramis Lab, Clear BSD License: LICENSES/leaspy.txt
import Twins

/// One of the seven measured features, as the population knows it.
struct AlzheimerFeature: Sendable {
    let id: String
    let label: String
    /// The logarithm of g: at the population's time of reference the feature stands at 1/(1+g). No unit.
    let logG: Double
    /// The logarithm of v0, the speed at that moment, in 1/year.
    let logSpeed: Double
    /// Standard deviation of one measurement, on the severity scale from 0 (healthy) to 1 (worst).
    let noise: Double
}

/// The population: `alzheimer-model_parameters.json` of leaspy 2.1.0.
///
/// leaspy is © Inria / Aramis Lab, BSD-3-Clause-Clear; the numbers were fitted by its authors (MCMC-SAEM) on an ADNI-like cohort.
enum AlzheimerPopulation {
    static let source = Source(
        "leaspy 2.1.0, alzheimer-model_parameters.json (BSD-3-Clause-Clear, Inria / Aramis Lab); "
            + "method: Koval et al. 2021, Sci Rep 11:8020",
        .verified)

    static let features: [AlzheimerFeature] = [
        AlzheimerFeature(
            id: "e-cog-subject", label: "E-Cog, patient", logG: 1.0201778411865234, logSpeed: -4.152715682983398,
            noise: 0.17298844456672668),
        AlzheimerFeature(
            id: "e-cog-study-partner", label: "E-Cog, partner", logG: 0.3164330720901489, logSpeed: -2.4162063598632812,
            noise: 0.08435539901256561),
        AlzheimerFeature(
            id: "mmse", label: "MMSE", logG: 1.8107243776321411, logSpeed: -3.6669223308563232, noise: 0.0674661174416542),
        AlzheimerFeature(
            id: "ravlt", label: "RAVLT", logG: -0.6521825790405273, logSpeed: -3.4589483737945557, noise: 0.09784171730279922),
        AlzheimerFeature(
            id: "faq", label: "FAQ", logG: 1.381809949874878, logSpeed: -2.5830576419830322, noise: 0.0685974508523941),
        AlzheimerFeature(
            id: "fdg-pet", label: "FDG PET", logG: -0.24459393322467804, logSpeed: -3.7795472145080566,
            noise: 0.0822504535317421),
        AlzheimerFeature(
            id: "hippocampus", label: "Hippocampus", logG: 0.03657829388976097, logSpeed: -3.7707912921905518,
            noise: 0.04291270300745964),
    ]

    /// `betas_mean`: how each source moves the features, in the basis orthogonal to the speed; a row a direction, a column a source.
    static let betas: [[Double]] = [
        [-0.013509521260857582, -0.07490315288305283],
        [0.033178094774484634, 0.06326903402805328],
        [0.0025622297544032335, 0.07876072824001312],
        [0.045253947377204895, 0.02108382247388363],
        [0.07026966661214828, 0.09105658531188965],
        [-0.07843376696109772, 0.12308010458946228],
    ]

    /// Age at the population's time of reference, years.
    static let tauMean = 77.15788269042969
    /// Standard deviation of the patient's time of reference, years.
    static let tauSD = 8.441839218139648
    /// Standard deviation of the logarithm of the patient's pace. No unit.
    static let xiSD = 0.6068795323371887
    /// Standard deviation of a source. No unit.
    static let sourceSD = 1.0

    /// Ages at the visits of the cohort that comes with the parameters, years: 200 patients, 1,975 visits.
    static let ages = 55.1...96.5

    /// The course map that these numbers define; the mixing matrix is computed from the betas by Householder's reflection.
    static let map = CourseMap(
        logG: features.map(\.logG), logSpeed: features.map(\.logSpeed), betas: betas, noise: features.map(\.noise),
        tauMean: tauMean, tauSD: tauSD, xiSD: xiSD)
}

/// What the trials of the antibodies reported.
struct AntibodyTrial: Sendable {
    let id: String
    let label: String
    /// Patients with the event, and patients observed, on the antibody and on placebo.
    let edema: (treated: Counts, placebo: Counts)
    let infusion: (treated: Counts, placebo: Counts)
    let source: Source

    struct Counts: Sendable {
        let events: Double
        let patients: Double
    }

    /// van Dyck et al. 2023, CLARITY AD, 18 months. Counts are the published percentages of 898 and 897: 12.6 and 1.7 %, 26.4 and 7.4 %.
    static let lecanemab = AntibodyTrial(
        id: "lecanemab", label: "lecanemab",
        edema: (Counts(events: 113, patients: 898), Counts(events: 15, patients: 897)),
        infusion: (Counts(events: 237, patients: 898), Counts(events: 66, patients: 897)),
        source: Source(
            "van Dyck 2023, NEJM 388:9, 10.1056/NEJMoa2212948: ARIA-E 12.6 % vs 1.7 %, infusion reactions 26.4 % vs 7.4 %", .excerpt))

    /// Sims et al. 2023, TRAILBLAZER-ALZ 2, 76 weeks, table 3.
    static let donanemab = AntibodyTrial(
        id: "donanemab", label: "donanemab",
        edema: (Counts(events: 205, patients: 853), Counts(events: 18, patients: 874)),
        infusion: (Counts(events: 74, patients: 853), Counts(events: 4, patients: 874)),
        source: Source(
            "Sims 2023, JAMA 330:512, 10.1001/jama.2023.13239, table 3: ARIA-E 24.0 % vs 2.1 %, infusion reactions 8.7 % vs 0.5 %",
            .excerpt))

    static let all = [lecanemab, donanemab]
}

/// The figures of treatments and of thresholds that a board sees, with their sources.
enum AlzheimerAnchors {
    /// Share of disease time that an antibody takes away. CDR-SB at 18 months 1.21 against 1.66: 1 − 1.21/1.66 = 0.27.
    static let slowing = 0.27
    static let slowingSource = Source(
        "van Dyck 2023, NEJM 388:9: CDR-SB 1.21 vs 1.66 at 18 months; that slowing of CDR-SB is slowing of disease time is our assumption",
        .assumption)
    static let slowingHelp =
        "Lecanemab 27 % (CDR-SB 1.21 vs 1.66 at 18 months; difference −0.45, 95 % interval −0.67 to −0.23, so 14 to 40 %; van Dyck 2023). "
        + "Donanemab 36 % (CDR-SB), 35 % (iADRS, low/medium tau), 22 % (iADRS, all; Sims 2023). "
        + "Assumption: a slowing of CDR-SB is a slowing of disease time for every feature; the trial's own interval is not in the band."
    /// Length of the trials' treatment, months.
    static let antibodyMonths = 18.0
    static let antibodyMonthsSource = Source("length of CLARITY AD, van Dyck 2023, NEJM 388:9", .excerpt)

    /// Points of MMSE that a symptomatic drug adds while it is taken.
    static let symptomaticMMSE = 1.0
    static let symptomaticSource = Source("entered by the board; 1 point is about what trials of donepezil report", .assumption)
    static let symptomaticHelp =
        "Points added while the drug is taken; the course beneath does not change. Donepezil 10 mg: about 1 point at 6 months "
        + "(Cochrane CD001190, unverified)."

    /// MMSE below which dementia is called moderate, and severe: 21–26 mild, 10–20 moderate, below 10 severe. Points.
    static let moderate = 20.0
    static let severe = 10.0
    static let thresholdSource = Source("usual grading: MMSE 21–26 mild, 10–20 moderate, below 10 severe (NICE TA217; excerpt)", .excerpt)
}

extension AlzheimerCourse {
    /// In the order of a draw.
    public var parameters: [Parameter] { Self.parameterTable }
    /// Population values, not calibrated.
    public var constants: [Parameter] { Self.constantTable }

    static let parameterTable: [Parameter] = [
        Parameter(
            "xi", symbol: "ξ", meaning: "pace: the logarithm of how much faster than the population the disease runs", unit: .one,
            prior: .normal(mean: 0, sd: AlzheimerPopulation.xiSD), source: AlzheimerPopulation.source),
        Parameter(
            "tau", symbol: "τ", meaning: "age at which the patient reaches the population's stage of reference", unit: .year,
            prior: .normal(mean: AlzheimerPopulation.tauMean, sd: AlzheimerPopulation.tauSD), source: AlzheimerPopulation.source),
        Parameter(
            "sources_0", symbol: "s₀", meaning: "first direction of order among the features", unit: .one,
            prior: .normal(mean: 0, sd: AlzheimerPopulation.sourceSD), source: AlzheimerPopulation.source),
        Parameter(
            "sources_1", symbol: "s₁", meaning: "second direction of order among the features", unit: .one,
            prior: .normal(mean: 0, sd: AlzheimerPopulation.sourceSD), source: AlzheimerPopulation.source),
    ]

    private static let constantTable: [Parameter] =
        AlzheimerPopulation.features.flatMap { feature -> [Parameter] in
            let source = AlzheimerPopulation.source
            return [
                Parameter(
                    "log_g_\(feature.id)", symbol: "log g", meaning: "\(feature.label): stage at the time of reference", unit: .one,
                    prior: .fixed(feature.logG), source: source),
                Parameter(
                    "log_v0_\(feature.id)", symbol: "log v₀", meaning: "\(feature.label): logarithm of the speed then, 1/year", unit: .one,
                    prior: .fixed(feature.logSpeed), source: source),
                Parameter(
                    "noise_\(feature.id)", symbol: "σ", meaning: "\(feature.label): residual error, severity 0 to 1", unit: Unit("{index}"),
                    prior: .fixed(feature.noise), source: source),
            ]
        }
        + AlzheimerPopulation.betas.enumerated().flatMap { row, values in
            values.enumerated().map { column, value in
                Parameter(
                    "beta_\(row)_\(column)", symbol: "β", meaning: "direction \(row), source \(column)", unit: .one, prior: .fixed(value),
                    source: AlzheimerPopulation.source)
            }
        }
}
