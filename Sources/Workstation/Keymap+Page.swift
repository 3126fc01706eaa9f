// The list of keys as a page of the documentation; a test keeps docs/keys.md as this says.

extension Keymap {
    /// The page as Markdown.
    public static var markdown: String {
        var lines = [
            "# Keys", "",
            "Made from the code (`make docs`). Arrows and hjkl both move; while a text is typed, letters are text. Escape leaves, and nothing is lost.",
        ]
        for route in Route.allCases {
            lines += ["", "## \(route.title)", "", "| key | does |", "| --- | --- |"]
            let own = actions(on: route).filter { $0.routes != nil }
            lines += own.map { "| `\($0.keyText)` | \($0.title) |" }
        }
        lines += ["", "## Everywhere", "", "| key | does |", "| --- | --- |"]
        var seen: Set<Action> = []
        for info in all where info.routes == nil && seen.insert(info.action).inserted {
            lines.append("| `\(info.keyText)` | \(info.title) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
