// The solver beside its peers in one run: in every round ours, a peer, ours again; rates at matched error, and their ratios. Where the
// kernels in use are those for AVX-512, those for AVX2 are measured too, beside the same peers.

import Foundation
import Numerics

enum SolverComparison {
    /// - Parameters:
    ///   - peers: `.build-peers`.
    ///   - files: draws and references.
    ///   - rounds: odd, for a median.
    ///   - only: a workload's file; nil for all.
    static func rows(peers folder: String, files: String, rounds: Int, only: String? = nil) throws -> [Row] {
        let peers = SolverPeers(folder: folder, files: files)
        var rows: [Row] = []
        // Workloads of the same file have the same peers: those are measured once.
        var done: Set<String> = []
        for promise in SolverPromise.all(of: only) where done.insert(promise.workload.file).inserted {
            let found = try Self.rows(SolverPromise.all.filter { $0.workload.file == promise.workload.file }, peers, files, rounds)
            for row in found { progress("\(row.what): \(row.measured)") }
            rows += found
        }
        return rows
    }

    private static func rows(_ promises: [SolverPromise], _ peers: SolverPeers, _ files: String, _ rounds: Int) throws -> [Row] {
        let tasks = try promises.map { (promise: $0, sweep: try SolverSweep($0.workload, folder: files)) }
        let libraries = [.current] + (KernelLibrary.current.name == "avx512" ? [KernelLibrary(loading: "avx2")].compactMap { $0 } : [])
        func ours() throws -> [[[SolverPoint]]] {
            try libraries.map { library in
                try tasks.map { try $0.sweep.points($0.promise.tolerances, share: $0.promise.share, by: library) }
            }
        }
        let file = promises[0].workload.file
        let asked = promises.flatMap { $0.ratios.map(\.key) }.reduce(into: [SolverPeer]()) { if !$0.contains($1) { $0.append($1) } }
        var encounters: [Encounter] = []
        for round in 1...rounds {
            progress("solver, \(file), round \(round) of \(rounds): ours")
            var before = try ours()
            for peer in asked {
                progress("solver, \(file), round \(round) of \(rounds): \(peer.rawValue)")
                let theirs = try peers.sweep(file, peer)
                let after = try ours()
                encounters.append(Encounter(peer: peer, theirs: theirs, before: before, after: after))
                before = after
            }
        }
        return promises.indices.flatMap { index in
            libraries.indices.flatMap { place in
                promises[index].ratios.map { peer, ratio in
                    row(promises[index], index, ratio, encounters.filter { $0.peer == peer }, libraries[place], place)
                } + [
                    .told(
                        "\(promises[index].name): ours, \(libraries[place].name) kernels, tolerance → error, rate",
                        text(encounters.map { $0.before[place][index] }))
                ]
            }
        }
            + asked.map { peer in
                let met = encounters.filter { $0.peer == peer }
                return .told(
                    "\(file): \(met[0].theirs.peer) \(met[0].theirs.version), tolerance → error, rate", text(met.map(\.theirs.points)))
            }
    }

    /// A peer's sweep with ours before and after it: one for each library and promise.
    private struct Encounter {
        var peer: SolverPeer
        var theirs: SolverPeerSweep
        var before: [[[SolverPoint]]]
        var after: [[[SolverPoint]]]

        /// Rates at matched error; nil where a sweep does not enclose it.
        func rates(_ library: Int, _ promise: Int, at error: Double) -> (ours: Double, theirs: Double)? {
            guard let before = MatchedRate.rate(before[library][promise], at: error),
                let after = MatchedRate.rate(after[library][promise], at: error),
                let theirs = MatchedRate.rate(theirs.points, at: error)
            else { return nil }
            return ((before * after).squareRoot(), theirs)
        }
    }

    private static func row(
        _ promise: SolverPromise, _ index: Int, _ full: Double, _ met: [Encounter], _ library: KernelLibrary, _ place: Int
    ) -> Row {
        let peer = met[0].theirs
        let what =
            "\(promise.name), error \(promise.error): ours to \(peer.peer) \(peer.version), \(library.name) kernels, one core"
        let needed = SolverPromise.part(library).map { full * $0 }
        let promised = needed.map { "≥ \(Row.text($0))×" } ?? ""
        let rates = met.compactMap { $0.rates(place, index, at: promise.error) }.sorted { $0.ours / $0.theirs < $1.ours / $1.theirs }
        guard rates.count == met.count else {
            return Row(what: what, measured: "a sweep does not enclose this error", promised: promised, isKept: false)
        }
        func ratio(_ rank: Int) -> Double { rates[rank].ours / rates[rank].theirs }
        let middle = rates.count / 2
        let measured =
            "\(Row.text(ratio(middle)))× (\(Row.text(ratio(0))) to \(Row.text(ratio(rates.count - 1))) in \(rates.count) rounds): "
            + "\(Int(rates[middle].ours))/s to \(Int(rates[middle].theirs))/s"
        return Row(what: what, measured: measured, promised: promised, isKept: needed.map { ratio(middle) >= $0 })
    }

    /// A sweep's points, with the median rate of several passes.
    private static func text(_ passes: [[SolverPoint]]) -> String {
        passes[0].indices.map { place in
            let rates = passes.map { $0[place].trajectoriesPerSecond }.sorted()
            let point = passes[0][place]
            return "\(point.rtol) → \(String(format: "%.1e", point.medianError)), \(Int(rates[rates.count / 2]))/s"
        }.joined(separator: "; ")
    }
}
