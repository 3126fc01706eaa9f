// The markers that an avatar can be learnt from.
import Twins

/// What stands for the number of tumour cells.
enum AvatarMarker: String, Sendable, CaseIterable {
    case psa
    case ctdna
    case diameters = "sum-of-diameters"

    var label: String {
        switch self {
        case .psa: "PSA"
        case .ctdna: "Circulating tumour DNA"
        case .diameters: "Sum of diameters"
        }
    }
    var unit: Unit {
        switch self {
        case .psa: Unit("ng/mL")
        case .ctdna: .percent
        case .diameters: .millimetre
        }
    }
    var code: Code {
        switch self {
        case .psa: AvatarCodes.psa
        case .ctdna: AvatarCodes.ctdna
        case .diameters: LiverCodes.sumOfDiameters
        }
    }
    var range: ClosedRange<Double> {
        switch self {
        case .psa: 0...50_000
        case .ctdna: 0...100
        case .diameters: 0...1000
        }
    }
    /// SD of the logarithm of a measurement about the model.
    var residualSD: Double {
        switch self {
        case .psa: AvatarParameters.residualSD
        case .ctdna: 0.5
        case .diameters: 0.15
        }
    }
    /// Added before the logarithm is taken: what cannot be told from nothing weighs nothing. An assumption.
    var floor: Double {
        switch self {
        case .psa: 0.1
        case .ctdna: 0.05
        case .diameters: 2
        }
    }
    /// A level at which the table of observables gives the error in the marker's own unit.
    var typical: Double {
        switch self {
        case .psa: 10
        case .ctdna: 5
        case .diameters: 60
        }
    }
    /// Whether the population's figures were learnt from this marker.
    var isLearnt: Bool { self == .psa }
}

/// The codes of the record that the twin reads. docs/data.md lists the local ones.
enum AvatarCodes {
    static let psa = Code(system: Code.loinc, code: "2857-1")
    static let testosterone = Code(system: Code.loinc, code: "2986-8")
    static let ctdna = Code(system: Code.local, code: "ctdna-fraction")
    /// Abiraterone, and what acts on the same receptor: enzalutamide, apalutamide, darolutamide.
    static let abiraterone = atc("L02BX03")
    static let receptorDrugs = [abiraterone, atc("L02BB04"), atc("L02BB05"), atc("L02BB06")]
    /// ATC groups of drugs against tumours; hormones that only castrate are the background of castration-resistant disease.
    static let antineoplastic = ["L01", "L02B", "V10X"]

    private static func atc(_ code: String) -> Code { Code(system: Code.atc, code: code) }
}
