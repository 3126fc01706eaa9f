// Observations: a code, a time, and a value that is possible; a panel's components become observations of their own.

import Records
import Twins

extension FHIRResource {
    /// Beyond this no laboratory value, length, count or score is possible; assumption, far above any (viral loads reach 1e9).
    private static let largest = 1e12

    mutating func observation() throws(Refusal) -> Outcome {
        let status = try status()
        switch status {
        case "entered-in-error": return .left("was entered in error")
        case "cancelled": return .left("was cancelled")
        case "registered": return .left("has no result yet")
        case "final", "amended", "corrected", "preliminary", "unknown": break
        default: throw Refusal("status", "«\(status)» is not a status of an Observation")
        }
        let code = try concept(object["code"], at: "code")
        let time = try observationTime()
        var items: [(code: Code, value: ObservedValue, part: String)] = []
        var unread: String?
        switch try reading(of: object, below: "") {
        case .value(let value): items.append((code, value, ""))
        case .unread(let kind): unread = kind
        case .none: break
        }
        for (index, component) in (object["component"]?.array ?? []).enumerated() {
            let path = "component[\(index)]"
            guard let members = component.object else { throw Refusal(path, "must be an object, not \(component.kindName)") }
            let part = try concept(members["code"], at: path + ".code")
            switch try reading(of: members, below: path + ".") {
            case .value(let value): items.append((part, value, "\(index)"))
            case .unread(let kind): unread = kind
            case .none: break
            }
        }
        guard !items.isEmpty else {
            if let unread { return .left("its \(unread) is of a kind that is not read") }
            return .left("has no value")
        }
        let subject = try subject()
        let observations = items.map { item in
            Item.observation(
                ImportObservation(
                    source: source(part: item.part),
                    observation: Observation(code: item.code, time: time, value: item.value)))
        }
        return .items(subject: subject, observations)
    }

    private mutating func observationTime() throws(Refusal) -> Instant {
        if let date = try date(object["effectiveDateTime"], at: "effectiveDateTime") { return date.instant }
        if let date = try date(object["effectiveInstant"], at: "effectiveInstant") { return date.instant }
        let period = try period(object["effectivePeriod"], at: "effectivePeriod")
        if let moment = period.start ?? period.end { return moment }
        if let issued = try date(object["issued"], at: "issued") {
            notes.append(("the time of issue stands for the time of observation, which is missing", "issued"))
            return issued.instant
        }
        throw Refusal("effectiveDateTime", "does not say when it was observed")
    }

    private enum Reading {
        case value(ObservedValue)
        case unread(String)
        case none
    }

    /// The value[x] of an observation or of one of its components.
    private mutating func reading(of members: JSONObject, below: String) throws(Refusal) -> Reading {
        guard let member = members.members.first(where: { $0.key.hasPrefix("value") && $0.key.utf8.count > 5 }) else { return .none }
        let path = below + member.key
        switch (member.key, member.value) {
        case ("valueQuantity", let value): return try quantity(value, at: path).map(Reading.value) ?? .none
        case ("valueCodeableConcept", let value):
            let code = try concept(value, at: path)
            return .value(code.system == Code.textOnly ? .text(code.display) : .coded(code))
        case ("valueString", .string(let text)): return text.isEmpty ? .none : .value(.text(text))
        case ("valueBoolean", .bool(let flag)): return .value(.text(flag ? "yes" : "no"))
        case ("valueInteger", .number(let number)):
            guard let whole = number.integer else { throw Refusal(path, "«\(number.text.prefix(40))» is not a whole number") }
            let amount = try possible(Double(whole), number.text, .one, at: path)
            return .value(.quantity(Quantity(amount, .one, written: number.text)))
        case ("valueString", let value), ("valueBoolean", let value), ("valueInteger", let value):
            throw Refusal(path, "is \(value.kindName), which \(member.key) cannot be")
        default: return .unread(member.key)
        }
    }

    /// A quantity with its unit; a value with a comparator stays text, since «< 5» is not 5.
    private mutating func quantity(_ value: JSONValue, at path: String) throws(Refusal) -> ObservedValue? {
        guard value.object != nil else { throw Refusal(path, "must be an object, not \(value.kindName)") }
        guard let member = value["value"] else { return nil }
        guard let number = member.number else { throw Refusal(path + ".value", "must be a number, not \(member.kindName)") }
        let unit = try unit(value, at: path)
        let amount = try possible(number.value, number.text, unit, at: path + ".value")
        if let comparator = value["comparator"]?.string {
            notes.append(
                ("a value with «\(comparator)» is kept as text, for it is a limit and not a measured figure", path + ".comparator"))
            return .text("\(comparator) \(number.text) \(unit.ucum)")
        }
        return .quantity(Quantity(amount, unit, written: number.text))
    }

    private mutating func unit(_ value: JSONValue, at path: String) throws(Refusal) -> Unit {
        let written = value["code"]?.string ?? value["unit"]?.string ?? ""
        guard written.utf8.count <= 64 else { throw Refusal(path + ".code", "is longer than a unit can be") }
        if written.isEmpty {
            notes.append(("a value without a unit was taken as a plain number", path))
            return .one
        }
        if let unit = UCUM.known(written) ?? value["unit"]?.string.flatMap(UCUM.known) { return unit }
        notes.append(("the unit «\(written)» is not known: the value is kept and shown, and no model will use it", path + ".code"))
        return Unit(written)
    }

    private func possible(_ amount: Double, _ text: String, _ unit: Unit, at path: String) throws(Refusal) -> Double {
        if let fault = WrittenNumber.fault(text) { throw Refusal(path, fault) }
        guard amount.isFinite, abs(amount) <= Self.largest else {
            throw Refusal(path, "\(text.prefix(40)) \(unit.ucum) is impossible")
        }
        guard amount >= 0 || !UCUM.neverNegative(unit) else {
            throw Refusal(path, "\(text.prefix(40)) \(unit.ucum) is impossible: it cannot be negative")
        }
        return amount
    }
}
