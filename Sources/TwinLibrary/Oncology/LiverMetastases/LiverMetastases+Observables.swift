// What can be measured of the liver twin.
import Numerics
import Systems
import Twins

extension LiverMetastases {
    /// mm. Claret's form has no ceiling, a liver does.
    private static let sumRange = 0.0...1000.0
    /// Sums as they are shown: within what the observable can be.
    static func shown(_ sums: [Double]) -> [Double] { sums.map { min($0, sumRange.upperBound) } }

    static let observableTable: [Observable] = [
        Observable(
            "sum-of-diameters", label: "Sum of diameters", unit: .millimetre, codes: [LiverCodes.sumOfDiameters], range: sumRange,
            better: .lower, residualSD: LiverParameters.residualSD, source: LiverParameters.set.source),
        Observable(
            "liver-remnant", label: "Liver remnant, standardised", unit: .percent, codes: [], range: 0...200, better: .higher,
            residualSD: 2,
            source: Source("Vauthey 2002: −794.41 + 1267.28·BSA; kinetics derived from Croome 2015 (PMC4430776)", .derived)),
        Observable(
            "liver-remnant-volume", label: "Liver remnant", unit: .millilitre, codes: [LiverCodes.remnantVolume], range: 20...5000,
            better: .higher, residualSD: 25, source: Source("kinetics derived from Croome 2015 (PMC4430776)", .derived)),
        Observable(
            "neutrophils", label: "Neutrophils", unit: Unit("10*9/L"), codes: LiverCodes.neutrophils, range: 0...50, better: .higher,
            residualSD: 1, source: Source("Arshad 2020; \(LiverMarrow.shareReason)", .assumption)),
        Observable(
            "held", label: "Cycle on hold, share of draws", unit: .percent, codes: [], range: 0...100, better: nil, residualSD: 0,
            source: Source("the twin's own holds: neutrophils below the regimen's limit on the day of a cycle", .assumption)),
        Observable(
            "fluorouracil-exposure", label: "5-FU, area under the curve of 4 weeks", unit: Unit("mg.h/L"), codes: [], range: 0...1000,
            better: nil, residualSD: 10, source: DrugKinetics.fluorouracil.source),
        Observable(
            LiverDrug.platinum.rawValue, label: "Free platinum", unit: Unit("ng/mL"), codes: [], range: 0...10_000, better: nil,
            residualSD: 10, source: DrugKinetics.freePlatinum.source),
        Observable(
            LiverDrug.bevacizumab.rawValue, label: "Bevacizumab", unit: Unit("mg/L"), codes: [], range: 0...2000, better: nil,
            residualSD: 10, source: Bevacizumab.source),
    ]

    public func column(of observable: String, at time: Int, in run: OrdinaryRun<LiverPlan>) -> [Double]? {
        columns(of: observable, at: [time], in: run)
    }

    public func columns(of observable: String, at times: ArraySlice<Int>, in run: OrdinaryRun<LiverPlan>) -> [Double]? {
        switch observable {
        case "sum-of-diameters": return Self.shown(run.states.columns(times: times, state: LiverTreatmentSystem.State.sum))
        case "liver-remnant":
            guard let standard = run.plan.standardVolume else { return nil }
            return remnants(at: times, in: run)?.map { LiverVolume.standardised(remnant: $0, standard: standard) }
        case "neutrophils": return run.states.columns(times: times, state: LiverTreatmentSystem.State.neutrophils)
        case "liver-remnant-volume": return remnants(at: times, in: run)
        case "held":
            guard run.reading.contains(where: { $0.dosing.regimen.threshold > 0 }) else { return nil }
            // One share for all draws: a band of zeros and ones would show nothing.
            return times.flatMap { time in
                [Double](repeating: LiverDecisions.onHold(run.reading, week: run.states.times[time]), count: run.drawCount)
            }
        case "fluorouracil-exposure":
            guard !run.plan.course.dosings.isEmpty else { return nil }
            let exposure = LiverReader(run).exposure
            return times.flatMap { exposure.recentAreas(at: run.states.times[$0]) }
        default:
            guard let drug = LiverDrug(rawValue: observable), LiverExposure.isGiven(drug, in: run.plan) else { return nil }
            let exposure = LiverReader(run).exposure
            return times.flatMap { exposure.levels(of: drug, at: run.states.times[$0]) }
        }
    }

    /// mL, time by time; nil without a volume to start from.
    private func remnants(at times: ArraySlice<Int>, in run: OrdinaryRun<LiverPlan>) -> [Double]? {
        run.plan.remnant.volumes.isEmpty ? nil : times.flatMap { run.plan.remnant.volumes(at: run.states.times[$0]) }
    }
}

/// The codes of the record that the twin reads. docs/data.md lists the local ones.
enum LiverCodes {
    static let sumOfDiameters = local("sum-of-diameters")
    static let remnantVolume = local("flr-volume")
    static let lesionCount = local("lesion-count")
    static let largestLesion = local("largest-lesion")
    static let ras = local("ras-status")
    static let nodes = local("node-positive")
    static let diseaseFreeInterval = local("disease-free-interval")
    static let extrahepatic = local("extrahepatic")
    static let ablation = local("liver-ablation")
    static let height = Code(system: Code.loinc, code: "8302-2")
    static let weight = Code(system: Code.loinc, code: "29463-7")
    static let cea = Code(system: Code.loinc, code: "2039-6")
    static let albumin = Code(system: Code.loinc, code: "1751-7")
    static let phosphatase = Code(system: Code.loinc, code: "6768-6")
    static let neutrophils = [Code(system: Code.loinc, code: "751-8"), Code(system: Code.loinc, code: "26499-4")]
    static let cirrhosis = Code(system: Code.snomed, code: "19943007")
    static let liverMetastasis = Code(system: Code.snomed, code: "94381002")
    static let hepatectomy = Code(system: Code.snomed, code: "107963000")
    static let fluorouracil = atc("L01BC02")
    static let capecitabine = atc("L01BC06")
    static let oxaliplatin = atc("L01XA03")
    static let irinotecan = atc("L01CE02")
    static let bevacizumab = atc("L01FG01")
    static let antiEGFR = [atc("L01FE01"), atc("L01FE02")]

    /// A single lesion's, 1 to 10: mm, and Couinaud's segment, I to VIII.
    static func lesionDiameter(_ number: Int) -> Code { local("lesion-\(number)-diameter") }
    static func lesionSegment(_ number: Int) -> Code { local("lesion-\(number)-segment") }

    private static func local(_ code: String) -> Code { Code(system: Code.local, code: code) }
    private static func atc(_ code: String) -> Code { Code(system: Code.atc, code: code) }
}
