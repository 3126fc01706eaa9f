// The command palette: every action of the screen by its words.

public enum Palette {
    /// Actions whose title holds all the words, in any order; those that start with the first word come first.
    public static func matches(_ words: String, on route: Route) -> [ActionInfo] {
        let parts = words.lowercased().split(separator: " ").map(String.init)
        let found = Keymap.actions(on: route).filter { info in
            let title = info.title.lowercased()
            return parts.allSatisfy { title.contains($0) }
        }
        guard let first = parts.first else { return found }
        return found.filter { $0.title.lowercased().hasPrefix(first) } + found.filter { !$0.title.lowercased().hasPrefix(first) }
    }
}
