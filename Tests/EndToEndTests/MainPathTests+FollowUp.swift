// Preparing and following up at the workstation: one after the other with the other paths, which wait for work on the same threads.
import Records
import TestSupport
import Testing

extension MainPathTests {
    @Test("At the workstation: 8 shows the past against what happened, a note is kept, and a blocked case is told on the agenda")
    func workstation() throws {
        let path = try DemoStore.copy()
        let seat = try FakeTerminal(Store.open(path: path), meeting: "liver-2026-11-26")
        #expect(seat.waitFor("CRC-0112"))
        seat.type("b")
        #expect(seat.waitFor("Block the case"))
        seat.type("could not be reached")
        seat.press(.enter)
        #expect(seat.waitFor("blocked!"))
        #expect(seat.waitFor("could not be reached"))
        seat.type("i")
        seat.type("Dr Benhaddou")
        seat.press(.enter)
        #expect(seat.waitFor("by Dr Benhaddou"))
        seat.type("8")
        #expect(seat.waitFor("inside the 80 % band"), "\(seat.screenText)")
        seat.type("i")
        #expect(seat.waitFor("What came of the decision"))
        seat.type("yes; as planned")
        seat.press(.enter)
        #expect(seat.waitFor("Noted: carried out: yes"))
        seat.settle()
        #expect(seat.screenText.contains("In the 80 % band"), "\(seat.screenText)")
        seat.type("s")
        #expect(seat.waitFor("11 patients, 8 progressed"), "\(seat.screenText)")
        #expect(seat.waitFor("F forecast"))
        seat.type("g")
        #expect(seat.waitFor("by what was carried out"), "\(seat.screenText)")
        seat.type("9")
        #expect(seat.waitFor("No training is set up"))
        seat.press(.escape)
        #expect(seat.waitFor("Agenda"))
        seat.type("q")
        #expect(try Store.open(path: path).verifyLedger().isWhole)
    }
}
