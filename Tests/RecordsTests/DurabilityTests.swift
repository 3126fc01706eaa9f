// What was acknowledged is on the disk: commits are synced, a full disk is said to be full, a killed process loses nothing.
import CCountingVFS
import Foundation
import GRDB
import StoreSupport
import Testing
import Twins

@testable import Records

@Suite("Nothing acknowledged is lost")
struct DurabilityTests {
    let folder = try? TemporaryFolder()

    @Test("R2: every commit is synced, and the count can tell")
    func syncs() throws {
        let folder = try #require(folder)
        try #require(counting_vfs_install() == 0)
        let watch = counting_vfs_watch(folder.path)
        let store = try folder.open()
        var before = counting_vfs_syncs(watch)
        for index in 0..<50 { try store.setSetting("key", "\(index)") }
        #expect(counting_vfs_syncs(watch) - before >= 50)
        // The same with what GRDB sets by itself: the test would see it.
        try store.pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        before = counting_vfs_syncs(watch)
        for index in 0..<50 { try store.setSetting("key", "\(index)") }
        #expect(counting_vfs_syncs(watch) - before < 10)
    }

    @Test("the connections have the settings that the store promises")
    func settings() throws {
        let store = try #require(folder).open()
        let writer = try store.pool.writeWithoutTransaction { db in
            try ["synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "temp_store"].map {
                try Int.fetchOne(db, sql: "PRAGMA \($0)")
            }
        }
        #expect(writer == [2, 1, 0, 1, 2])
        #expect(try store.pool.read { db in try String.fetchOne(db, sql: "PRAGMA journal_mode") } == "wal")
        // Defensive mode: the schema's own table cannot be written.
        #expect(throws: DatabaseError.self) {
            try store.pool.write { db in
                try db.execute(sql: "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'ledger'")
            }
        }
    }

    @Test("a full disk: the message says so, the change is not there, and it works again once there is space")
    func full() throws {
        let folder = try #require(folder)
        try #require(counting_vfs_install() == 0)
        let watch = counting_vfs_watch(folder.path)
        let store = try folder.open()
        let item = try someCase(store)
        let scenario = try store.addScenario(folfox(6), agendaItem: item.id)
        counting_vfs_fail_writes(watch, 13)
        #expect(throws: StoreError.diskFull(store.path)) { try store.updateScenario(scenario.id, folfox(8)) }
        #expect(StoreError.diskFull(store.path).exitStatus == 73)
        counting_vfs_fail_writes(watch, 10)
        let failure = #expect(throws: StoreError.self) { try store.updateScenario(scenario.id, folfox(8)) }
        guard case .inputOutput = failure else { throw try #require(failure) }
        counting_vfs_fail_writes(watch, 0)
        #expect(try store.scenarios(item.id).map(\.scenario) == [folfox(6)])
        try store.updateScenario(scenario.id, folfox(10))
        #expect(try folder.open().scenarios(item.id).map(\.scenario) == [folfox(10)])
        #expect(try store.verifyLedger().isWhole)
    }

    @Test("a store held by another writer for too long is said to be locked")
    func locked() throws {
        let folder = try #require(folder)
        let store = try folder.open()
        try store.pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA busy_timeout = 50") }
        let other = try folder.open()
        try other.pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                #expect(throws: StoreError.locked(store.path)) { try store.setSetting("a", "b") }
                return .rollback
            }
        }
        try store.setSetting("a", "b")
    }

    @Test("a process killed at any moment leaves everything that it had acknowledged", arguments: [3, 17, 60, 150])
    func killed(_ milliseconds: Int) async throws {
        let folder = try #require(folder)
        let path = folder.store
        _ = try someCase(try folder.open())
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, milliseconds = milliseconds as Int] in
            let store = try Store.open(path: path)
            let told = open(path + ".told", O_CREAT | O_WRONLY | O_APPEND, 0o600)
            for index in 1... {
                // The clock starts when one is acknowledged, however slow the machine.
                if index == 2 {
                    Thread.detachNewThread {
                        usleep(UInt32(milliseconds) * 1000)
                        kill(getpid(), SIGKILL)
                    }
                }
                try store.addScenario(folfox(Double(index)), agendaItem: 1)
                try store.note(.print, actor: "child")
                // One byte once it is acknowledged.
                write(told, "x", 1)
            }
        }
        let told = try #require(try FileManager.default.attributesOfItem(atPath: path + ".told")[.size] as? Int)
        let store = try folder.open()
        let kept = try store.scenarios(1)
        #expect(told >= 1 && kept.count >= told)
        #expect(kept.map(\.position) == kept.indices.map { $0 + 1 })
        #expect(try store.verifyLedger().isWhole)
        #expect(try rawValue(path, "PRAGMA integrity_check") == "ok")
    }

    @Test("what one program commits, another sees")
    func shared() throws {
        let folder = try #require(folder)
        let one = try folder.open()
        let other = try folder.open()
        let item = try someCase(one)
        let before = try other.dataVersion()
        #expect(try other.dataVersion() == before)
        try one.addScenario(folfox(6), agendaItem: item.id)
        #expect(try other.dataVersion() != before)
        #expect(try other.scenarios(item.id).count == 1)
    }
}
