// The peers' programs, kept running and asked for one sweep at a time, so that ours is measured between theirs.

import Foundation
import TestSupport

/// One tolerance of a sweep, ours or a peer's.
struct SolverPoint: Codable {
    var rtol: Double
    var trajectoriesPerSecond: Double
    var medianError: Double
}

/// A peer's answer: `peers/README.md` says what each part is.
struct SolverPeerSweep: Codable {
    var peer: String
    var version: String
    var points: [SolverPoint]
}

/// By the name that the peers' programs know it by.
enum SolverPeer: String, Hashable {
    case lsoda = "LSODA"
    case roadRunner = "RoadRunner"
    case boost = "Boost"
    case boostAtCorners = "Boost-corners"

    /// Whether `peers/solver.cpp` measures it; otherwise `peers/solver.py` does.
    var isCompiled: Bool { self == .boost || self == .boostAtCorners }
}

/// The programs of a folder of peers, started when first asked.
final class SolverPeers {
    private let folder: String
    private let files: String
    private let script: String
    private var programs: [Bool: PeerProgram] = [:]

    /// - Parameters:
    ///   - folder: `.build-peers`.
    ///   - files: where draws and references are.
    ///   - script: of `peers/`, which measures those that are not compiled.
    init(folder: String, files: String, script: String = "solver.py") {
        self.folder = folder
        self.files = files
        self.script = script
    }

    func sweep(_ file: String, _ peer: SolverPeer) throws -> SolverPeerSweep {
        try answer("\(file) \(peer.rawValue)", isCompiled: peer.isCompiled)
    }

    /// Has the script write a workload's reference beside its file.
    func writeReference(_ file: String) throws { _ = try answer("\(file) reference", isCompiled: false) }

    private func answer(_ request: String, isCompiled: Bool) throws -> SolverPeerSweep {
        let answer = try program(isCompiled).answer(to: request)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(SolverPeerSweep.self, from: answer)
    }

    private func program(_ isCompiled: Bool) throws -> PeerProgram {
        if let running = programs[isCompiled] { return running }
        let script = SharedFiles.projectRoot + "/Tests/Benchmarks/peers/\(self.script)"
        let started =
            isCompiled
            ? try PeerProgram(folder + "/boost", [files]) : try PeerProgram(folder + "/solver-env/bin/python", [script, files])
        programs[isCompiled] = started
        return started
    }
}

/// A program that answers each line with one line.
private final class PeerProgram {
    private let process = Process()
    private let requests = Pipe()
    private let answers = Pipe()
    private var unread = Data()

    init(_ path: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = requests
        process.standardOutput = answers
        try process.run()
    }

    deinit {
        // Both end where their questions do.
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    func answer(to request: String) throws -> Data {
        try requests.fileHandleForWriting.write(contentsOf: Data((request + "\n").utf8))
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(unread.startIndex...end) }
                return Data(unread[unread.startIndex..<end])
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure("\(process.executableURL?.path ?? "a peer") ended at «\(request)»") }
            unread.append(more)
        }
    }
}
