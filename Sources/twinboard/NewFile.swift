// Files that a command writes: made anew, for their owner alone, never over one that is there.
import Foundation
import Glibc
import Surface

enum NewFile {
    static func write(_ data: Data, to path: String) throws {
        let shown = SafeText(path).string
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw CommandFailure(
                message: errno == EEXIST ? "\(shown) is there already; nothing was written over" : "cannot write \(shown): \(reason)",
                status: 73)
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do { try handle.write(contentsOf: data) } catch { throw CommandFailure(message: "cannot write \(shown): \(reason)", status: 73) }
    }

    static func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

    /// A folder for them (0700); one that is there is taken.
    static func folder(_ path: String) throws {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw CommandFailure(message: "cannot make the folder \(SafeText(path).string): \(reason)", status: 73)
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
