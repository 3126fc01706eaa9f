// The board's view of the store: meetings, agenda, scenarios and decisions as this module's own values.
import Records
import Twins

/// What goes wrong when a board's own rows cannot be read or are refused.
public enum BoardError: Error, Sendable, CustomStringConvertible {
    case store(StoreError)
    /// A row of ours that does not decode: the store was written by something else.
    case unreadable(what: String, id: Int64, detail: String)
    /// A value of ours that cannot be written as it is; nothing was stored.
    case unwritable(what: String, id: Int64, detail: String)
    case signing(SigningProblem)
    case voice(VoiceProblem)
    case noSuch(String)

    public var description: String {
        switch self {
        case .store(let error): error.description
        case .unreadable(let what, let id, let detail): "the \(what) \(id) in the store cannot be read: \(detail)"
        case .unwritable(let what, let id, let detail): "the \(what) \(id) cannot be written; nothing was stored: \(detail)"
        case .signing(let problem): problem.description
        case .voice(let problem): problem.description
        case .noSuch(let what): what
        }
    }

    public var exitStatus: Int32 {
        switch self {
        case .store(let error): error.exitStatus
        case .unreadable, .unwritable: 65
        case .signing, .voice: 1
        case .noSuch: 66
        }
    }
}

/// Meetings, agenda, scenarios, drafts and decisions of a store. Every change has been committed when its function returns.
public struct Board: Sendable {
    public let store: Store
    /// What a signature is held against.
    public let rules: RuleBook
    public init(_ store: Store, rules: RuleBook = .standing) {
        self.store = store
        self.rules = rules
    }

    static func stored<T>(_ body: () throws(StoreError) -> T) throws(BoardError) -> T {
        do { return try body() } catch { throw .store(error) }
    }

    /// What cannot be written is an error, never an empty decision: `what` and `id` name the row.
    static func encode(_ value: some Encodable, what: String, id: Int64) throws(BoardError) -> String {
        do { return try StoredJSON.text(value) } catch { throw .unwritable(what: what, id: id, detail: "\(error)") }
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String, what: String, id: Int64) throws(BoardError) -> T {
        do { return try StoredJSON.value(text) } catch { throw .unreadable(what: what, id: id, detail: "\(error)") }
    }
}
