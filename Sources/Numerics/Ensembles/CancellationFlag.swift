// What a cancelled task raises and kernels look at between two steps.
import CIntegration

/// A number behind the kernels' door that starts at zero and is raised once.
final class CancellationFlag: Sendable {
    // Shared between threads, and touched through atomic operations alone (kernelRaise, kernelIsRaised).
    nonisolated(unsafe) private let place = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

    init() { place.initialize(to: 0) }
    deinit { place.deallocate() }

    func raise() { kernelRaise(place) }
    var isRaised: Bool { kernelIsRaised(place) != 0 }

    /// Where kernels look; valid during the call.
    func withPointer<T>(_ body: (UnsafePointer<Int32>) throws -> T) rethrows -> T { try withExtendedLifetime(self) { try body(place) } }
}
