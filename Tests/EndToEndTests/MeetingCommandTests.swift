// A coordinator at a shell: a meeting made, filled, checked, put off; then what came of it, and a class run blind.
import Foundation
import TestSupport
import Testing

@Suite("Preparing, following up and training from a shell")
struct MeetingCommandTests: ShellSuite {
    let folder: URL

    init() throws { folder = try Self.newFolder() }

    private func done(_ arguments: String...) throws -> CommandResult {
        let result = try DemoStore.run(arguments + ["--store", store])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        return result
    }

    private func prepared() throws {
        _ = try done("import", demo("CRC-0112.json"), demo("CRC-0147.json"))
        for (id, day) in [("liver-a", "2026-11-26"), ("liver-b", "2026-12-03")] {
            _ = try done(
                "meeting", "new", id, "--title", "Liver board", "--board", "liver", "--day", day, "--time", "14:00", "--chair", "Dr Martin",
                "--coordinator", "Ms Terrasse", "--seat", "Dr Martin, surgery", "--seat", "Dr Leroy, oncology", "--seat",
                "Dr Weber, radiology, member")
        }
        _ = try done("meeting", "add", "liver-a", "CRC-0112", "--question", "Operate now?", "--presenter", "Dr Leroy")
        _ = try done("meeting", "add", "liver-a", "CRC-0147", "--question", "Which drugs first?")
    }

