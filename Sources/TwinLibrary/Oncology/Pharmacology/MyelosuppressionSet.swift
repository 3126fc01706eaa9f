// Published parameters of Friberg's chain: which cells, under which drug, by which kinetics.
import Numerics
import Twins

/// A published set: baseline, mean transit time, feedback and slope, with the kinetics that it was fitted with.
///
/// Sets of one drug may differ by a whole grade (docetaxel): name the one that is used, or show both.
public struct MyelosuppressionSet: Hashable, Sendable {
    public enum Cells: String, Sendable { case neutrophils, leukocytes }

    public var name: String
    public var cells: Cells
    /// 10⁹/L.
    public var baseline: Double
    /// Mean transit time, h.
    public var transit: Double
    /// γ of (baseline / circulating cells)^γ.
    public var feedback: Double
    /// What a unit of concentration takes from the proliferation, per µmol/L or L/mg as ``slopeUnit`` says.
    public var slope: Double
    public var slopeUnit: Unit
    /// g/mol, where the slope is per µmol/L and the kinetics count mg.
    public var molarMass: Double?
    /// SD of a count's logarithm; nil where we have none.
    public var residualSD: Double?
    public var kinetics: DrugKinetics
    public var source: Source

    /// The slope per unit of concentration of ``kinetics``.
    public var slopePerConcentration: Double { molarMass.map { slope * 1000 / $0 } ?? slope }

    private static let perMicromole = Unit("L/umol")
    private static let perMilligram = Unit("L/mg")

    public static let docetaxelFriberg = MyelosuppressionSet(
        name: "docetaxel, Friberg 2002", cells: .neutrophils, baseline: 5.05, transit: 88.7, feedback: 0.161, slope: 8.58,
        slopeUnit: perMicromole, molarMass: 808, residualSD: nil, kinetics: .docetaxel,
        source: Source("Friberg 2002, J Clin Oncol 20:4713, 10.1200/JCO.2002.02.140, docetaxel ANC", .excerpt))

    public static let docetaxelKloft = MyelosuppressionSet(
        name: "docetaxel, Kloft 2006", cells: .neutrophils, baseline: 5.22, transit: 84.2, feedback: 0.1445, slope: 15.57,
        slopeUnit: perMicromole, molarMass: 808, residualSD: 0.424, kinetics: .docetaxel,
        source: Source("Kloft 2006, Clin Cancer Res 12:5481, docetaxel ANC", .excerpt))

    public static let paclitaxel = MyelosuppressionSet(
        name: "paclitaxel, Friberg 2002", cells: .leukocytes, baseline: 7.21, transit: 124, feedback: 0.239, slope: 28.9,
        slopeUnit: perMicromole, molarMass: nil, residualSD: nil, kinetics: .paclitaxel,
        source: Source("Friberg 2002, J Clin Oncol 20:4713, 10.1200/JCO.2002.02.140, paclitaxel WBC", .excerpt))

    public static let fluorouracil = MyelosuppressionSet(
        name: "5-FU alone, Arshad 2020", cells: .leukocytes, baseline: 6.86, transit: 281, feedback: 0.17, slope: 1.17,
        slopeUnit: perMilligram, molarMass: nil, residualSD: nil, kinetics: .fluorouracilArshad, source: arshad)

    public static let fluorouracilCisplatin = MyelosuppressionSet(
        name: "5-FU with cisplatin, Arshad 2020", cells: .leukocytes, baseline: 6.86, transit: 281, feedback: 0.17, slope: 2.82,
        slopeUnit: perMilligram, molarMass: nil, residualSD: nil, kinetics: .fluorouracilArshad, source: arshad)

    private static let arshad = Source(
        "Arshad 2020, Cancer Chemother Pharmacol, 10.1007/s00280-019-04028-5, WBC; feedback fixed there", .excerpt)

    /// Every published set.
    public static let all = [docetaxelFriberg, docetaxelKloft, paclitaxel, fluorouracil, fluorouracilCisplatin]

    /// Grade by a neutrophil count, 10⁹/L: 4 below 0.5, 3 below 1.0, 2 below 1.5 (CTCAE, recalled); 1 and 0 are not told apart.
    public static func grade(neutrophils: Double) -> Int { neutrophils < 0.5 ? 4 : neutrophils < 1 ? 3 : neutrophils < 1.5 ? 2 : 0 }
}
