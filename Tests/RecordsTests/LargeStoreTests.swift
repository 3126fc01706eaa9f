// What a board does all day does not slow down as the store grows.
import Foundation
import Records
import StoreSupport
import Testing

/// The store's latencies as numbers are the benchmarks' business; here a large store is held against a small one.
@Suite("A large store is as quick as a small one", .serialized)
struct LargeStoreTests {
    /// One after the other on both stores, so that a busy machine slows both; the ratio of the medians.
    private func ratio(_ stores: [Store], _ name: String, _ body: (Store, Int) throws -> Void) throws -> Double {
        var times: [[Double]] = stores.map { _ in [] }
        let clock = ContinuousClock()
        for round in 0..<25 {
            for (index, store) in stores.enumerated() {
                let taken = try clock.measure { try body(store, round) }
                times[index].append(Double(taken.components.seconds) * 1e3 + Double(taken.components.attoseconds) * 1e-15)
            }
        }
        let medians = times.map { $0.sorted()[12] }
        print("large store: \(name): \(medians[0]) ms with 100 patients, \(medians[1]) ms with 2,000")
        return medians[1] / medians[0]
    }

    @Test("agenda, record, list, access and edit take no longer with twenty times the patients")
    func growth() throws {
        let folders = [try TemporaryFolder(), try TemporaryFolder()]
        // Optimised code lets go of a value after its last use, and the folders' files would go with them.
        defer { withExtendedLifetime(folders) {} }
        for (folder, patients) in zip(folders, [100, 2000]) {
            try LargeStore.fill(folder.store, patients: patients, observationsEach: 100)
        }
        let stores = try folders.map { try $0.open() }
        let lists = try stores.map { try $0.accessList(actor: "a", categories: [.list, .search], purpose: "list") }
        #expect(try stores[1].counts().patients == 2000)
        #expect(
            try ratio(stores, "open and agenda") { store, _ in
                try #require(Store.open(path: store.path).agenda("large").count == 8)
            } < 5)
        #expect(
            try ratio(stores, "access") { store, round in
                _ = try store.access(actor: "a", patient: LargeStore.id(round + 1), categories: .record, purpose: "case")
            } < 5)
        let tokens = try stores.map { store in
            try store.access(actor: "a", patients: (1...25).map(LargeStore.id), categories: .record, purpose: "case")
        }
        #expect(
            try ratio(stores, "whole record") { store, round in
                let token = tokens[store.path == stores[0].path ? 0 : 1][round]
                try #require(store.subject(token).observations.count == 100)
                try #require(store.documents(token).count == 2)
            } < 5)
        #expect(
            try ratio(stores, "page of 50 patients") { store, round in
                let list = lists[store.path == stores[0].path ? 0 : 1]
                try #require(store.patients(list, limit: 50, offset: 50 * (round % 2)).count == 50)
            } < 5)
        #expect(
            try ratio(stores, "edit of a scenario") { store, round in
                let scenario = try #require(store.scenarios(1).first)
                try store.updateScenario(scenario.id, LargeStore.scenario("A", cycles: Double(round + 20)))
            } < 5)
        #expect(try stores[1].search("resection hepatique", lists[1], limit: 2000).count > 1000)
        #expect(try stores[1].search("resection hepatique", lists[1], limit: 20).count == 20)
        #expect(try stores[1].verifyLedger().isWhole)
    }
}
