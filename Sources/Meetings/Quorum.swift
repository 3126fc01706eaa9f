// Whether enough of the right people are present for a decision to be the board's.

/// What a type of board requires.
public struct QuorumRule: Hashable, Codable, Sendable {
    public var board: String
    public var minimumPhysicians: Int
    /// At least so many different specialties among the physicians.
    public var minimumSpecialties: Int
    public var mandatory: [MandatorySpecialty]
    /// Roles that count for the quorum. An outside expert, an allied professional, a coordinator and an observer are heard and do not
    /// count, unless the rule says so.
    public var counts: [Seat.Role]
    /// Where the numbers are from; `assumption` where no source gives them.
    public var basis: String

    public init(
        board: String, minimumPhysicians: Int, minimumSpecialties: Int, mandatory: [MandatorySpecialty],
        counts: [Seat.Role] = QuorumRule.usualRoles, basis: String
    ) {
        self.board = board
        self.minimumPhysicians = minimumPhysicians
        self.minimumSpecialties = minimumSpecialties
        self.mandatory = mandatory
        self.counts = counts
        self.basis = basis
    }

    /// Who counts unless a rule says otherwise.
    public static let usualRoles: [Seat.Role] = [.chair, .member, .presenter]

    public var requiredSpecialties: [String] { mandatory.map(\.specialty) }

    /// Where each part is from: the numbers, then the mandatory specialties by source. What no source gives says `assumption`.
    public var source: String {
        var parts = [basis]
        for source in mandatory.map(\.source) where !parts.contains(where: { $0.hasSuffix(" mandatory: " + source) }) {
            parts.append(mandatory.filter { $0.source == source }.map(\.words).joined(separator: ", ") + " mandatory: " + source)
        }
        return parts.joined(separator: "; ")
    }

    private static let inca = "INCa, référentiel RCP, September 2023"
    private static let incaSurgeon = "INCa, référentiel RCP, update of December 2023"

    /// INCa, référentiel RCP, 2023: at least three physicians of different specialties; a surgeon in the standard quorum
    /// for solid tumours. The list beyond that is an assumption.
    public static let liver = QuorumRule(
        board: "liver", minimumPhysicians: 3, minimumSpecialties: 3,
        mandatory: [
            MandatorySpecialty("surgery", source: incaSurgeon), MandatorySpecialty("oncology", source: "assumption"),
            MandatorySpecialty("radiology", source: "assumption"),
        ], basis: inca)
    public static let memory = QuorumRule(
        board: "memory", minimumPhysicians: 3, minimumSpecialties: 2, mandatory: [MandatorySpecialty("neurology", source: "assumption")],
        basis: "assumption")
    public static let urology = QuorumRule(
        board: "urology", minimumPhysicians: 3, minimumSpecialties: 3,
        mandatory: [
            MandatorySpecialty("urology", source: incaSurgeon), MandatorySpecialty("oncology", source: "assumption"),
        ], basis: inca)
    /// For a board without a rule of its own.
    public static let general = QuorumRule(
        board: "general", minimumPhysicians: 3, minimumSpecialties: 3, mandatory: [], basis: inca)

    /// The rule of a type of board in this process's book.
    public static func rule(for board: String) -> QuorumRule { RuleBook.standing.rule(for: board).quorum }

    /// Whether somebody counts as one of the quorum's physicians.
    public func counts(_ seat: Seat) -> Bool { counts.contains(seat.role) }
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
        // A person who is noted twice is one person.
        var people: Set<String> = []
        let once = seats.filter { people.insert(PersonName.folded($0.name)).inserted }
        let counting = once.filter(rule.counts)
        let names = Set(counting.map { Specialty($0.specialty) }.filter { !$0.words.isEmpty })
        let allied = Set(once.filter { $0.role == .allied }.map { Specialty($0.specialty) })
        physicians = counting.count
        specialties = names.count
        var missing: [String] = []
        if counting.count < rule.minimumPhysicians {
            missing.append(
                "\(rule.minimumPhysicians - counting.count) more physician\(rule.minimumPhysicians - counting.count == 1 ? "" : "s")")
        }
        if names.count < rule.minimumSpecialties { missing.append("\(rule.minimumSpecialties) different specialties") }
        for required in rule.mandatory {
            let present = required.allowsAllied ? names.union(allied) : names
            let fitting = ([required.specialty] + required.alternatives).map { Specialty($0) }
            if !present.contains(where: { one in fitting.contains { one.covers($0) } }) { missing.append(required.words) }
        }
        self.missing = missing
    }
}
