// The group «solver»: comparison with the peers, then cost, distance from the machine's peak, and latency.

import Numerics
import TestSupport

enum SolverGroup {
    /// - Parameters:
    ///   - peers: `.build-peers`; nil leaves out what needs them.
    ///   - rounds: how often each peer is measured between two measurements of ours.
    static func rows(peers: String?, rounds: Int) async throws -> [Row] {
        var rows: [Row] = []
        if let peers {
            let files = peers + "/solver"
            progress("solver: draws and references (made once, ten minutes)")
            _ = try Scratch.run("/bin/bash", [SharedFiles.projectRoot + "/scripts/measure-peers", "prepare", files])
            rows += try SolverComparison.rows(peers: peers, files: files, rounds: rounds)
            rows += try await PosteriorRate.rows(folder: files, python: peers + "/solver-env/bin/python")
        } else {
            rows.append(.told("the solver beside its peers", "left out: no peers"))
        }
        rows += try latency()
        rows += try await SolverCost.rows()
        rows += try LargeSystems.rows()
        rows += try await FixedStepRates.rows()
        rows += try await SolverPeak.rows()
        return rows
    }

    static func latency() throws -> [Row] {
        [
            try SolverLatency.row("A, general stiff method", .myelosuppression, centre: SeededDraws.myelosuppression, state: 7, limit: nil),
            try SolverLatency.row(
                "A, kinetics in closed form", .closedFormMyelosuppression, centre: SeededDraws.myelosuppression, state: 7, limit: 100),
        ]
    }
}
