// First pictures come before the rest of any scenario.
import Synchronization
import Testing

@testable import Workstation

private final class Seen: Sendable {
    private let words = Mutex<[String]>([])
    func note(_ word: String) { words.withLock { $0.append(word) } }
    var all: [String] { words.withLock { $0 } }
}

@Suite("First pictures before the rest")
struct FirstPicturesTests {
    @Test("What waits goes on once the last of the first pictures is out, and at once where none is to come", .timeLimit(.minutes(1)))
    func order() async {
        let pictures = FirstPictures()
        await pictures.areOut()
        for _ in 0..<3 { pictures.begin() }
        let seen = Seen()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await pictures.areOut()
                    seen.note("rest")
                }
            }
            for number in 0..<3 {
                group.addTask {
                    try? await Task.sleep(for: .milliseconds(20 * (number + 1)))
                    seen.note("first")
                    pictures.end()
                }
            }
        }
        #expect(seen.all == ["first", "first", "first", "rest", "rest", "rest", "rest"])
        pictures.begin()
        pictures.end()
        await pictures.areOut()
    }
}
