// Signing at this seat: the chair's key, unlocked by a passphrase and kept in memory for a while, never written.
import Meetings
import Records
import Synchronization
import Twins

/// The keys that are unlocked in this process.
///
/// Invariant 6: a key is here for thirty minutes from its last signature at most, and goes when the person suspends or leaves.
final class KeyRing: Sendable {
    /// Minutes without a signature after which the passphrase is asked for again. Our own: a board's routine case takes four (assumption).
    static let minutes: Int64 = 30
    private let unlocked = Mutex<[String: (signer: Signer, until: Instant)]>([:])

    /// The key of a name, and its time begins anew; nil if it is locked.
    func signer(_ name: String, at now: Instant) -> Signer? {
        unlocked.withLock { unlocked in
            guard let found = unlocked[name], now < found.until, found.until.milliseconds - now.milliseconds <= Self.minutes * 60_000 else {
                unlocked[name] = nil
                return nil
            }
            unlocked[name]?.until = Self.end(now)
            return found.signer
        }
    }

    func keep(_ signer: Signer, at now: Instant) { unlocked.withLock { $0[signer.name] = (signer, Self.end(now)) } }
    func lock(_ name: String) { unlocked.withLock { $0[name] = nil } }
    func lockAll() { unlocked.withLock { $0 = [:] } }

    /// Any key that is unlocked still; its time is not begun anew.
    func any(at now: Instant) -> Signer? { unlocked.withLock { $0.values.first { now < $0.until }?.signer } }

    private static func end(_ now: Instant) -> Instant { Instant(milliseconds: now.milliseconds + minutes * 60_000) }
}

extension Worker {
    /// Signs by the unlocked key, or asks for the passphrase.
    func sign(_ decision: Decision, meeting: String) throws -> [Event] {
        guard let signer = keys.signer(decision.signedBy, at: Store.systemClock()) else {
            let isNew = try board.store.signer(named: decision.signedBy) == nil
            return [.passphraseWanted(PassphraseRequest(decision: decision, meeting: meeting, isNew: isNew))]
        }
        return [try signed(decision, meeting, signer)]
    }

    /// Unlocks the key, or makes it. Takes scrypt's 0.7 s, and of the store only what reads or writes a key.
    func unlock(_ request: PassphraseRequest, _ passphrase: Passphrase) -> Result<Signer, StoreError> {
        let name = request.decision.signedBy
        do throws(StoreError) {
            let signer =
                request.isNew
                ? try board.store.makeSigner(name, passphrase: passphrase, actor: seat, cost: keyCost)
                : try board.store.unlock(name, passphrase: passphrase)
            keys.keep(signer, at: Store.systemClock())
            return .success(signer)
        } catch {
            return .failure(error)
        }
    }

    /// Signs by a key that was just unlocked, where the draft is still what the chair read; or asks again.
    func sign(_ request: PassphraseRequest, by unlocked: Result<Signer, StoreError>) -> [Event] {
        let name = request.decision.signedBy
        var again = request
        switch unlocked {
        case .success(let signer):
            do {
                try checkUnchanged(request.decision)
                return [try signed(request.decision, request.meeting, signer)]
            } catch { return [.failed(WorkError("\(error)"))] }
        case .failure(.wrongPassphrase):
            again.problem = "That passphrase does not open the key of \(name): type it again"
        case .failure(.exists) where request.isNew:
            again.isNew = false
            again.problem = "A key of \(name) was made at another seat meanwhile: type its passphrase"
        case .failure(let error): return [.failed(WorkError(error.description))]
        }
        return [.passphraseWanted(again)]
    }

    /// Signs where the ledger stands, if a key is unlocked. That it cannot be done now is no news for the screen: the next signature does it.
    func checkpoint() {
        if let signer = keys.any(at: Store.systemClock()) { _ = try? board.store.checkpoint(signer) }
    }

    private func signed(_ decision: Decision, _ meeting: String, _ signer: Signer) throws(StoreError) -> Event {
        do {
            return .signed(item: decision.agendaItem, try board.sign(decision, meeting: meeting, seat: seat, signer: signer))
        } catch {
            // A key that was retired at another seat must not be offered again.
            if (try? board.store.signer(named: signer.name))??.key != signer.key { keys.lock(signer.name) }
            switch error {
            case .store(let error): throw error
            default: return .failed(WorkError(error.description))
            }
        }
    }
}
