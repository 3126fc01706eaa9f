// Files that a command writes: made anew, for their owner alone, never over one that is there.
import Exchange
import Foundation
import Glibc
import Surface

enum NewFile {
    static func write(_ data: Data, to path: String) throws {
        do {
            try DocumentFile.write(data, to: path)
        } catch {
            let words =
                if case .exists(let path) = error { "\(path) is there already; nothing was written over" } else { error.description }
            throw CommandFailure(message: SafeText(words).string, status: error.exitStatus)
        }
    }

    static func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

    /// A folder for them (0700); one that is there is taken.
    static func folder(_ path: String) throws {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw CommandFailure(message: "cannot make the folder \(SafeText(path).string): \(reason)", status: 73)
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
