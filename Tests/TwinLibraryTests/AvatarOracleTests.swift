// The avatar's equations and policies against every row of the reference files beside the project.
import Foundation
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Avatar: every row of the reference files")
struct AvatarOracleTests {
    private static let folder = "oracles/oncology/adaptive/"
    private static let strobl = folder + "strobl_ttp.csv"
    private static let virtual = folder + "lv_virtual_patients.csv"
    private static let octave = folder + "zhang2022_octave_expected.csv"
    private static let antigens = folder + "zhang2022_psa.csv"
    private static let fits = folder + "zhang2022_fits.csv"
    private static let clones = folder + "zhang2017_octave_expected.csv"
    private static let survival = "oracles/oncology/pkpd/tgi_closed_forms.json"

    private func table(_ file: String) throws -> [[String]] { try #require(SharedFiles.path(file).flatMap(SharedFiles.table)) }

    private func expectAll(_ checks: [EvidenceCheck], _ expected: [Double]) {
        #expect(checks.map(\.expected) == expected)
        for check in checks { #expect(check.passed, "\(check.name): \(check.obtained) of \(check.expected)") }
    }

    @Test("Strobl 2021: 66 rows, days to progression within 1e-4, cycles and published days exact, 4 without end", .shared(strobl))
    func publishedPolicies() throws {
        expectAll(
            TumourAvatar.policyTable("Strobl", try table(Self.strobl), time: "ttp_exact_d", whole: "ttp_published_d"), [62, 62, 62, 4, 62])
    }

    @Test("Virtual patients: 24 rows, days to progression within 1e-4, cycles exact", .shared(virtual))
    func virtualPatients() throws {
        expectAll(TumourAvatar.policyTable("virtual", try table(Self.virtual), time: "ttp_d", whole: nil), [20, 20, 20, 4])
    }

    @Test(
        "Zhang 2022: every man's PSA at the end, continuous and adaptive courses as the authors' program has them",
        .shared(octave, antigens, fits))
    func competition() throws {
        let table = Zhang2022Table(try table(Self.octave), visits: try table(Self.antigens), fits: try table(Self.fits))
        expectAll(table.checks, [16, 16, 16])
    }

    @Test("Zhang 2017: three clones, untreated, continuous, metronomic and adaptive, as the authors' program has them", .shared(clones))
    func threeClones() throws { expectAll(TumourAvatar.threeClones(try table(Self.clones)), [8]) }

    @Test("Desmée 2015: survival with no, a weak and a strong link to PSA, to 1e-6", .shared(survival))
    func desmee() throws {
        let text = try #require(SharedFiles.path(Self.survival).flatMap(SharedFiles.text))
        let file = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let settings = try #require(file["desmee2015"] as? [String: Any])
        for name in ["nolink", "low", "high", "short"] {
            let setting = try #require(settings[name] as? [String: Any])
            let chances = try #require(setting["S"] as? [String: Double])
            #expect(chances.count == 3)
            for (day, chance) in chances {
                let end = try #require(Double(day))
                let days = stride(from: 0.0, through: end, by: 0.25).map { $0 }
                let found = DesmeeSurvival.chance(
                    days: days, antigen: days.map { MarkerSurvival2015.noLink.marker(at: $0) },
                    scale: try #require(setting["lam"] as? Double),
                    link: try #require(setting["beta"] as? Double))
                #expect(abs(found - chance) < 1e-6, "\(name), day \(day): \(found) for \(chance)")
            }
        }
    }

    @Test("The same checks run from a folder, and name what was left out without one")
    func fromFolder() async {
        let without = await TumourAvatar().evidence(in: nil)
        #expect(without.checks.isEmpty)
        for table in ["strobl_ttp", "lv_virtual_patients", "zhang2022_octave", "zhang2017_octave", "tgi_gd", "survival_colon"] {
            #expect(without.leftOut.contains { $0.contains(table) }, "\(table)")
        }
    }
}
