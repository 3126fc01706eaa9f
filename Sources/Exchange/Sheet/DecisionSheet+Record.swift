// What the record says of the patient, as far as a decision sheet has a place for it.
import Meetings
import Twins

extension DecisionSheet {
    private static func loinc(_ code: String) -> Code { Code(system: Code.loinc, code: code) }

    func fillRecord(_ fields: inout SheetFields) {
        fields[.conditions] = .of(conditions)
        fields[.screening] = .of(preparation.screening)
        let tumour = preparation.tumour
        fields[.topography] = .of(tumour.topography)
        fields[.laterality] = .of(tumour.laterality)
        fields[.morphology] = .of(tumour.morphology)
        fields[.extent] = .of(tumour.tnm)
        fields[.stage] = .of(tumour.stage)
        fields[.phase] = .of(tumour.phase)
        fields[.spread] = .of(tumour.spread.joined(separator: ", "))
        fields[.diagnosed] = .of(tumour.diagnosed?.description)
        fields[.performance] = .of(preparation.performance.map { "\($0)" })
        fields[.geriatric] = .of(preparation.geriatric)
        fields[.pain] = .of(preparation.pain)
        fields[.pathology] = .of(preparation.pathology)
        fields[.molecular] = .of(preparation.molecular)
        fields[.synthesis] = .of(preparation.synthesis)
        fields[.question] = .of(current.question)
        fillFile(&fields)
        guard let subject else { return }
        let facts = subject.facts.filter { ($0.start ?? subject.reference) <= subject.reference }
        let past = facts.filter { $0.kind == .condition && Self.isOver($0) }
        let open = facts.filter { $0.kind == .condition && !Self.isOver($0) }
        fields[.pastHistory] = .of(past.map(Self.text))
        fields[.conditions] = .of(open.map(Self.text))
        fields[.treatments] = .of(facts.filter { $0.kind == .medication }.map(Self.text))
        fields[.operations] = .of(facts.filter { $0.kind == .procedure }.map(Self.text))
        // Of the malignant conditions the first is the tumour that was found; its day is the day of diagnosis.
        let malignant = facts.filter { $0.kind == .condition && Self.isMalignant($0.code) }
        let first = malignant.filter { $0.start != nil }.min { ($0.start ?? subject.reference) < ($1.start ?? subject.reference) }
        if tumour.diagnosed == nil {
            fields[.diagnosed] = .of(first.flatMap { fact in fact.start.map { "\($0.day) (\(fact.code.display))" } })
        }
        if tumour.tnm.isEmpty {
            let extent = TumourDescription.tnmCodes.compactMap { subject.latestAnswer([Self.loinc($0)]) }
            fields[.extent] = .of(extent.joined(separator: " "))
        }
        if preparation.performance == nil { fields[.performance] = .of(performance(subject)) }
        let markers = [
            Code(system: Code.local, code: "ras-status"), Self.loinc("81695-9"), Self.loinc("69548-6"),
        ]
        let molecular = Self.latest(subject).filter { markers.contains($0.code) }.map(Self.text)
        if preparation.molecular == nil { fields[.molecular] = .of(molecular) }
        fields[.results] = .of(Self.latest(subject).map(Self.text))
    }

    private func performance(_ subject: Subject) -> String? {
        let code = Self.loinc("89247-1")
        guard let last = Self.latest(subject).first(where: { $0.code == code }) else { return nil }
        // A score's unit is no more than the word «points».
        let words = if case .quantity(let quantity) = last.value { quantity.text } else { Self.value(last.value) }
        return "\(words) (\(last.time.day))"
    }

    /// The last observation under each code, in the order of the codes' first ones.
    static func latest(_ subject: Subject) -> [Observation] {
        var order: [Code] = []
        var last: [Code: Observation] = [:]
        for observation in subject.observations where observation.time <= subject.reference {
            if last[observation.code] == nil { order.append(observation.code) }
            last[observation.code] = observation
        }
        return order.compactMap { last[$0] }
    }

    static func value(_ value: ObservedValue) -> String {
        switch value {
        case .quantity(let quantity): quantity.text + (quantity.unit.label.isEmpty ? "" : " " + quantity.unit.label)
        case .coded(let code): code.display.isEmpty ? code.code : code.display
        case .text(let text): text
        }
    }

    static func name(_ code: Code) -> String { code.display.isEmpty ? code.code : code.display }

    private static func text(_ observation: Observation) -> String {
        "\(name(observation.code)): \(value(observation.value)) (\(observation.time.day))"
    }

    private static func text(_ fact: CodedFact) -> String {
        var words = name(fact.code)
        switch (fact.start?.day, fact.end?.day) {
        case (let start?, let end?): words += ", \(start) to \(end)"
        case (let start?, nil): words += fact.kind == .procedure ? ", \(start)" : ", since \(start)"
        case (nil, let end?): words += ", until \(end)"
        case (nil, nil): break
        }
        return words + (fact.status.isEmpty ? "" : " (\(fact.status))")
    }

    private static func isOver(_ fact: CodedFact) -> Bool { ["resolved", "inactive", "remission"].contains(fact.status) }

    /// Codes that name a malignant primary tumour in SNOMED CT. Source: TRUST.md §3, and the demo boards' own.
    private static func isMalignant(_ code: Code) -> Bool {
        code.system == Code.snomed && ["363406005", "363351006", "254637007", "126906006", "399068003"].contains(code.code)
    }
}
