// A signer for tests: the key is made as the program makes it, only cheap to unlock.
import Meetings
import Records

extension ScryptCost {
    /// A few kilobytes and no time at all: for tests, which guess nothing.
    public static let forTests = ScryptCost(logRounds: 4, blockSize: 1, parallelism: 1)
}

extension Store {
    public static let testPassphrase = "a passphrase for tests"

    /// The unlocked key of a person; made, wrapped and recorded in the ledger the first time.
    public func testSigner(_ name: String) throws(StoreError) -> Signer {
        if try signer(named: name) != nil { return try unlock(name, passphrase: Passphrase(Self.testPassphrase)) }
        return try makeSigner(name, passphrase: Passphrase(new: Self.testPassphrase), actor: name, cost: .forTests)
    }
}

extension Board {
    /// Signs as the decision's signer, with a key for tests.
    @discardableResult
    public func sign(_ decision: Decision, meeting: String, seat: String? = nil) throws(BoardError) -> Decision {
        let signer: Signer
        do { signer = try store.testSigner(decision.signedBy) } catch { throw .store(error) }
        return try sign(decision, meeting: meeting, seat: seat, signer: signer)
    }
}

extension DecisionPlan {
    /// What a plan must say to be signed, and nothing else.
    public static var forTests: DecisionPlan {
        var plan = DecisionPlan()
        plan.standing = GuidelineStanding.none
        plan.informant = "the chair"
        return plan
    }
}
