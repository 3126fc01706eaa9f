// `decision`: what the screen does, from a shell; what is wrong changes nothing.
import Foundation
import Records
import TestSupport
import Testing

@Suite("The command decision", .serialized)
struct DecisionCommandTests {
    private func run(_ store: String, _ arguments: String...) throws -> CommandResult {
        try DemoStore.run(["decision", "CRC-0112", "--store", store] + arguments)
    }

    private static let complete = [
        "--set", "choice=B", "--set", "reason=Better control", "--set", "standing=departs", "--set",
        "guideline=ESMO metastatic colorectal cancer; 2023; 2023-01-10", "--set", "deviation=dialysis", "--set", "informant=Dr Roche",
        "--set",
        "follow-up=+12w",
    ]

    @Test("It shows the draft and what is missing; nothing is chosen beforehand") func shows() throws {
        let result = try run(try DemoStore.copy())
        #expect(result.status == 0)
        for words in ["draft, not signed", "missing: nothing is chosen yet", "missing: the reason is empty", "missing: whether it follows"]
        {
            #expect(result.output.contains(words), "\(result.output)")
        }
    }

    @Test("Fields are set, lists are filled and thinned, the chair signs, and an amendment stands beside what it amends")
    func wholeLife() throws {
        let store = try DemoStore.copy()
        let lists = [
            "--add", "alternatives=A", "--add", "alternatives=other: best supportive care", "--add",
            "steps=Chemotherapy: FOLFIRI, from +1w", "--add", "steps=surgery: right hepatectomy, +12w to +16w", "--add",
            "tests=CT, by +10w",
            "--set", "correspondents=Dr Roche; Dr Kay", "--set", "trial=none open here", "--set", "preference=no stoma",
        ]
        let drafted = try DemoStore.run(["decision", "CRC-0112", "--store", store] + Self.complete + lists)
        #expect(drafted.status == 0, "\(drafted.errors)")
        for words in [
            "2 best supportive care", "1 chemotherapy: FOLFIRI, from 2026-12-03",
            "2 surgery: right hepatectomy, 2027-02-18 to 2027-03-18", "ready to sign",
        ] {
            #expect(drafted.output.contains(words), "\(words)\n\(drafted.output)")
        }
        let thinned = try run(store, "--remove", "steps=1")
        #expect(thinned.output.contains("1 surgery: right hepatectomy") && !thinned.output.contains("FOLFIRI, from"))
        let wrong = try run(store, "--sign", "Dr Nobody")
        #expect(wrong.status == 1 && wrong.errors.contains("is not the chair"))
        let signed = try run(store, "--sign", "prof. aurelien delmas", "--figures")
        #expect(signed.status == 0 && signed.output.contains("signed, version 1"), "\(signed.errors)")
        let twice = try run(store, "--sign", "Prof. Aurelien Delmas")
        #expect(twice.status == 1 && twice.errors.contains("nothing has changed since version 1"))
        let amended = try run(store, "--set", "reason=Better control; seen again", "--sign", "Prof. Aurelien Delmas")
        #expect(amended.status == 0 && amended.output.contains("signed, version 2") && amended.output.contains("Version 1 signed by"))
        #expect(try DemoStore.run(["sheet", "CRC-0112", "--store", store]).output.contains("AMENDED"))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
        let json = try DemoStore.run(["decision", "CRC-0112", "--store", store, "--format", "json"]).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect((object["versions"] as? [Any])?.count == 2)
        #expect((object["missing"] as? [Any])?.isEmpty == true)
    }

    @Test(
        "Bad input is told with its field, and nothing is changed, whatever else stands in the command",
        arguments: [
            (["--set", "choice=Z"], Int32(65), "choice: «Z» is none of the scenarios"), (["--set", "chioce=A"], 64, "is not FIELD=TEXT"),
            (["--set", "follow-up=soon"], 65, "follow-up: type a date such as"),
            (["--set", "follow-up=2020-01-01"], 65, "must come after the meeting"),
            (["--set", "standing=maybe"], 65, "is not follows, departs or none"),
            (["--add", "steps=magic: wand"], 65, "begin with its kind and a colon"),
            (["--add", "steps=surgery: x, +8w to +4w"], 65, "comes before the earliest"),
            (["--add", "tests=CT, by tomorrow"], 65, "is no window of time"), (["--add", "reason=x"], 65, "holds one entry"),
            (["--remove", "steps=4"], 65, "there is no entry 4"), (["--remove", "steps=0"], 64, "takes the entry's number"),
            (["--set", "reason=a\u{1B}[2Jb"], 65, "holds a control character"),
            (["--set", "present=Anne Roux"], 65, "type a name, a comma"),
            (["--sign", "Prof. Aurelien Delmas"], 1, "not signed, nothing was changed: nothing is chosen yet; the reason is empty"),
            (["--figures"], 64, "--figures belongs to --sign"), (["--meeting", "none"], 66, "is on no agenda"),
        ])
    func refused(arguments: [String], status: Int32, words: String) throws {
        let store = try DemoStore.copy()
        let before = try run(store).output
        let extra = arguments.contains("--sign") ? [] : ["--set", "question=changed by the same command"]
        let result = try DemoStore.run(["decision", "CRC-0112", "--store", store] + extra + arguments)
        #expect(result.status == status && result.errors.contains(words), "\(result.status) \(result.errors)")
        #expect(try run(store).output == before)
    }

