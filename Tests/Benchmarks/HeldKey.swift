// The editor while a key is held: state, worker, forecasts, comparison and picture, as in the program but for the terminal.
import Foundation
import Records
import Surface
import Synchronization
import TwinLibrary
import Twins
import Workstation

/// The workstation without a terminal: events in, effects out, every answer waited for.
private final class Desk {
    var state: State
    let worker: Worker
    private let answers: Answers
    /// Comparisons asked for and answered.
    private var compared = 0
    private var asked = 0

    init(_ store: Store, meeting: String) throws {
        let answers = Answers()
        self.answers = answers
        worker = Worker(store: store, models: TwinLibrary.models, seat: "bench", meeting: meeting) { answers.put($0) }
        state = State(
            size: Size(columns: 120, rows: 36), look: Look(theme: Theme.builtIn[0], capability: .full), themes: Theme.builtIn,
            now: Instant(milliseconds: 1_795_000_000_000))
        take(.agendaLoaded(try worker.agenda(), focus: nil))
    }

    func take(_ event: Workstation.Event) {
        if case .compared(_, let request, _) = event { compared = max(compared, request) }
        for effect in Update.apply(event, to: &state) {
            if case .compare(_, let request, _) = effect { asked = request }
            if case .wake(let token, let milliseconds) = effect {
                let answers = answers
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { answers.put(.woken(token: token)) }
            }
            worker.start(effect)
        }
    }

    func press(_ key: Key) { take(.key(key)) }

    /// Takes answers until every forecast on the screen is current and compared, then draws.
    func settle() throws {
        while true {
            let forecasts = state.open?.forecasts.values.allSatisfy { $0.isCurrent && $0.forecast != nil } ?? false
            if forecasts, asked > 0, compared == asked, state.open?.comparison != nil { break }
            guard let event = answers.next(.seconds(60)) else { throw Failure("the forecasts did not come: \(state.message?.text ?? "")") }
            take(event)
        }
        _ = View.draw(state)
    }

    /// Lets the key rest until the store has the change.
    func rest() throws {
        while state.open?.draft != nil {
            guard let event = answers.next(.seconds(10)) else { throw Failure("the change was not saved: \(state.saveProblem ?? "")") }
            take(event)
        }
    }

    /// Takes answers until every scenario has at least the first picture of what was last asked for, then draws.
    func settleFirst() throws {
        while !(state.open?.forecasts.values.allSatisfy { max($0.begun, $0.received) == $0.requested && $0.forecast != nil } ?? false) {
            guard let event = answers.next(.seconds(60)) else { throw Failure("no picture came: \(state.message?.text ?? "")") }
            take(event)
        }
        _ = View.draw(state)
    }

    /// Every scenario anew, none of it from the store's cache; how long until first pictures of all were drawn.
    func recomputeAll(_ clock: ContinuousClock) throws -> Duration {
        let start = clock.now
        guard let open = state.open, let twin = open.calibration.value else { throw Failure("no twin") }
        let days = Update.days(horizon: open.model.horizon)
        for scenario in open.scenarios {
            state.open?.forecasts[scenario.id]?.requested += 1
            worker.start(
                .forecast(
                    ForecastOrder(
                        item: open.item.id, scenarioID: scenario.id, model: open.item.model, subject: open.subject, twin: twin,
                        scenario: scenario.scenario, days: days, request: state.open?.forecasts[scenario.id]?.requested ?? 0, isDraft: true)
                ))
        }
        try settleFirst()
        let first = clock.now - start
        try settle()
        return first
    }
}

/// Answers of the worker's threads for this one.
private final class Answers: Sendable {
    private let waiting = Mutex<[Workstation.Event]>([])
    private let signal = DispatchSemaphore(value: 0)

    func put(_ event: Workstation.Event) {
        waiting.withLock { $0.append(event) }
        signal.signal()
    }

    func next(_ patience: DispatchTimeInterval) -> Workstation.Event? {
        guard signal.wait(timeout: .now() + patience) == .success else { return nil }
        return waiting.withLock { $0.removeFirst() }
    }
}

enum HeldKey {
    static func rows(_ folder: Scratch) throws -> [Row] {
        let path = folder.path + "/demo.sqlite"
        try folder.program(["demo", "--store", path])
        let store = try Store.open(path: path)
        return try rows(store, "liver-2026-11-26", "liver-metastases", all: 80, first: 16)
            + rows(store, "memory-2026-11-27", "alzheimer-course", all: 100, first: nil)
    }

    /// - Parameters:
    ///   - all: milliseconds allowed for every scenario with all its draws.
    ///   - first: and for first pictures, of 64 draws each; nil where none is promised.
    private static func rows(_ store: Store, _ meeting: String, _ name: String, all limit: Double, first: Double?) throws -> [Row] {
        progress("held key: \(name)")
        let desk = try Desk(store, meeting: meeting)
        desk.press(.character("3"))
        try desk.settle()
        // A fourth scenario with something to hold a key on.
        desk.press(.right)
        desk.press(.character("d"))
        try desk.settle()
        desk.press(.character("4"))
        for _ in 0..<2 { desk.press(.down) }
        var one = Times()
        let clock = ContinuousClock()
        for round in 0..<41 {
            one.add(
                try clock.measure {
                    desk.press(.character(round % 2 == 0 ? "+" : "-"))
                    guard desk.state.open?.draft != nil else { throw Failure("the key changed nothing: \(desk.state.message?.text ?? "")") }
                    try desk.settle()
                })
        }
        var commits = Times()
        for _ in 0..<9 {
            commits.add(
                try clock.measure {
                    desk.press(.character("+"))
                    try desk.rest()
                })
            try desk.settle()
        }
        var (begun, all) = (Times(), Times())
        for _ in 0..<21 { all.add(try clock.measure { begun.add(try desk.recomputeAll(clock)) }) }
        let count = desk.state.open?.scenarios.count ?? 0
        let what = "\(name): \(count) scenarios, their first pictures of 64 draws each drawn, median of 21"
        let beginning =
            first.map { Row.atMost($0, "ms", begun.median, what, detail: "worst \(Row.text(begun.worst))") }
            ?? .told(what, "\(Row.text(begun.median)) ms, worst \(Row.text(begun.worst))")
        return [
            beginning,
            .atMost(
                limit, "ms", all.median, "\(name): \(count) scenarios × 1,000 draws recomputed, compared and drawn, median of 21",
                detail: "worst \(Row.text(all.worst))"),
            .atMost(
                100, "ms", one.median, "\(name): a press of + in the editor to its figures, median of 41",
                detail: "worst \(Row.text(one.worst))"),
            .atMost(
                250, "ms", commits.worst, "\(name): from the last press to the change in the store, worst of 9",
                detail: "median \(Row.text(commits.median))"),
        ]
    }
}
