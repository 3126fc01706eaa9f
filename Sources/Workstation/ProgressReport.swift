// Tells the screen how far a forecast is, once it has taken so long that a person wonders.
import Synchronization

/// Passes on shares of a work that has run for half a second, at most ten a second.
final class ProgressReport: Sendable {
    private let next: Mutex<ContinuousClock.Instant>
    private let deliver: @Sendable (Double) -> Void

    init(patience: Duration = .milliseconds(500), _ deliver: @escaping @Sendable (Double) -> Void) {
        next = Mutex(.now + patience)
        self.deliver = deliver
    }

    func take(_ share: Double) {
        let isDue = next.withLock { next in
            guard ContinuousClock.now >= next else { return false }
            next = .now + .milliseconds(100)
            return true
        }
        if isDue { deliver(share) }
    }
}
