// First pictures before the rest of anything: what everybody in the room waits for comes before what a few look at.
import Synchronization

/// How many first pictures are still to come, and who waits until there are none.
///
/// Priorities of tasks would not do: whoever waits for a task lends it his own.
final class FirstPictures: Sendable {
    private struct Pending {
        var count = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let pending = Mutex(Pending())

    func begin() { pending.withLock { $0.count += 1 } }

    /// Must follow every ``begin()`` once.
    func end() {
        let released = pending.withLock { pending -> [CheckedContinuation<Void, Never>] in
            pending.count -= 1
            guard pending.count == 0 else { return [] }
            defer { pending.waiting = [] }
            return pending.waiting
        }
        for one in released { one.resume() }
    }

    /// Returns as soon as none is to come; a key that is held delays it by one picture at most.
    func areOut() async {
        await withCheckedContinuation { one in
            let isFree = pending.withLock { pending in
                if pending.count > 0 { pending.waiting.append(one) }
                return pending.count == 0
            }
            if isFree { one.resume() }
        }
    }
}
