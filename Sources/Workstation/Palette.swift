// The command palette: every action of the screen by its words; and the agenda's cases by theirs, for the search.

public enum Palette {
    /// Actions whose title holds all the words, in any order; those that start with the first word come first.
    public static func matches(_ words: String, in offered: [ActionInfo]) -> [ActionInfo] {
        let parts = words.lowercased().split(separator: " ").map(String.init)
        let found = offered.filter { info in
            let title = info.title.lowercased()
            return parts.allSatisfy { title.contains($0) }
        }
        guard let first = parts.first else { return found }
        return found.filter { $0.title.lowercased().hasPrefix(first) } + found.filter { !$0.title.lowercased().hasPrefix(first) }
    }

    /// Cases of the agenda that hold all the words.
    static func cases(_ words: String, _ agenda: [AgendaEntry]) -> [SearchHit] {
        let wanted = words.split(separator: " ").map { $0.lowercased() }
        guard !wanted.isEmpty else { return [] }
        return agenda.filter { entry in
            let text = "\(entry.item.patient) \(entry.item.question) \(entry.summary) \(entry.twinTitle)".lowercased()
            return wanted.allSatisfy { text.contains($0) }
        }.map { entry in
            SearchHit(
                title: "\(entry.item.position)  \(entry.item.patient)", detail: entry.item.question, target: .agendaItem(entry.item.id))
        }
    }
}