    @Test("A meeting is made and filled; check fails with what is missing by case, and is content once it is there")
    func check() throws {
        try prepared()
        let missing = try run("meeting", "check", "liver-a", "--today", "2026-11-20")
        #expect(missing.status == 1)
        #expect(missing.output.contains("6 days before") && missing.output.contains("CRC-0147"))
        #expect(missing.output.contains("missing: presenter") && missing.output.contains("missing: guideline with version"))
        #expect(missing.output.contains("missing: patient informed, or blocked with the reason"))
        // A nightly job complains only when the meeting is near.
        #expect(try run("meeting", "check", "liver-a", "--today", "2026-11-20", "--days-before", "3").status == 0)
        for patient in ["CRC-0112", "CRC-0147"] {
            _ = try done(
                "meeting", "set", "liver-a", patient, "presenter=Dr Leroy", "guideline=Demo guideline", "guideline-version=1",
                "performance=1", "gp=Dr Estève")
            _ = try done("meeting", "inform", "liver-a", patient, "--on", "2026-11-19", "--by", "Dr Leroy")
        }
        let whole = try run("meeting", "check", "liver-a", "--today", "2026-11-20", "--format", "json")
        let value = try #require(try json(whole) as? [String: Any])
        let cases = try #require(value["cases"] as? [[String: Any]])
        // What the board's rule asks for and these records lack is still named; what was filled is not.
        let left = cases.flatMap { $0["missing"] as? [String] ?? [] }
        for filled in ["presenter", "guideline", "informed", "question"] { #expect(!left.contains { $0.contains(filled) }, "\(left)") }
        #expect(value["is_complete"] as? Bool == left.isEmpty && whole.status == (left.isEmpty ? 0 : 1))
        #expect(value["days_before"] as? Int == 6 && value["missing_seats"] as? [String] == [])
        #expect(cases.first?["gp"] as? String == "Dr Estève")
        #expect(cases.first?["information"] as? String == "informed on 2026-11-19 by Dr Leroy")
    }

    @Test("An identity is filled at a shell, printed only where asked for, and the log names its fields alone")
    func identity() throws {
        try prepared()
        let wrong = try run("identity", "CRC-0112", "--set", "ins=1 68 03 99 100 112 99")
        #expect(wrong.status == 65 && wrong.errors.contains("the key does not belong"), "\(wrong.errors)")
        #expect(try run("identity", "CRC-0112", "--set", "colour=red").status == 64)
        #expect(try run("identity", "CRC-0112", "--set", "birth-place=Ajaccio").status == 65)
        #expect(try run("identity", "NOBODY").status == 66)
        let filled = try done(
            "identity", "CRC-0112", "--set", "ins=test 2 55 08 2a 004 025", "--set", "trusted-person=Ilse Roux, sister", "--set",
            "birth-place=2a004")
        #expect(filled.output.contains("2 55 08 2A 004 025") && filled.output.contains("2A004"))
        #expect(filled.errors.contains("says female, the record male"), "\(filled.errors)")
        let value = try #require(try json(try done("identity", "CRC-0112", "--format", "json")) as? [String: Any])
        #expect(value["trusted-person"] as? String == "Ilse Roux, sister" && (value["name"] as? String)?.isEmpty == false)
        let plain = try done("sheet", "CRC-0112").output
        #expect(plain.contains("kept apart from the record") && !plain.contains("Ilse"))
        #expect(try done("sheet", "CRC-0112", "--identity").output.contains("Ilse Roux, sister"))
        let log = try done("log", "--patient", "CRC-0112", "--format", "json").output
        #expect(log.contains("ins, trusted-person, birth-place") && !log.contains("Ilse") && !log.contains("2A004"))
        #expect(try done("log", "--verify").status == 0)
    }

    @Test("The tumour's fields are checked at the shell, and missing ones are named until they are filled")
    func tumour() throws {
        try prepared()
        let wrong = try run("meeting", "set", "liver-a", "CRC-0112", "tnm=T9 N0 M0")
        #expect(wrong.status == 65 && wrong.errors.contains("cT3 N1 M1a"))
        #expect(try run("meeting", "set", "liver-a", "CRC-0112", "tumour=big").status == 64)
        #expect(try run("meeting", "check", "liver-a").output.contains("topography of the tumour"))
        _ = try done(
            "meeting", "set", "liver-a", "CRC-0112", "tnm=ct3n1m1a", "topography=c18.2 ascending colon", "phase=relapse",
            "discovery=screening")
        let cases = try #require(
            (try json(try run("meeting", "check", "liver-a", "--format", "json")) as? [String: Any])?["cases"] as? [[String: Any]])
        let first = try #require(cases.first { $0["patient"] as? String == "CRC-0112" })
        #expect(first["tnm"] as? String == "cT3 N1 M1a")
        let missing = first["missing"] as? [String] ?? []
        for filled in ["topography", "TNM", "phase", "found"] { #expect(!missing.contains { $0.contains(filled) }, "\(missing)") }
        #expect(try done("sheet", "CRC-0112").output.contains("C18.2 ascending colon"))
        #expect(try run("meeting", "deliver", "liver-a", "CRC-0112", "--to", "Dr Estève").status != 0)
    }

    @Test("A block shows its reason, a case put off stands in the other meeting, and the page of scores tells why")
    func blockAndPostpone() throws {
        try prepared()
        _ = try done("meeting", "block", "liver-a", "CRC-0112", "--reason", "wants to think")
        let shown = try done("meeting", "show", "liver-a")
        #expect(shown.output.contains("CRC-0112 · liver-metastases · blocked") && shown.output.contains("wants to think"))
        _ = try done("meeting", "postpone", "liver-a", "CRC-0147", "--to", "liver-b", "--reason", "awaits the MRI")
        _ = try done("meeting", "register", "liver-b", "CRC-0147", "--reason", "standard case 4")
        let other = try done("meeting", "show", "liver-b", "--format", "csv")
        #expect(other.output.contains("CRC-0147,liver-metastases,registered"))
        for format in ["text", "markdown"] {
            let scores = try done("meeting", "scores", "liver-a", "--format", format)
            #expect(scores.output.contains("postponed 1") && scores.output.contains("to liver-b: awaits the MRI"))
            #expect(scores.output.contains("no case was timed"))
        }
        let value = try #require(try json(done("meeting", "scores", "liver-a", "--format", "json")) as? [String: Any])
        #expect(value["postponed"] as? Int == 1 && value["cases"] as? Int == 2)
        #expect(try done("log", "--format", "text").output.contains("prepare"))
    }

    @Test("What cannot be is refused with a reason and its own status")
    func refused() throws {
        try prepared()
        #expect(try run("meeting", "show", "nobody").status == 66)
        #expect(try run("meeting", "block", "liver-a", "CRC-0112", "--reason", " ").status == 65)
        #expect(try run("meeting", "inform", "liver-a", "CRC-0112", "--on", "soon", "--by", "Dr Leroy").status == 64)
        #expect(try run("meeting", "set", "liver-a", "CRC-0112", "colour=red").status == 64)
        #expect(try run("meeting", "add", "liver-a", "CRC-0112", "--question", "again?").status == 65)
        #expect(try run("meeting", "postpone", "liver-a", "CRC-0112", "--to", "nowhere", "--reason", "x").status == 66)
        let twice = try run(
            "meeting", "new", "liver-a", "--title", "x", "--board", "liver", "--day", "2026-11-26", "--time", "14:00", "--chair",
            "Dr Martin",
            "--seat", "Dr Martin, surgery")
        #expect(twice.status == 65)
        let decided = try file("past.toml", try String(contentsOfFile: demo("past/liver-2026-06.toml"), encoding: .utf8))
        let imported = try run("import", decided)
        #expect(imported.status != 0 && imported.errors.contains("cannot decide a case"))
    }

    @Test("The demo's past shows forecasts against what happened, with the band, the history and what was not carried out")
    func followUp() throws {
        let store = try DemoStore.copy()
        let result = try DemoStore.run(["follow-up", "--format", "json", "--store", store])
        #expect(result.status == 0, "\(result.errors)")
        let value = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let cases = try #require(value["cases"] as? [[String: Any]])
        #expect(cases.count == 14)
        for entry in cases {
            let points = try #require(entry["points"] as? [[String: Any]])
            #expect(points.count >= 2, "\(entry["patient"] ?? "")")
            #expect(entry["failure"] is NSNull)
        }
        let report = try #require(value["report"] as? [String: Any])
        let coverage = try #require(report["coverage"] as? [[String: Any]])
        #expect(coverage.count == 3 && (report["measurements"] as? Int ?? 0) > 10 && (report["left_out"] as? Int ?? 0) > 0)
        let text = try DemoStore.run(["follow-up", "MEM-0055", "--store", store])
        #expect(text.output.contains("The family wanted to wait") && text.output.contains("partly carried out"))
        let due = try DemoStore.run(["follow-up", "--due", "2026-11-30", "--store", store])
        #expect(due.output.contains("CRC-0163"))
        let noted = try DemoStore.run(["follow-up", "CRC-0163", "--carried-out", "no", "--store", store])
        #expect(noted.status == 65 && noted.errors.contains("say why"))
        let done = try DemoStore.run(
            ["follow-up", "CRC-0163", "--carried-out", "yes", "--note", "twelve cycles in all", "--store", store])
        #expect(done.status == 0 && done.output.contains("twelve cycles in all"), "\(done.errors)")
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("The curves over the demo's decided patients: the same figures as text, JSON and CSV, and what is asked wrongly is said")
    func survival() throws {
        let store = try DemoStore.copy()
        func ask(_ arguments: String...) throws -> CommandResult { try DemoStore.run(["follow-up"] + arguments + ["--store", store]) }
        let result = try ask("--survival", "--format", "json")
        #expect(result.status == 0, "\(result.errors)")
        let value = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let liver = try #require((value["survival"] as? [[String: Any]])?.first)
        #expect(liver["patients"] as? Int == 11 && liver["events"] as? Int == 8 && liver["by"] as? String == "treatment")
        let members = try #require(liver["members"] as? [[String: Any]])
        let days = Dictionary(uniqueKeysWithValues: members.map { ($0["patient"] as? String ?? "", $0["free_day"] as? Int ?? -1) })
        // Read off the scans with a pencil: 57 mm in July 2025 and 75 mm on 16 February 2026, 340 days after the decision.
        #expect(days["CRC-0052"] == 340 && days["CRC-0163"] == 165 && days["CRC-0044"] == 60 && days["CRC-0047"] == 550)
        #expect(members.allSatisfy { $0["has_forecast"] as? Bool == true })
        let groups = try #require(liver["groups"] as? [[String: Any]])
        #expect(groups.map { $0["patients"] as? Int } == [6, 5] && groups.map { $0["events"] as? Int } == [5, 3])
        let test = try #require(liver["log_rank"] as? [String: Any])
        let hazard = try #require(liver["hazard_ratio"] as? [String: Any])
        let text = try ask("--survival").output
        for words in ["11 patients, 8 progressed", "Log-rank: p", "Hazard ratio B to A", "fewer than 10", "F forecast", "At risk, month"] {
            #expect(text.contains(words), "\(words)\n\(text)")
        }
        // The command of tables says the same of the same rows.
        let table = try ask("--survival", "--format", "csv").output.split(separator: "\n").filter { $0.hasPrefix("patient,") }
        let labels = Dictionary(uniqueKeysWithValues: members.map { ($0["patient"] as? String ?? "", $0["group"] as? String ?? "") })
        let rows = table.map { line -> String in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            // The criterion has a comma of its own, within quotes.
            return "\(cells[4]),\(cells[6]),\((labels[cells[3]] ?? "").contains("Resection") ? "b" : "a")"
        }
        let path = try file("cohort.csv", (["days,event,arm"] + rows).joined(separator: "\n"))
        let peer = try DemoStore.run([
            "survival", path, "--time", "days", "--status", "event", "--group", "arm", "--covariates", "arm", "--format", "json",
        ])
        let same = try #require(try JSONSerialization.jsonObject(with: Data(peer.output.utf8)) as? [String: Any], "\(peer.errors)")
        #expect((same["log_rank"] as? [String: Any])?["p"] as? Double == test["p"] as? Double)
        let row = try #require(((same["cox"] as? [String: Any])?["coefficients"] as? [[String: Any]])?.first)
        #expect(row["hazard_ratio"] as? Double == hazard["value"] as? Double)
        #expect(try ask().output.contains("Without progression · Sum of diameters, RECIST 1.1"))
        #expect(try ask("--by", "carried-out", "--survival").output.contains("partly or not carried out"))
        #expect(try ask("--board", "memory", "--survival").output.contains("there is no curve"))
        let wrong = try ask("--by", "luck")
        #expect(wrong.status == 64 && wrong.errors.contains("treatment, carried-out, simulation, together"))
        #expect(try ask("CRC-0163", "--survival").status == 64)
        let plain = try DemoStore.run(["follow-up", "--survival", "--store", store], environment: ["LC_ALL": "C"])
        #expect(plain.status == 0 && plain.output.contains("+ last seen"))
    }

    @Test("A class votes blind, the outcome is revealed and scored, and everything says TRAINING")
    func training() throws {
        let store = try DemoStore.copy()
        func step(_ arguments: String...) throws -> CommandResult { try DemoStore.run(["training"] + arguments + ["--store", store]) }
        let made = try step(
            "new", "class-1", "--patient", "MEM-0034", "--cut", "2025-06-20", "--target", "2026-06-08", "--observable", "mmse", "--title",
            "A posterior profile")
        #expect(made.status == 0, "\(made.errors)")
        let shown = try step("show", "class-1")
        #expect(shown.output.hasPrefix("TRAINING") && !shown.output.contains("MEM-0034") && !shown.output.contains("2025-12-01"))
        #expect(try step("vote", "class-1", "--seat", "Ann", "--choice", "A", "--interval", "20:26").status == 0)
        #expect(try step("vote", "class-1", "--seat", "Expert", "--choice", "As now", "--interval", "21:25", "--expert").status == 0)
        #expect(try step("score", "class-1").status == 1)
        let revealed = try step("reveal", "class-1", "--format", "json")
        #expect(revealed.status == 0, "\(revealed.errors)")
        let value = try #require(try JSONSerialization.jsonObject(with: Data(revealed.output.utf8)) as? [String: Any])
        #expect(value["is_training"] as? Bool == true && value["measured"] as? Double == 23 && value["given"] as? String == "As now")
        #expect((value["scores"] as? [[String: Any]])?.count == 3)
        #expect(try step("vote", "class-1", "--seat", "Late", "--choice", "A", "--interval", "23:23").status == 65)
        #expect(try step("reset", "class-1").status == 0)
        #expect(try step("score", "class-1", "--run", "1", "--format", "csv").output.contains("TRAINING,class-1,1"))
        let history = try DemoStore.run(["follow-up", "--format", "csv", "--store", store])
        #expect(!history.output.contains("class-1"))
        #expect(try !DemoStore.run(["meeting", "list", "--store", store]).output.contains("class-1"))
    }
}
