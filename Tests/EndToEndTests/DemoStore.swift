// A demo store made by the program itself, copied for each test.
import Foundation
import TestSupport

/// The outcome of a command without a terminal.
struct CommandResult {
    var status: Int32
    var output: String
    var errors: String
}

struct DemoFailure: Error, CustomStringConvertible { var description: String }

enum DemoStore {
    static let program = BuiltProgram.path("twinboard")

    /// Runs the program with its standard streams as pipes.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment
        variables["TWINBOARD_SHARE"] = SharedFiles.projectRoot
        variables["LC_ALL"] = "C.UTF-8"
        if arguments.first == "decision" { variables["TWINBOARD_PASSPHRASE_FILE"] = try passphrase.get() }
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        let output = Pipe()
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Both are read to their ends at once, so that neither fills up and stops the program.
        let collected = Collected()
        let reader = Thread { collected.set(errors.fileHandleForReading.readDataToEndOfFile()) }
        reader.start()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        while !collected.isSet { Thread.sleep(forTimeInterval: 0.005) }
        return CommandResult(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: collected.data, as: UTF8.self))
    }

    /// A file with the passphrase of every chair who signs from a shell.
    private static let passphrase: Result<String, any Error> = Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "twinboard-e2e-\(UUID().uuidString).passphrase")
        try Data("a passphrase for tests\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        return file.path
    }

    private static let master: Result<URL, any Error> = Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-e2e-\(UUID().uuidString)")
        let store = folder.appending(path: "demo.sqlite")
        let result = try run(["demo", "--store", store.path])
        guard result.status == 0 else { throw DemoFailure(description: result.errors) }
        return folder
    }

    /// A folder of its own with a copy of the demo store; its path.
    static func copy() throws -> String {
        let folder = try master.get()
        let own = FileManager.default.temporaryDirectory.appending(path: "twinboard-e2e-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            try FileManager.default.copyItem(at: file, to: own.appending(path: file.lastPathComponent))
        }
        return own.appending(path: "demo.sqlite").path
    }
}

/// What another thread has read.
private final class Collected: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var stored: Data?
    func set(_ data: Data) { lock.withLock { stored = data } }
    var isSet: Bool { lock.withLock { stored != nil } }
    var data: Data { lock.withLock { stored ?? Data() } }
}
