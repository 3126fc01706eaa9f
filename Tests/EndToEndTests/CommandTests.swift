// What a person gets from a shell: exit statuses, JSON, CSV, and clear words when something is wrong.
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("The commands")
struct CommandTests {
    private func json(_ arguments: [String], _ store: String) throws -> Any {
        let result = try DemoStore.run(arguments + ["--format", "json", "--store", store])
        #expect(result.status == 0, "\(result.errors)")
        return try JSONSerialization.jsonObject(with: Data(result.output.utf8), options: [.fragmentsAllowed])
    }

    @Test("Without a terminal the demo prints the first comparison, the workstation says what it needs")
    func withoutTerminal() throws {
        let store = try DemoStore.copy()
        let demo = try DemoStore.run(["demo", "--store", store])
        #expect(demo.status == 0)
        #expect(demo.output.contains("CRC-"))
        #expect(demo.output.contains("Endpoint"))
        let open = try DemoStore.run(["--store", store])
        #expect(open.status == 69)
        #expect(open.errors.contains("twinboard compare"))
    }

    @Test("patients: an array with id, sex, birth_year, twins, last_seen")
    func patients() throws {
        let rows = try #require(try json(["patients"], try DemoStore.copy()) as? [[String: Any]])
        #expect(rows.count >= 6)
        for row in rows { #expect(Set(row.keys) == ["id", "sex", "birth_year", "twins", "last_seen"]) }
    }

    @Test("calibrate: map, sd, quantiles, objective, effective_sample_size, seed, draws_sha256; the same seed gives the same draws")
    func calibrate() throws {
        let store = try DemoStore.copy()
        let first = try #require(try json(["calibrate", "MEM-0021", "--seed", "7"], store) as? [String: Any])
        for key in ["map", "sd", "quantiles", "objective", "effective_sample_size", "seed", "draws_sha256"] { #expect(first[key] != nil) }
        let again = try #require(try json(["calibrate", "MEM-0021", "--seed", "7"], store) as? [String: Any])
        #expect(first["draws_sha256"] as? String == again["draws_sha256"] as? String)
    }

    @Test("compare and simulate carry unit and source beside each series")
    func series() throws {
        let store = try DemoStore.copy()
        let comparison = try #require(try json(["compare", "CRC-0112"], store) as? [String: Any])
        let scenarios = try #require(comparison["scenarios"] as? [[String: Any]])
        #expect(scenarios.count == 3)
        for scenario in scenarios {
            for series in try #require(scenario["series"] as? [[String: Any]]) {
                #expect(series["unit"] is String)
                #expect(series["source"] is String)
            }
        }
        let run = try DemoStore.run(["simulate", "alzheimer-course", "--set", "tau=75", "--times", "65:85:5", "--format", "json"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"time_year\""))
    }

    @Test("validate passes, and says so for each model")
    func validate() throws {
        let result = try DemoStore.run(["validate", "--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        let models = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(
            models.compactMap { $0["model"] as? String }.sorted() == [
                "alzheimer-course", "competition-avatar", "liver-metastases", "three-clone-avatar", "tumour-avatar",
            ])
        for model in models { #expect(try #require(model["checks"] as? [[String: Any]]).count >= 5) }
    }

    struct Wrong: Sendable {
        var arguments: [String]
        var status: Int32
        var usesStore = false
    }

    static let wrong: [Wrong] = [
        Wrong(arguments: ["calibrate"], status: 64, usesStore: true),
        Wrong(arguments: ["simulate", "alzheimer-course", "--times", "9:1:1"], status: 64),
        Wrong(arguments: ["models", "nonsense"], status: 66),
        Wrong(arguments: ["show", "P-nobody"], status: 66, usesStore: true),
        Wrong(arguments: ["import", "no-such-file.json"], status: 66, usesStore: true),
    ]

    @Test("Wrong usage, bad data, no such thing have their own statuses", arguments: wrong)
    func statuses(wrong: Wrong) throws {
        let store = wrong.usesStore ? ["--store", try DemoStore.copy()] : []
        let result = try DemoStore.run(wrong.arguments + store)
        #expect(result.status == wrong.status, "\(result.errors)")
        #expect(!result.errors.isEmpty)
    }

    @Test("A store that does not exist is not made by looking at it")
    func noStore() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "none-\(UUID().uuidString)/b.sqlite").path
        let result = try DemoStore.run(["patients", "--store", path])
        #expect(result.status == 66)
        #expect(access(path, F_OK) != 0)
    }
}
