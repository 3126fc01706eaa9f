// What a person gets from a shell on a store without a single twin: quick, so that every answer and every refusal can be asked for.
import Foundation
import TestSupport
import Testing

@Suite("In the shell")
struct ShellTests: ShellSuite {
    let folder: URL
    init() throws { folder = try Self.newFolder() }

    /// Overrides the direction, hides, and speaks to the terminal: U+202E, U+200B, the one-byte CSI and OSC of C1.
    static let hostile = "colon\u{202E}cancer\u{200B}\u{9B}31m\u{9D}0;owned\u{9C}"

    /// A bundle of one patient whose every text is hostile, with a letter that has no date.
    private func hostileBundle() throws -> String {
        let letter = Data("Letter \(Self.hostile)".utf8).base64EncodedString()
        return try file(
            "bundle.json",
            """
            {"resourceType":"Bundle","type":"collection","entry":[
            {"resource":{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1965-03-02","name":[{"family":"\(Self.hostile)"}]}},
            {"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"code":{"text":"\(Self.hostile)",
            "coding":[{"system":"http://snomed.info/sct","code":"363406005","display":"\(Self.hostile)"}]}}},
            {"resource":{"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},
            "description":"\(Self.hostile)","content":[{"attachment":{"contentType":"text/plain","title":"\(Self.hostile)","data":"\(letter)"}}]}}
            ]}
            """)
    }

    @Test("Names that speak to a terminal are only shown, whatever brings them: a file's name, a record, a message, a wrong option")
    func hostileNames() throws {
        let name = "\u{1B}]0;owned\u{07}\u{202E}\u{9B}2J"
        for bad in [try file(name + ".json", "no JSON"), folder.path + "/" + name + "none.json", try file(name + ".toml", "[[")] {
            let result = try run("import", bad)
            #expect(result.status != 0 && isClean(result.errors) && isClean(result.output), "\(result.errors)")
            #expect(result.errors.contains("owned"), "it is named all the same")
        }
        let taken = try run("import", try hostileBundle())
        #expect(taken.status == 0 && isClean(taken.output) && isClean(taken.errors), "\(taken.errors)")
        let rows = try #require(try json(try run("patients", "--format", "json")) as? [[String: Any]])
        let patient = try #require(rows.first?["id"] as? String)
        for arguments in [
            ["patients"], ["show", patient], ["show", patient, "--format", "csv"], ["search", "letter"], ["log"],
            ["log", "--format", "csv"],
            ["show", name], ["models", name], ["compare", patient, "--scenario", name], ["patients", "--" + name], [name],
            ["sheet", patient, "--meeting", name], ["calibrate", name], ["log", "--verify", "--head", name],
        ] {
            let result = try DemoStore.run(arguments + ["--store", store])
            #expect(isClean(result.output) && isClean(result.errors), "\(arguments)")
        }
        #expect(try run("show", patient).output.contains("colon"))
    }

    @Test("log and search as JSON: a number is a number, and what is not there is null")
    func nulls() throws {
        _ = try run("import", try hostileBundle())
        let hit = try #require((try json(try run("search", "letter", "--format", "json")) as? [[String: Any]])?.first)
        #expect(hit["date"] is NSNull)
        let entries = try #require(try json(try run("log", "--format", "json")) as? [[String: Any]])
        #expect(entries.allSatisfy { $0["sequence"] is Int })
        #expect(entries.first { $0["action"] as? String == "search" }?["patient"] is NSNull)
        #expect(entries.first { $0["action"] as? String == "import" }?["categories"] is NSNull)
    }

    @Test("The log is proven in the format that was asked for, and held against a head that a sheet shows")
    func verify() throws {
        _ = try run("import", demo("CRC-0112.json"))
        let report = try #require(try json(try run("log", "--verify", "--format", "json")) as? [String: Any])
        let head = try #require(report["head"] as? String)
        #expect(report["whole"] as? Bool == true)
        let table = try run("log", "--verify", "--format", "csv").output.split(separator: "\n")
        #expect(table.first == "whole,entries,decisions,head,finding,what" && table.count == 2)
        #expect(table.last?.hasPrefix("true,") == true && table.last?.contains(head) == true)
        _ = try run("patients")
        for kept in [head, String(head.prefix(head.split(separator: "-")[0].count + 9))] {
            #expect(try run("log", "--verify", "--head", kept).status == 0)
        }
        let wrong = try run("log", "--verify", "--head", "1-00000000")
        #expect(wrong.status == 1 && wrong.output.contains("is not the one that was kept as 1-00000000"))
        let later = try run("log", "--verify", "--head", "9999-00000000", "--format", "csv")
        #expect(later.status == 1 && later.output.contains("false,") && later.output.contains("problem,"))
        #expect(try run("log", "--verify", "--head", "nonsense").status == 64)
        #expect(try run("log", "--head", head).status == 64)
    }

