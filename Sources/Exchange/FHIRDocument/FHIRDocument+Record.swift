// Conditions, medications, procedures and observations of the record, as FHIR resources.
import Meetings
import Twins

extension FHIRDocument {
    /// A fact of the record with its name in the bundle.
    struct NamedFact {
        var name: String
        var fact: CodedFact
    }

    /// More than this, and only the last observation of each code goes along.
    static let mostObservations = 500

    func facts(_ kind: CodedFact.Kind) -> [NamedFact] {
        guard let subject = sheet.subject else { return [] }
        return subject.facts.filter { $0.kind == kind && ($0.start ?? subject.reference) <= subject.reference }.enumerated().map {
            NamedFact(name: "\(kind.rawValue)-\($0.offset)", fact: $0.element)
        }
    }

    func isOver(_ fact: CodedFact) -> Bool { ["resolved", "inactive", "remission"].contains(fact.status) }

    var observations: [Observation] {
        guard let subject = sheet.subject else { return [] }
        let past = subject.observations.filter { $0.time <= subject.reference }
        return past.count <= Self.mostObservations ? past : DecisionSheet.latest(subject)
    }

    var record: [Entry] {
        let facts = facts(.condition) + facts(.medication) + facts(.procedure)
        return facts.map { Entry(id: id($0.name), resource: resource($0)) } + tumour
            + observations.enumerated().map { Entry(id: id("observation-\($0.offset)"), resource: resource($0.element, place: $0.offset)) }
    }

    static func concept(_ code: Code) -> JSONText {
        guard !code.code.isEmpty, !code.system.isEmpty else { return concept(text: code.display.isEmpty ? code.code : code.display) }
        let coding = object([
            ("system", text(code.system)), ("code", text(code.code)), ("display", code.display.isEmpty ? nil : text(code.display)),
        ])
        return object([("coding", .array([coding])), ("text", text(DecisionSheet.name(code)))])
    }

    private func resource(_ named: NamedFact) -> JSONText {
        let fact = named.fact
        let start = fact.start.map { JSONText.string("\($0.day)") }
        let end = fact.end.map { JSONText.string("\($0.day)") }
        let period = Self.period(fact.start?.day, fact.end?.day)
        let (subject, code) = (reference("patient"), Self.concept(fact.code))
        switch fact.kind {
        case .condition:
            let known = ["active", "recurrence", "relapse", "inactive", "remission", "resolved"].contains(fact.status)
            let system = JSONText.string("http://terminology.hl7.org/CodeSystem/condition-clinical")
            let status = JSONText.object([("coding", .array([.object([("system", system), ("code", .string(fact.status))])]))])
            return Self.resource(
                "Condition", id(named.name),
                [
                    ("clinicalStatus", known ? status : nil), ("code", code), ("subject", subject), ("onsetDateTime", start),
                    // FHIR con-4: what has ended is not active.
                    ("abatementDateTime", isOver(fact) ? end : nil),
                ])
        case .medication:
            let known = ["active", "completed", "intended", "stopped", "on-hold", "not-taken"].contains(fact.status)
            return Self.resource(
                "MedicationStatement", id(named.name),
                [
                    ("status", .string(known ? fact.status : "unknown")), ("medicationCodeableConcept", code), ("subject", subject),
                    ("effectivePeriod", period),
                ])
        case .procedure:
            let known = ["preparation", "in-progress", "not-done", "on-hold", "stopped", "completed"].contains(fact.status)
            return Self.resource(
                "Procedure", id(named.name),
                [("status", .string(known ? fact.status : "unknown")), ("code", code), ("subject", subject), ("performedPeriod", period)])
        }
    }

    /// What was noted of the tumour: where it is and what it is in ICD-O-3, how far it goes as stages; nothing where nothing was noted.
    var tumour: [Entry] {
        let tumour = sheet.preparation.tumour
        guard sheet.isOncology, tumour != TumourDescription() else { return [] }
        func coded(_ text: String, _ code: String?) -> JSONText? {
            guard let code, !text.isEmpty else { return nil }
            let coding = Self.object([("system", .string("http://terminology.hl7.org/CodeSystem/icd-o-3")), ("code", Self.text(code))])
            return Self.object([("coding", .array([coding])), ("text", Self.text(text))])
        }
        let stages = [("TNM", tumour.tnm), ("stage", tumour.stage), ("spread", tumour.spread.joined(separator: ", "))].filter {
            !$0.1.isEmpty
        }.map { JSONText.object([("summary", Self.concept(text: $0.1)), ("type", Self.concept(text: $0.0))]) }
        let notes = [("Laterality", tumour.laterality), ("Phase", tumour.phase)].filter { !$0.1.isEmpty }.map {
            JSONText.object([("text", Self.text("\($0.0): \($0.1)"))])
        }
        return [
            Entry(
                id: id("tumour"),
                resource: Self.resource(
                    "Condition", id("tumour"),
                    [
                        ("code", coded(tumour.morphology, tumour.morphologyCode) ?? Self.concept(text: "tumour")),
                        ("bodySite", coded(tumour.topography, tumour.topographyCode).map { .array([$0]) }),
                        ("subject", reference("patient")),
                        ("onsetDateTime", tumour.diagnosed.map { .string("\($0)") }), ("stage", .array(stages)), ("note", .array(notes)),
                    ]))
        ]
    }

    private func resource(_ observation: Observation, place: Int) -> JSONText {
        let value: (String, JSONText)
        switch observation.value {
        case .quantity(let quantity):
            value = (
                "valueQuantity",
                Self.object([
                    ("value", .decimal(quantity.text)), ("unit", Self.text(quantity.unit.ucum)),
                    ("system", .string("http://unitsofmeasure.org")), ("code", Self.text(quantity.unit.ucum)),
                ])
            )
        case .coded(let code): value = ("valueCodeableConcept", Self.concept(code))
        case .text(let text): value = ("valueString", Self.text(text.isEmpty ? "not recorded" : text))
        }
        return Self.resource(
            "Observation", id("observation-\(place)"),
            [
                ("status", .string("final")), ("code", Self.concept(observation.code)), ("subject", reference("patient")),
                ("effectiveDateTime", .string("\(observation.time.day)")), (value.0, value.1),
            ])
    }
}
