// Single lesions: how large each is, where it lies, and what is planned for it.
import Numerics
import Twins

/// A lesion as the record measures it.
struct RecordedLesion: Hashable, Sendable {
    /// mm, the latest.
    var diameter: Double
    /// Couinaud's, as the record has it.
    var segment: String?
}

/// A lesion of a scenario: one intervention of the kind `lesion`.
struct LiverLesion: Hashable, Sendable {
    enum Plan: String, CaseIterable, Sendable { case resect, ablate, leave }

    /// Couinaud's segments.
    static let segments = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    /// At most so many are listed, as in COLLISION.
    static let most = 10

    var number: Int
    /// mm; nil where neither the scenario nor the record has it.
    var diameter: Double?
    var segment: String?
    var plan: Plan
    /// Day of an ablation; a lesion that is resected goes with the scenario's resection.
    var start: Double
    /// W, and seconds.
    var power: Double
    var seconds: Double
    /// Between the centres of zone and lesion, mm.
    var offset: Double
    /// Median share that survives unseen, percent.
    var residual: Double

    /// Nil for another kind of intervention.
    init?(_ intervention: Intervention, recorded: [Int: RecordedLesion]) {
        guard intervention.kind == "lesion" else { return nil }
        func number(_ name: String) -> Double { intervention.values[name]?.number ?? 0 }
        self.number = Int(number("number").rounded())
        let known = recorded[self.number]
        diameter = number("diameter") > 0 ? number("diameter") : known?.diameter
        let entered = intervention.values["segment"]?.choice ?? "record"
        segment = Self.segments.contains(entered) ? entered : known?.segment
        plan = intervention.values["plan"]?.choice.flatMap { Plan(rawValue: $0) } ?? .leave
        start = number("start")
        power = number("power")
        seconds = 60 * number("minutes")
        offset = number("offset")
        residual = number("residual")
    }

    var label: String {
        "lesion \(number)" + (segment.map { ", segment \($0)" } ?? "") + (diameter.map { ", \(LiverNotes.number($0)) mm" } ?? "")
    }

    /// Radius within which tissue is coagulated, mm.
    var zone: Double { BioheatPointSource(power: power).radius(of: Self.lethal, seconds: seconds) }
    /// °C, at which cells die at once.
    static let lethal = 54.0

    /// The least margin of the zone about this lesion grown or shrunk by a factor.
    func margin(scale: Double, zone: Double) -> AblationMargin {
        AblationMargin(ablationRadius: zone, lesionRadius: (diameter ?? 0) * scale / 2, offset: offset)
    }
}

extension LiverMetastases {
    static let lesion = InterventionKind(
        "lesion", "One lesion",
        help: "What is planned for a single lesion. Its share of the disease is its share of the sum of diameters; it grows and shrinks as "
            + "the sum does (assumption). Lesions that are not listed stay.",
        fields: [
            Field(
                "number", "Lesion", .number(unit: .count, limits: 1...Double(LiverLesion.most), step: 1), standard: .number(1),
                source: Source("number in the record", .verified)),
            Field(
                "diameter", "Diameter now", .number(unit: .millimetre, limits: 0...200, step: 1), standard: .number(0),
                source: Source("CT of the record", .verified), help: "0 = as in the record."),
            Field(
                "segment", "Segment",
                .choice([.init("record", "as in the record")] + LiverLesion.segments.map { .init($0, $0) }), standard: .choice("record"),
                source: Source("CT of the record", .verified)),
            Field(
                "plan", "Plan",
                .choice([.init("resect", "resect, with the resection"), .init("ablate", "ablate"), .init("leave", "leave")]),
                standard: .choice("resect"), source: Source("the board's plan", .assumption)),
            Field(
                "start", "Day of the ablation", .number(unit: .day, limits: 0...1095, step: 7), standard: .number(84),
                source: Source("the board's plan", .assumption), help: "Counts for an ablation only."),
            Field(
                "power", "Power", .number(unit: Unit("W"), limits: 5...200, step: 5), standard: .number(60),
                source: Source("the plan of the ablation", .assumption),
                help: "Taken up by the tissue. The zone is Pennes' closed form for a point source: an idealised needle, no vessel nearby."),
            Field(
                "minutes", "Minutes", .number(unit: Unit("min"), limits: 1...60, step: 1), standard: .number(10),
                source: Source("the plan of the ablation", .assumption)),
            Field(
                "offset", "Off centre", .number(unit: .millimetre, limits: 0...30, step: 1), standard: .number(0),
                source: Source("the plan of the ablation", .assumption)),
            Field(
                "residual", "Share that survives unseen, median", .number(unit: .percent, limits: 0...100, step: 1),
                standard: .number(LiverParameters.occult.median * 100),
                source: Source("assumption: \(LiverParameters.occultAnchor)", .assumption),
                help: "Of an ablated lesion. No source ties it to the margin: a narrow one is shown and changes nothing here."),
        ])
}

extension LiverCourse {
    /// The removals of a scenario in order of time, listed lesions among them, each with the share of the disease untouched before it.
    ///
    /// - Parameter sum: mm, the latest sum of diameters; nil: that of the lesions.
    static func removals(_ scenario: Scenario, lesions: [LiverLesion], sum: Double?) -> [LiverRemoval] {
        var removals = scenario.interventions.compactMap { LiverRemoval($0) }.sorted { $0.start < $1.start }
        let listed = lesions.reduce(0) { $0 + ($1.diameter ?? 0) }
        let total = max(sum ?? 0, listed, .leastNormalMagnitude)
        func share(_ some: [LiverLesion]) -> Double { some.reduce(0) { $0 + ($1.diameter ?? 0) } / total }
        let resected = lesions.filter { $0.plan == .resect }
        if let first = removals.firstIndex(where: \.isResection), !resected.isEmpty {
            removals[first].lesions = resected
            removals[first].share = share(resected)
        }
        let ablated = Dictionary(grouping: lesions.filter { $0.plan == .ablate }) { [$0.start, $0.residual] }
        removals += ablated.values.compactMap { some in LiverRemoval(ablationOf: some.sorted { $0.number < $1.number }, share: share(some))
        }
        removals.sort { ($0.start, $0.isResection ? 0 : 1, $0.residual) < ($1.start, $1.isResection ? 0 : 1, $1.residual) }
        var untouched = 1.0
        for index in removals.indices {
            if removals[index].lesions.isEmpty {
                untouched *= 1 - removals[index].share
            } else {
                removals[index].untouched = untouched
                removals[index].share = min(removals[index].share, untouched)
                untouched -= removals[index].share
            }
        }
        return removals
    }
}

extension LiverRemoval {
    /// The ablation of some lesions on one day; nil for none.
    init?(ablationOf lesions: [LiverLesion], share: Double) {
        guard let first = lesions.first else { return nil }
        isResection = false
        isByRule = false
        start = first.start
        self.share = share
        residual = first.residual
        residualFactor = first.residual / 100 / LiverParameters.occult.median
        remnant = nil
        holdDays = 7
        self.lesions = lesions
    }

    var label: String {
        let numbers = lesions.map { "\($0.number)" }.joined(separator: ", ")
        let which = lesions.isEmpty ? "" : lesions.count == 1 ? " of lesion \(numbers)" : " of lesions \(numbers)"
        return (isResection ? "resection" : "ablation") + which + (isByRule ? ", earliest" : "")
    }

    /// What a draw with a share ρ surviving unseen has left of the disease before this removal, if nothing had grown.
    func left(occult: Double) -> Double { untouched + (1 - untouched) * min(occult * residualFactor, 1) }
}
