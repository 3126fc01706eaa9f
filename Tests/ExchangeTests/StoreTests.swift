// Into the store and back: the whole file or nothing, the same file twice changes nothing, and how much memory and time it takes.
import Glibc
import Records
import StoreSupport
import TestSupport
import Testing
import Twins

@testable import Exchange

@Suite("Imports reach the store whole", .serialized)
struct StoreTests {
    private func importer(_ folder: Folder) throws -> Importer {
        Importer(store: try Store.open(path: folder.path + "/board.sqlite"), actor: "coordinator")
    }

    @Test("A demo bundle is in the store with everything; importing it again changes nothing")
    func twice() throws {
        let folder = try Folder()
        let importer = try importer(folder)
        let file = try Importer.read(path: demoFile("CRC-0147.json"))
        for _ in 0..<2 {
            let report = try importer.importFile(path: demoFile("CRC-0147.json"))
            #expect(report.patients == ["CRC-0147"])
            let token = try importer.store.access(actor: "test", patient: "CRC-0147", categories: .all, purpose: "test")
            let row = try importer.store.patient(token)
            #expect(row.observationCount == file.report.count(of: "observations"))
            #expect(row.documentCount == 3)
            #expect(try importer.store.identity(token)?.names == "Margarethe Schönfeld")
            #expect(try importer.store.counts().patients == 1)
        }
        #expect(try importer.store.verifyLedger().isWhole)
    }

    @Test("A file that is refused leaves the store as it was (invariant 7)")
    func nothing() throws {
        let folder = try Folder()
        let importer = try importer(folder)
        let cut = try folder.write("cut.json", Array(bundle(observation(quantity("1", "mm"))).utf8.dropLast(2)))
        let before = try importer.store.ledgerHead().sequence
        #expect(throws: ImportError.self) { try importer.importFile(path: cut) }
        if let hostile = SharedFiles.path("samples/fhir-negative/hostile-bundle.json") {
            #expect(try importer.importFile(path: hostile).isEmpty)
        } else {
            SharedFiles.leaveOut("hostile bundle into a store")
        }
        #expect(try importer.store.counts().patients == 0)
        #expect(try importer.store.ledgerHead().sequence == before)
    }

    @Test("A patient without a pseudonym is allotted one, and keeps it")
    func allotted() throws {
        let folder = try Folder()
        let importer = try importer(folder)
        let path = try folder.write("p.json", Array(bundle(observation(quantity("80", "umol/L"))).utf8))
        let first = try importer.importFile(path: path)
        #expect(first.patients.count == 1)
        #expect(first.patients.first?.contains("p1") == false)
        #expect(try importer.importFile(path: path).patients == first.patients)
    }

    @Test("A symbolic link, a folder, a pipe and a missing file are told apart (invariant 1)")
    func files() throws {
        let folder = try Folder()
        let file = try folder.write("a.json", Array(bundle().utf8))
        symlink(file, folder.path + "/link.json")
        mkfifo(folder.path + "/pipe.json", 0o600)
        func error(_ name: String) -> ImportError? {
            do throws(ImportError) {
                _ = try Importer.read(path: folder.path + "/" + name)
                return nil
            } catch { return error }
        }
        #expect(error("a.json") == nil)
        #expect(error("link.json")?.message.contains("symbolic link") == true)
        #expect(error("pipe.json")?.message.contains("not a regular file") == true)
        #expect(error("")?.kind == .unreadable)
        #expect(error("none.json")?.kind == .missing)
        _ = try folder.write("t.csv", Array("ID\n".utf8))
        #expect(error("t.csv")?.message.contains("--map") == true)
    }

    /// Kilobytes that this process holds at most since the mark, and holds now.
    private func memory() -> (peak: Int, now: Int) {
        let status = SharedFiles.text("/proc/self/status") ?? ""
        func field(_ name: String) -> Int {
            status.split(separator: "\n").first { $0.hasPrefix(name) }.flatMap { line in Int(line.filter(\.isNumber)) } ?? 0
        }
        return (field("VmHWM:"), field("VmRSS:"))
    }

    @Test("Invariant 2: a bundle of 24 MB is imported within 200 MB of memory")
    func large() throws {
        let folder = try Folder()
        let path = try LargeBundle.write(to: folder.path + "/large.json", megabytes: 24)
        let importer = try importer(folder)
        // The kernel forgets the peak of whatever ran before in this process.
        if let handle = fopen("/proc/self/clear_refs", "w") {
            fputs("5", handle)
            fclose(handle)
        }
        let before = memory()
        let clock = ContinuousClock()
        let start = clock.now
        let file = try Importer.read(path: path)
        let parsed = clock.now
        let afterReading = memory().peak
        let report = try importer.write(file)
        let written = clock.now
        let peak = memory().peak
        #expect(report.count(of: "observations") > 20_000)
        #expect(report.refusedCount == 0)
        #expect(peak - before.now < 200 * 1024, "\((peak - before.now) / 1024) MB")
        print(
            "import of 24 MB: \(report.count(of: "observations")) observations, read in \(parsed - start), stored in \(written - parsed),",
            "peak \(peak / 1024) MB resident, \((peak - before.now) / 1024) MB above before,",
            "reading alone \((afterReading - before.now) / 1024) MB"
        )
    }
}
