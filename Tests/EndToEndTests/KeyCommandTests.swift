// Keys and signatures from the shell, as a script and as a court's expert use them; and a seat that signs twice.
import Foundation
import Meetings
import Records
import StoreSupport
import Synchronization
import TestSupport
import Testing
import TwinLibrary
import Twins
import Workstation

@Suite("Keys and signatures from the shell", .serialized)
struct KeyCommandTests {
    /// A file with a passphrase on its first line.
    private func secret(_ text: String, beside store: String, mode: Int = 0o600) throws -> String {
        let path = store + ".secret-\(UUID().uuidString)"
        try #require(
            FileManager.default.createFile(atPath: path, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: mode]))
        return path
    }

    /// A decision on the first liver case, ready for the chair.
    private func decision(_ board: Board) throws -> (Decision, meeting: String) {
        let item = try #require(try board.items(patient: "CRC-0112").first)
        let meeting = try board.meeting(item.meeting)
        let draft = DecisionDraft(
            present: meeting.seats, question: item.question, options: [], choice: .other("wait and see"), reason: "small lesions",
            followUp: CalendarDay(number: meeting.day.number + 84), withoutQuorum: "for a test", plan: .forTests)
        let version = try board.decisions(item.id).count + 1
        return (
            Decision(
                agendaItem: item.id, version: version, draft: draft, signedBy: meeting.chair, signedAt: Instant(milliseconds: 0),
                quorumReached: true, seen: nil), item.meeting
        )
    }

    @Test("a key is made, listed, exported, given another passphrase and retired; a file that others can read is refused")
    func keys() throws {
        let store = try DemoStore.copy()
        let first = try secret("correct horse battery", beside: store)
        let second = try secret("another one altogether", beside: store)
        func key(_ arguments: [String], _ environment: [String: String] = [:]) throws -> CommandResult {
            try DemoStore.run(["key"] + arguments + ["--store", store], environment: environment)
        }
        let open = try secret("correct horse battery", beside: store, mode: 0o644)
        let refused = try key(["new", "Dr A"], ["TWINBOARD_PASSPHRASE_FILE": open])
        #expect(refused.status == 65 && refused.errors.contains("chmod 600"), "\(refused.errors)")
        let short = try secret("short", beside: store)
        #expect(try key(["new", "Dr A"], ["TWINBOARD_PASSPHRASE_FILE": short]).errors.contains("at least 8 characters"))
        let made = try key(["new", "Dr A"], ["TWINBOARD_PASSPHRASE_FILE": first])
        #expect(made.status == 0 && made.output.contains("Dr A"), "\(made.errors)")
        #expect(try key(["new", "Dr A"], ["TWINBOARD_PASSPHRASE_FILE": first]).status == 65)
        #expect(try key(["list"]).output.contains("Dr A"))
        let exported = try key(["export", "Dr A"]).output
        #expect(MinisignKey(exported) != nil && made.output.contains(exported.split(separator: "\n").last ?? "none"))
        let wrong = try key(
            ["change-passphrase", "Dr A"], ["TWINBOARD_PASSPHRASE_FILE": second, "TWINBOARD_NEW_PASSPHRASE_FILE": second])
        #expect(wrong.status == 65 && wrong.errors.contains("does not open the key of Dr A"), "\(wrong.errors)")
        let environment = ["TWINBOARD_PASSPHRASE_FILE": first, "TWINBOARD_NEW_PASSPHRASE_FILE": second]
        #expect(try key(["change-passphrase", "Dr A"], environment).status == 0)
        #expect(try Store.open(path: store).unlock("Dr A", passphrase: Passphrase("another one altogether")).name == "Dr A")
        #expect(try key(["retire", "Dr A", "--reason", "left the hospital"]).status == 0)
        #expect(try key(["retire", "Dr A", "--reason", "left the hospital"]).status == 66)
        #expect(try key(["list", "--format", "json"]).output.contains("retired_utc"))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("typed at a terminal a passphrase is not echoed, and ^C leaves the terminal as it was")
    func typed() throws {
        let store = try DemoStore.copy()
        let terminal = try PseudoTerminal(
            DemoStore.program, ["key", "new", "Dr A", "--store", store], columns: 120, rows: 24, environment: ["TZ": "UTC"])
        #expect(terminal.waitFor("New passphrase of Dr A"))
        terminal.type("correct horsx")
        terminal.press(.backspace)
        terminal.type("e battery")
        terminal.press(.enter)
        #expect(terminal.waitFor("once more"))
        terminal.type("correct horse battery")
        terminal.press(.enter)
        #expect(terminal.finish() == .exited(0))
        #expect(!terminal.screenText.contains("horse") && terminal.screenText.contains("Dr A"), "\(terminal.screenText)")
        #expect(try Store.open(path: store).unlock("Dr A", passphrase: Passphrase("correct horse battery")).name == "Dr A")
        let stopped = try PseudoTerminal(
            DemoStore.program, ["key", "new", "Dr B", "--store", store], columns: 120, rows: 24, environment: ["TZ": "UTC"])
        #expect(stopped.waitFor("New passphrase of Dr B"))
        stopped.press(.control("c"))
        #expect(stopped.finish() == .exited(1))
        #expect(try Store.open(path: store).signer(named: "Dr B") == nil)
    }

    @Test("a court's expert checks a decision and the log with minisign and sha256sum alone; the sheet replays")
    func expert() throws {
        let store = try DemoStore.copy()
        let chair: String
        do {
            let board = Board(try Store.open(path: store))
            let (decision, meeting) = try decision(board)
            chair = try board.sign(decision, meeting: meeting).signedBy
        }
        let folder = store + ".proof"
        let written = try DemoStore.run(["signature", "CRC-0112", "--output", folder, "--store", store])
        #expect(written.status == 0 && written.output.contains("signed by \(chair)"), "\(written.errors)")
        let checkpoint = folder + "/checkpoint"
        #expect(try DemoStore.run(["log", "--export-checkpoint", checkpoint, "--store", store]).status == 0)
        #expect(try DemoStore.run(["log", "--export-checkpoint", checkpoint, "--store", store]).status == 73, "nothing is written over")
        let verified = try DemoStore.run(["log", "--verify", "--store", store])
        #expect(verified.status == 0)
        #expect(verified.output.contains("signed: 15 of 15 decisions, 15 checkpoints, 5 keys"), "\(verified.output)")
        let base =
            folder + "/"
            + (try #require(
                FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".pub") && $0.hasPrefix("decision") }
            ).replacingOccurrences(of: ".pub", with: ""))
        let message = try String(contentsOfFile: base + ".txt", encoding: .utf8)
        func sha256(_ path: String) throws -> String {
            String(try run("/usr/bin/sha256sum", [path]).output.prefix(64))
        }
        #expect(message.contains("body_sha256: " + (try sha256(base + ".json"))))
        #expect(message.contains("content_sha256: " + (try sha256(base + ".content"))))
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/minisign") else {
            print("left out: minisign is not installed, so its verdict on the exported files was not asked for")
            return
        }
        #expect(try run("/usr/bin/minisign", ["-V", "-p", base + ".pub", "-m", base + ".txt"]).status == 0)
        #expect(try run("/usr/bin/minisign", ["-V", "-p", checkpoint + ".pub", "-m", checkpoint]).status == 0)
        try Data((message + " ").utf8).write(to: URL(fileURLWithPath: base + ".txt"))
        #expect(try run("/usr/bin/minisign", ["-V", "-p", base + ".pub", "-m", base + ".txt"]).status == 1)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    @Test("at one seat the passphrase is asked for once; a wrong one signs nothing; leaving locks the key")
    func seat() throws {
        let store = try Store.open(path: try DemoStore.copy())
        let answers = Mutex<[Workstation.Event]>([])
        let done = DispatchSemaphore(value: 0)
        let worker = Worker(store: store, models: TwinLibrary.models, seat: "robot", meeting: nil, keyCost: .forTests) { event in
            answers.withLock { $0.append(event) }
            done.signal()
        }
        func answer(_ effect: Effect) throws -> Workstation.Event {
            worker.start(effect)
            try #require(done.wait(timeout: .now() + 60) == .success)
            return answers.withLock { $0.removeFirst() }
        }
        let board = Board(store)
        let (decision, meeting) = try decision(board)
        guard case .passphraseWanted(let request) = try answer(.sign(decision, meeting: meeting)) else {
            return #expect(Bool(false), "no passphrase is asked for")
        }
        #expect(request.isNew)
        guard case .signed = try answer(.signWith(request, Passphrase(new: "correct horse battery"))) else {
            return #expect(Bool(false), "not signed")
        }
        let second = try self.decision(board).0
        guard case .signed = try answer(.sign(second, meeting: meeting)) else { return #expect(Bool(false), "asked for again") }
        _ = worker.finish([])
        let third = try self.decision(board).0
        guard case .passphraseWanted(let again) = try answer(.sign(third, meeting: meeting)) else {
            return #expect(Bool(false), "the key stayed unlocked")
        }
        #expect(!again.isNew)
        guard case .passphraseWanted(let refused) = try answer(.signWith(again, Passphrase("correct horse batterz"))) else {
            return #expect(Bool(false), "a wrong passphrase")
        }
        #expect(refused.problem.contains("does not open"))
        #expect(try board.decisions(decision.agendaItem).count == 2)
        let report = try store.verifyLedger()
        #expect(report.isWhole && report.signed == 16 && report.checkpoints == 16, "\(report)")
    }
}
