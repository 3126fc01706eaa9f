// The list of keys as a page of the documentation; a test keeps docs/keys.md as this says.
import Surface

extension Keymap {
    /// The page as Markdown. Help and footer name the first key of each action; the page names them all.
    public static var markdown: String {
        var lines = [
            "# Keys", "",
            "Made from the code (`make docs`). Arrows and hjkl both move; while a text is typed, letters are text. Escape leaves, and nothing is lost.",
            "", "A screen's own keys go before those that hold everywhere. `^` is Ctrl, `⇧` Shift.",
        ]
        for route in Route.allCases {
            lines += ["", "## \(route.title)", "", "| key | does |", "| --- | --- |"]
            let own = actions(on: route).filter { $0.routes != nil }
            lines += own.map { row(keys(of: $0.action, on: route), $0.title) }
        }
        lines += ["", "## Everywhere", "", "| key | does |", "| --- | --- |"]
        var seen: Set<Action> = []
        for info in all where info.routes == nil && seen.insert(info.action).inserted { lines.append(row(info.keys, info.title)) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every key that asks for an action on a screen, in the keymap's order: not those which another action takes there.
    static func keys(of action: Action, on route: Route) -> [Key] {
        var seen: Set<Key> = []
        let infos = all.filter { $0.action == action && $0.routes?.contains(route) ?? true }
        return infos.flatMap(\.keys).filter { self.action(for: $0, on: route) == action && seen.insert($0).inserted }
    }

    private static func row(_ keys: [Key], _ title: String) -> String {
        "| \(keys.map { "`\($0.name)`" }.joined(separator: " ")) | \(title) |"
    }
}

extension Key {
    /// As it stands on a keyboard or beside it.
    var name: String {
        switch self {
        case .character(let scalar): String(scalar)
        case .control(let letter): "^" + letter.uppercased()
        case .function(let number): "F\(number)"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "⇧Tab"
        case .backspace: "Backspace"
        case .delete: "Delete"
        case .insert: "Insert"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .shiftUp: "⇧↑"
        case .shiftDown: "⇧↓"
        case .shiftLeft: "⇧←"
        case .shiftRight: "⇧→"
        case .controlUp: "^↑"
        case .controlDown: "^↓"
        case .controlLeft: "^←"
        case .controlRight: "^→"
        }
    }
}
