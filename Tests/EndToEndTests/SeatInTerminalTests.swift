// In real terminals: a line that drops over a half-written opinion, and a class that joins a training.
import Foundation
import Meetings
import Records
import Surface
import TestSupport
import Testing
import Twins

@Suite("Dropped lines and trainings in real terminals", .serialized)
struct SeatInTerminalTests {
    private func open(_ arguments: [String], _ store: String, columns: Int = 120, rows: Int = 36) throws -> PseudoTerminal {
        try PseudoTerminal(
            DemoStore.program, arguments + ["--store", store], columns: columns, rows: rows,
            environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC"])
    }

    @Test("The line drops over a half-written opinion: the seat finds it again, at another terminal, and nobody else does")
    func dropped() throws {
        let store = try DemoStore.copy()
        let member = "Dr Leïla Benhaddou"
        func sit(_ name: String) throws -> PseudoTerminal { try open(["open", "--meeting", "liver-2026-11-26", "--seat", name], store) }
        let first = try sit(member)
        #expect(first.waitFor("CRC-0112"))
        first.type("3")
        #expect(first.waitFor("Your own opinion first"))
        first.type("c")
        // «Give it» stands three lines below the reason.
        for _ in 0..<3 { first.press(.up) }
        first.press(.enter)
        first.type("the remnant is sm")
        #expect(first.waitFor("the remnant is sm"))
        first.hangUp()
        _ = first.finish()
        let again = try sit(member)
        #expect(again.waitFor("CRC-0112"))
        again.type("3")
        #expect(again.waitFor("What you had begun is still here"), "\(again.screenText)")
        #expect(again.screenText.contains("the remnant is sm"))
        let other = try sit("Dr Inès Carvalho")
        #expect(other.waitFor("CRC-0112"))
        other.type("3")
        #expect(other.waitFor("Your own opinion first"))
        #expect(!other.screenText.contains("the remnant is sm"))
        #expect(
            try !DemoStore.run(["opinion", "CRC-0112", "--seat", "Dr Inès Carvalho", "--store", store]).output.contains("remnant is sm"))
        again.press(.end)
        again.press(.enter)
        #expect(again.waitFor("Your opinion is in"), "\(again.screenText)")
        let board = Board(try Store.open(path: store))
        let item = try #require(try board.items(patient: "CRC-0112").first { $0.meeting == "liver-2026-11-26" })
        let seat = Seat(name: member, specialty: "medical oncology")
        #expect(try board.voices(item.id, for: seat).opinions.map(\.reason) == ["the remnant is sm"])
        #expect(try board.begunOpinion(item.id, of: seat) == nil)
        for terminal in [again, other] {
            terminal.type("q")
            #expect(terminal.finish() == .exited(0))
        }
    }

    @Test(
        "In the C locale an accent takes no key after it away: what is typed and pasted is stored as it was meant",
        arguments: ["xterm", "vt100"])
    func accents(term: String) throws {
        let store = try DemoStore.copy()
        let member = "Dr Leïla Benhaddou"
        let seat = try PseudoTerminal(
            DemoStore.program, ["open", "--meeting", "liver-2026-11-26", "--seat", member, "--store", store], columns: 80, rows: 24,
            environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC", "LC_ALL": "C", "TERM": term])
        #expect(seat.waitFor("CRC-0112"))
        seat.type("3")
        #expect(seat.waitFor("Your own opinion first"))
        seat.type("a")
        for _ in 0..<3 { seat.press(.up) }
        seat.press(.enter)
        seat.type("réséquer d’abord, œdème à 5 €")
        seat.press(.enter)
        #expect(seat.waitFor("resequer d"), "\(seat.screenText)")
        seat.press(.end)
        seat.press(.enter)
        #expect(seat.waitFor("Endpoint"), "\(seat.screenText)")
        let board = Board(try Store.open(path: store))
        let item = try #require(try board.items(patient: "CRC-0112").first { $0.meeting == "liver-2026-11-26" })
        let given = try board.voices(item.id, for: Seat(name: member, specialty: "medical oncology")).opinions
        #expect(given.map(\.reason) == ["réséquer d’abord, œdème à 5 €"])
        seat.type("q")
        #expect(seat.finish() == .exited(0))
    }

    @Test("A class joins a training under any name, reads its letters, votes, reaches nothing else, and sits in no meeting")
    func training() throws {
        let store = try DemoStore.copy()
        let made = try DemoStore.run([
            "training", "new", "class-1", "--patient", "MEM-0034", "--cut", "2025-06-20", "--target", "2026-06-08", "--observable", "mmse",
            "--title", "A posterior profile", "--store", store,
        ])
        #expect(made.status == 0, "\(made.errors)")
        #expect(try DemoStore.run(["training", "join", "class-1", "--store", store]).errors.contains("--seat NAME"))
        #expect(try DemoStore.run(["training", "join", "class-1", "--seat", "Ann", "--store", store]).status == 69)
        let ann = try open(["training", "join", "class-1", "--seat", "Ann"], store, columns: 80, rows: 24)
        #expect(ann.waitFor("TRAINING"), "\(ann.screenText)")
        #expect(ann.waitFor("letter:"), "\(ann.screenText)")
        ann.type("12345678/nprC")
        ann.settle()
        #expect(ann.screenText.contains("TRAINING") && !ann.screenText.contains("MEM-0034"))
        ann.press(.end)
        for _ in 0..<4 where !ann.screenText.contains("TRAINING · 2") {
            ann.press(.enter)
            ann.settle()
            ann.press(.up)
        }
        #expect(ann.waitFor("TRAINING · 20"), "\(ann.screenText)")
        #expect(!ann.screenText.contains("MEM-0034"))
        ann.press(.escape)
        ann.type("v")
        #expect(ann.waitFor("your vote"))
        ann.type("A 20 26")
        ann.press(.enter)
        #expect(ann.waitFor("Voted: Ann"), "\(ann.screenText)")
        let board = Board(try Store.open(path: store))
        for meeting in try board.meetings() { #expect(try board.present(meeting.id).isEmpty, "\(meeting.id)") }
        ann.type("q")
        #expect(ann.finish() == .exited(0))
        // Of the patients only the one of the training was looked at by this seat, and for the training.
        let looks = try board.store.log().filter { $0.actor == "Ann" }
        #expect(!looks.isEmpty && looks.allSatisfy { $0.patient == "MEM-0034" }, "\(looks)")
    }
}
