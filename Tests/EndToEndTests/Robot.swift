// A person at the workstation, made of a script: the same one sits at the real terminal and at the fake.
import Dispatch
import Records
import Surface
import Synchronization
import TestSupport
import Testing
import TwinLibrary
import Twins
import Workstation

/// A place where the workstation can be seen and typed at.
protocol RobotSeat: AnyObject {
    var screenText: String { get }
    /// The line on which the cursor stands; nil where none is shown.
    var cursorLine: String? { get }
    func press(_ key: Key)
    func type(_ text: String)
    /// Waits until a text stands on the screen.
    func waitFor(_ text: String) -> Bool
    /// Waits until nothing more happens.
    func settle()
}

extension PseudoTerminal: RobotSeat {
    var cursorLine: String? { cursor.map { text($0.row) } }
    func waitFor(_ text: String) -> Bool { waitFor(text, Self.patience) }
    func settle() { settle(.milliseconds(150)) }
}

/// The workstation without a terminal: its state, its worker on a real store, and the frames that would be drawn.
final class FakeTerminal: RobotSeat {
    private(set) var state: State
    private let worker: Worker
    private let waiting: Waiting
    private(set) var hasLeft = false

    init(_ store: Store, meeting: String?, size: Size = Size(columns: 120, rows: 36), capability: Capability = .full) throws {
        let waiting = Waiting()
        self.waiting = waiting
        worker = Worker(store: store, models: TwinLibrary.models, seat: "robot", meeting: meeting) { waiting.put($0) }
        state = State(
            size: size, look: Look(theme: Theme.builtIn[0], capability: capability), themes: Theme.builtIn, now: Store.systemClock())
        take(.agendaLoaded(try worker.agenda(), focus: nil))
    }

    func take(_ event: Workstation.Event) {
        for effect in Update.apply(event, to: &state) {
            switch effect {
            case .wake(let token, let milliseconds):
                let waiting = waiting
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { waiting.put(.woken(token: token)) }
            case .quit: hasLeft = true
            default: worker.start(effect)
            }
        }
        if hasLeft { _ = worker.finish([]) }
    }

    var frame: Frame { View.draw(state).frame }
    var screenText: String { frame.text }
    var cursorLine: String? {
        let frame = frame
        return frame.cursor.map { String(frame.text.split(separator: "\n", omittingEmptySubsequences: false)[$0.row]) }
    }
    func press(_ key: Key) { take(.key(key)) }
    func type(_ text: String) { for scalar in text.unicodeScalars { press(.character(scalar)) } }

    func waitFor(_ text: String) -> Bool {
        let end = ContinuousClock.now + PseudoTerminal.patience
        while !screenText.contains(text) {
            guard ContinuousClock.now < end else { return false }
            if let event = waiting.next(milliseconds: 200) { take(event) }
        }
        return true
    }

    func settle() {
        while let event = waiting.next(milliseconds: 250) { take(event) }
    }
}

/// Answers of the worker's threads, taken up by the test's own.
private final class Waiting: Sendable {
    private let events = Mutex<[Workstation.Event]>([])
    private let signal = DispatchSemaphore(value: 0)

    func put(_ event: Workstation.Event) {
        events.withLock { $0.append(event) }
        signal.signal()
    }

    func next(milliseconds: Int) -> Workstation.Event? {
        guard signal.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return nil }
        return events.withLock { $0.removeFirst() }
    }
}

/// What a board does in a meeting, step by step.
enum Robot {
    /// From the agenda to a signed decision, and on to the next case.
    static func mainPath(_ seat: some RobotSeat) throws {
        #expect(seat.waitFor("CRC-0112"))
        seat.press(.enter)
        #expect(seat.waitFor("Twin's fit"))
        seat.type("g")
        #expect(seat.waitFor("Endpoint"))
        seat.type("o")
        seat.type("c>>")
        #expect(seat.waitFor("median and 80 %"))
        seat.type("d")
        #expect(seat.waitFor("Added"))
        seat.type("e")
        try hold(seat, "Operation")
        #expect(seat.waitFor("28 days"))
        seat.settle()
        seat.type("u")
        #expect(seat.waitFor("Undone"))
        seat.press(.control("r"))
        #expect(seat.waitFor("Done again"))
        seat.type("v")
        #expect(seat.waitFor("How well it fitted"))
        seat.type("6")
        #expect(seat.waitFor("The board proposes"))
        try choose(seat, "( ) A")
        #expect(seat.waitFor("(x) A"))
        try write(seat, into: "Reason", "Two small lesions and a large remnant")
        try choose(seat, "Guideline")
        #expect(seat.waitFor("The decision and the guideline"))
        seat.type("none")
        seat.press(.enter)
        try choose(seat, "Tells the patient")
        #expect(seat.waitFor("Who tells the patient"))
        seat.type("1")
        try write(seat, into: "Follow-up", "+12w")
        #expect(seat.waitFor("ready to sign"))
        seat.settle()
        seat.type("s")
        #expect(seat.waitFor("Sign the decision"))
        seat.type("Wrong Name")
        seat.press(.enter)
        #expect(seat.waitFor("is not the chair"))
        for _ in 0..<10 { seat.press(.backspace) }
        seat.type("Prof. Aurelien Delmas")
        seat.press(.enter)
        // The chair's first signature makes the key.
        #expect(seat.waitFor("Choose a passphrase"))
        for _ in 0..<2 {
            seat.type("quatre mots bien au chaud")
            seat.press(.enter)
        }
        #expect(seat.waitFor("Signed by"), "\(seat.screenText)")
        seat.type("n")
        #expect(seat.waitFor("2/4"))
        #expect(seat.waitFor("CRC-0147"))
        seat.type("q")
    }

    /// Selects a line of the editor and presses + once.
    static func hold(_ seat: some RobotSeat, _ line: String) throws {
        #expect(seat.waitFor(line))
        try select(seat, line)
        seat.type("+")
    }

    /// Moves down until the line with a text is the focused one, and presses Enter.
    static func choose(_ seat: some RobotSeat, _ text: String) throws {
        try select(seat, text)
        seat.press(.enter)
    }

    static func write(_ seat: some RobotSeat, into line: String, _ text: String) throws {
        try choose(seat, line)
        seat.type(text)
        seat.press(.enter)
    }

    private static func select(_ seat: some RobotSeat, _ text: String) throws {
        seat.press(.home)
        for _ in 0..<40 {
            seat.settle()
            if seat.cursorLine?.contains(text) ?? false { return }
            seat.press(.down)
        }
        throw DemoFailure(description: "no line «\(text)» on the screen:\n\(seat.screenText)")
    }
}
