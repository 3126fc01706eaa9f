// Measures what is promised of speed, memory and traffic, and fails where a promise is not kept.
//
// Benchmarks [--write FILE] [--peers FOLDER] [--rounds N] [--only WORKLOAD] [GROUP …]
// groups: twins avatar held-key liver-twin ensembles store import solver
//
// FOLDER is where scripts/bench-peers puts the peers; without it what needs them is left out. Three groups are only run when named: shares
// tries absolute tolerances for SolverPromises.swift; peers is the solver beside its peers and nothing else of its group; both take one
// workload (friberg robertson hires epileptor circulation) where --only names it. latency is the solver's alone.
import Foundation

@main
struct Benchmarks {
    static let groups = ["twins", "avatar", "held-key", "liver-twin", "ensembles", "store", "import", "solver"]

    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst(1))
        func option(_ name: String) -> String? {
            guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(place...place + 1) }
            return arguments[place + 1]
        }
        let file = option("--write")
        let peers = option("--peers")
        let workload = option("--only")
        let rounds = option("--rounds").flatMap(Int.init) ?? 3
        do {
            let folder = try Scratch()
            let clock = ContinuousClock()
            let start = clock.now
            var rows: [Row] = []
            for group in arguments.isEmpty ? groups : arguments {
                rows += try await self.rows(group, folder, peers: peers, rounds: rounds, only: workload)
            }
            progress("measured in \(Int((clock.now - start) / .seconds(1))) s")
            let table = Row.table(rows)
            print(table)
            if let file { try BenchmarkPage(file).write(table) }
            exit(rows.contains { $0.isKept == false } ? 1 : 0)
        } catch {
            progress("the benchmarks could not be run: \(error)")
            exit(70)
        }
    }

    private static func rows(_ group: String, _ folder: Scratch, peers: String?, rounds: Int, only: String?) async throws -> [Row] {
        let installed = peers ?? ".build-peers"
        return switch group {
        case "twins": try await Personalisation.rows(folder, python: peers.map { $0 + "/bin/python" })
        case "avatar": try await AvatarFits.rows(folder, python: peers.map { $0 + "/solver-env/bin/python" })
        case "held-key": try HeldKey.rows(folder)
        case "liver-twin": try await LiverTwinRate.rows() + LiverTwinPeers.rows(peers: peers, folder)
        case "ensembles": try await EnsembleWork.rows()
        case "store": try LargeBoard.rows(folder)
        case "import": try LargeImport.rows(folder)
        case "solver": try await SolverGroup.rows(peers: peers, rounds: rounds)
        case "peers": try SolverComparison.rows(peers: installed, files: installed + "/solver", rounds: rounds, only: only)
        case "latency": try SolverGroup.latency()
        case "shares": try SolverShares.rows(files: installed + "/solver", only: only)
        default: throw Failure("no group «\(group)»: \(groups.joined(separator: ", "))")
        }
    }
}
