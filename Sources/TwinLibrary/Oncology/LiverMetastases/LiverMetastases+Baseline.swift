// What counts of neutrophils in the record tell of a patient's baseline.
import Numerics
import Twins

/// The baseline of the neutrophils given counts taken while no drug weighed on them: conjugate on the logarithm.
struct LiverBaseline: Sendable {
    let median: Double
    let sdLog: Double
    /// What a reader must know: which counts were used; nil without counts.
    let told: String?

    init(_ record: LiverRecord) {
        let used = record.neutrophils.filter { count in
            count.value > 0
                && !record.history.windows.contains { $0.start * 7 <= count.day && count.day < $0.start * 7 + LiverMarrow.washout }
        }
        let prior = 1 / (LiverMarrow.baseline.sdLog * LiverMarrow.baseline.sdLog)
        let each = 1 / (LiverMarrow.countSD * LiverMarrow.countSD)
        let precision = prior + each * Double(used.count)
        let sum = used.reduce(prior * LiverMarrow.baseline.median.log()) { $0 + each * $1.value.log() }
        median = (sum / precision).exp()
        sdLog = (1 / precision).squareRoot()
        let (count, rest) = (used.count, record.neutrophils.count - used.count)
        let days = Int(LiverMarrow.washout)
        told =
            record.neutrophils.isEmpty
            ? nil
            : "neutrophils: \(count) count\(count == 1 ? "" : "s") of a rested marrow set the baseline"
                + (rest > 0 ? ", \(rest) within \(days) days of a cycle (or 0) not used" : "")
    }
}
