// The marrow of the liver twin: whose neutrophils, under which published set, and what is assumed of them.
import Numerics
import Twins

/// Fluorouracil's effect on blood cells (``MyelosuppressionSet/fluorouracil``, leucocytes), read as neutrophils.
enum LiverMarrow {
    static let alone = MyelosuppressionSet.fluorouracil
    static let withPlatinum = MyelosuppressionSet.fluorouracilCisplatin

    /// Neutrophils among leucocytes.
    static let neutrophilShare = 0.6
    static let shareReason = "assumption: 60 % of leucocytes are neutrophils, and both fall in proportion; the set counts leucocytes"
    /// Neutrophils before treatment, 10⁹/L: between persons the logarithm's SD is that of the usual range 1.8 to 7.5.
    static let baseline = (median: alone.baseline * neutrophilShare, sdLog: 0.36)
    /// Of a single count's logarithm about a person's own baseline.
    static let countSD = 0.25
    /// Hours.
    static let transit = (median: alone.transit, sdLog: 0.16)
    /// SD of the logarithm of a person's slope over its set's.
    static let slopeSD = 0.42
    /// Between persons, coefficient of variation of the clearance as the SD of the logarithm.
    static let clearanceSD: Double = {
        let variation = (DrugKinetics.fluorouracil.variation?.clearance ?? 0) / 100
        return (1 + variation * variation).log().squareRoot()
    }()

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
            case .backbone: partner == .oxaliplatin ? LiverMarrow.withPlatinum.slope : LiverMarrow.alone.slope
            case .alone: LiverMarrow.alone.slope
            case .platinum: LiverMarrow.withPlatinum.slope
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
        let kinetics = alone.kinetics
        return [
            draw.neutrophils, draw.transit / hoursPerWeek, alone.feedback, draw.marrow,
            kinetics.clearance * draw.clearance * hoursPerWeek, kinetics.volume, (kinetics.second?.outward ?? 0) * hoursPerWeek,
            (kinetics.second?.back ?? 0) * hoursPerWeek,
        ]
    }
}
