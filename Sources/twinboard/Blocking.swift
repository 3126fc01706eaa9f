// Waits for asynchronous work in a command. The workstation never does this.
import Glibc
import Synchronization

/// Runs work and waits for it on the calling thread, which must not be one of the cooperative pool's.
func waiting<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) throws -> T {
    let result = Mutex<Result<T, any Error>?>(nil)
    let done = Semaphore()
    Task.detached {
        let outcome: Result<T, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        result.withLock { $0 = outcome }
        done.signal()
    }
    done.wait()
    guard let outcome = result.withLock({ $0 }) else { throw CommandFailure(message: "the work ended without an answer", status: 1) }
    return try outcome.get()
}

/// A flag that one thread waits for and another raises.
private final class Semaphore: Sendable {
    private let ends: (read: Int32, write: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        self.ends = (ends[0], ends[1])
    }
    deinit {
        close(ends.read)
        close(ends.write)
    }
    func signal() {
        var byte: UInt8 = 1
        _ = write(ends.write, &byte, 1)
    }
    func wait() {
        var byte: UInt8 = 0
        while read(ends.read, &byte, 1) < 0, errno == EINTR {}
    }
}
