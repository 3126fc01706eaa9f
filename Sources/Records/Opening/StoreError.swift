// What can go wrong with the store, in words that say what, where and what to do, and the exit status that fits.
import GRDB
import Twins

/// A failure of the store.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is there but is no SQLite database.
    case notADatabase(String)
    /// A SQLite database that another program made.
    case notAStore(String)
    /// Written by a newer twinboard.
    case newerSchema(String, found: Int, known: Int)
    /// Another process held the store for longer than the ten seconds that we wait.
    case locked(String)
    case diskFull(String)
    case readOnly(String)
    /// The file is damaged, or a row in it does not read as what it should be.
    case corrupt(String, detail: String)
    /// The disk refused to read or write.
    case inputOutput(String, detail: String)
    case cannotOpen(String, reason: String)
    /// Permissions or a symbolic link that would let others see or redirect the store.
    case unsafePath(String, reason: String)
    /// There is no store at that place.
    case noStore(String)
    /// No patient, meeting, … under that identifier.
    case noSuch(kind: String, id: String)
    /// The identifier is taken.
    case exists(kind: String, id: String)
    /// Another seat has signed that version of a decision since it was read.
    case signedMeanwhile(version: Int, by: String, at: Instant)
    /// The passphrase does not open that person's key.
    case wrongPassphrase(String)
    /// Another has changed the same thing since it was read; nothing was kept.
    case changedMeanwhile(what: String, by: String, at: Instant)
    /// A rule of the store forbids it.
    case refused(String)
    case unexpected(String, detail: String)

    public var description: String {
        switch self {
        case .notADatabase(let path):
            "\(path) is not a twinboard store (not a database); name another file with --store, or move this one away"
        case .notAStore(let path):
            "\(path) is a database of another program, not a twinboard store; name another file with --store"
        case .newerSchema(let path, let found, let known):
            "\(path) was written by a newer twinboard (format \(found); this one knows up to \(known)); install the newer twinboard"
        case .locked(let path):
            "\(path) is held by another process for more than 10 s; nothing was changed; wait for it to finish, then try again"
        case .diskFull(let path):
            "the disk that holds \(path) is full; the last change was not kept; free some space, then try again"
        case .readOnly(let path):
            "\(path) can only be read; nothing was changed; check the permissions of the file and its folder"
        case .corrupt(let path, let detail):
            "\(path) is damaged (\(detail)); restore it from a backup"
        case .inputOutput(let path, let detail):
            "the disk refused to read or write \(path) (\(detail)); the last change was not kept; check the disk"
        case .cannotOpen(let path, let reason):
            "cannot open \(path): \(reason)"
        case .unsafePath(let path, let reason):
            "\(path) is not a safe place for a store: \(reason)"
        case .noStore(let path):
            "there is no store at \(path); «twinboard import» or «twinboard demo» makes one"
        case .noSuch(let kind, let id):
            "no \(kind) «\(id)»"
        case .exists(let kind, let id):
            "there is already a \(kind) «\(id)»"
        case .signedMeanwhile(let version, let signer, let time):
            "another seat has signed in the meantime: version \(version), by \(signer) on \(time.day); yours was not signed; "
                + "open the case again, read what was signed, and sign an amendment if yours differs"
        case .wrongPassphrase(let name):
            "that passphrase does not open the key of \(name); nothing was signed; try again, or retire a key whose passphrase is lost"
        case .changedMeanwhile(let what, let actor, let time):
            "\(actor) has changed \(what) in the meantime (on \(time.day)); yours was not kept; look at it as it is now, then change it again"
        case .refused(let reason):
            reason
        case .unexpected(let path, let detail):
            "\(path): \(detail)"
        }
    }

    /// The exit status of a command that ends with this error: 73 cannot write, 74 cannot read, 66 no such thing, 65 bad data.
    public var exitStatus: Int32 {
        switch self {
        case .locked, .diskFull, .readOnly, .unexpected: 73
        case .inputOutput, .cannotOpen, .unsafePath: 74
        case .noStore, .noSuch: 66
        case .notADatabase, .notAStore, .newerSchema, .corrupt, .exists, .signedMeanwhile, .changedMeanwhile, .wrongPassphrase, .refused: 65
        }
    }

    /// Turns whatever GRDB, or a function below, has thrown into an error that speaks to a person.
    init(_ error: any Error, path: String) {
        switch error {
        case let known as StoreError:
            self = known
        case let failure as DatabaseError:
            let detail = failure.message ?? String(failure.resultCode.rawValue)
            switch failure.resultCode {
            case .SQLITE_NOTADB: self = .notADatabase(path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path)
            case .SQLITE_FULL: self = .diskFull(path)
            case .SQLITE_READONLY: self = .readOnly(path)
            case .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .corrupt(path, detail: detail)
            case .SQLITE_IOERR: self = .inputOutput(path, detail: detail)
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(path, reason: detail)
            case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH: self = .refused("the store refused this: \(detail)")
            default: self = .unexpected(path, detail: detail)
            }
        case is RowDecodingError:
            self = .corrupt(path, detail: "a row is not of its types")
        default:
            self = .unexpected(path, detail: String(describing: error))
        }
    }
}
