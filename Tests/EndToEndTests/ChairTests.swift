// How many keys a chair needs. A name or a sentence that is typed counts as one entry, every other key as one.
import Records
import Surface
import TestSupport
import Testing
import Twins
import Workstation

/// Within the serialized main path: a fake terminal waits on one of the threads that its own forecasts need, so two of them at once starve.
extension MainPathTests {
    @Suite("A chair's keys", .serialized)
    struct ChairTests {
        /// A seat that counts.
        private final class Counter {
            let seat: any RobotSeat
            private(set) var keys = 0
            init(_ seat: any RobotSeat) { self.seat = seat }
            func press(_ key: Key) {
                keys += 1
                seat.press(key)
            }
            func press(_ letter: Unicode.Scalar) { press(.character(letter)) }
            /// A sentence, a name: one entry.
            func enter(_ text: String) {
                keys += 1
                seat.type(text)
            }
            func sees(_ text: String) -> Bool { seat.waitFor(text) }
        }

        /// Open, compare, decide, sign; nothing is chosen before a person chooses.
        ///
        /// `isFirst`: the chair's first signature here, which makes the key: a passphrase, typed twice.
        private func routine(_ chair: Counter, patient: String, isFirst: Bool = false) {
            #expect(chair.sees(patient))
            chair.press("g")
            #expect(chair.sees("Endpoint"))
            chair.press("s")
            #expect(chair.sees("The board proposes"))
            chair.seat.settle()
            #expect(chair.seat.cursorLine?.contains("( ) A") == true, "the cursor stands on what is missing:\n\(chair.seat.screenText)")
            chair.press(.down)
            chair.press(.enter)
            #expect(chair.sees("(x) B"))
            chair.seat.settle()
            #expect(chair.seat.cursorLine?.contains("Reason") == true)
            chair.press(.enter)
            chair.enter("Better control with a remnant that suffices")
            chair.press(.enter)
            chair.press(.enter)
            #expect(chair.sees("The decision and the guideline"))
            chair.press("1")
            #expect(chair.sees("follows it"))
            chair.press(.enter)
            #expect(chair.sees("Who tells the patient"))
            chair.press("2")
            chair.seat.settle()
            #expect(chair.seat.cursorLine?.contains("Follow-up") == true)
            chair.press(.right)
            #expect(chair.sees("ready to sign"))
            chair.seat.settle()
            chair.press("s")
            #expect(chair.sees("Sign the decision"), "\(chair.seat.screenText)")
            chair.enter("Prof. Aurelien Delmas")
            chair.press(.enter)
            if isFirst {
                #expect(chair.sees("Choose a passphrase"), "\(chair.seat.screenText)")
                for _ in 0..<2 {
                    chair.enter("quatre mots bien au chaud")
                    chair.press(.enter)
                }
            }
            #expect(chair.sees("n opens the next case"), "\(chair.seat.screenText)")
        }

        @Test(
            "A routine case goes through in at most 20 keys, and the next one opens with at most 3, on small and large screens",
            arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)])
        func routineCase(size: Size) throws {
            let store = try DemoStore.copy()
            let seat = try FakeTerminal(Store.open(path: store), meeting: "liver-2026-11-26", size: size, capability: .ascii)
            #expect(seat.waitFor("CRC-0112"))
            let first = Counter(seat)
            first.press(.enter)
            routine(first, patient: "CRC-0112", isFirst: true)
            print("chair at \(size.columns)x\(size.rows): \(first.keys) keys for a routine case")
            #expect(first.keys <= 20)
            let step = Counter(seat)
            step.press("n")
            #expect(step.sees("2/4") && step.sees("CRC-0147"))
            #expect(step.keys <= 3)
            routine(Counter(seat), patient: "CRC-0147")
            // Past a case that is decided, to one that was left out.
            seat.press(.character("n"))
            #expect(seat.waitFor("3/4"))
            seat.press(.character("n"))
            #expect(seat.waitFor("4/4"))
            routine(Counter(seat), patient: "CRC-0171")
            seat.press(.character("n"))
            #expect(seat.waitFor("3/4"), "the only case without a decision:\n\(seat.screenText)")
            let board = try Store.open(path: store)
            #expect(try board.decisions(try #require(board.agendaItems(patient: "CRC-0112").first).id).count == 1)
            #expect(try board.verifyLedger().isWhole)
        }

        @Test("The same keys in a real terminal") func realTerminal() throws {
            let store = try DemoStore.copy()
            let terminal = try PseudoTerminal(
                DemoStore.program, ["open", "--store", store, "--meeting", "liver-2026-11-26"], columns: 80, rows: 24,
                environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC", "LC_ALL": "C"])
            #expect(terminal.waitFor("CRC-0112"))
            let chair = Counter(terminal)
            chair.press(.enter)
            routine(chair, patient: "CRC-0112", isFirst: true)
            #expect(chair.keys <= 20)
            let step = Counter(terminal)
            step.press("n")
            #expect(step.sees("2/4"))
            #expect(step.keys <= 3)
            terminal.type("q")
            #expect(terminal.finish() == .exited(0))
        }
    }
}
