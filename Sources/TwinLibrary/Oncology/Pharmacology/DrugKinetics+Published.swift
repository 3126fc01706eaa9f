// Published kinetics of the drugs that colorectal, breast and lung boards use, each with its source.
import Numerics
import Twins

extension DrugKinetics {
    private static let yamada = Source("Yamada 2025, Cancer Chemother Pharmacol, 10.1007/s00280-025-04808-2", .excerpt)

    /// Fluorouracil, mg.
    public static let fluorouracil = DrugKinetics(
        "5-FU", clearance: 179, volume: 65.6, variation: Variation(clearance: 34.4, volume: 41.9), source: yamada)

    /// Free platinum of oxaliplatin, mg of platinum (``Oxaliplatin/platinum(ofDose:)``).
    public static let freePlatinum: DrugKinetics = {
        var kinetics = DrugKinetics("oxaliplatin, free platinum", clearance: 8.09, volume: 51.1, source: yamada)
        kinetics.second = kinetics.exchange(clearance: 113, volume: 171)
        kinetics.third = kinetics.exchange(clearance: 3.21, volume: 1400)
        return kinetics
    }()

    /// Fluorouracil beside cisplatin or alone, mg: the kinetics that ``MyelosuppressionSet/fluorouracil`` was fitted with.
    public static let fluorouracilArshad: DrugKinetics = {
        var kinetics = DrugKinetics(
            "5-FU (Arshad)", clearance: 249, volume: 5.56,
            source: Source("Arshad 2020, Cancer Chemother Pharmacol, 10.1007/s00280-019-04028-5", .excerpt))
        kinetics.second = kinetics.exchange(clearance: 14.8, volume: 28.5)
        return kinetics
    }()

    /// Docetaxel, mg.
    public static let docetaxel = DrugKinetics(
        "docetaxel", clearance: 5.2 * 7.4, volume: 7.4, second: Exchange(outward: 1.06, back: 1.51),
        third: Exchange(outward: 1.26, back: 0.084),
        source: Source("Bruno 1996, J Pharmacokinet Biopharm 24:153; k10 5.2 per h, V1 7.4 L", .excerpt))

    /// Paclitaxel, µmol.
    public static let paclitaxel: DrugKinetics = {
        var kinetics = DrugKinetics(
            "paclitaxel", clearance: 285, volume: 290,
            source: Source("Friberg 2002, J Clin Oncol 20:4713: kinetics of its paclitaxel set", .excerpt))
        kinetics.second = kinetics.exchange(clearance: 204, volume: 995)
        return kinetics
    }()
}

/// Bevacizumab: a patient's own clearance and volumes from weight, sex, albumin and alkaline phosphatase.
///
/// Han 2016, Cancer Chemother Pharmacol, 10.1007/s00280-016-3079-6; 1,792 patients.
public enum Bevacizumab {
    public static let source = Source("Han 2016, Cancer Chemother Pharmacol, 10.1007/s00280-016-3079-6", .excerpt)
    /// The typical patient: kg, g/L, U/L.
    public static let reference = (weight: 70.0, albumin: 39.0, phosphatase: 109.0)

    /// - Parameters:
    ///   - weight: kg.
    ///   - albumin: g/L.
    ///   - phosphatase: alkaline phosphatase, U/L.
    /// - Returns: kinetics in mg, L and h.
    public static func kinetics(
        weight: Double, isMale: Bool, albumin: Double = reference.albumin, phosphatase: Double = reference.phosphatase
    ) -> DrugKinetics {
        func power(_ ratio: Double, _ exponent: Double) -> Double { (exponent * ratio.log()).exp() }
        let (flow, space) = (power(weight / reference.weight, 0.589), power(weight / reference.weight, 0.470))
        let state = power(albumin / reference.albumin, -0.473) * power(phosphatase / reference.phosphatase, 0.312)
        var kinetics = DrugKinetics(
            "bevacizumab", clearance: 0.0086 * flow * state * (isMale ? 1.14 : 1), volume: 2.678 * space * (isMale ? 1.18 : 1),
            source: source)
        kinetics.second = kinetics.exchange(clearance: 0.0186 * flow, volume: 2.423 * space)
        return kinetics
    }
}
