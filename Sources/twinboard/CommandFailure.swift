// How a command ends badly: one message for a person, one number for a shell.
import Exchange
import Meetings
import Records
import Terminal
import Twins
import Workstation

struct CommandFailure: Error {
    var message: String
    var status: Int32

    static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 64) }
    static func data(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 65) }
    static func noSuch(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 66) }

    /// The failure that an error of the house means to a shell.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as StoreError: self.init(message: error.description, status: error.exitStatus)
        case let error as BoardError: self.init(message: error.description, status: error.exitStatus)
        case let error as ImportError: self.init(message: error.description, status: Self.status(of: error))
        case let error as TwinError: self.init(message: error.description, status: Self.status(of: error))
        case let error as EntryError: self.init(message: "nothing was changed: " + error.description, status: 65)
        case let error as ScenarioError: self.init(message: error.description, status: 65)
        case let error as PDFError: self.init(message: error.description, status: error.exitStatus)
        case let error as DocumentFileError: self.init(message: error.description, status: error.exitStatus)
        case let error as TerminalError: self.init(message: "\(error)", status: 69)
        default: self.init(message: "\(error)", status: 1)
        }
    }

    init(message: String, status: Int32) {
        self.message = message
        self.status = status
    }

    private static func status(of error: ImportError) -> Int32 {
        switch error.kind {
        case .missing: 66
        case .unreadable: 74
        case .malformed, .limit, .mapping: 65
        }
    }

    private static func status(of error: TwinError) -> Int32 {
        switch error {
        case .missing, .scenario, .staleCalibration, .request: 65
        case .unknownModel: 66
        case .numerics, .cancelled: 1
        }
    }
}

/// Runs the body of a command; whatever it throws becomes a `CommandFailure`.
func reporting<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch { throw CommandFailure(error) }
}
