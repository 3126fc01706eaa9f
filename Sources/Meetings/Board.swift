// The board's view of the store: meetings, agenda, scenarios and decisions as this module's own values.
import Foundation
import Records
import Twins

/// What goes wrong when a board's own rows cannot be read or are refused.
public enum BoardError: Error, Sendable, CustomStringConvertible {
    case store(StoreError)
    /// A row of ours that does not decode: the store was written by something else.
    case unreadable(what: String, id: Int64, detail: String)
    case signing(SigningProblem)
    case noSuch(String)

    public var description: String {
        switch self {
        case .store(let error): error.description
        case .unreadable(let what, let id, let detail): "the \(what) \(id) in the store cannot be read: \(detail)"
        case .signing(let problem): problem.description
        case .noSuch(let what): what
        }
    }

    public var exitStatus: Int32 {
        switch self {
        case .store(let error): error.exitStatus
        case .unreadable: 65
        case .signing: 1
        case .noSuch: 66
        }
    }
}

/// Meetings, agenda, scenarios, drafts and decisions of a store. Every change has been committed when its function returns.
public struct Board: Sendable {
    public let store: Store
    public init(_ store: Store) { self.store = store }

    static func stored<T>(_ body: () throws(StoreError) -> T) throws(BoardError) -> T {
        do { return try body() } catch { throw .store(error) }
    }

    static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Values of this module hold no non-finite numbers: figures that are missing are nil.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String, what: String, id: Int64) throws(BoardError) -> T {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do { return try decoder.decode(type, from: Data(text.utf8)) } catch {
            throw .unreadable(what: what, id: id, detail: "\(error)")
        }
    }
}
