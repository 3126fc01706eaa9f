// `demo` keeps its hands off everybody else's records.
import Foundation
import TestSupport
import Testing

@Suite("The demo command")
struct DemoCommandTests: ShellSuite {
    let folder: URL
    init() throws { folder = try Self.newFolder() }

    @Test("A store that holds other records is neither filled nor thrown away", arguments: [[], ["--reset"]])
    func others(options: [String]) throws {
        // A demo patient, but brought by a person: it is the store's mark that counts, not who is in it.
        #expect(try run("import", demo("CRC-0112.json")).status == 0)
        let before = try run("show", "CRC-0112").output
        let result = try DemoStore.run(["demo", "--store", store] + options)
        #expect(result.status == 65 && result.output.isEmpty)
        #expect(result.errors.contains("records that are not the demo's") && result.errors.contains("--store"), "\(result.errors)")
        #expect(try run("show", "CRC-0112").output == before)
        let rows = try #require(try json(try run("patients", "--format", "json")) as? [[String: Any]])
        #expect(rows.compactMap { $0["id"] as? String } == ["CRC-0112"])
        #expect(try run("log", "--verify").status == 0)
    }

    @Test("The log of a store without patients is a record too", arguments: [[], ["--reset"]])
    func logOnly(options: [String]) throws {
        #expect(try run("import", try file("no.json", "{")).status == 65)
        #expect(try run("patients").status == 0)
        #expect(try DemoStore.run(["demo", "--store", store] + options).status == 65)
        #expect(try run("log").output.contains("list"))
    }

    @Test("A file that is no store is not touched", arguments: [[], ["--reset"]])
    func noStore(options: [String]) throws {
        let path = try file("letter.txt", "Dear colleague")
        chmod(path, 0o600)
        #expect(try DemoStore.run(["demo", "--store", path] + options).status == 65)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "Dear colleague")
    }

    @Test("--reset loads the demo anew, without what was done in it")
    func reset() throws {
        let store = try DemoStore.copy()
        #expect(try DemoStore.run(["sheet", "CRC-0112", "--store", store]).status == 0)
        #expect(try DemoStore.run(["log", "--store", store]).output.contains("print"))
        let result = try DemoStore.run(["demo", "--reset", "--store", store])
        #expect(result.status == 0 && result.output.contains("CRC-0112"), "\(result.errors)")
        #expect(try !DemoStore.run(["log", "--limit", "1000", "--store", store]).output.contains("print"))
    }

    @Test("--reset refuses a demo store into which somebody brought a patient or a meeting, and names it")
    func mixed() throws {
        let bundle = try file(
            "own.json", #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p1"}}]}"#)
        let meeting = try #require(SharedFiles.text(demo("liver-board.toml")))
        let own = try file("own.toml", meeting.replacingOccurrences(of: "liver-2026-11-26", with: "liver-own"))
        for (brought, name) in [(bundle, "P-0"), (own, "liver-own")] {
            let store = try DemoStore.copy()
            #expect(try DemoStore.run(["import", brought, "--store", store]).status == 0)
            let before = try DemoStore.run(["patients", "--store", store]).output
            let result = try DemoStore.run(["demo", "--reset", "--store", store])
            #expect(result.status == 65 && result.errors.contains(name) && result.errors.contains("backup"), "\(result.errors)")
            #expect(try DemoStore.run(["patients", "--store", store]).output == before)
            #expect(try DemoStore.run(["demo", "--store", store]).status == 0, "it still opens")
        }
    }
}
