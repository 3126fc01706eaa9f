// Writing a document beside others: whole or not at all, and never over one that is there.
import Foundation
import Glibc

/// Why a document was not written.
public enum DocumentFileError: Error, Hashable, Sendable, CustomStringConvertible {
    case exists(String)
    case unwritable(String, reason: String)

    public var description: String {
        switch self {
        case .exists(let path): "\(path) is there already and was left as it is: choose another name, or --force to replace it"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        }
    }

    public var exitStatus: Int32 { 73 }
}

public enum DocumentFile {
    /// Writes to a file beside the wanted one and renames it, so that nobody ever sees half a document; for its owner alone (0600).
    ///
    /// - Parameter replaces: false: a file that is there stays as it is, also one that appears while this one is written.
    public static func write(_ data: Data, to path: String, replaces: Bool = false) throws(DocumentFileError) {
        func failure() -> DocumentFileError { .unwritable(path, reason: String(cString: strerror(errno))) }
        if !replaces, access(path, F_OK) == 0 { throw .exists(path) }
        // mkstemp fills in the six letters.
        var name = Array((path + "." + String(repeating: "X", count: 6)).utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw failure() }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: data)
            try file.synchronize()
        } catch {
            let failed = failure()
            unlink(name)
            throw failed
        }
        if replaces {
            guard rename(name, path) == 0 else {
                let failed = failure()
                unlink(name)
                throw failed
            }
            return
        }
        // A link, unlike a rename, refuses a name that is taken.
        let isLinked = link(name, path) == 0
        let reason = errno
        unlink(name)
        guard isLinked else {
            throw reason == EEXIST ? .exists(path) : .unwritable(path, reason: String(cString: strerror(reason)))
        }
    }
}
