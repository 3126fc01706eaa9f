// A seat at which somebody presses anything: keys, pastes, mouse, resizes, late answers, another seat's changes, a disk that refuses. Seeded.
import Foundation
import Meetings
import Records
import StoreSupport
import Surface
import Synchronization
import TestSupport
import Twins

@testable import Workstation

final class DecisionFuzz {
    private(set) var state: State
    private let worker: Worker
    private let store: Store
    private let other: Board
    private var random: Seeded
    /// Answers that are on their way.
    private var pending: [Event] = []
    /// What somebody who knows the screen would press next.
    private var script: [Event] = []
    private(set) var events = 0
    private(set) var signatures = 0
    private(set) var elsewhere = 0
    private(set) var attempts = 0
    private let folder: URL

    static let chair = "Dr Martin"
    private static let texts = [
        "", "   ", "\u{200B}", "—", "because it fits", "+12w", "2026-01-01", "+4w to +2w", "x, +4w to +8w", "Dr Martin", "Dr Leroy",
        "Anne Roux, pathology", "é\u{301}\u{202E}\u{1B}[2J", "follows", String(repeating: "long ", count: 60),
    ]
    private static let keys: [Key] =
        [
            .enter, .enter, .enter, .escape, .tab, .backTab, .up, .down, .down, .left, .right, .home, .end, .pageUp, .pageDown, .backspace,
            .delete, .shiftUp, .shiftDown, .control("r"), .control("u"), .control("l"), .function(1),
        ] + "123456sssnpgedxuoctvahjkl<>[]+-/:?yCrmMTq%".unicodeScalars.map { .character($0) }
    private static let sizes = [
        Size(columns: 120, rows: 36), Size(columns: 80, rows: 24), Size(columns: 200, rows: 60), Size(columns: 61, rows: 17),
        Size(columns: 30, rows: 8),
    ]

    init(seed: UInt64, cases: Int = 12) throws {
        random = Seeded(seed)
        folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-fuzz-\(UUID().uuidString)")
        store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        let names = (1...cases).map { "CRC-\(1000 + $0)" }
        _ = try store.importRecords(
            ImportBatch(
                patients: names.map { name in
                    ImportBatch.Entry(
                        patient: ImportPatient(
                            source: "fuzz:\(name)", id: name, sex: .female, birth: nil, birthPrecision: .day, note: "", identity: nil),
                        observations: [], facts: [], documents: [])
                }), origin: ImportOrigin(name: "fuzz", format: "test", sha256: ""), actor: "test")
        other = Board(try Store.open(path: store.path))
        // The quorum of three is reached by the roster and lost by one press.
        let seats = Array(Fixture.seats.prefix(3))
        try other.add(
            Meeting(
                id: "liver-1", title: "Liver board", board: "liver", day: Fixture.reference.adding(days: 4).day, time: "14:00",
                chair: Self.chair, isDemo: false, seats: seats),
            agenda: names.enumerated().map { place, name in
                (
                    AgendaItem(
                        id: 0, meeting: "", position: place + 1, patient: name, model: Fixture.model.id, question: "Which first?",
                        reference: Fixture.reference, state: .waiting), Array(Fixture.scenarios.prefix(2 + place % 3))
                )
            })
        worker = Worker(store: store, models: [Fixture.model], seat: "fuzz", meeting: "liver-1", keyCost: .forTests) { _ in }
        state = State(size: Self.sizes[0], look: Look(), themes: Theme.builtIn, now: Fixture.reference.adding(days: 4.6))
        take(.agendaLoaded(try worker.agenda(), focus: nil))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Lets so many things happen.
    func run(_ count: Int) throws {
        let end = events + count
        while events < end {
            try happen()
            events += 1
            if events % 50 == 0 { _ = View.draw(state) }
        }
        while !pending.isEmpty { take(pending.removeFirst()) }
    }

    private func happen() throws {
        if !pending.isEmpty, random.chance(script.isEmpty ? 0.45 : 0.9) { return take(pending.removeFirst()) }
        if case .passphrase(let dialog) = state.overlay, dialog.first.count == 0, random.chance(0.95) {
            let once: [Event] = [.paste(Store.testPassphrase), .key(.enter)]
            script = (dialog.request.isNew ? once + once : once) + script
        }
        if !script.isEmpty, random.chance(0.985) { return take(script.removeFirst()) }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<6: routine()
        case 6..<60: take(.key(random.one(Self.keys, or: .enter)))
        case 60..<68: take(.paste(random.one(Self.texts, or: "")))
        case 68..<74: type(random.one(Self.texts, or: ""))
        case 74..<84: mouse()
        case 84..<87: take(.resize(random.one(Self.sizes, or: Self.sizes[0])))
        case 87..<90: take(.woken(token: state.wakeToken - Int.random(in: 0...1, using: &random)))
        case 90..<91: take(.leaving)
        case 91..<92: take(.clock(state.now.adding(days: 0.001)))
        case 92..<98: try anotherSeat()
        default: take(.failed(WorkError("the line is slow")))
        }
    }