    @Test("A rule file with a mistake is told with file and key; the log and the records are reached all the same") func brokenRule() throws
    {
        let store = try DemoStore.copy()
        let share = FileManager.default.temporaryDirectory.appending(path: "twinboard-share-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: share) }
        try FileManager.default.copyItem(
            at: URL(fileURLWithPath: SharedFiles.projectRoot + "/rules"), to: share.appending(path: "rules"), creating: share)
        let liver = share.appending(path: "rules/liver.toml")
        let text = try String(contentsOf: liver, encoding: .utf8).replacingOccurrences(of: "minimum = 3", with: "minimum = 2")
        try text.write(to: liver, atomically: true, encoding: .utf8)
        let environment = ["TWINBOARD_SHARE": share.path]
        let result = try DemoStore.run(["decision", "CRC-0112", "--store", store], environment: environment)
        #expect(result.status == 65 && result.errors.contains("liver.toml, physicians.minimum: must be a whole number from 3 to 50"))
        #expect(try DemoStore.run(["log", "--verify", "--store", store], environment: environment).status == 0)
        #expect(try DemoStore.run(["show", "CRC-0112", "--store", store], environment: environment).status == 0)
    }

    /// Random command lines; after them only whole decisions are in the store.
    static func fuzz(seed: UInt64, commands: Int) throws {
        var random = Seeded(seed)
        let store = try DemoStore.copy()
        let patients = ["CRC-0112", "CRC-0147", "CRC-0163", "CRC-0171"]
        let values = [
            "", " ", "A", "B", "other:", "other: wait", "follows", "departs", "none", "+12w", "x", "\u{200B}", "Dr X, surgery",
            "surgery: y",
        ]
        let fields = [
            "choice", "reason", "standing", "guideline", "deviation", "informant", "follow-up", "without-quorum", "present", "alternatives",
        ]
        var signed = 0
        for _ in 0..<commands {
            var arguments = ["decision", patients.randomElement(using: &random) ?? "", "--store", store]
            var complete = DecisionCommandTests.complete
            if Bool.random(using: &random) {
                let drop = 2 * Int.random(in: 0..<complete.count / 2, using: &random)
                complete.removeSubrange(drop...drop + 1)
            }
            if Bool.random(using: &random) { arguments += complete }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let verb = ["--set", "--set", "--add", "--remove"].randomElement(using: &random) ?? ""
                arguments += [verb, (fields.randomElement(using: &random) ?? "") + "=" + (values.randomElement(using: &random) ?? "")]
            }
            if Bool.random(using: &random) {
                arguments += ["--sign", ["Prof. Aurelien Delmas", "Dr X", ""].randomElement(using: &random) ?? ""]
            }
            let result = try DemoStore.run(arguments)
            #expect([0, 1, 64, 65].contains(result.status), "seed \(seed): \(arguments): \(result.status) \(result.errors)")
            if arguments.contains("--sign"), result.status == 0 { signed += 1 }
        }
        let records = try Store.open(path: store)
        var stored = 0
        for patient in patients {
            let item = try #require(records.agendaItems(patient: patient).first)
            for decision in try records.decisions(item.id) {
                stored += 1
                let body = try #require(try JSONSerialization.jsonObject(with: Data(decision.body.utf8)) as? [String: Any])
                let draft = try #require(body["draft"] as? [String: Any])
                let says = { (key: String) in (draft[key] as? String ?? "").contains { $0.isLetter || $0.isNumber } }
                #expect(draft["choice"] is [String: Any] && says("reason"), "seed \(seed): \(decision.body)")
                #expect(decision.signedBy == "Prof. Aurélien Delmas", "seed \(seed)")
                #expect(body["quorumReached"] as? Bool == true || says("withoutQuorum"), "seed \(seed): \(decision.body)")
            }
        }
        print("command fuzz: seed \(seed), \(commands) commands, \(signed) signed")
        #expect(stored == signed && signed > 0)
        #expect(try records.verifyLedger().isWhole)
    }

    @Test("Random command lines leave only whole decisions behind") func fuzzed() throws { try Self.fuzz(seed: 20_261_126, commands: 60) }
}

extension FileManager {
    fileprivate func copyItem(at source: URL, to target: URL, creating folder: URL) throws {
        try createDirectory(at: folder, withIntermediateDirectories: true)
        try copyItem(at: source, to: target)
    }
}

@Suite("Random command lines, 1,000 of them", .enabled(if: ProcessInfo.processInfo.environment["TWINBOARD_SOAK"] == "1"))
struct DecisionCommandSoakTests {
    @Test("1,000 random command lines leave only whole decisions behind") func long() throws {
        try DecisionCommandTests.fuzz(seed: 99, commands: 1000)
    }
}
