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
            keys = movement(state)
            let own = Keymap.actions(on: state.route).filter { $0.short != nil && $0.action != .palette && $0.action != .help }
            for info in own where state.whyNot(info.action) == nil {
                keys.append(Key(key: info.keyText, words: info.short ?? "", action: info.action))
            }
            keys.append(Key(key: ":", words: "palette", action: .palette))
            keys.append(Key(key: "?", words: "help", action: .help))
        }
        return keys
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
        case .followUp, .training: [Key(key: "↑↓", words: "case")]
        }
    }
}

extension State {
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
