// What a store needs beside its records: settings, a copy, its removal.
import GRDB
import Glibc

extension Store {
    /// A setting of the program, such as the theme; nil if it was never set.
    public func setting(_ key: String) throws(StoreError) -> String? {
        try read { db in try Row.fetchOne(db, cachedSQL: "SELECT value FROM setting WHERE key = ?", [key])?[0] }
    }

    /// Keeps a setting; nil forgets it.
    public func setSetting(_ key: String, _ value: String?) throws(StoreError) {
        try write { db in
            if let value {
                try db.execute(
                    cachedSQL: "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                    [key, value])
            } else {
                try db.execute(cachedSQL: "DELETE FROM setting WHERE key = ?", [key])
            }
        }
    }

    /// Writes a whole copy, of mode 0600, synced, while others go on working; one entry `backup` (which the copy holds too).
    ///
    /// Errors: `.exists` if there is a file already, `.unsafePath`, `.diskFull`. A copy that failed is removed.
    public func backup(to destination: String, actor: String) throws(StoreError) {
        let destination = try StorePath.absolute(destination)
        guard StorePath.information(destination) == nil else { throw .exists(kind: "file", id: destination) }
        try note(.backup, actor: actor, detail: ["file": destination])
        // Made here first, empty and private; SQLite fills an empty file.
        try StorePath.prepareCopy(destination)
        do {
            try pool.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [destination]) }
        } catch {
            unlink(destination)
            throw StoreError(error, path: destination)
        }
        let descriptor = Glibc.open(destination, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .inputOutput(destination, detail: StorePath.reason()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .inputOutput(destination, detail: StorePath.reason()) }
    }

    /// Removes a store and the files beside it. No store there: nothing. Never what is not a store of ours.
    public static func remove(path: String) throws(StoreError) {
        let path = try StorePath.absolute(path)
        guard StorePath.information(path) != nil else { return }
        _ = try open(path: path, mode: .readOnly)
        for file in [path] + StorePath.sideFiles(path) + [path + ".log", path + ".log.1", path + ".checkpoints"]
        where StorePath.information(file) != nil {
            guard unlink(file) == 0 else { throw .readOnly(file) }
        }
    }
}
