// The store opens only where nobody else can read or redirect it, and says what is wrong with what it refuses.
import Foundation
import Records
import StoreSupport
import Testing

@Suite("A store is opened")
struct OpeningTests {
    let folder = try? TemporaryFolder()

    private func refusal(_ path: String, _ mode: Store.Mode = .readWrite) -> StoreError? {
        do {
            _ = try Store.open(path: path, mode: mode)
            return nil
        } catch { return error }
    }

    @Test("R1: folder and files are made for nobody else to read")
    func modes() throws {
        let folder = try #require(folder)
        let path = folder.path + "/data/twinboard/board.sqlite"
        let store = try Store.open(path: path)
        try store.setSetting("theme", "dark")
        #expect(TemporaryFolder.mode(folder.path + "/data") == 0o700)
        #expect(TemporaryFolder.mode(folder.path + "/data/twinboard") == 0o700)
        for file in ["", "-wal", "-shm"] { #expect(TemporaryFolder.mode(path + file) == 0o600) }
    }

    @Test("R1: a file that others can read is refused, with the command that puts it right")
    func othersCanRead() throws {
        let folder = try #require(folder)
        _ = try folder.open()
        chmod(folder.store, 0o640)
        let error = try #require(refusal(folder.store))
        #expect(error.description.contains("chmod 600 \(folder.store)"))
        #expect(error.exitStatus == 74)
        chmod(folder.store, 0o600)
        #expect(refusal(folder.store) == nil)
        chmod(folder.store + "-wal", 0o644)
        #expect(refusal(folder.store)?.description.contains("-wal") == true)
    }

    @Test("R1: a folder in which others can replace the file is refused")
    func folderOpenToOthers() throws {
        let folder = try #require(folder)
        chmod(folder.path, 0o777)
        #expect(refusal(folder.store)?.description.contains("chmod 700") == true)
        #expect(TemporaryFolder.mode(folder.store) == nil)
        chmod(folder.path, 0o755)
        #expect(refusal(folder.store)?.description.contains("others can look into its folder") == true)
        #expect(refusal(folder.store)?.description.contains("chmod 700 \(folder.path)") == true)
        #expect(TemporaryFolder.mode(folder.store) == nil)
        chmod(folder.path, 0o1777)
        #expect(refusal(folder.store) == nil)
    }

    @Test("R1: a symbolic link, as file or as folder, is refused", arguments: ["file", "folder", "side"])
    func links(_ what: String) throws {
        let folder = try #require(folder)
        let real = folder.path + "/real"
        mkdir(real, 0o700)
        _ = try Store.open(path: real + "/board.sqlite")
        let path: String
        switch what {
        case "file":
            path = folder.path + "/link.sqlite"
            symlink(real + "/board.sqlite", path)
        case "folder":
            symlink(real, folder.path + "/link")
            path = folder.path + "/link/board.sqlite"
        default:
            path = real + "/board.sqlite"
            unlink(path + "-wal")
            symlink("/dev/null", path + "-wal")
        }
        let error = try #require(refusal(path))
        guard case .unsafePath = error else { throw error }
        #expect(error.description.contains("symbolic link"))
    }

    @Test("what is no database, or another program's, is refused and left as it is")
    func foreign() throws {
        let folder = try #require(folder)
        try Data(String(repeating: "a letter, not a store. ", count: 100).utf8).write(to: URL(filePath: folder.store))
        chmod(folder.store, 0o600)
        #expect(refusal(folder.store) == .notADatabase(folder.store))
        let other = folder.path + "/other.sqlite"
        try rawSQL(other, "CREATE TABLE bookmark (url)")
        chmod(other, 0o600)
        #expect(refusal(other) == .notAStore(other))
        #expect(refusal(other)?.exitStatus == 65)
        #expect(try rawValue(other, "PRAGMA journal_mode") == "delete")
        #expect(throws: StoreError.notAStore(other)) { try Store.remove(path: other) }
    }

    @Test("a store of a newer twinboard is refused; an empty file becomes a store")
    func versions() throws {
        let folder = try #require(folder)
        close(open(folder.store, O_CREAT | O_RDWR, 0o600))
        _ = try folder.open()
        #expect(try rawValue(folder.store, "PRAGMA user_version") == "4")
        #expect(try rawValue(folder.store, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'ledger'") == "1")
        try rawSQL(folder.store, "PRAGMA user_version = 7")
        #expect(refusal(folder.store) == .newerSchema(folder.store, found: 7, known: 4))
        #expect(refusal(folder.store)?.description.contains("install the newer twinboard") == true)
    }

    @Test("every table of ours is STRICT")
    func strict() throws {
        let folder = try #require(folder)
        _ = try folder.open()
        let loose = try rawValue(
            folder.store,
            """
            SELECT group_concat(name) FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
            """)
        #expect(loose == nil)
    }

    @Test("to read only: nothing is made, nothing is changed, and a record is not read without its log")
    func readOnly() throws {
        let folder = try #require(folder)
        #expect(refusal(folder.store, .readOnly) == .noStore(folder.store))
        #expect(refusal(folder.store, .readOnly)?.exitStatus == 66)
        #expect(TemporaryFolder.mode(folder.store) == nil)
        let writer = try folder.open()
        _ = try someCase(writer)
        let reader = try folder.open(.readOnly)
        #expect(try reader.agenda("liver").count == 1)
        #expect(try reader.verifyLedger().isWhole)
        #expect(throws: StoreError.readOnly(reader.path)) { try reader.setSetting("theme", "light") }
        #expect(throws: StoreError.readOnly(reader.path)) {
            try reader.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        }
    }

    @Test("two programs that make one store at once both have it")
    func race() async throws {
        let folder = try #require(folder)
        let path = folder.store
        let stores = try await withThrowingTaskGroup(of: Store.self) { group in
            for _ in 0..<4 { group.addTask { try Store.open(path: path) } }
            return try await group.reduce(into: [Store]()) { $0.append($1) }
        }
        for (index, store) in stores.enumerated() { try store.setSetting("\(index)", "here") }
        #expect(try stores[0].setting("3") == "here")
    }

    @Test("removing takes the store and what lies beside it, and nothing is no error")
    func remove() throws {
        let folder = try #require(folder)
        try folder.open().setSetting("a", "b")
        try Store.remove(path: folder.store)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        try Store.remove(path: folder.store)
    }

    @Test("a backup is a whole store of its own, private, and never overwrites")
    func backup() throws {
        let folder = try #require(folder)
        let store = try folder.open()
        _ = try someCase(store)
        let copy = folder.path + "/copy.sqlite"
        try store.backup(to: copy, actor: "coordinator")
        #expect(TemporaryFolder.mode(copy) == 0o600)
        let restored = try Store.open(path: copy)
        #expect(try restored.agenda("liver") == store.agenda("liver"))
        #expect(try restored.verifyLedger().isWhole)
        #expect(try restored.log(limit: 1).first?.action == "backup")
        #expect(throws: StoreError.exists(kind: "file", id: copy)) { try store.backup(to: copy, actor: "coordinator") }
        let disk = folder.path + "/backup-disk"
        mkdir(disk, 0o755)
        chmod(disk, 0o755)
        try store.backup(to: disk + "/copy.sqlite", actor: "coordinator")
        #expect(TemporaryFolder.mode(disk + "/copy.sqlite") == 0o600, "a disk for backups may be open to look into, the copy is not")
    }
}
