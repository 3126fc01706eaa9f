// The whole liver twin beside what a user would run today: LSODA and the CVODES inside libRoadRunner on the same equations.
import Foundation
import Numerics
import Systems
import TwinLibrary
import Twins

enum LiverTwinPeers {
    /// At which median error of a draw's worst figure rates are compared: a ten-thousandth of a diameter or a count.
    private static let error = 1e-4
    private static let draws = 200
    private static let tolerances = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7]
    /// What is integrated, but for what resistance left, which is in no reference worth scoring: the sum and the cells.
    private static let scored = [2, 4, 5, 6, 7, 8]
    private static let stateCount = 9

    /// A scenario's plan as `peers/liver.py` reads it.
    private struct File: Encodable {
        var parameters: [[Double]]
        var initial: [[Double]]
        var outputs: [Double]
        var segments: [Stretch]

        struct Stretch: Encodable {
            var segment: Segment
            func encode(to encoder: any Encoder) throws {
                var row = encoder.unkeyedContainer()
                try row.encode(segment.start)
                try row.encode(segment.end)
                if let event = segment.event { try row.encode(event) } else { try row.encodeNil() }
                try row.encode(segment.input)
            }
        }
    }

    /// Rows for each peer: all four scenarios together, each with the draws of one calibration.
    static func rows(peers folder: String?, _ scratch: Scratch) async throws -> [Row] {
        guard let folder else { return [] }
        let model = LiverMetastases()
        let calibration = try await model.calibrate(LiverTwinRate.subject, settings: CalibrationSettings(draws: draws, seed: 3))
        let peers = SolverPeers(folder: folder, files: scratch.path, script: "liver.py")
        var met: [SolverPeer: [(ours: [SolverPoint], theirs: SolverPeerSweep)]] = [:]
        for (number, scenario) in LiverTwinRate.scenarios.enumerated() {
            progress("liver twin, \(scenario.name): peers")
            let name = "liver-\(number)"
            let plan = try await model.run(
                model.prepared(
                    ForecastRequest(
                        subject: LiverTwinRate.subject, calibration: calibration, scenario: scenario, days: LiverTwinRate.days, seed: 1)),
                concurrency: 1
            ).plan
            // At the instant of an event we give what it found and RoadRunner what it left: nothing is asked for there.
            let outputs = LiverTwinRate.days.map { $0 / 7 }.filter { week in
                week <= plan.segments.last?.end ?? 0 && !plan.segments.contains { abs($0.start - week) < 1e-6 }
            }
            try JSONEncoder().encode(try file(plan, outputs)).write(to: URL(fileURLWithPath: "\(scratch.path)/\(name).json"))
            try peers.writeReference(name)
            let reference = try Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/\(name).reference.f64"))
                .withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
            for peer in [SolverPeer.lsoda, .roadRunner] {
                let before = try ours(plan, outputs, reference)
                let theirs = try peers.sweep(name, peer)
                met[peer, default: []].append((before, theirs))
            }
        }
        return [SolverPeer.lsoda, .roadRunner].compactMap { peer in met[peer].map(row) }
    }

    private static func file(_ plan: LiverPlan, _ outputs: [Double]) throws -> File {
        func rows(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rows).map { row in (0..<matrix.columns).map { matrix[row, $0] } } }
        guard case .each(let initial) = plan.initial else { throw Failure("the liver twin's draws start alike") }
        return File(
            parameters: rows(plan.parameters), initial: rows(initial), outputs: outputs, segments: plan.segments.map { .init(segment: $0) })
    }

    /// On one core, processor time; each the median of three.
    private static func ours(_ plan: LiverPlan, _ outputs: [Double], _ reference: [Double]) throws -> [SolverPoint] {
        try tolerances.map { relative in
            var seconds: [Double] = []
            var error = Double.nan
            for _ in 0..<3 {
                let before = SolverSweep.processSeconds()
                let found = try Ensemble.solveSerially(
                    LiverTreatmentSystem.self, draws: plan.parameters, initial: plan.initial, segments: plan.segments, outputs: outputs,
                    tolerance: Tolerance(relative: relative, absolute: 1e-13))
                seconds.append(SolverSweep.processSeconds() - before)
                guard found.failures.isEmpty else { throw Failure("the liver twin: \(found.failures[0])") }
                error = medianError(found, reference)
            }
            return SolverPoint(rtol: relative, trajectoriesPerSecond: Double(draws) / seconds.sorted()[1], medianError: error)
        }
    }

    private static func medianError(_ found: EnsembleTrajectories, _ reference: [Double]) -> Double {
        let errors = (0..<found.drawCount).map { draw in
            var worst = 0.0
            for time in found.times.indices {
                for state in scored {
                    let truth = reference[(draw * found.times.count + time) * stateCount + state]
                    let error = abs(found[draw, time, state] - truth) / (abs(truth) + 1e-3)
                    if !(error <= worst) { worst = error }
                }
            }
            return worst
        }
        return errors.sorted()[errors.count / 2]
    }

    /// The ratio of the times that a draw of all four scenarios takes.
    private static func row(_ met: [(ours: [SolverPoint], theirs: SolverPeerSweep)]) -> Row {
        let peer = met[0].theirs
        let rates = met.compactMap { one in
            MatchedRate.rate(one.ours, at: error).flatMap { ours in MatchedRate.rate(one.theirs.points, at: error).map { (ours, $0) } }
        }
        let sweeps = met.map { one in
            "ours \(text(one.ours)); theirs \(text(one.theirs.points))"
        }.joined(separator: " | ")
        let what =
            "liver twin, all equations, \(rates.count) of \(met.count) scenarios, error \(error): ours to \(peer.peer) \(peer.version), "
            + "\(KernelLibrary.current.name) kernels, one core"
        guard !rates.isEmpty else { return .told(what, "no sweep encloses this error: \(sweeps)") }
        let (ours, theirs) = (rates.reduce(0) { $0 + 1 / $1.0 }, rates.reduce(0) { $0 + 1 / $1.1 })
        let count = Double(rates.count)
        let ratio = "\(Row.text(theirs / ours))×: \(Int(count / ours))/s to \(Int(count / theirs))/s"
        return .told(what, rates.count == met.count ? ratio : "\(ratio); left out where a sweep does not enclose the error: \(sweeps)")
    }

    private static func text(_ points: [SolverPoint]) -> String {
        points.map { "\($0.rtol) → \(String(format: "%.1e", $0.medianError)), \(Int($0.trajectoriesPerSecond))/s" }.joined(separator: "; ")
    }
}
