// What is measured of the patient: seven features, MMSE and FAQ in points, the others as severity from 0 to 1.
import Numerics
import Twins

/// How a severity from 0 (healthy) to 1 (worst) is shown: shown = scale·y + offset.
struct SeverityScale: Sendable {
    let scale: Double
    let offset: Double

    /// MMSE = 30·(1 − y) and FAQ = 30·y are our inference from the ranges of the scores; leaspy does not state them.
    static func of(_ feature: String) -> SeverityScale {
        switch feature {
        case "mmse": SeverityScale(scale: -30, offset: 30)
        case "faq": SeverityScale(scale: 30, offset: 0)
        default: SeverityScale(scale: 1, offset: 0)
        }
    }

    /// Severity of a shown value.
    func severity(_ shown: Double) -> Double { scale == 1 ? shown : scale < 0 ? 1 - shown / -scale : shown / scale }
}

extension AlzheimerCourse {
    public var observables: [Observable] { Self.observableTable }
    public var headlineObservables: [String] { ["mmse", "faq", "hippocampus"] }

    /// In the order of the population's features.
    static let observableTable: [Observable] = AlzheimerPopulation.features.map { feature in
        let shown = SeverityScale.of(feature.id)
        let isScore = shown.scale != 1
        var codes = [Code(system: Code.local, code: feature.id, display: feature.label)]
        if feature.id == "mmse" { codes.insert(Code(system: Code.loinc, code: "72106-8", display: "Total score [MMSE]"), at: 0) }
        return Observable(
            feature.id, label: feature.label, unit: isScore ? .score : Unit("{index}"), codes: codes,
            range: isScore ? 0...30 : 0...1, better: feature.id == "mmse" ? .higher : .lower,
            residualSD: feature.noise * shown.scale.magnitude, source: note(feature.id))
    }

    static let scales: [SeverityScale] = AlzheimerPopulation.features.map { SeverityScale.of($0.id) }

    /// What must be known of a feature wherever it is forecast.
    private static func note(_ feature: String) -> Source {
        let base = AlzheimerPopulation.source.citation
        switch feature {
        case "mmse", "faq":
            let formula = feature == "mmse" ? "30·(1 − severity)" : "30·severity"
            return Source("\(base); points = \(formula) is our inference", .derived)
        case "e-cog-subject":
            return Source("\(base); on held-out visits its error (0.134) is larger than repeating the last value (0.120)", .verified)
        default: return AlzheimerPopulation.source
        }
    }

    /// The place of a feature.
    static func place(_ feature: String) -> Int { AlzheimerPopulation.features.firstIndex { $0.id == feature } ?? 0 }
}

extension AlzheimerCourse {
    /// The exact posterior of the measurements; ages need the birth date.
    public func posterior(of measurements: [Measurement], subject: Subject) throws(TwinError) -> some NegativeLogPosterior {
        try density(of: measurements, subject: subject)
    }

    func density(of measurements: [Measurement], subject: Subject) throws(TwinError) -> CoursePosterior {
        let now = try age(of: subject)
        let observations = measurements.compactMap { measurement -> CoursePosterior.Observation? in
            guard let place = AlzheimerPopulation.features.firstIndex(where: { $0.id == measurement.observable }) else { return nil }
            return CoursePosterior.Observation(
                feature: place, age: now + measurement.day / DayCount.year, severity: Self.scales[place].severity(measurement.value))
        }
        return CoursePosterior(map: AlzheimerPopulation.map, observations: observations)
    }

    /// Age at «now», years.
    func age(of subject: Subject) throws(TwinError) -> Double {
        guard let age = subject.age(at: subject.reference) else { throw .missing("the date of birth", model: id) }
        return age
    }

    public func warnings(on measurements: [Measurement], for subject: Subject) -> [String] {
        var warnings: [String] = []
        let visits = Set(measurements.map { ($0.day).rounded() }).count
        if visits == 1 { warnings.append("one visit only: the pace of the disease is the population's") }
        let missing = observables.filter { observable in !measurements.contains { $0.observable == observable.id } }
        if !missing.isEmpty, !measurements.isEmpty {
            warnings.append("never measured: \(missing.map(\.label).joined(separator: ", "))")
        }
        return warnings
    }
}

/// The draws of this twin under a scenario: per draw its pace, its τ and seven offsets, eight draws side by side.
public struct AlzheimerEnsemble: ClosedFormEnsemble {
    public let drawCount: Int
    let pace: [DrawBlock]
    let tau: [DrawBlock]
    /// Offset of feature k in block b at `k * blockCount + b`.
    let offsets: [DrawBlock]
    let clock: DiseaseClock

    init(_ draws: Draws, clock: DiseaseClock) {
        let map = AlzheimerPopulation.map
        drawCount = draws.count
        self.clock = clock
        let blocks = (draws.count + 7) / 8
        let width = draws.parameterNames.count
        /// One parameter of eight draws; the last draw fills up the last block.
        func block(_ parameter: Int, _ index: Int) -> DrawBlock {
            var result = DrawBlock.zero
            for lane in 0..<8 { result[lane] = draws.values[min(8 * index + lane, draws.count - 1) * width + parameter] }
            return result
        }
        pace = (0..<blocks).map { block(0, $0).exp() }
        tau = (0..<blocks).map { block(1, $0) }
        let sources = (0..<blocks).map { index in (0..<map.sourceCount).map { block(2 + $0, index) } }
        offsets = (0..<map.featureCount).flatMap { feature in sources.map { map.offset(feature, sources: $0) } }
    }

    public func observe(day: Double, into values: inout [DrawBlock]) {
        let now = DrawBlock(repeating: clock.effectiveAge(day: day))
        let blocks = blockCount
        let shown = Self.shown.enumerated().map { feature, line in
            (line: line, offset: DrawBlock(repeating: line.offset + clock.relief(feature: feature, day: day)))
        }
        // Places are counted once: the loop below runs a hundred thousand times for one comparison.
        precondition(values.count >= shown.count * blocks && offsets.count == shown.count * blocks)
        values.withUnsafeMutableBufferPointer { values in
            offsets.withUnsafeBufferPointer { offsets in
                for block in 0..<blocks {
                    let time = pace[block] * (now - tau[block])
                    for feature in shown.indices {
                        let (line, offset) = shown[feature]
                        let place = feature * blocks + block
                        let severity = (time * line.rate + offsets[place]).logistic()
                        values[place] = (severity * line.scale + offset).atLeast(line.least).atMost(line.greatest)
                    }
                }
            }
        }
    }

    /// What turns disease time into a feature's shown value, eight draws side by side.
    private struct Line {
        let rate, scale, least, greatest: DrawBlock
        let offset: Double
    }

    private static let shown: [Line] = AlzheimerPopulation.map.rate.indices.map { feature in
        let (scale, range) = (AlzheimerCourse.scales[feature], AlzheimerCourse.observableTable[feature].range)
        return Line(
            rate: DrawBlock(repeating: AlzheimerPopulation.map.rate[feature]), scale: DrawBlock(repeating: scale.scale),
            least: DrawBlock(repeating: range.lowerBound), greatest: DrawBlock(repeating: range.upperBound), offset: scale.offset)
    }
}
