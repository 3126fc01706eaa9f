// What the liver twin reads out of a record.
import Twins

/// The facts of one patient that the twin uses.
struct LiverRecord: Sendable {
    enum RAS: Sendable { case wildType, mutant, unknown }

    /// Sums of diameters after the last operation on the liver, days from «now».
    var sums: [Measurement] = []
    /// Counts of neutrophils up to «now», 10⁹/L, days from it.
    var neutrophils: [Measurement] = []
    /// mL, the latest volumetry.
    var remnant: (volume: Double, day: Double)?
    var height: Double?
    var weight: Double?
    var ras = RAS.unknown
    var hasCirrhosis = false
    var hasMetastases = false
    var lesionCount: Double?
    /// Single lesions by their number.
    var lesions: [Int: RecordedLesion] = [:]
    var largest: Double?
    var cea: Double?
    var diseaseFree: Double?
    var isNodePositive: Bool?
    var isExtrahepatic: Bool?
    var sex = Sex.unknown
    /// g/L, and alkaline phosphatase, U/L.
    var albumin: Double?
    var phosphatase: Double?
    var age: Double?
    var history = LiverHistory()
    /// What was left out and why.
    var warnings: [String] = []

    /// m²; nil without a plausible height and weight.
    var bodySurface: Double?
    var standardVolume: Double? {
        bodySurface.map { LiverVolume.Standard.vauthey.volume(bodySurface: $0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    /// The scores' inputs if all are known; only GAME asks for disease outside the liver, which must then be known too.
    var scoreInputs: LiverScoreInputs? {
        guard let isNodePositive, let diseaseFree, let lesionCount, let largest, let cea, ras != .unknown else { return nil }
        return LiverScoreInputs(
            isNodePositive: isNodePositive, diseaseFreeMonths: diseaseFree, lesionCount: Int(min(lesionCount, 1000)), largest: largest / 10,
            cea: cea, isExtrahepatic: isExtrahepatic ?? false, isMutant: ras == .mutant)
    }

    /// A person of whom only body surface and remnant are given.
    init(bodySurface: Double, remnant: Double?) {
        self.bodySurface = bodySurface
        self.remnant = remnant.map { ($0, 0) }
    }

    init(_ subject: Subject) {
        height = plausible(subject.latest([LiverCodes.height], in: .centimetre)?.value, 100...230, "height", "cm")
        weight = plausible(subject.latest([LiverCodes.weight], in: .kilogram)?.value, 25...300, "weight", "kg")
        if let height, let weight { bodySurface = LiverVolume.bodySurface(height: height, weight: weight) }
        lesionCount = subject.latest([LiverCodes.lesionCount], in: .count)?.value
        for number in 1...LiverLesion.most {
            guard let diameter = subject.latest([LiverCodes.lesionDiameter(number)], in: .millimetre)?.value, diameter > 0 else { continue }
            let segment = subject.latestAnswer([LiverCodes.lesionSegment(number)])?.uppercased()
            lesions[number] = RecordedLesion(diameter: diameter, segment: segment.flatMap { LiverLesion.segments.contains($0) ? $0 : nil })
        }
        largest = subject.latest([LiverCodes.largestLesion], in: .millimetre)?.value
        cea = subject.latest([LiverCodes.cea], in: Unit("ng/mL"))?.value
        diseaseFree = subject.latest([LiverCodes.diseaseFreeInterval], in: .month)?.value
        isNodePositive = Self.answer(subject.latestAnswer([LiverCodes.nodes]))
        isExtrahepatic = Self.answer(subject.latestAnswer([LiverCodes.extrahepatic]))
        sex = subject.sex
        albumin = plausible(subject.latest([LiverCodes.albumin], in: Unit("g/L"))?.value, 10...70, "albumin", "g/L")
        phosphatase = plausible(subject.latest([LiverCodes.phosphatase], in: Unit("U/L"))?.value, 10...5000, "alkaline phosphatase", "U/L")
        age = subject.age(at: subject.reference)
        switch subject.latestAnswer([LiverCodes.ras]) {
        case "wild-type": ras = .wildType
        case "mutant": ras = .mutant
        default: ras = .unknown
        }
        let conditions = subject.facts.filter { $0.kind == .condition && ($0.start ?? subject.reference) <= subject.reference }
        hasCirrhosis = conditions.contains { $0.code == LiverCodes.cirrhosis && $0.status != "entered-in-error" }
        hasMetastases = conditions.contains { $0.code == LiverCodes.liverMetastasis }
        readMeasurements(subject)
        history = LiverHistory(subject, bodySurface: bodySurface)
        warnings += history.warnings
        if bodySurface == nil {
            warnings.append(
                "height or weight is missing or implausible: doses are those of 1.8 m² (assumption), no "
                    + "standardised remnant")
        }
    }

    private mutating func readMeasurements(_ subject: Subject) {
        let (used, leftOut) = subject.measurements(of: LiverMetastases.observableTable)
        warnings += leftOut.map { "left out: \($0)" }
        remnant = used.last { $0.observable == "liver-remnant-volume" }.map { ($0.value, $0.day) }
        neutrophils = used.filter { $0.observable == "neutrophils" }.sorted { $0.day < $1.day }
        let operations = subject.facts.filter {
            $0.kind == .procedure && ($0.code == LiverCodes.hepatectomy || $0.code == LiverCodes.ablation)
        }
        let last = operations.compactMap(\.start).filter { $0 <= subject.reference }.max()
        let all = used.filter { $0.observable == "sum-of-diameters" }
        sums = all.filter { $0.day >= (last?.days(since: subject.reference) ?? -.infinity) && $0.value > 0 }
        if sums.count < all.count {
            warnings.append(
                "sums of diameters of 0 mm or before the last operation on the liver are "
                    + "not used in the fit")
        }
        if let remnant, let last, remnant.day < last.days(since: subject.reference) {
            self.remnant = nil
            warnings.append("the volumetry is older than the last operation on the liver and is not used")
        }
    }

    /// A length or weight that an adult can have; otherwise nil and a warning, since a dose or a liver volume made from it would be wrong.
    private mutating func plausible(_ value: Double?, _ range: ClosedRange<Double>, _ name: String, _ unit: String) -> Double? {
        guard let value, !range.contains(value) else { return value }
        let limits = "\(Int(range.lowerBound)) to \(Int(range.upperBound)) \(unit)"
        warnings.append("left out: \(name) \(value) \(unit) is outside \(limits)")
        return nil
    }

    private static func answer(_ text: String?) -> Bool? {
        switch text {
        case "yes", "true", "positive", "373066001": true
        case "no", "false", "negative", "373067005": false
        default: nil
        }
    }
}