    private func type(_ text: String) { script = text.unicodeScalars.map { .key(.character($0)) } + script }

    private func mouse() {
        let point = Point(
            column: Int.random(in: 0..<max(1, state.size.columns), using: &random),
            row: Int.random(in: 0..<max(1, state.size.rows), using: &random))
        let target = random.chance(0.5) ? View.draw(state).hits.randomElement(using: &random)?.rect.origin : nil
        take(
            .mouse(
                MouseEvent(
                    kind: random.one([.click, .click, .doubleClick, .drag, .wheelUp, .wheelDown, .release], or: .click),
                    point: target ?? point)))
    }

    /// The way of somebody who means to sign, with one thing left out more often than not.
    private func routine() {
        func text(_ words: String) -> [Event] { words.unicodeScalars.map { .key(.character($0)) } }
        func keys(_ keys: Key...) -> [Event] { keys.map { .key($0) } }
        var steps: [[Event]] = [
            keys(.escape, .escape, .escape, .character(random.chance(0.7) ? "n" : "p"), .character("6")),
            keys(.enter), keys(.enter) + text("fits") + keys(.enter), keys(.enter, .character("5")), keys(.enter, .character("1")),
            keys(.right), keys(.character("s")), text(Self.chair) + keys(.enter), keys(.character("n")),
        ]
        if random.chance(0.35) { steps.remove(at: Int.random(in: 1..<7, using: &random)) }
        if random.chance(0.2) { steps.insert(keys(.home, .enter), at: 1) }
        script = steps.flatMap { $0 }
    }

    /// Another seat works on the same case: writes a draft, edits a scenario, signs.
    private func anotherSeat() throws {
        guard let item = try other.agenda("liver-1").randomElement(using: &random) else { return }
        let meeting = try other.meeting("liver-1")
        let options = try other.scenarios(item.id).scenarios
        var draft = DecisionDraft(present: meeting.seats, question: "?", options: options.map(\.scenario.name))
        if random.chance(0.6) { draft.choice = options.randomElement(using: &random).map { .scenario($0.scenario.name) } }
        if random.chance(0.6) { draft.reason = "from the other seat" }
        if random.chance(0.5) { draft.present.removeLast() }
        if random.chance(0.3) { draft.withoutQuorum = "ill" }
        draft.plan.standing = random.one([nil, GuidelineStanding.none, .follows], or: nil)
        draft.plan.informant = random.one(["", Self.chair], or: "")
        draft.followUp = random.chance(0.7) ? CalendarDay(number: meeting.day.number + 90) : nil
        let version = try other.decisions(item.id).count + 1
        switch Int.random(in: 0..<3, using: &random) {
        case 0 where version == 1: try other.save(draft, item: item.id)
        case 1 where version == 1:
            if let one = options.randomElement(using: &random) {
                try other.update(one.id, to: Scenario(name: one.scenario.name + "'", interventions: []))
            }
        default:
            attempts += 1
            let decision = Decision(
                agendaItem: item.id, version: version, draft: draft, signedBy: random.one([Self.chair, "Dr Leroy", ""], or: ""),
                signedAt: state.now, quorumReached: true, seen: nil)
            if try signsElsewhere(decision) { elsewhere += 1 }
        }
        pending.append(.storeChanged)
    }

