// The keys that do something now, in the footer.
import Surface

enum Footer {
    struct Key {
        var key: String
        var words: String
        var action: Action?
    }

    static func width(_ key: Key) -> Int { TextWidth.of(key.key) + 1 + TextWidth.of(key.words) + 2 }

    /// Palette and help always come last.
    static func keys(_ state: State) -> [Key] {
        var keys: [Key]
        switch state.overlay {
        case .help, .document: keys = [Key(key: "↑↓", words: "scroll"), Key(key: "Esc", words: "close", action: .back)]
        case .palette, .search: keys = [Key(key: "↑↓", words: "choose"), Key(key: "Enter", words: "go"), Key(key: "Esc", words: "close")]
        case .confirm(let confirmation):
            keys =
                confirmation.input == nil
                ? [Key(key: "y", words: "yes"), Key(key: "n", words: "no")]
                : [Key(key: "Enter", words: "confirm"), Key(key: "Esc", words: "leave it")]
        case nil where state.route == .decision && state.decisionView.pick != nil:
            keys = [Key(key: "1–9", words: "pick"), Key(key: "↑↓ Enter", words: "choose"), Key(key: "Esc", words: "leave it")]
        case .passphrase: keys = [Key(key: "Enter", words: "go on"), Key(key: "Esc", words: "do not sign")]
        case nil where state.isTyping:
            keys = [Key(key: "Enter", words: "take"), Key(key: "Esc", words: "leave it"), Key(key: "^U", words: "clear")]
        case nil:
            keys = state.isWritingOpinion ? opinion(state) : state.isShownNoSimulation ? waiting : usual(state)
            keys.append(Key(key: ":", words: "palette", action: .palette))
            keys.append(Key(key: "?", words: "help", action: .help))
        }
        return keys
    }

    private static func usual(_ state: State) -> [Key] {
        let own = state.offered.filter { $0.short != nil && $0.action != .palette && $0.action != .help }
        return movement(state)
            + own.filter { state.whyNot($0.action) == nil }.map { info in
                let reads = info.action == .choose && state.trainingView.session != nil
                let isBack = info.action == .survival && state.followUpView.showsSurvival
                return Key(
                    key: info.keyText, words: reads ? "read" : isBack ? "decisions" : info.short ?? "", action: info.action)
            }
    }

    /// While an opinion is asked for.
    private static func opinion(_ state: State) -> [Key] {
        let count = min(4, state.open?.scenarios.count ?? 0)
        let letters = count > 1 ? ["A–B", "A–C", "A–D"][count - 2] : "A"
        let leave =
            state.route == .seats ? Key(key: "Esc", words: "leave it", action: .back) : Key(key: "7", words: "seats", action: .goSeats)
        return [Key(key: letters, words: "choose"), Key(key: "↑↓", words: "line"), Key(key: "Enter", words: "take or write"), leave]
    }

    /// While the others' opinions are awaited.
    private static var waiting: [Key] {
        [
            Key(key: "7", words: "seats", action: .goSeats), Key(key: "2", words: "case", action: .goCase),
            Key(key: "s", words: "decide", action: .goDecision),
        ]
    }

    private static func movement(_ state: State) -> [Key] {
        switch state.route {
        case .agenda: [Key(key: "↑↓", words: "case")]
        case .patientCase: [Key(key: "↑↓", words: "scroll")]
        case .compare: [Key(key: "←→", words: state.compareView.movesCursor ? "date" : "scenario"), Key(key: "↑↓", words: "endpoint")]
        case .editor: [Key(key: "↑↓", words: "field")]
        case .evidence: [Key(key: "↑↓", words: "scroll")]
        case .decision: [Key(key: "↑↓", words: "field")]
        case .seats: [Key(key: "↑↓", words: "scroll")]
        case .followUp: [Key(key: "↑↓", words: state.followUpView.showsSurvival ? "scroll" : "case")]
        case .training: [Key(key: "↑↓", words: state.trainingView.session == nil ? "case" : "record")]
        }
    }
}

extension State {
    /// In the simulation's place stands what it waits for.
    var isShownNoSimulation: Bool { Self.simulated.contains(route) && isSimulationHidden }

    /// The chair is asked for the signature.
    var isSigning: Bool {
        switch overlay {
        case .confirm(let confirmation): confirmation.purpose == .sign
        case .passphrase: true
        default: false
        }
    }

    /// Letters are text now, not commands.
    var isTyping: Bool {
        (isWritingOpinion && seatsView.input != nil) || (route == .editor && editorView.input != nil)
            || (route == .decision && (decisionView.input != nil || decisionView.pick != nil))
    }
}
