// Samples of a myelosuppression posterior by NUTS: `peers/posterior.py`.

import Foundation
import TestSupport

/// What the peer answers; `peers/README.md` says what each part is.
struct PosteriorPeer: Codable {
    var peer: String
    var version: String
    var leastEffectiveSize: Double
    var effectiveSizePerSecond: Double
    var splitRhat: Double
    var divergences: Int

    /// - Parameters:
    ///   - folder: `.build-peers`.
    ///   - files: where the data set is written, `posterior-data.json`.
    static func measured(peers folder: String, files: String) throws -> PosteriorPeer {
        progress("solver, posterior: NUTS")
        let script = SharedFiles.projectRoot + "/Tests/Benchmarks/peers/posterior.py"
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            PosteriorPeer.self, from: Data(Scratch.run(folder + "/solver-env/bin/python", [script, files]).utf8))
    }

    /// - Parameter ours: effective samples a second of one core, on the same data; nil where they were not measured.
    func row(ours: Double?) -> Row {
        let what = "posterior of a myelosuppression problem, 12 counts: effective samples a second of one core"
        let theirs =
            "\(peer) \(version): \(Row.text(effectiveSizePerSecond))/s, R̂ \(splitRhat), \(divergences) divergences in 1,000 samples"
        guard let ours else { return .told(what, theirs) }
        let ratio = ours / effectiveSizePerSecond
        let needed = SolverPromise.part.map { 50 * $0 }
        return Row(
            what: what, measured: "\(Row.text(ratio))×: \(Row.text(ours))/s; \(theirs)",
            promised: needed.map { "≥ \(Row.text($0))×" } ?? "", isKept: needed.map { ratio >= $0 })
    }
}