    /// False where the board refuses; anything else that goes wrong is the test's to know.
    private func signsElsewhere(_ decision: Decision) throws -> Bool {
        // Who signs with nobody's name has the chair's key all the same.
        let signer = try other.store.testSigner(decision.signedBy.isEmpty ? Self.chair : decision.signedBy)
        let outcome: Result<Decision, BoardError> = Result { () throws(BoardError) in
            try other.sign(decision, meeting: "liver-1", signer: signer)
        }
        switch outcome {
        case .success: return true
        case .failure(.signing): return false
        case .failure(let error): throw error
        }
    }

    private func take(_ event: Event) {
        for effect in Update.apply(event, to: &state) {
            switch effect {
            case .forecast(let order):
                let forecast = Fixture.forecast(order.scenario, index: Int(order.scenarioID % 4), days: order.days)
                pending.append(
                    .forecastReady(item: order.item, scenario: order.scenarioID, request: order.request, .success(forecast)))
            case .compare(let item, let request, let forecasts):
                pending.append(.compared(item: item, request: request, Comparison(forecasts)))
            case .calibrate(let item, _):
                pending.append(.calibrated(item: item.id, .ready(StoredTwin(calibration: Fixture.calibration, drawsSHA256: "00ff"))))
            case .wake(let token, _): if random.chance(0.5) { pending.append(.woken(token: token)) }
            case .saveDecisionDraft where random.chance(0.02), .saveScenario where random.chance(0.02):
                pending.append(.saveFailed(effect, WorkError("the disk is full")))
            default:
                let answers = worker.carryOut(effect)
                if effect.signs {
                    attempts += 1
                    signatures += answers.count { if case .signed = $0 { true } else { false } }
                }
                pending += answers
            }
        }
    }

    /// What the store holds that should be impossible, in words; written by hand, apart from what the program checks.
    func faults() throws -> [String] {
        var faults: [String] = []
        var count = 0
        func blank(_ text: String) -> Bool { !text.contains { $0.isLetter || $0.isNumber } }
        for item in try other.agenda("liver-1") {
            let decisions = try other.decisions(item.id)
            count += decisions.count
            for (place, decision) in decisions.enumerated() {
                let draft = decision.draft
                let name = "\(item.patient) version \(decision.version)"
                switch draft.choice {
                case nil: faults.append("\(name): no choice")
                case .other(let words): if blank(words) { faults.append("\(name): an empty choice") }
                case .scenario(let chosen): if blank(chosen) { faults.append("\(name): a choice without a name") }
                }
                if decision.version != place + 1 { faults.append("\(name): stands at place \(place + 1)") }
                if decision.signedBy != Self.chair { faults.append("\(name): signed by «\(decision.signedBy)»") }
                if blank(draft.reason) { faults.append("\(name): no reason") }
                if draft.followUp == nil { faults.append("\(name): no follow-up") }
                if draft.plan.standing == nil || blank(draft.plan.informant) { faults.append("\(name): no guideline or informant") }
                let there = draft.present.filter { [.chair, .member, .presenter].contains($0.role) }
                let specialties = Set(there.map { $0.specialty.lowercased() })
                let needed = ["surgery", "oncology", "radiology"].allSatisfy(specialties.contains)
                let isReached = Set(there.map(\.name)).count >= 3 && specialties.count >= 3 && needed
                if decision.quorumReached != isReached { faults.append("\(name): quorum said \(decision.quorumReached), is \(isReached)") }
                if !isReached, blank(draft.withoutQuorum) { faults.append("\(name): neither quorum nor a reason") }
            }
            if (item.state == .decided) != !decisions.isEmpty {
                faults.append("\(item.patient): is \(item.state), \(decisions.count) decisions")
            }
        }
        if count != signatures + elsewhere { faults.append("\(count) decisions stored, \(signatures) + \(elsewhere) acknowledged") }
        if try !other.store.verifyLedger().isWhole { faults.append("the ledger is broken") }
        return faults
    }
}

extension Effect {
    fileprivate var signs: Bool {
        switch self {
        case .sign, .signWith: true
        default: false
        }
    }
}
