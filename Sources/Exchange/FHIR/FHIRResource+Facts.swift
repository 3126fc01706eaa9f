// Conditions, medications and procedures: a code with a period.

import Records
import Twins

extension FHIRResource {
    mutating func condition() throws(Refusal) -> Outcome {
        let verification = object["verificationStatus"]?["coding"]?[0]?["code"]?.string
        if let verification, verification == "entered-in-error" || verification == "refuted" {
            return .left(verification == "refuted" ? "was refuted" : "was entered in error")
        }
        let subject = try subject()
        let code = try concept(object["code"], at: "code", prefer: [Code.local, Code.snomed])
        let onset = try period(object["onsetPeriod"], at: "onsetPeriod")
        let abated = try period(object["abatementPeriod"], at: "abatementPeriod")
        let onsetDate = try date(object["onsetDateTime"], at: "onsetDateTime")
        let recorded = try date(object["recordedDate"], at: "recordedDate")
        let end = try date(object["abatementDateTime"], at: "abatementDateTime")
        let status = object["clinicalStatus"]?["coding"]?[0]?["code"]?.string ?? verification ?? ""
        let fact = CodedFact(
            kind: .condition, code: code, start: onsetDate?.instant ?? onset.start ?? recorded?.instant,
            end: end?.instant ?? abated.start, status: status)
        return .items(subject: subject, [.fact(ImportFact(source: source(), fact: fact))])
    }

    mutating func procedure() throws(Refusal) -> Outcome {
        let status = try status()
        switch status {
        case "entered-in-error": return .left("was entered in error")
        case "not-done": return .left("was not done")
        case "preparation": return .left("has not begun")
        default: break
        }
        let subject = try subject()
        let code = try concept(object["code"], at: "code", prefer: [Code.local, Code.snomed])
        let period = try period(object["performedPeriod"], at: "performedPeriod")
        let date = try date(object["performedDateTime"], at: "performedDateTime")
        let fact = CodedFact(kind: .procedure, code: code, start: date?.instant ?? period.start, end: period.end, status: status)
        return .items(subject: subject, [.fact(ImportFact(source: source(), fact: fact))])
    }

    mutating func medication() throws(Refusal) -> Outcome {
        let status = try status()
        switch status {
        case "entered-in-error": return .left("was entered in error")
        case "cancelled", "not-taken", "not-done": return .left("was not taken (\(status))")
        case "draft": return .left("is a draft")
        default: break
        }
        if type == "MedicationRequest", let intent = object["intent"]?.string,
            intent == "proposal" || intent == "plan" || intent == "option"
        {
            return .left("is a \(intent), not an order")
        }
        let subject = try subject()
        let time = try medicationPeriod()
        var fact = CodedFact(
            kind: .medication, code: Code(system: "", code: ""), start: time.start, end: time.end, status: status)
        if let reference = object["medicationReference"]?["reference"]?.string {
            return try referred(reference, &fact, subject)
        }
        fact.code = try concept(object["medicationCodeableConcept"], at: "medicationCodeableConcept", prefer: [Code.atc, Code.local])
        return .items(subject: subject, [.fact(ImportFact(source: source(), fact: fact))])
    }

    /// A medication by reference: contained in this resource, or one of its own that may still come.
    private func referred(_ reference: String, _ fact: inout CodedFact, _ subject: String) throws(Refusal) -> Outcome {
        let source = source()
        guard reference.hasPrefix("#") else {
            return .items(subject: subject, [.medicationReference(FHIRReader.plain(reference), ImportFact(source: source, fact: fact))])
        }
        let contained = (object["contained"]?.array ?? []).first { $0["id"]?.string == String(reference.dropFirst()) }
        guard let contained else { throw Refusal("medicationReference.reference", "«\(reference)» is not contained in the resource") }
        fact.code = try concept(contained["code"], at: "contained.code", prefer: [Code.atc, Code.local])
        return .items(subject: subject, [.fact(ImportFact(source: source, fact: fact))])
    }

    private mutating func medicationPeriod() throws(Refusal) -> (start: Instant?, end: Instant?) {
        switch type {
        case "MedicationRequest":
            let authored = try date(object["authoredOn"], at: "authoredOn")
            let path = "dosageInstruction[0].timing.repeat.boundsPeriod"
            let bounds = try period(object["dosageInstruction"]?[0]?["timing"]?["repeat"]?["boundsPeriod"], at: path)
            let validity = try period(object["dispenseRequest"]?["validityPeriod"], at: "dispenseRequest.validityPeriod")
            return (bounds.start ?? validity.start ?? authored?.instant, bounds.end ?? validity.end)
        default:
            let period = try period(object["effectivePeriod"], at: "effectivePeriod")
            let moment = try date(object["effectiveDateTime"], at: "effectiveDateTime")
            let asserted = try date(object["dateAsserted"], at: "dateAsserted")
            // What was given once ends when it began.
            let end = type == "MedicationAdministration" ? period.end ?? moment?.instant : period.end
            return (period.start ?? moment?.instant ?? asserted?.instant, end)
        }
    }
}
