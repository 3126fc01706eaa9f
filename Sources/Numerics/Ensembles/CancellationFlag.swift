// What a cancelled task raises and a kernel looks at between two steps.
import CIntegration

/// A number behind the kernels' door that starts at zero and is raised once.
final class CancellationFlag: Sendable {
    /// Only ever touched through `kernelRaise` and `kernelIsRaised`, which are atomic.
    private let address: UInt

    init() {
        let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
        flag.initialize(to: 0)
        address = UInt(bitPattern: flag)
    }

    deinit { mutable?.deallocate() }

    private var mutable: UnsafeMutablePointer<Int32>? { UnsafeMutablePointer(bitPattern: address) }
    /// Valid as long as the flag lives.
    var pointer: UnsafePointer<Int32>? { UnsafePointer(bitPattern: address) }

    func raise() {
        if let mutable { kernelRaise(mutable) }
    }
    var isRaised: Bool { kernelIsRaised(pointer) != 0 }
}
