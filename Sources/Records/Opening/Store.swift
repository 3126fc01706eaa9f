// The store: one SQLite file behind a pool of connections, every change synced before the call returns.
import CSQLiteShim
import GRDB
import Glibc
import Twins

/// The records, twins, meetings and the ledger of one board, in one SQLite file.
///
/// Every function is synchronous and may be called from any thread. Reads never wait for a writer. A function that changes
/// something returns after the change is synced to the disk. Several processes may open the same file.
///
/// Not for network file systems: SQLite's write-ahead log needs shared memory.
public final class Store: Sendable {
    public enum Mode: Sendable { case readWrite, readOnly }

    /// From the root.
    public let path: String
    public let mode: Mode
    let pool: DatabasePool
    /// A connection that does nothing but ask whether others have committed.
    let watcher: DatabaseQueue
    let clock: @Sendable () -> Instant

    /// The time of day by the system's clock.
    public static let systemClock: @Sendable () -> Instant = {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Instant(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }

    /// Opens the store, making file and folder where they are missing (`readWrite`).
    ///
    /// Sets the process's umask to 077: nothing that it writes from here on is for others.
    /// Errors: `.noStore` (read only), `.unsafePath`, `.notADatabase`, `.notAStore`, `.newerSchema`, `.readOnly`, `.locked`, `.diskFull`.
    public static func open(
        path: String, mode: Mode = .readWrite, clock: @escaping @Sendable () -> Instant = Store.systemClock
    ) throws(StoreError) -> Store {
        let path = try StorePath.absolute(path)
        umask(0o077)
        try StorePath.prepare(path, create: mode == .readWrite)
        do {
            // The watcher comes first: opening a pool changes the file, and a file of another program must stay as it is.
            let watcher = try DatabaseQueue(path: path, configuration: configuration(.readOnly))
            try watcher.read { db in try Schema.refuseOthers(db, path: path) }
            let making = try mode == .readWrite && !watcher.read(Schema.isCurrent) ? MakingLock(of: path) : nil
            defer { withExtendedLifetime(making) {} }
            let pool = try DatabasePool(path: path, configuration: configuration(mode))
            let store = Store(path: path, mode: mode, pool: pool, watcher: watcher, clock: clock)
            if mode == .readWrite {
                try store.secureWriter()
                try Schema.migrate(pool)
            }
            return store
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private init(path: String, mode: Mode, pool: DatabasePool, watcher: DatabaseQueue, clock: @escaping @Sendable () -> Instant) {
        self.path = path
        self.mode = mode
        self.pool = pool
        self.watcher = watcher
        self.clock = clock
    }

    private static func configuration(_ mode: Mode) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = mode == .readOnly
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -2000;
                    """)
            guard let connection = db.sqliteConnection, twinboard_set_defensive(connection) == SQLITE_OK else {
                throw DatabaseError(resultCode: .SQLITE_ERROR, message: "this SQLite has no defensive mode")
            }
        }
        return configuration
    }

    /// Invariant R2: the writer syncs at every commit.
    ///
    /// GRDB sets `synchronous = NORMAL` while it opens a pool, after `prepareDatabase`; so FULL has to be set once it is open.
    private func secureWriter() throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2, try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1,
                let connection = db.sqliteConnection, twinboard_persist_wal(connection) == SQLITE_OK
            else {
                throw DatabaseError(resultCode: .SQLITE_ERROR, message: "SQLite refuses the settings that keep commits safe")
            }
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do { return try pool.read(body) } catch { throw StoreError(error, path: path) }
    }

    /// One transaction: all of it is committed and synced, or nothing is changed.
    func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        guard mode == .readWrite else { throw .readOnly(path) }
        do { return try pool.write(body) } catch { throw StoreError(error, path: path) }
    }

    /// A number that changes when anybody has committed: this process or another. Microseconds; made to be polled.
    public func dataVersion() throws(StoreError) -> Int64 {
        do {
            return try watcher.unsafeRead { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
