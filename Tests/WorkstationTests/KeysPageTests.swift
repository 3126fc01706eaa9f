// The page of keys is complete: whatever key does something on a screen stands there, beside what it does.
import Surface
import Testing

@testable import Workstation

@Suite("The page of keys")
struct KeysPageTests {
    /// Section → key → what it does, read from the page as a person reads it.
    private var page: [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        var section = ""
        for line in Keymap.markdown.split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            let cells = line.split(separator: "|")
            guard cells.count == 2, line.hasPrefix("| `") else { continue }
            // A backtick never is a key: what stands between two is one.
            for (place, part) in cells[0].split(separator: "`", omittingEmptySubsequences: false).enumerated() where place % 2 == 1 {
                sections[section, default: [:]][String(part)] = String(cells[1]).trimmed
            }
        }
        return sections
    }

    @Test("Every key that does something on a screen is there with what it does", arguments: Route.allCases)
    func complete(route: Route) throws {
        let page = page
        let keys = Set(Keymap.all.flatMap(\.keys))
        #expect(keys.count > 60)
        for key in keys {
            guard let action = Keymap.action(for: key, on: route) else { continue }
            let titles = Keymap.all.filter { $0.action == action && $0.routes?.contains(route) ?? true }.map(\.title)
            let shown = try #require(page[route.title]?[key.name] ?? page["Everywhere"]?[key.name], "\(key) on \(route)")
            #expect(titles.contains(shown), "\(key.name) on \(route): the page says «\(shown)»")
        }
    }

    @Test("No key stands on a screen's list that does nothing there", arguments: Route.allCases)
    func honest(route: Route) throws {
        let names = Dictionary(Set(Keymap.all.flatMap(\.keys)).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for name in try #require(page[route.title]).keys {
            let key = try #require(names[name], "\(name) is a key's name")
            #expect(Keymap.action(for: key, on: route) != nil, "\(name) on \(route)")
        }
    }

    @Test("The keys that hands know from elsewhere are named")
    func aliases() throws {
        let page = page
        for name in ["←", "→", "h", "l", "=", "_"] { #expect(page["Scenario"]?[name]?.contains("a step") == true, "\(name)") }
        for name in [",", ".", "⇧←", "⇧→"] { #expect(page["Compare"]?[name]?.contains("date cursor") == true, "\(name)") }
        for name in ["^B", "^F", "^P", "^C", "F1", "Backspace"] { #expect(page["Everywhere"]?[name] != nil, "\(name)") }
    }

    @Test("The help stays short: one key for each action")
    func help() {
        var state = Fixture.state(size: Size(columns: 120, rows: 80), route: .editor)
        state.overlay = .help(scroll: 0)
        #expect(!Fixture.text(state).contains("Backspace") && Fixture.text(state).contains("Esc"))
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
