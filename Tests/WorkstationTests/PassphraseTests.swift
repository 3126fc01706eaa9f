// The chair's passphrase on the screen: asked for once, masked, kept nowhere.
import Foundation
import Meetings
import Records
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("The chair's passphrase on the screen")
struct PassphraseTests {
    private func asking(isNew: Bool, size: Size = Size(columns: 120, rows: 36), look: Look? = nil) throws -> State {
        var state = look.map { Fixture.state(size: size, route: .decision, look: $0) } ?? Fixture.state(size: size, route: .decision)
        let open = try #require(state.open)
        let decision = Decision(
            agendaItem: open.item.id, version: 1, draft: open.decisionDraft, signedBy: "Dr A", signedAt: Instant(milliseconds: 0),
            quorumReached: true, seen: nil)
        _ = Update.apply(
            .passphraseWanted(PassphraseRequest(decision: decision, meeting: "liver-2026-11-26", isNew: isNew)), to: &state)
        return state
    }

    private func passphrases(_ effects: [Effect]) -> Int { effects.count { if case .signWith = $0 { true } else { false } } }

    @Test("a known key needs its passphrase once; the letters are stars on the screen and in no dump of the state")
    func masked() throws {
        var state = try asking(isNew: false)
        #expect(state.isSigning)
        Fixture.type("hunter2 hunter2", &state)
        let text = Fixture.text(state)
        #expect(text.contains("***************") && !text.contains("hunter2"), "\(text)")
        var dumped = ""
        dump(state.overlay, to: &dumped)
        #expect(!dumped.contains("hunter2") && !String(reflecting: state.overlay).contains("hunter"))
        let effects = Fixture.press([.enter], &state)
        #expect(passphrases(effects) == 1 && state.overlay == nil)
        dumped = ""
        dump(effects, to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(passphrases(Fixture.press([.enter], &state)) == 0, "a second Enter does not sign twice")
    }

    @Test("the first use chooses it, twice; a short one and two that differ are refused")
    func chosen() throws {
        var state = try asking(isNew: true)
        Fixture.type("short", &state)
        #expect(passphrases(Fixture.press([.enter], &state)) == 0)
        #expect(Fixture.text(state).contains("at least 8 characters"))
        Fixture.type("long enough", &state)
        Fixture.press([.enter], &state)
        Fixture.type("long enougj", &state)
        #expect(passphrases(Fixture.press([.enter], &state)) == 0)
        #expect(Fixture.text(state).contains("not the same"))
        Fixture.type("long enough", &state)
        Fixture.press([.enter], &state)
        Fixture.type("long enough", &state)
        #expect(passphrases(Fixture.press([.enter], &state)) == 1)
    }

    @Test("a wrong one is said and asked for again; Escape signs nothing; a case that was left is not signed")
    func again() throws {
        var state = try asking(isNew: false)
        Fixture.press([.escape], &state)
        #expect(state.overlay == nil && Fixture.text(state).contains("Nothing was signed"))
        state = try asking(isNew: false)
        guard case .passphrase(let dialog) = state.overlay else { return #expect(Bool(false), "no question") }
        state.overlay = nil
        var request = dialog.request
        request.problem = "That passphrase does not open the key"
        _ = Update.apply(.passphraseWanted(request), to: &state)
        #expect(Fixture.text(state).contains("does not open the key") && state.isSigning)
        state.overlay = .help(scroll: 0)
        _ = Update.apply(.passphraseWanted(request), to: &state)
        #expect(!state.isSigning && Fixture.text(state).contains("Not signed"))
    }

    @Test("the question is whole at 80×24 and in ASCII")
    func sizes() throws {
        for size in [Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 200, rows: 60)] {
            for isNew in [true, false] {
                let text = Fixture.text(try asking(isNew: isNew, size: size))
                #expect(text.contains("Passphrase") && (!isNew || text.contains("Once more")), "\(text)")
            }
        }
        let plain = Fixture.text(try asking(isNew: true, look: Look(theme: Theme.builtIn[0], capability: .ascii)))
        let isPlain = plain.unicodeScalars.allSatisfy(\.isASCII)
        #expect(isPlain && plain.contains("Once more"), "\(plain)")
    }

    @Test("Invariant 6: a key stays unlocked for thirty minutes from its last signature, and is checkpointed at the full hour")
    func keyRing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ring-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Store.open(path: folder.appending(path: "board.sqlite").path)
        let signer = try store.makeSigner(
            "Dr A", passphrase: Passphrase(new: "long enough"), actor: "a", cost: ScryptCost(logRounds: 4, blockSize: 1, parallelism: 1))
        func minute(_ minutes: Int64) -> Instant { Instant(milliseconds: minutes * 60_000) }
        let ring = KeyRing()
        ring.keep(signer, at: minute(0))
        #expect(ring.signer("Dr A", at: minute(29)) != nil && ring.signer("Dr B", at: minute(29)) == nil)
        #expect(ring.any(at: minute(58)) != nil && ring.any(at: minute(59)) == nil, "a checkpoint does not begin the time anew")
        #expect(ring.signer("Dr A", at: minute(59)) == nil)
        ring.keep(signer, at: minute(0))
        #expect(ring.signer("Dr A", at: minute(-1)) == nil, "a clock that went back does not keep it longer")
        ring.keep(signer, at: minute(0))
        ring.lockAll()
        #expect(ring.signer("Dr A", at: minute(1)) == nil)
        #expect(Update.checkpointIsDue(minute(120)) && !Update.checkpointIsDue(minute(121)))
    }
}
