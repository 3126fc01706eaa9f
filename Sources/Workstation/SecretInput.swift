// A passphrase being typed: its length is seen, its letters are not, neither on the screen nor in a dump of the state.
import Meetings
import Records
import Surface

/// Invariant 5: what is typed here leaves only as a ``Passphrase``.
public struct SecretInput: Sendable, CustomStringConvertible, CustomReflectable {
    private var input = TextInput("", limit: 256)
    public init() {}

    public var count: Int { input.scalars.count }
    mutating func take(_ key: Key) { _ = input.take(key) }
    mutating func paste(_ text: String) { input.paste(text) }

    func isSame(as other: SecretInput) -> Bool { input.text == other.input.text }
    func passphrase(isNew: Bool) throws(StoreError) -> Passphrase { isNew ? try Passphrase(new: input.text) : try Passphrase(input.text) }

    /// Draws a star for each letter, and rests the cursor behind them.
    func draw(into frame: inout Frame, at point: Point, width: Int, _ look: Look, focused: Bool) {
        let stars = String(repeating: "*", count: min(count, max(0, width - 1)))
        frame.put(stars, at: point, look[focused ? .inputFocused : .quiet], width: width, ellipsis: false)
        if focused { frame.cursor = Point(column: point.column + stars.count, row: point.row) }
    }

    public var description: String { "a secret" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// What the store needs to sign: the passphrase of the chair's key, or one for a key that is to be made.
public struct PassphraseRequest: Sendable {
    public var decision: Decision
    public var meeting: String
    /// The chair has no key yet: this passphrase makes one.
    public var isNew: Bool
    /// Why it is asked again; empty the first time.
    public var problem: String
    public init(decision: Decision, meeting: String, isNew: Bool, problem: String = "") {
        self.decision = decision
        self.meeting = meeting
        self.isNew = isNew
        self.problem = problem
    }
}

/// The question on the screen.
public struct PassphraseDialog: Sendable {
    public var request: PassphraseRequest
    public var first = SecretInput()
    /// Typed again, for a new key only.
    public var second = SecretInput()
    public var isAtSecond = false
    public init(request: PassphraseRequest) { self.request = request }
}
