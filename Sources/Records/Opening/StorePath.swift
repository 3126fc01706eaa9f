// Where a store may lie: made so that nobody else can read it, and refused where others could.
import Glibc

/// Checks and makes the folder and the file of a store.
///
/// Invariant R1: a store that is open lies in a regular file of mode 0600, not behind a symbolic link, in a folder of mode 0700, or one
/// that is everybody's and sticky (`/tmp`), where nobody else can replace it.
enum StorePath {
    /// The path from the root, so that SQLite never takes a name for a URI or for a database in memory.
    static func absolute(_ path: String) throws(StoreError) -> String {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .cannotOpen(path, reason: "a store needs a file name") }
        if path.hasPrefix("/") { return path }
        guard let here = getcwd(nil, 0) else { throw .cannotOpen(path, reason: "the current folder is gone") }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }

    /// Makes folder (0700) and empty file (0600) where they are missing, and checks those that are there.
    static func prepare(_ path: String, create: Bool) throws(StoreError) {
        let folder = parent(of: path)
        if create { try makeFolder(folder) }
        try checkFolder(folder, of: path, closed: true)
        // An existing file is looked at but never opened: closing a second descriptor would drop SQLite's locks on it.
        guard let file = information(path) else {
            guard create else { throw .noStore(path) }
            // Another process may have made it in between; then its file is checked like any other.
            try makeFile(path, orTake: true)
            if let made = information(path) { try checkFile(made, path, store: path) }
            return
        }
        try checkFile(file, path, store: path)
        for side in sideFiles(path) {
            if let file = information(side) { try checkFile(file, side, store: path) }
        }
    }

    /// Makes an empty file (0600) for a copy, in a folder that may be open to look into: a disk for backups often is.
    static func prepareCopy(_ path: String) throws(StoreError) {
        let folder = parent(of: path)
        try makeFolder(folder)
        try checkFolder(folder, of: path, closed: false)
        try makeFile(path)
    }

    /// The files that SQLite keeps beside the store.
    static func sideFiles(_ path: String) -> [String] { [path + "-wal", path + "-shm", path + "-journal"] }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    static func information(_ path: String) -> stat? {
        var result = stat()
        return lstat(path, &result) == 0 ? result : nil
    }

    static func reason() -> String { String(cString: strerror(errno)) }

    private static func makeFile(_ path: String, orTake isAnothers: Bool = false) throws(StoreError) {
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        switch errno {
        case EEXIST: if !isAnothers { throw .exists(kind: "file", id: path) }
        case ENOSPC: throw .diskFull(path)
        case EROFS, EACCES: throw .readOnly(path)
        default: throw .cannotOpen(path, reason: reason())
        }
    }

    private static func makeFolder(_ folder: String) throws(StoreError) {
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o700) != 0, errno != EEXIST {
                if errno == EROFS || errno == EACCES, information(made) != nil { continue }
                throw errno == EROFS || errno == EACCES ? .readOnly(made) : .cannotOpen(made, reason: reason())
            }
        }
    }

    /// `closed`: nobody else may even look into the folder, for the names of stores and the times of their changes tell of a board's work.
    private static func checkFolder(_ folder: String, of path: String, closed: Bool) throws(StoreError) {
        guard let found = information(folder) else { throw .noStore(path) }
        if found.st_mode & S_IFMT == S_IFLNK {
            throw .unsafePath(path, reason: "its folder \(folder) is a symbolic link; name the folder itself")
        }
        guard found.st_mode & S_IFMT == S_IFDIR else { throw .cannotOpen(path, reason: "\(folder) is not a folder") }
        if found.st_mode & S_ISVTX != 0 { return }
        if found.st_mode & 0o022 != 0 {
            throw .unsafePath(path, reason: "others can replace files in its folder; «chmod 700 \(folder)» puts that right")
        }
        if closed, found.st_mode & 0o077 != 0 {
            throw .unsafePath(
                path,
                reason: "others can look into its folder; «chmod 700 \(folder)» puts that right, or name a file in a folder of its own")
        }
    }

    private static func checkFile(_ found: stat, _ path: String, store: String) throws(StoreError) {
        switch found.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFLNK: throw .unsafePath(store, reason: "\(path) is a symbolic link; name the file itself")
        default: throw .cannotOpen(store, reason: "\(path) is not a regular file")
        }
        if found.st_mode & 0o077 != 0 {
            throw .unsafePath(store, reason: "others can read \(path); «chmod 600 \(path)» puts that right")
        }
    }
}
