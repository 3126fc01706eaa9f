// Measures what is promised of speed, memory and traffic, and fails where a promise is not kept.
//
// Benchmarks [--write FILE] [--peers FOLDER] [--rounds N] [GROUP …]     groups: twins avatar held-key ensembles store import solver
//
// FOLDER is where scripts/bench-peers puts the peers; without it what needs them is left out. The group shares, which is only run when
// named, tries absolute tolerances for SolverPromises.swift.
import Foundation

@main
struct Benchmarks {
    static let groups = ["twins", "avatar", "held-key", "ensembles", "store", "import", "solver"]

    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst(1))
        func option(_ name: String) -> String? {
            guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(place...place + 1) }
            return arguments[place + 1]
        }
        let file = option("--write")
        let peers = option("--peers")
        let rounds = option("--rounds").flatMap(Int.init) ?? 3
        do {
            let folder = try Scratch()
            let clock = ContinuousClock()
            let start = clock.now
            var rows: [Row] = []
            for group in arguments.isEmpty ? groups : arguments { rows += try await self.rows(group, folder, peers: peers, rounds: rounds) }
            progress("measured in \(Int((clock.now - start) / .seconds(1))) s")
            let table = Row.table(rows)
            print(table)
            if let file { try page(table).write(toFile: file, atomically: true, encoding: .utf8) }
            exit(rows.contains { $0.isKept == false } ? 1 : 0)
        } catch {
            progress("the benchmarks could not be run: \(error)")
            exit(70)
        }
    }

    private static func rows(_ group: String, _ folder: Scratch, peers: String?, rounds: Int) async throws -> [Row] {
        switch group {
        case "twins": try await Personalisation.rows(folder, python: peers.map { $0 + "/bin/python" })
        case "avatar": try await AvatarFits.rows(folder, python: peers.map { $0 + "/solver-env/bin/python" })
        case "held-key": try HeldKey.rows(folder)
        case "ensembles": try await EnsembleWork.rows()
        case "store": try LargeBoard.rows(folder)
        case "import": try LargeImport.rows(folder)
        case "solver": try await SolverGroup.rows(peers: peers, rounds: rounds)
        case "shares": try SolverShares.rows(files: (peers ?? ".build-peers") + "/solver")
        default: throw Failure("no group «\(group)»: \(groups.joined(separator: ", "))")
        }
    }

    private static func page(_ table: String) -> String {
        """
        # Benchmarks

        Made by `make bench` on \(Machine.description). A limit is a promise to the people at the screen; times depend on the machine.

        \(table)

        """
    }
}
