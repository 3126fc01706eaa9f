// What the two published sets expect of the neutrophils where docetaxel is the second drug.
import Numerics
import Twins

/// The lowest neutrophils after the first dose of docetaxel, by both published sets: they disagree by a grade and more, so neither is left out.
///
/// Each set's typical patient, infused over an hour; a count of the record takes the place of the set's own baseline.
struct DocetaxelOutlook: Sendable {
    static let sets = [MyelosuppressionSet.docetaxelFriberg, .docetaxelKloft]
    /// m², where height or weight is missing.
    static let typicalSurface = 1.8
    /// Hours between two doses: three weeks.
    private static let interval = 504.0

    /// mg/m².
    let dose: Double
    /// m²; nil: unknown.
    let bodySurface: Double?
    /// 10⁹/L; nil: unknown.
    let baseline: Double?
    /// 10⁹/L, in the order of ``sets``.
    let nadirs: [Double]

    init(dose: Double, record: AvatarRecord) throws(TwinError) {
        self.dose = dose
        bodySurface = record.bodySurface
        baseline = record.neutrophils
        let infusion = Dosing(start: 0, amount: dose * (record.bodySurface ?? Self.typicalSurface), duration: 1)
        var nadirs: [Double] = []
        for var set in Self.sets {
            if let count = record.neutrophils { set.baseline = count }
            do { nadirs.append(try MyelosuppressionCourse(set, doses: [infusion], until: Self.interval).nadir().count) } catch {
                throw .numerics("neutrophils under docetaxel: \(error)")
            }
        }
        self.nadirs = nadirs
    }

    var notes: [String] {
        let figures = zip(Self.sets, nadirs).map { set, nadir in
            "\(Self.short(nadir)) 10⁹/L (\(Self.grade(nadir))) by \(set.source.citation.prefix { $0 != "," })"
        }
        var notes = [
            "docetaxel \(Self.short(dose)) mg/m²: lowest neutrophils " + figures.joined(separator: ", ")
                + ": the published sets disagree, and neither is preferred; typical patients, grades recalled"
        ]
        if bodySurface == nil { notes.append("assumption: docetaxel for \(Self.typicalSurface) m² (no height and weight in the record)") }
        notes.append(
            baseline.map { "docetaxel: from the record's latest count, \(Self.short($0)) 10⁹/L" }
                ?? "assumption: docetaxel from each set's own baseline, "
                + Self.sets.map { Self.short($0.baseline) }.joined(separator: " and ") + " 10⁹/L (no count in the record)")
        return notes
    }

    private static func grade(_ count: Double) -> String {
        let grade = MyelosuppressionSet.grade(neutrophils: count)
        return grade == 0 ? "below grade 2" : "grade \(grade)"
    }

    private static func short(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
