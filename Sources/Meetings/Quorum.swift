// Whether enough of the right people are present for a decision to be the board's.

/// What a type of board requires.
public struct QuorumRule: Hashable, Codable, Sendable {
    public var board: String
    public var minimumPhysicians: Int
    /// At least so many different specialties among the physicians.
    public var minimumSpecialties: Int
    public var requiredSpecialties: [String]
    /// Where the rule is from; `assumption` where no source gives it.
    public var source: String

    /// INCa, référentiel RCP, 2023: at least three physicians of different specialties; a surgeon in the standard quorum
    /// for solid tumours. The list beyond that is an assumption.
    public static let liver = QuorumRule(
        board: "liver", minimumPhysicians: 3, minimumSpecialties: 3, requiredSpecialties: ["surgery", "oncology", "radiology"],
        source: "INCa, référentiel RCP, December 2023 (three physicians of different specialties, surgeon mandatory); "
            + "oncology and radiology mandatory: assumption")
    public static let memory = QuorumRule(
        board: "memory", minimumPhysicians: 3, minimumSpecialties: 2, requiredSpecialties: ["neurology"],
        source: "assumption: no source at hand for memory boards")
    public static let urology = QuorumRule(
        board: "urology", minimumPhysicians: 3, minimumSpecialties: 3, requiredSpecialties: ["urology", "oncology"],
        source: "INCa, référentiel RCP, December 2023 (three physicians of different specialties, surgeon mandatory: the urologist); "
            + "oncology mandatory: assumption")
    /// For a board without a rule of its own.
    public static let general = QuorumRule(
        board: "general", minimumPhysicians: 3, minimumSpecialties: 3, requiredSpecialties: [],
        source: "INCa, référentiel RCP, December 2023: three physicians of different specialties")

    public static func rule(for board: String) -> QuorumRule {
        [liver, memory, urology].first { $0.board == board } ?? general
    }
}

/// The state of a quorum, with what is missing in words.
public struct Quorum: Hashable, Sendable {
    public let rule: QuorumRule
    public let physicians: Int
    public let specialties: Int
    public let missing: [String]
    public var isReached: Bool { missing.isEmpty }

    public init(_ seats: [Seat], rule: QuorumRule) {
        self.rule = rule
        let voting = seats.filter(\.isPhysician)
        let names = Set(voting.map { Specialty($0.specialty) })
        physicians = voting.count
        specialties = names.count
        var missing: [String] = []
        if voting.count < rule.minimumPhysicians {
            missing.append(
                "\(rule.minimumPhysicians - voting.count) more physician\(rule.minimumPhysicians - voting.count == 1 ? "" : "s")")
        }
        if names.count < rule.minimumSpecialties { missing.append("\(rule.minimumSpecialties) different specialties") }
        for required in rule.requiredSpecialties where !names.contains(where: { $0.covers(Specialty(required)) }) {
            missing.append(required)
        }
        self.missing = missing
    }
}
