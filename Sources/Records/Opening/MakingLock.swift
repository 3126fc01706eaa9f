// One program at a time makes a store, or brings it to this version.
import Glibc

/// Holds the store's folder while a new store is made: the change to a write-ahead log and the first migration of several programs at
/// once can keep each other waiting until all give up. Gone with its last use, and with the process.
final class MakingLock {
    private let folder: Int32

    /// Waits for whoever makes a store in this folder. Where a folder cannot be locked, SQLite's own locks remain.
    init(of path: String) {
        folder = Glibc.open(StorePath.parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        while folder >= 0, flock(folder, LOCK_EX) != 0, errno == EINTR {}
    }

    deinit { if folder >= 0 { close(folder) } }
}
