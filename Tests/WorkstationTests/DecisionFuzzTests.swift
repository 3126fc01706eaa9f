// Impossible: a decision without choice, signature, and quorum or the recorded reason for its absence; whatever is pressed.
import Foundation
import Testing

@Suite("A decision that is none is impossible, whatever happens at the seats")
struct DecisionFuzzTests {
    static func fuzz(seed: UInt64, events: Int) throws {
        var signatures = 0
        var attempts = 0
        var done = 0
        // A meeting of twelve cases is soon decided: a new one every 2,500 events.
        for round in 0..<UInt64((events + 2499) / 2500) {
            let fuzz = try DecisionFuzz(seed: seed &+ round)
            let count = min(2500, events - done)
            try fuzz.run(count)
            done += count
            let faults = try fuzz.faults()
            #expect(faults.isEmpty, "seed \(seed &+ round): \(faults)")
            signatures += fuzz.signatures
            attempts += fuzz.attempts
        }
        print("decision fuzz: seed \(seed), \(done) events, \(attempts) attempts to sign, \(signatures) signed at this seat")
        #expect(signatures >= events / 1000, "the presses hardly ever come to a signature: the test would show nothing")
        #expect(attempts > signatures, "nothing was ever refused: the test would show nothing")
    }

    @Test(
        "5,000 events: keys, pastes, mouse, resizes, late answers, another seat, a disk that refuses",
        arguments: [20_261_126, 7] as [UInt64])
    func short(seed: UInt64) throws { try Self.fuzz(seed: seed, events: 2500) }
}

@Suite("A decision that is none is impossible: 100,000 events", .enabled(if: ProcessInfo.processInfo.environment["TWINBOARD_SOAK"] == "1"))
struct DecisionSoakTests {
    @Test("25,000 events from each of four seeds", arguments: [1, 1001, 2001, 3001] as [UInt64])
    func long(seed: UInt64) throws { try DecisionFuzzTests.fuzz(seed: seed, events: 25_000) }
}
