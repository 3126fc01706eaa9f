// How a long run learns that nobody waits for it any more.
import CIntegration

/// A flag that a cancelled task raises and running kernels look at.
final class StopFlag: Sendable {
    // Shared between threads, and touched through atomic operations alone (raiseFlag, flagIsRaised).
    nonisolated(unsafe) private let place = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    init() { place.initialize(to: 0) }
    deinit { place.deallocate() }

    func raise() { raiseFlag(place) }

    /// Where kernels look; valid while the flag lives.
    func withPointer<T>(_ body: (UnsafePointer<Int32>) throws -> T) rethrows -> T { try withExtendedLifetime(self) { try body(place) } }
}
