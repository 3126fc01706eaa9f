// The main path, from the agenda to a signed decision, and what happens when things break.
import Glibc
import Records
import Surface
import TestSupport
import Testing

@Suite("The main path", .serialized)
struct MainPathTests {
    private func open(
        _ store: String, columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]
    ) throws -> PseudoTerminal {
        var variables = ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC"]
        for (name, value) in environment { variables[name] = value }
        return try PseudoTerminal(
            DemoStore.program, ["demo", "--store", store], columns: columns, rows: rows, environment: variables)
    }

    /// What the store and the commands say after the robot has been there.
    private func checkSigned(_ store: String) throws {
        let sheet = try DemoStore.run(["sheet", "CRC-0112", "--store", store])
        #expect(sheet.output.contains("SIGNED"))
        #expect(sheet.output.contains("Two small lesions and a large remnant"))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("A chair walks from the agenda to a signed decision and on to the next case, in a real terminal")
    func realTerminal() throws {
        let store = try DemoStore.copy()
        let terminal = try open(store)
        try Robot.mainPath(terminal)
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.isRestored)
        try checkSigned(store)
    }

    @Test("The same on a fake terminal, with few columns or many, in Unicode or ASCII")
    func fakeTerminal() throws {
        for (size, capability) in [(Size(columns: 120, rows: 36), Capability.full), (Size(columns: 200, rows: 60), .ascii)] {
            let store = try DemoStore.copy()
            let terminal = try FakeTerminal(Store.open(path: store), meeting: "liver-2026-11-26", size: size, capability: capability)
            try Robot.mainPath(terminal)
            #expect(terminal.hasLeft)
            try checkSigned(store)
        }
    }

    @Test("Below the smallest size it says what it needs, and comes back; a resize at any moment is followed")
    func resize() throws {
        let terminal = try open(try DemoStore.copy(), columns: 100, rows: 30)
        #expect(terminal.waitFor("Agenda"))
        terminal.resize(columns: 40, rows: 10)
        #expect(terminal.waitFor("Too small: 40x10"))
        terminal.resize(columns: 200, rows: 60)
        #expect(terminal.waitFor("CRC-0112"))
        terminal.type("3")
        for size in [(80, 24), (61, 17), (120, 36), (33, 7), (100, 50)] {
            terminal.resize(columns: size.0, rows: size.1)
            usleep(20_000)
        }
        #expect(terminal.waitFor("Endpoint"))
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
        #expect(terminal.isRestored)
    }

    /// The day of the resection in the first scenario, as the store has it.
    private func operationDay(_ store: String) throws -> Double? {
        let board = try Store.open(path: store)
        let item = try #require(board.agendaItems(patient: "CRC-0112").first)
        return try board.scenarios(item.id).first?.scenario.interventions.first?.values["start"]?.number
    }

    enum End: CaseIterable { case hangUp, hangUpSignal, terminate }

    @Test("A dropped line or a SIGTERM in the middle of an edit: the draft is saved, the log is whole", arguments: End.allCases)
    func ended(end: End) throws {
        let store = try DemoStore.copy()
        let before = try #require(try operationDay(store))
        let terminal = try open(store)
        #expect(terminal.waitFor("CRC-0112"))
        terminal.type("4")
        try Robot.hold(terminal, "Operation")
        #expect(terminal.waitFor("28 days"))
        // Not a moment's rest: the draft is not saved yet by itself.
        switch end {
        case .hangUp: terminal.hangUp()
        case .hangUpSignal: terminal.signal(SIGHUP)
        case .terminate: terminal.signal(SIGTERM)
        }
        #expect(terminal.finish() != .running)
        if end != .hangUp { #expect(terminal.isRestored) }
        let after = try operationDay(store)
        #expect(after == before + 7)
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("kill -9 in the middle of an edit: the store opens, all that was shown as done is there")
    func killed() throws {
        let store = try DemoStore.copy()
        let terminal = try open(store)
        #expect(terminal.waitFor("CRC-0112"))
        terminal.type("6")
        #expect(terminal.waitFor("The board proposes"))
        try Robot.write(terminal, into: "Reason", "kept through a kill")
        // The text without the word «draft» beside it: the screen says that it is done.
        #expect(terminal.wait { terminal.screenText.contains("kept through a kill") && !terminal.screenText.contains("being saved") })
        try Robot.choose(terminal, "Dissent")
        terminal.type("cut off in the mid")
        terminal.signal(SIGKILL)
        _ = terminal.finish()
        let again = try open(store)
        #expect(again.waitFor("CRC-0112"))
        again.type("6")
        #expect(again.waitFor("kept through a kill"))
        again.type("q")
        #expect(again.finish() == .exited(0))
        #expect(try DemoStore.run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("It runs in plain terminals too", arguments: ["xterm", "vt100", "linux", "xterm-256color", "screen"])
    func terminals(type: String) throws {
        let terminal = try open(try DemoStore.copy(), columns: 80, rows: 24, environment: ["TERM": type, "LC_ALL": "C"])
        #expect(terminal.waitFor("CRC-0112"))
        for (key, words) in [("2", "Facts"), ("3", "Endpoint"), ("4", "Operation"), ("5", "How well"), ("6", "The board proposes")] {
            terminal.type(key)
            #expect(terminal.waitFor(words))
            let isPlain = terminal.screenText.unicodeScalars.allSatisfy(\.isASCII)
            #expect(isPlain)
        }
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
    }

    @Test("Patients on no agenda are found by the search; their records stand on the Case screen")
    func anyPatient() throws {
        let folder = "samples/fhir-r4-synthea/"
        let names = [
            "Jonah_Ruecker_54cf16f2-bd9b-422b-93e4-d135858c438b.json", "Israel_Sanford_7e55ea1c-fc0e-4374-bc24-1a6866b6c0cb.json.gz",
        ]
        let files = names.compactMap { SharedFiles.path(folder + $0) }
        guard files.count == 2 else { return SharedFiles.leaveOut("the records of two Synthea patients on the Case screen") }
        let store = try DemoStore.copy()
        let taken = try DemoStore.run(["import", "--store", store] + files).output
        let pseudonyms = taken.split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("P-0") }.map(String.init)
        try #require(pseudonyms.count == 2, "\(taken)")
        let terminal = try open(store, columns: 160, rows: 60)
        #expect(terminal.waitFor("CRC-0112"))
        for (patient, words) in zip(pseudonyms, [["MMSE", "Low Density"], ["olyp", "Low Density"]]) {
            terminal.type("/")
            #expect(terminal.waitFor("Search"))
            terminal.type(patient)
            #expect(terminal.waitFor("Enter opens the record"))
            terminal.press(.enter)
            for word in ["Facts"] + words { #expect(terminal.waitFor(word), "\(patient): \(word)\n\(terminal.screenText)") }
        }
        terminal.type("q")
        #expect(terminal.finish() == .exited(0))
    }
}