    @Test("A backup is the whole store, for its owner alone, and overwrites nothing")
    func backup() throws {
        _ = try run("import", demo("CRC-0112.json"))
        let copy = folder.appending(path: "copy.sqlite").path
        let result = try run("backup", copy)
        #expect(result.status == 0, "\(result.errors)")
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let restored = try DemoStore.run(["patients", "--store", copy])
        #expect(restored.status == 0 && restored.output.contains("CRC-0112"))
        let before = try Data(contentsOf: URL(filePath: copy))
        let again = try run("backup", copy)
        #expect(again.status == 65 && again.errors.contains("already"))
        #expect(try Data(contentsOf: URL(filePath: copy)) == before)
    }

    @Test("A theme that does not exist is refused, with those that do")
    func theme() throws {
        let result = try run("open", "--theme", "projecter")
        #expect(result.status == 66)
        #expect(["dark", "light", "projector"].allSatisfy { result.errors.contains($0) }, "\(result.errors)")
    }

    @Test("calibrate --all that could not calibrate everybody says so, and how many")
    func calibrateAll() throws {
        _ = try run("import", try hostileBundle())
        let result = try run("calibrate", "--all")
        #expect(result.status == 65)
        #expect(result.errors.contains("1 of 1 patients could not be calibrated") && result.errors.contains("no model measures anything"))
    }

    @Test("Of several files that are refused each is named, and the others are taken")
    func severalFiles() throws {
        let (one, two) = (try file("one.json", "{"), try file("two.json", "nothing"))
        let result = try run("import", one, demo("CRC-0112.json"), two)
        #expect(result.status == 65)
        let last = try #require(result.errors.split(separator: "\n").last)
        #expect(last.contains("one.json") && last.contains("two.json") && !last.contains("CRC-0112"))
        #expect(try run("patients").output.contains("CRC-0112"))
    }

    @Test("A scan on the morning of the meeting belongs to the case")
    func sameDay() throws {
        let text = try #require(SharedFiles.text(demo("CRC-0112.json")))
        let morning = try file("CRC-0112.json", text.replacingOccurrences(of: "\"2026-11-16\"", with: "\"2026-11-26T09:00:00Z\""))
        let others = ["CRC-0147", "CRC-0163", "CRC-0171"].map { demo($0 + ".json") }
        #expect(try DemoStore.run(["import", morning] + others + [demo("liver-board.toml"), "--store", store]).status == 0)
        let twin = try #require(try json(try run("calibrate", "CRC-0112", "--draws", "100", "--format", "json")) as? [String: Any])
        #expect(twin["measurements"] as? Int == 2)
        #expect(twin["reference"] as? String == "2026-11-26")
    }

    @Test("A corrected record is calibrated anew, one that is the same is not; what calibrate was asked for stays")
    func stale() throws {
        let text = try #require(SharedFiles.text(demo("MEM-0021.json")))
        _ = try run("import", demo("MEM-0021.json"))
        func draws(_ arguments: String...) throws -> String? {
            let result = try DemoStore.run(arguments + ["MEM-0021", "--model", "alzheimer-course", "--format", "json", "--store", store])
            return (try json(result) as? [String: Any])?["draws_sha256"] as? String
        }
        let first = try draws("calibrate", "--seed", "7", "--draws", "100")
        #expect(try first != nil && draws("compare") == first)
        _ = try run("import", demo("MEM-0021.json"))
        #expect(try draws("compare") == first)
        _ = try run("import", try file("corrected.json", text.replacingOccurrences(of: "\"value\": 28", with: "\"value\": 19")))
        #expect(try draws("compare") != first)
    }

    @Test("A meeting file that is in the store already changes nothing, and says what to do")
    func meetingTwice() throws {
        let patients = ["CRC-0112", "CRC-0147", "CRC-0163", "CRC-0171"].map { demo($0 + ".json") }
        #expect(try DemoStore.run(["import"] + patients + [demo("liver-board.toml"), "--store", store]).status == 0)
        let again = try run("import", demo("liver-board.toml"))
        #expect(again.status == 65 && again.errors.contains("is in the store already; give the file another id"))
    }
}
