// The rules of the boards: the files that ship, and what is said of a file that is wrong.
import Foundation
import Meetings
import TestSupport
import Testing
import Twins

@testable import Exchange

@Suite("The boards' rules are files")
struct RuleFileTests {
    private static func files() throws -> [String] {
        let folder = SharedFiles.projectRoot + "/rules"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".toml") }.sorted().map {
            folder + "/" + $0
        }
    }

    @Test("Every board of the product has a file; each line says where it is from or «assumption»; nobody decides with fewer than three")
    func shipped() throws {
        let book = try RuleFile.book(paths: Self.files())
        let boards = [
            "liver", "molecular", "thoracic", "urology", "epilepsy", "epilepsy-surgery", "memory", "paediatric-heart-team", "heart-rhythm",
            "lipid", "neurovascular", "neuro-intensive-care", "general",
        ]
        #expect(book.rules.keys.sorted() == boards.sorted())
        let known = ["INCa, référentiel RCP, September 2023", "INCa, référentiel RCP, update of December 2023", "NAEC 2024", "assumption"]
        for (board, rule) in book.rules {
            #expect(rule.quorum.minimumPhysicians >= 3, "\(board)")
            let sources = [rule.quorum.basis] + rule.quorum.mandatory.map(\.source) + rule.completeness.map(\.source)
            #expect(sources.allSatisfy { source in known.contains { source.hasPrefix($0) } }, "\(board): \(sources)")
            #expect(!rule.title.isEmpty && !rule.completeness.isEmpty, "\(board)")
        }
    }

    @Test("The rules that the program falls back on are those of the files") func builtIn() throws {
        let book = try RuleFile.book(paths: Self.files())
        for (board, rule) in RuleBook.builtIn.rules {
            #expect(book.rule(for: board).quorum == rule.quorum)
            #expect(book.rule(for: board).title == rule.title && book.rule(for: board).guidelines == rule.guidelines)
            #expect(book.rule(for: board).isOncology == rule.isOncology)
        }
    }

    @Test("LOINC codes of the rules have a right check digit") func codes() throws {
        for rule in try RuleFile.book(paths: Self.files()).rules.values {
            for item in rule.completeness where item.system == Code.loinc {
                for code in item.codes { #expect(LOINC.isValid(code), "\(rule.title): \(item.label) \(code)") }
            }
        }
    }

    @Test("An epilepsy surgery board needs its neuropsychologist, who need be no physician") func neuropsychologist() throws {
        let rule = try RuleFile.book(paths: Self.files()).rule(for: "epilepsy-surgery").quorum
        let physicians = ["neurosurgery", "epileptology", "neuroradiology"].map { Seat(name: $0, specialty: $0) }
        #expect(Quorum(physicians, rule: rule).missing == ["neuropsychology"])
        #expect(Quorum(physicians + [Seat(name: "P", specialty: "neuropsychologue", role: .allied)], rule: rule).isReached)
        #expect(
            Quorum(physicians + [Seat(name: "P", specialty: "neuropsychology", role: .observer)], rule: rule).missing == ["neuropsychology"]
        )
    }

    private static let good = """
        board = "x"
        title = "X board"
        guidelines = ["G"]
        counts = ["chair", "member", "expert"]
        [physicians]
        minimum = 4
        source = "S"
        [specialties]
        minimum = 2
        source = "assumption"
        [[mandatory]]
        specialty = "neurology"
        or = ["geriatrics"]
        source = "S"
        [[completeness]]
        label = "weight"
        system = "loinc"
        codes = ["29463-7"]
        max_age_days = 30
        source = "assumption"
        """

    @Test("A rule says what its file says") func reads() throws {
        let rule = try RuleFile.rule(text: Self.good, file: "x.toml")
        #expect(rule.title == "X board" && rule.guidelines == ["G"])
        #expect(rule.quorum.minimumPhysicians == 4 && rule.quorum.minimumSpecialties == 2)
        #expect(rule.quorum.counts == [.chair, .member, .expert])
        #expect(rule.quorum.mandatory == [MandatorySpecialty("neurology", or: ["geriatrics"], source: "S")])
        #expect(rule.quorum.source == "physicians: S; specialties: assumption; neurology or geriatrics mandatory: S")
        #expect(
            rule.completeness == [
                CompletenessRule(label: "weight", system: Code.loinc, codes: ["29463-7"], maxAgeDays: 30, source: "assumption")
            ])
    }

    @Test(
        "A mistake in a rule file is told with file and key, and with what to write instead",
        arguments: [
            ("minimum = 4", "minimum = 2", "x.toml, physicians.minimum: must be a whole number from 3 to 50"),
            ("minimum = 4", "minimum = 3.5", "x.toml, physicians.minimum: must be a whole number from 3 to 50"),
            ("minimum = 4", "", "x.toml, physicians.minimum: is missing; it must be a whole number"),
            ("minimum = 2", "minimum = 5", "x.toml, specialties.minimum: is more than the 4 physicians who must be there"),
            ("board = \"x\"", "board = \"y\"", "x.toml, board: «y» must be what the file is called: y.toml"),
            ("\"expert\"", "\"guest\"", "x.toml, counts: «guest» is no role; there are chair, member"),
            ("or = [\"geriatrics\"]", "oder = []", "x.toml, mandatory[0].oder: is not known here; known are specialty, or, allied, source"),
            ("system = \"loinc\"", "", "x.toml, completeness[0].system: is missing: codes and their system belong together"),
            ("system = \"loinc\"", "system = \"icd\"", "x.toml, completeness[0].system: «icd» is not loinc, snomed, atc or a URI"),
            ("max_age_days = 30", "max_age_days = 0", "x.toml, completeness[0].max_age_days: must be more than 0 days"),
            ("title = \"X board\"", "title = 3", "x.toml, title: must be a text, not a whole number"),
            ("[[mandatory]]", "[[mandatory", "x.toml, line 11"),
        ])
    func mistakes(good: String, bad: String, words: String) throws {
        #expect(Self.good.contains(good))
        let error = #expect(throws: ImportError.self) {
            try RuleFile.rule(text: Self.good.replacingOccurrences(of: good, with: bad), file: "x.toml")
        }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("A folder without the general rule, or with a board twice, is refused") func folder() throws {
        let files = try Self.files()
        #expect(throws: ImportError.self) { try RuleFile.book(paths: files.filter { !$0.hasSuffix("general.toml") }) }
        let error = #expect(throws: ImportError.self) { try RuleFile.book(paths: files + files.filter { $0.hasSuffix("liver.toml") }) }
        #expect(error?.description.contains("«liver» has a rule in another file") == true)
    }
}
