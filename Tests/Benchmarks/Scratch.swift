// Where the benchmarks work: a folder that goes at the end, the program beside them, and the machine's name.
import Foundation
import TestSupport

/// A folder of our own.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "twinboard-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Runs the program without a terminal; what it printed.
    @discardableResult
    func program(_ arguments: [String]) throws -> String {
        try Self.run(BuiltProgram.path("twinboard"), arguments, environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot])
    }

    /// Runs any program to its end; what it printed.
    static func run(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("\(path) \(arguments.joined(separator: " ")): status \(process.terminationStatus)")
        }
        return text
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

enum Machine {
    static var description: String {
        let model = (SharedFiles.text("/proc/cpuinfo") ?? "").split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "an unnamed processor"
        return "\(name), \(ProcessInfo.processInfo.activeProcessorCount) cores"
    }
}
