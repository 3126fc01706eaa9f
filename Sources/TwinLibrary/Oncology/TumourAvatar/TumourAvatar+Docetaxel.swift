// What the two published sets expect of the neutrophils where docetaxel is the second drug.
import Numerics
import Systems
import Twins

/// The lowest neutrophils after the first dose of docetaxel, by both published sets: they disagree by a grade and more, so neither is left out.
///
/// Infused over an hour; a count of the record takes the place of the set's own baseline. Each draw is another patient of the set: between patients
/// baseline (unless it was counted), transit time and slope differ.
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
    /// Of the typical patient, 10⁹/L, in the order of ``sets``.
    let typical: [Double]
    /// The same draw by draw.
    let nadirs: [[Double]]
    /// Standard deviations of the logarithms between patients: baseline, transit time, feedback, slope. The first two are Friberg 2002's for
    /// docetaxel; the slope's, and that Kloft 2006's patients differ alike, are assumptions.
    private static let spread = [0.42, 0.16, 0, 0.40]

    init(dose: Double, record: AvatarRecord, drawCount: Int) throws(TwinError) {
        self.dose = dose
        bodySurface = record.bodySurface
        baseline = record.neutrophils
        let infusion = Dosing(start: 0, amount: dose * (record.bodySurface ?? Self.typicalSurface), duration: 1)
        var typical: [Double] = []
        var nadirs: [[Double]] = []
        for var set in Self.sets {
            if let count = record.neutrophils { set.baseline = count }
            do {
                typical.append(try MyelosuppressionCourse(set, doses: [infusion], until: Self.interval).nadir().count)
                nadirs.append(try Self.spread(set, infusion, isCounted: record.neutrophils != nil, drawCount: drawCount))
            } catch {
                throw .numerics("neutrophils under docetaxel: \(error)")
            }
        }
        self.typical = typical
        self.nadirs = nadirs
    }

    /// Lowest counts on a grid of three hours, of patients that the sets' draws share, so that the sets alone make them differ.
    private static func spread(_ set: MyelosuppressionSet, _ infusion: Dosing, isCounted: Bool, drawCount: Int) throws -> [Double] {
        let random = RandomStream(seed: 0x444f_4345, stream: 1)
        let middle = [set.baseline, set.transit, set.feedback, set.slopePerConcentration]
        let rows = (0..<drawCount).map { draw -> [Double] in
            middle.indices.map { place in
                let deviation = place == 0 && isCounted ? 0 : spread[place]
                return middle[place] * (deviation * random.normal(draw: draw, index: place)).exp()
            }
        }
        let hours = Array(stride(from: 0.0, through: interval, by: 3))
        let found = try Ensemble.solveSerially(
            NeutrophilChain.self, draws: try Matrix(rows), initial: .each(try Matrix(rows.map { [Double](repeating: $0[0], count: 5) })),
            segments: set.kinetics.chainSegments([infusion], until: interval), outputs: hours,
            tolerance: Tolerance(relative: 1e-5, absolute: 1e-7), keeping: [4])
        return rows.indices.map { draw in hours.indices.reduce(.infinity) { min($0, found[draw, $1, 4]) } }
    }

    var notes: [String] {
        let figures = zip(Self.sets, typical).map { set, nadir in
            "\(Self.short(nadir)) 10⁹/L (\(Self.grade(nadir))) by \(set.source.citation.prefix { $0 != "," })"
        }
        var notes = [
            "docetaxel \(Self.short(dose)) mg/m²: lowest neutrophils " + figures.joined(separator: ", ")
                + ": the published sets disagree, and neither is preferred; typical patients, grades recalled",
            "assumption: between patients under docetaxel "
                + (baseline == nil ? "baseline (42 %), " : "")
                + "transit time (16 %; Friberg 2002) and slope (40 %, ours) differ alike by both sets",
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
