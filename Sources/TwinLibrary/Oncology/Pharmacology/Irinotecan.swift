// Irinotecan and SN-38, its active metabolite, in closed form: a cascade of two times two compartments. Low confidence.
import Numerics
import Twins

/// Irinotecan and SN-38 in plasma after Zhu 2023. Amounts in µmol, concentrations in µmol/L.
///
/// Low confidence: fitted to literature that was digitised, without the tumour; the metabolite's formation is printed with a ratio of
/// volumes, and takes nothing from the parent.
public enum Irinotecan {
    public static let source = Source(
        "Zhu 2023, Pharmaceutics 15:2274, 10.3390/pharmaceutics15092274: fitted to digitised literature; low confidence", .excerpt)
    /// Of the hydrochloride trihydrate that is dosed, g/mol.
    static let molarMass = 677.19

    /// µmol in mg.
    public static func micromoles(ofDose dose: Double) -> Double { dose * 1000 / molarMass }

    public static let parent: DrugKinetics = {
        var kinetics = DrugKinetics("irinotecan", clearance: 22.8, volume: 72.1, source: source)
        kinetics.second = kinetics.exchange(clearance: 24.6, volume: 93.4)
        return kinetics
    }()

    static let metabolite: DrugKinetics = {
        var kinetics = DrugKinetics("SN-38", clearance: 42.8, volume: 11.2, source: source)
        kinetics.second = kinetics.exchange(clearance: 43.5, volume: 706)
        return kinetics
    }()
    /// L/h.
    static let formation = 0.216

    /// SN-38 after doses of irinotecan.
    public static func activeMetabolite(_ doses: [Dosing]) -> DrugCourse {
        let formed = (formation * parent.volume / metabolite.volume) * parent.disposition
        return DrugCourse(disposition: formed.convolved(with: metabolite.disposition), doses: doses)
    }
}
