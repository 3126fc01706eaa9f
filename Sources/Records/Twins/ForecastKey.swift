// The identity of a forecast: the hash of all that it is a function of.
import Twins

/// SHA-256 over ``CanonicalBytes`` of model, version, arithmetic, draws, scenario, seed, days, and the subject that the model was given.
///
/// The scenario's name and the order of its interventions belong to it; the order in which a form filled in the values does not.
public struct ForecastKey: Hashable, Sendable {
    /// Hexadecimal.
    public let hex: String

    /// `drawsSHA256` is the stored calibration's, so that the draws need not be hashed at every edit.
    public init(_ request: ForecastRequest, modelID: String, version: String, arithmetic: Arithmetic, drawsSHA256: String) {
        var bytes = CanonicalBytes(domain: "twinboard forecast 2")
        bytes.add(modelID)
        bytes.add(version)
        bytes.add(arithmetic.rawValue)
        bytes.add(drawsSHA256)
        bytes.add(request.scenario)
        bytes.add(request.seed)
        bytes.add(request.days)
        bytes.add(Int64(request.drawLimit ?? -1))
        bytes.add(request.subject)
        hex = Hex.text(bytes.sha256)
    }
}

extension CanonicalBytes {
    mutating func add(_ values: [Double]) {
        add(Int64(values.count))
        for value in values { add(value) }
    }

    mutating func add(_ scenario: Scenario) {
        add(scenario.name)
        add(Int64(scenario.interventions.count))
        for intervention in scenario.interventions {
            add(intervention.kind)
            add(Int64(intervention.values.count))
            for (name, value) in intervention.values.sorted(by: { $0.key < $1.key }) {
                add(name)
                switch value {
                case .number(let number):
                    add("number")
                    add(number)
                case .choice(let choice):
                    add("choice")
                    add(choice)
                case .flag(let flag):
                    add("flag")
                    add(Int64(flag ? 1 : 0))
                }
            }
        }
    }

    mutating func add(_ subject: Subject) {
        add(subject.sex.rawValue)
        add(subject.birth)
        add(subject.reference.milliseconds)
        add(Int64(subject.observations.count))
        for observation in subject.observations {
            add(observation.code)
            add(observation.time.milliseconds)
            switch observation.value {
            // Not how the number was written: it is computed with the number, and a twin holds for `5.1` and `5.10` alike.
            case .quantity(let quantity):
                add("quantity")
                add(quantity.value)
                add(quantity.unit.ucum)
            case .coded(let code):
                add("coded")
                add(code)
            case .text(let text):
                add("text")
                add(text)
            }
        }
        add(Int64(subject.facts.count))
        for fact in subject.facts {
            add(fact.kind.rawValue)
            add(fact.code)
            add(fact.start)
            add(fact.end)
            add(fact.status)
        }
    }

    private mutating func add(_ code: Code) {
        add(code.system)
        add(code.code)
    }

    private mutating func add(_ moment: Instant?) {
        add(Int64(moment == nil ? 0 : 1))
        add(moment?.milliseconds ?? 0)
    }
}
