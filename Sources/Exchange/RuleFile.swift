// The rules of a board as a file: who must be there, and what a record must hold before the board meets.

import Meetings
import Twins

/// Reads rule files; `rules/README.md` lists the keys.
public enum RuleFile {
    /// The book of all files of a folder. Errors: a file that cannot be read or is wrong, a board that stands twice, no general rule.
    public static func book(paths: [String]) throws(ImportError) -> RuleBook {
        var rules: [BoardRule] = []
        for path in paths {
            let (reader, file) = try TOMLNode.read(path: path)
            let rule = try rule(reader, file: file)
            guard !rules.contains(where: { $0.quorum.board == rule.quorum.board }) else {
                throw reader.fault("board", "«\(rule.quorum.board)» has a rule in another file of the folder already")
            }
            rules.append(rule)
        }
        guard rules.contains(where: { $0.quorum.board == QuorumRule.general.board }) else {
            let place = Place(file: paths.first.map { FileSource.name(of: $0) } ?? "rules")
            throw ImportError(.mapping, place, "the folder of rules has no general.toml, which holds for a board without a file of its own")
        }
        return RuleBook(rules)
    }

    public static func rule(text: String, file: String) throws(ImportError) -> BoardRule {
        try rule(TOMLNode.parse(text, file: file), file: file)
    }

    private static func rule(_ reader: TOMLTableReader, file: String) throws(ImportError) -> BoardRule {
        try reader.allow(["board", "title", "oncology", "guidelines", "counts", "physicians", "specialties", "mandatory", "completeness"])
        let board = try reader.text("board")
        guard file == "\(board).toml" else { throw reader.fault("board", "«\(board)» must be what the file is called: \(board).toml") }
        let physicians = try minimum(reader.table("physicians"), from: 3)
        let specialties = try minimum(reader.table("specialties"), from: 1)
        guard specialties.minimum <= physicians.minimum else {
            throw reader.fault("specialties.minimum", "is more than the \(physicians.minimum) physicians who must be there")
        }
        let quorum = QuorumRule(
            board: board, minimumPhysicians: physicians.minimum, minimumSpecialties: specialties.minimum,
            mandatory: try mandatory(reader), counts: try counts(reader),
            basis: physicians.source == specialties.source
                ? physicians.source : "physicians: \(physicians.source); specialties: \(specialties.source)")
        return BoardRule(
            title: try reader.text("title"), quorum: quorum, guidelines: try filled(reader, "guidelines") ?? [],
            completeness: try completeness(reader), isOncology: try reader.optionalFlag("oncology") ?? false)
    }

    private static func minimum(_ table: TOMLTableReader, from least: Int) throws(ImportError) -> (minimum: Int, source: String) {
        try table.allow(["minimum", "source"])
        guard let number = try table.optionalNumber("minimum") else {
            throw table.fault("minimum", "is missing; it must be a whole number")
        }
        guard let whole = Int(exactly: number), (least...50).contains(whole) else {
            throw table.fault("minimum", "must be a whole number from \(least) to 50")
        }
        return (whole, try table.text("source"))
    }

    private static func counts(_ reader: TOMLTableReader) throws(ImportError) -> [Seat.Role] {
        guard let names = try filled(reader, "counts") else { return QuorumRule.usualRoles }
        var roles: [Seat.Role] = []
        for name in names {
            guard let role = Seat.Role(rawValue: name) else {
                throw reader.fault(
                    "counts", "«\(name)» is no role; there are \(Seat.Role.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            roles.append(role)
        }
        guard !roles.isEmpty else { throw reader.fault("counts", "must name a role, or leave the key out for chair, member and presenter") }
        return roles
    }

    private static func mandatory(_ reader: TOMLTableReader) throws(ImportError) -> [MandatorySpecialty] {
        var result: [MandatorySpecialty] = []
        for table in try reader.tables("mandatory") {
            try table.allow(["specialty", "or", "allied", "source"])
            let specialty = try table.text("specialty")
            guard !result.contains(where: { $0.specialty == specialty }) else {
                throw table.fault("specialty", "«\(specialty)» stands twice")
            }
            result.append(
                MandatorySpecialty(
                    specialty, or: try filled(table, "or") ?? [], allowsAllied: try table.optionalFlag("allied") ?? false,
                    source: try table.text("source")))
        }
        return result
    }

    private static let systems = ["loinc": Code.loinc, "snomed": Code.snomed, "atc": Code.atc]

    private static func completeness(_ reader: TOMLTableReader) throws(ImportError) -> [CompletenessRule] {
        var result: [CompletenessRule] = []
        for table in try reader.tables("completeness") {
            try table.allow(["label", "system", "codes", "max_age_days", "source"])
            let codes = try filled(table, "codes") ?? []
            let system = try table.optionalText("system") ?? ""
            guard codes.isEmpty == system.isEmpty else {
                throw table.fault(codes.isEmpty ? "codes" : "system", "is missing: codes and their system belong together")
            }
            guard system.isEmpty || systems[system] != nil || system.contains(":") else {
                throw table.fault("system", "«\(system)» is not loinc, snomed, atc or a URI")
            }
            let age = try table.optionalNumber("max_age_days")
            if let age, age <= 0 { throw table.fault("max_age_days", "must be more than 0 days") }
            result.append(
                CompletenessRule(
                    label: try table.text("label"), system: systems[system] ?? system, codes: codes, maxAgeDays: age,
                    source: try table.text("source")))
        }
        return result
    }

    /// A list of texts without empty ones.
    private static func filled(_ table: TOMLTableReader, _ key: String) throws(ImportError) -> [String]? {
        let texts = try table.optionalTexts(key)
        if texts?.contains(where: { $0.allSatisfy(\.isWhitespace) }) ?? false { throw table.fault(key, "must not hold an empty text") }
        return texts
    }
}

extension TOMLTableReader {
    func optionalFlag(_ key: String) throws(ImportError) -> Bool? {
        switch members[key] {
        case nil: return nil
        case .flag(let isOn): return isOn
        case .some(let other): throw fault(key, "must be true or false, not \(other.kindName)")
        }
    }
}
