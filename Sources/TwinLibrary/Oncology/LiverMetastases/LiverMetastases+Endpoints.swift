// The figures of clinical meaning that a liver forecast yields.
import Twins

/// In the order in which a board asks for them: benefit, remnant, harm, margins, then the rest.
enum LiverEndpoint: String, CaseIterable {
    case progressionFree12 = "progression-free-12-months"
    case progressionFree24 = "progression-free-24-months"
    case sumWeek12 = "sum-week-12"
    case responseWeek12 = "response-week-12"
    case remnantAtSurgery = "remnant-at-surgery"
    case remnantSuffices = "remnant-suffices"
    case severeNeutropenia = "neutrophils-below-0.5"
    case nadir = "neutrophil-nadir"
    case daysHeld = "days-held"
    case cyclesGiven = "cycles-given"
    case doseIntensity = "dose-intensity-given"
    case ablationMargin = "ablation-margin"
    case marginAdequate = "ablation-margin-adequate"
    case operationTime = "time-to-operation"
    case operated = "operated"
    case sumWeek8 = "sum-week-8"
    case sumMonth12 = "sum-12-months"
    case responseWeek24 = "response-week-24"
    case timeToGrowth = "time-to-growth"
    case timeToProgression = "time-to-progression"
    case growthRate = "kinetic-growth-rate"
    case fluorouracilArea = "fluorouracil-auc"
    case platinumArea = "platinum-auc"
    case metaboliteArea = "sn38-auc"
    case bevacizumabTrough = "bevacizumab-trough"
    case bevacizumabAtSurgery = "bevacizumab-at-surgery"
    case visitWeek8 = "recist-visit-week-8"
    case visitWeek16 = "recist-visit-week-16"
    case visitWeek24 = "recist-visit-week-24"
    case visitWeek32 = "recist-visit-week-32"
    case visitWeek40 = "recist-visit-week-40"
    case visitWeek48 = "recist-visit-week-48"

    var label: String {
        switch self {
        case .progressionFree12: "Progression-free at 12 months"
        case .progressionFree24: "Progression-free at 24 months"
        case .sumWeek8: "Sum of diameters at week 8"
        case .sumWeek12: "Sum of diameters at week 12"
        case .sumMonth12: "Sum of diameters at 12 months"
        case .responseWeek12: "RECIST at week 12"
        case .responseWeek24: "RECIST at week 24"
        case .visitWeek8, .visitWeek16, .visitWeek24, .visitWeek32, .visitWeek40, .visitWeek48:
            "RECIST 1.1, visit of week \(visitWeek ?? 0)"
        case .timeToGrowth: "Time to growth"
        case .timeToProgression: "Time to progression"
        case .remnantAtSurgery: "Future liver remnant at surgery"
        case .remnantSuffices: "Liver remnant suffices"
        case .growthRate: "Kinetic growth of remnant"
        case .operationTime: "Operation as remnant allows"
        case .operated: "Remnant suffices in time"
        case .nadir: "Lowest neutrophils"
        case .severeNeutropenia: "Neutrophils ever below 0.5 10⁹/L"
        case .cyclesGiven: "Cycles given"
        case .daysHeld: "Cycles on hold"
        case .doseIntensity: "Planned dose intensity given"
        case .fluorouracilArea: "5-FU, AUC a cycle"
        case .platinumArea: "Free platinum, AUC a cycle"
        case .metaboliteArea: "SN-38 AUC, low confidence"
        case .bevacizumabTrough: "Bevacizumab, last trough"
        case .bevacizumabAtSurgery: "Bevacizumab at the resection"
        case .ablationMargin: "Narrowest margin of an ablation"
        case .marginAdequate: "Ablation margin of 5 mm or more"
        }
    }
    var unit: Unit {
        switch self {
        case .progressionFree12, .progressionFree24, .responseWeek12, .responseWeek24, .remnantAtSurgery, .remnantSuffices, .operated,
            .severeNeutropenia, .doseIntensity, .marginAdequate, .visitWeek8, .visitWeek16, .visitWeek24, .visitWeek32, .visitWeek40,
            .visitWeek48:
            .percent
        case .sumWeek8, .sumWeek12, .sumMonth12, .ablationMargin: .millimetre
        case .timeToGrowth, .timeToProgression: .month
        case .operationTime, .daysHeld: .day
        case .nadir: Unit("10*9/L")
        case .cyclesGiven: .count
        case .fluorouracilArea, .platinumArea: Unit("mg.h/L")
        case .metaboliteArea: Unit("umol.h/L")
        case .bevacizumabTrough, .bevacizumabAtSurgery: Unit("mg/L")
        case .growthRate: Unit("%/wk")
        }
    }
    var better: Direction? {
        switch self {
        case .sumWeek8, .sumWeek12, .sumMonth12, .severeNeutropenia, .operationTime: .lower
        case .responseWeek12, .responseWeek24, .visitWeek8, .visitWeek16, .visitWeek24, .visitWeek32, .visitWeek40, .visitWeek48,
            .cyclesGiven, .daysHeld, .doseIntensity, .fluorouracilArea, .platinumArea,
            .metaboliteArea, .bevacizumabTrough, .bevacizumabAtSurgery:
            nil
        default: .higher
        }
    }

    /// Of a visit every eight weeks.
    var visitWeek: Int? {
        Self.visits.firstIndex(of: self).map { 8 * ($0 + 1) }
    }
    static let visits: [LiverEndpoint] = [.visitWeek8, .visitWeek16, .visitWeek24, .visitWeek32, .visitWeek40, .visitWeek48]

    /// Whether its values are probabilities given each draw.
    var isProbability: Bool {
        [.progressionFree12, .progressionFree24, .remnantSuffices, .operated, .severeNeutropenia, .marginAdequate].contains(self)
    }

    /// Weeks in some months.
    static func month(_ count: Double) -> Double { count * DayCount.month / DayCount.week }
}
