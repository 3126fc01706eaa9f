// Scenarios to start from, what a liver board needs in the record, and whether this patient is one the model knows.
import Twins

extension LiverMetastases {
    /// Three options a board would weigh: systemic treatment then resection, another backbone with growth of the remnant then resection,
    /// systemic treatment alone. A small burden without treatment so far: resection at once, after treatment, or none.
    public func suggestedScenarios(for subject: Subject) -> [Scenario] {
        let record = LiverRecord(subject)
        let isWildType = record.ras == .wildType
        if record.history.lines.used.contains(.oxaliplatin), isProgressing(record) {
            return [
                Scenario(name: "FOLFIRI + bev ×8", interventions: [systemic("folfiri", cycles: 8, bevacizumab: true)]),
                isWildType
                    ? Scenario(
                        name: "FOLFIRI + anti-EGFR ×6, PVE, resection",
                        interventions: [systemic("folfiri", cycles: 6, antiEGFR: true)] + growThenResect(embolisation: 84, resection: 119))
                    : Scenario(
                        name: "FOLFIRI ×6, PVE, resection",
                        interventions: [systemic("folfiri", cycles: 6)] + growThenResect(embolisation: 84, resection: 119)),
                Scenario(name: "FOLFOX on", interventions: [systemic("folfox", cycles: 8)]),
            ]
        }
        if record.history.lines.used.isEmpty, let sum = record.sums.last?.value, sum <= 60, (record.lesionCount ?? 1) <= 3 {
            return [
                Scenario(name: "Resection now", interventions: [resect(14)]),
                Scenario(name: "FOLFOX ×6, resection", interventions: [systemic("folfox", cycles: 6), resect(112)]),
                Scenario(name: "FOLFOX alone", interventions: [systemic("folfox", cycles: 12)]),
            ]
        }
        let second =
            isWildType
            ? Scenario(
                name: "FOLFIRI + anti-EGFR ×6, PVE, resection",
                interventions: [systemic("folfiri", cycles: 6, antiEGFR: true)] + growThenResect(embolisation: 84, resection: 119))
            : Scenario(
                name: "FOLFIRI + bev ×6, PVE, resection",
                interventions: [systemic("folfiri", cycles: 6, bevacizumab: true)] + growThenResect(embolisation: 84, resection: 119))
        return [
            Scenario(
                name: "FOLFOX + bev ×6, resection", interventions: [systemic("folfox", cycles: 6, bevacizumab: true), resect(119)]),
            second,
            Scenario(name: "FOLFOX alone", interventions: [systemic("folfox", cycles: 12)]),
        ]
    }

    /// Whether the last sum stands in RECIST's progression above the smallest before it.
    private func isProgressing(_ record: LiverRecord) -> Bool {
        guard let last = record.sums.last?.value, let nadir = record.sums.dropLast().map(\.value).min() else { return false }
        return last >= 1.2 * nadir && last >= nadir + 5
    }

    private func systemic(_ backbone: String, cycles: Double, bevacizumab: Bool = false, antiEGFR: Bool = false) -> Intervention {
        var intervention = Self.systemic.standardIntervention
        intervention.values["backbone"] = .choice(backbone)
        intervention.values["cycles"] = .number(cycles)
        intervention.values["bevacizumab"] = .flag(bevacizumab)
        intervention.values["anti-egfr"] = .flag(antiEGFR)
        return intervention
    }

    private func resect(_ day: Double) -> Intervention {
        var intervention = Self.resection.standardIntervention
        intervention.values["start"] = .number(day)
        return intervention
    }

    private func growThenResect(embolisation day: Double, resection: Double) -> [Intervention] {
        var embolisation = Self.embolisation.standardIntervention
        embolisation.values["start"] = .number(day)
        return [embolisation, resect(resection)]
    }

    public func completeness(of subject: Subject) -> [CompletenessItem] {
        let record = LiverRecord(subject)
        return [
            CompletenessItem("sum of diameters on CT", !record.sums.isEmpty),
            CompletenessItem("two scans or more", record.sums.count > 1),
            CompletenessItem("a scan of the last 6 weeks", (record.sums.last?.day ?? -.infinity) >= -42),
            CompletenessItem("RAS status", record.ras != .unknown),
            CompletenessItem("CT volumetry of the liver remnant", record.remnant != nil),
            CompletenessItem("height and weight", record.bodySurface != nil),
            CompletenessItem("number and size of metastases", record.lesionCount != nil && record.largest != nil),
            CompletenessItem("CEA", record.cea != nil),
            CompletenessItem(
                "lymph nodes of the primary, interval free of disease", record.isNodePositive != nil && record.diseaseFree != nil),
        ]
    }

    public func domain(of subject: Subject) -> [DomainFinding] {
        let record = LiverRecord(subject)
        let sum = record.sums.last?.value
        func finding(_ input: String, _ found: String?, _ domain: String, _ isInside: Bool) -> DomainFinding {
            DomainFinding(input: input, found: found ?? "unknown", domain: domain, isInside: isInside)
        }
        return [
            finding("age", record.age.map { "\(Int($0)) years" }, "adults", (record.age ?? 0) >= 18),
            finding("liver metastases", record.hasMetastases ? "in the record" : nil, "of a colorectal cancer", record.hasMetastases),
            finding(
                "sum of diameters", sum.map { "\(Int($0.rounded())) mm" }, "10 to 400 mm, measurable on CT", (10...400).contains(sum ?? 0)),
            finding("scans used", "\(record.sums.count)", "2 or more to learn growth and drug effect", record.sums.count >= 2),
            finding(
                "treatment",
                record.history.lines.used.isEmpty ? "none so far" : "\(record.history.windows.count) cycles of fluorouracil so far",
                "fluorouracil-based, at most one earlier partner", record.history.lines.used.subtracting([.none]).count <= 1),
            finding(
                "liver", record.hasCirrhosis ? "cirrhosis" : "no cirrhosis", "no cirrhosis (growth of the remnant)", !record.hasCirrhosis),
        ]
    }

    /// Fong, tumour burden and GAME where the record has their inputs; unverified values are named in their caveats.
    public func scores(of subject: Subject) -> [PublishedScore] {
        let record = LiverRecord(subject)
        guard let inputs = record.scoreInputs else { return [] }
        let (fong, burden, game) = (LiverScores.fong(inputs), LiverScores.tumourBurden(inputs), LiverScores.game(inputs))
        let weak = "a validation found too little discrimination before surgery for clinical decisions (PMC9139295)"
        // Unknown disease outside the liver is not absent disease: two of GAME's points hang on it.
        let points = record.isExtrahepatic == nil ? "not computed: whether there is disease outside the liver is not known" : nil
        return [
            PublishedScore(name: "Fong", value: "\(fong.points) of 5 (\(fong.group.rawValue))", caveat: weak),
            PublishedScore(
                name: "Tumour burden", value: "\((burden.score * 10).rounded() / 10) (zone \(burden.zone) of 3)",
                caveat: "formula and zones unverified, from memory (Sasaki 2018)"),
            PublishedScore(
                name: "GAME", value: points ?? "\(game.points) (\(game.group.rawValue))",
                caveat: weak + "; rests on the tumour burden"),
        ]
    }
}
