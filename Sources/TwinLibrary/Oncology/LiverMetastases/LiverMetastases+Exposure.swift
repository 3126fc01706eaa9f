// What the doses become in the patient: areas under the curve and levels, in closed form, from the doses that each draw was given.
import Numerics
import Twins

/// The drugs of one patient: their kinetics with the covariates of the record, and a full cycle's dose of each.
struct LiverDrugs: Sendable {
    /// Per cycle, recalled: oxaliplatin and irinotecan mg/m², bevacizumab mg/kg and the hours of infusion.
    static let oxaliplatin = (perSurface: 85.0, hours: 2.0)
    static let irinotecan = (perSurface: 180.0, hours: 1.5)
    static let bevacizumab = (perKilogram: 5.0, hours: 1.5)
    static let doseNote = "doses recalled: oxaliplatin 85 mg/m², irinotecan 180 mg/m², bevacizumab 5 mg/kg a cycle"

    let surface: Double
    let weight: Double
    let antibody: DrugKinetics
    /// Covariates that the record does not hold, in words.
    let missing: [String]

    init(_ record: LiverRecord) {
        surface = record.bodySurface ?? LiverParameters.standardSurface
        weight = record.weight ?? Bevacizumab.reference.weight
        antibody = Bevacizumab.kinetics(
            weight: weight, isMale: record.sex == .male, albumin: record.albumin ?? Bevacizumab.reference.albumin,
            phosphatase: record.phosphatase ?? Bevacizumab.reference.phosphatase)
        let covariates = [
            (record.weight == nil, "weight"), (record.sex != .male && record.sex != .female, "sex"), (record.albumin == nil, "albumin"),
            (record.phosphatase == nil, "alkaline phosphatase"),
        ]
        missing = covariates.filter(\.0).map(\.1)
    }

    /// mg·h/L of one cycle at a clearance over the typical.
    func fluorouracilArea(_ regimen: LiverRegimen, clearance: Double) -> Double {
        let dose = LiverDose(surface: surface, share: regimen.intensity)
        return (dose.bolus + dose.infused) / (DrugKinetics.fluorouracil.clearance * clearance)
    }
    /// mg.
    func platinumDose(_ regimen: LiverRegimen) -> Double {
        Oxaliplatin.platinum(ofDose: Self.oxaliplatin.perSurface * surface * regimen.intensity)
    }
    /// mg·h/L of free platinum.
    func platinumArea(_ regimen: LiverRegimen) -> Double { platinumDose(regimen) / DrugKinetics.freePlatinum.clearance }
    /// µmol·h/L of SN-38.
    func metaboliteArea(_ regimen: LiverRegimen) -> Double {
        let dose = Irinotecan.micromoles(ofDose: Self.irinotecan.perSurface * surface * regimen.intensity)
        return Irinotecan.activeMetabolite([Dosing(start: 0, amount: dose, duration: Self.irinotecan.hours)]).areaUnderCurve
    }

    /// What one cycle of a drug leaves in the blood, by the hours since it began; nil for a regimen without it.
    func course(of drug: LiverDrug, in regimen: LiverRegimen) -> DrugCourse? {
        switch drug {
        case .platinum where regimen.partner == .oxaliplatin:
            // mg to µg: free platinum is given in ng/mL.
            return DrugKinetics.freePlatinum.course([
                Dosing(start: 0, amount: 1000 * platinumDose(regimen), duration: Self.oxaliplatin.hours)
            ])
        case .bevacizumab where regimen.isBevacizumabGiven: return antibodyCourse
        default: return nil
        }
    }
    var antibodyCourse: DrugCourse {
        antibody.course([Dosing(start: 0, amount: Self.bevacizumab.perKilogram * weight, duration: Self.bevacizumab.hours)])
    }
}

/// Drugs whose level lasts long enough to be followed over months.
enum LiverDrug: String, CaseIterable {
    /// Free platinum, ng/mL.
    case platinum = "free-platinum"
    /// mg/L.
    case bevacizumab = "bevacizumab"
}

/// Levels and areas of every draw, from the doses that it was given.
struct LiverExposure {
    let plan: LiverPlan
    let decisions: [LiverDecisions]
    let drawCount: Int

    /// Whether a drug is in the scenario, or, for the antibody, was given of late.
    static func isGiven(_ drug: LiverDrug, in plan: LiverPlan) -> Bool {
        plan.course.dosings.contains { plan.drugs.course(of: drug, in: $0.regimen) != nil }
            || (drug == .bevacizumab && !plan.course.history.bevacizumabWeeks.isEmpty)
    }

    /// Level of a drug in every draw just before a week.
    func levels(of drug: LiverDrug, at week: Double) -> [Double] {
        var levels = [Double](repeating: earlier(drug, at: week), count: drawCount)
        for one in decisions {
            guard let course = plan.drugs.course(of: drug, in: one.dosing.regimen) else { continue }
            for (index, given) in one.weeks.enumerated() where given < week && one.isAnyGiven[index] {
                let level = course.concentration(at: (week - given) * LiverMarrow.hoursPerWeek)
                one.add(level, toThoseGivenAt: index, &levels)
            }
        }
        return levels
    }

    /// What the record's doses still leave.
    private func earlier(_ drug: LiverDrug, at week: Double) -> Double {
        guard drug == .bevacizumab else { return 0 }
        let course = plan.drugs.antibodyCourse
        return plan.course.history.bevacizumabWeeks.filter { $0 < week }
            .reduce(0) { $0 + course.concentration(at: (week - $1) * LiverMarrow.hoursPerWeek) }
    }

    /// Fluorouracil's area under the curve over the doses begun in the last four weeks, mg·h/L.
    func recentAreas(at week: Double) -> [Double] {
        var areas = [Double](repeating: 0, count: drawCount)
        for one in decisions {
            let typical = plan.drugs.fluorouracilArea(one.dosing.regimen, clearance: 1)
            for (index, given) in one.weeks.enumerated() where given <= week && given > week - 4 {
                for draw in 0..<drawCount where one.given[index * drawCount + draw] > 0 { areas[draw] += typical / plan.clearances[draw] }
            }
        }
        return areas
    }

    /// Bevacizumab when the next cycle would be due after a draw's last dose, mg/L.
    func troughs() -> [Double] {
        guard let one = decisions.last(where: { $0.dosing.regimen.isBevacizumabGiven }), !one.weeks.isEmpty else { return [] }
        let weeks = one.weeks.map { $0 + one.dosing.regimen.interval / DayCount.week }
        let columns = weeks.map { levels(of: .bevacizumab, at: $0) }
        return (0..<drawCount).map { draw in
            one.weeks.indices.last { one.given[$0 * drawCount + draw] > 0 }.map { columns[$0][draw] } ?? 0
        }
    }

    /// Bevacizumab at each draw's first resection, mg/L; NaN in a draw that is not operated on.
    func atSurgery() -> [Double] {
        guard let resection = plan.course.firstResection else { return [] }
        guard let operation = plan.operation else { return levels(of: .bevacizumab, at: LiverTime.week(resection.start)) }
        let columns = operation.days.map { (LiverTime.week($0), levels(of: .bevacizumab, at: LiverTime.week($0))) }
        return operation.weeks.enumerated().map { draw, own in
            own.flatMap { own in columns.first { $0.0 == own }?.1[draw] } ?? .nan
        }
    }
}
