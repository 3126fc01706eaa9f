// The marrow of the liver twin: whose neutrophils, under which published set, and what is assumed of them.
import Numerics
import Twins

/// Fluorouracil's effect on blood cells (Arshad 2020, leucocytes), read as neutrophils.
enum LiverMarrow {
    static let source = Source("Arshad 2020, Cancer Chemother Pharmacol, 10.1007/s00280-019-04028-5, leucocytes", .excerpt)

    /// 10⁹/L, before treatment.
    static let leucocytes = 6.86
    /// Neutrophils among leucocytes.
    static let neutrophilShare = 0.6
    static let shareReason = "assumption: 60 % of leucocytes are neutrophils, and both fall in proportion; the set counts leucocytes"
    /// Neutrophils before treatment, 10⁹/L: between persons the logarithm's SD is that of the usual range 1.8 to 7.5.
    static let baseline = (median: leucocytes * neutrophilShare, sdLog: 0.36)
    /// Of a single count's logarithm about a person's own baseline.
    static let countSD = 0.25
    /// Hours.
    static let transit = (median: 281.0, sdLog: 0.16)
    static let feedback = 0.17
    /// L/mg.
    static let slope = (alone: 1.17, withPlatinum: 2.82)
    /// SD of the logarithm of a person's slope over its set's.
    static let slopeSD = 0.42

    /// Fluorouracil in the set's own kinetics, two compartments: L/h, L.
    static let kinetics = (clearance: 249.0, volume: 5.56, exchange: 14.8, peripheral: 28.5)
    /// Between persons (Yamada 2025): 34.4 %, as the SD of the logarithm.
    static let clearanceSD = (1 + 0.344 * 0.344).log().squareRoot()

    /// 10⁹/L: below it, grade 4 of CTCAE (recalled).
    static let severe = 0.5

    static let hoursPerWeek = 168.0
    static let infusionHours = 46.0

    /// Weeks after which a dose of the record no longer shows in the marrow: seven times the mean transit time.
    static let memory = 12.0
    /// Days without a drug after which a count tells of the baseline.
    static let washout = 42.0

    /// Which slope a regimen has.
    enum Choice: String, CaseIterable {
        case backbone, alone, platinum

        var label: String {
            switch self {
            case .backbone: "as the backbone"
            case .alone: "fluorouracil alone"
            case .platinum: "with a platinum"
            }
        }
        /// L/mg, for a partner of the backbone.
        func slope(with partner: LiverPartner) -> Double {
            switch self {
            case .backbone: partner == .oxaliplatin ? LiverMarrow.slope.withPlatinum : LiverMarrow.slope.alone
            case .alone: LiverMarrow.slope.alone
            case .platinum: LiverMarrow.slope.withPlatinum
            }
        }
    }

    /// What stands with every figure of the marrow.
    static let notes = [
        shareReason,
        "assumption: oxaliplatin weighs on the marrow as cisplatin did beside fluorouracil (slope 2.82 for 1.17 L/mg); irinotecan and "
            + "antibodies add nothing to it",
    ]

    /// A person in the middle of every prior.
    static let typical = LiverDraws.Row(
        growth: 0, effect: 0, resistance: 0, baseline: 0, occult: 0, hypertrophy: 0, volumetry: 1, neutrophils: baseline.median,
        transit: transit.median, marrow: 1, clearance: 1)

    /// Parameters of the system after KL, KD, λ and ρ, for one draw.
    static func row(_ draw: LiverDraws.Row) -> [Double] {
        [
            draw.neutrophils, draw.transit / hoursPerWeek, feedback, draw.marrow,
            kinetics.clearance * draw.clearance * hoursPerWeek, kinetics.volume,
            kinetics.exchange / kinetics.volume * hoursPerWeek, kinetics.exchange / kinetics.peripheral * hoursPerWeek,
        ]
    }
}
