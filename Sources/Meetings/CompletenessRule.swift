// What a type of board wants to find in a record before it meets.
import Twins

/// Something that a record must hold before a board of this type discusses it.
public struct CompletenessRule: Hashable, Codable, Sendable {
    public var label: String
    /// The codes' system as a URI; empty where there are no codes and only a person can say.
    public var system: String
    /// Any of them will do.
    public var codes: [String]
    /// Days that the newest may lie before the meeting; nil: any age.
    public var maxAgeDays: Double?
    /// Where the line is from; `assumption` where no source gives it.
    public var source: String
    public init(label: String, system: String = "", codes: [String] = [], maxAgeDays: Double? = nil, source: String) {
        self.label = label
        self.system = system
        self.codes = codes
        self.maxAgeDays = maxAgeDays
        self.source = source
    }

    /// The lists that ship with the program. No source at hand names one with ages: all of it is an assumption.
    public static func rules(for board: String) -> [CompletenessRule] {
        switch board {
        case "liver":
            [
                CompletenessRule(
                    label: "imaging, sum of diameters", system: Code.local, codes: ["sum-of-diameters"], maxAgeDays: 42,
                    source: "assumption"),
                CompletenessRule(
                    label: "neutrophils", system: Code.loinc, codes: ["751-8", "26499-4"], maxAgeDays: 30, source: "assumption"),
                CompletenessRule(
                    label: "performance status (ECOG)", system: Code.loinc, codes: ["89247-1"], maxAgeDays: 60, source: "assumption"),
            ]
        case "memory":
            [
                CompletenessRule(
                    label: "MMSE or MoCA", system: Code.loinc, codes: ["72106-8", "72172-0"], maxAgeDays: 365, source: "assumption")
            ]
        case "urology":
            [CompletenessRule(label: "PSA", system: Code.loinc, codes: ["2857-1"], maxAgeDays: 42, source: "assumption")]
        default: []
        }
    }
}
