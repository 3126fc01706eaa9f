// Measures what is promised of speed, memory and traffic, and fails where a promise is not kept.
//
// Benchmarks [--write FILE] [--peers PYTHON] [--draws FOLDER] [--points FILE] [GROUP …]     groups: twins held-key store import solver
//
// The group solver needs --draws, a folder of the solver's draws and references, and is only run when named; --points says where its
// points are written for the comparison with peers.
import Foundation

@main
struct Benchmarks {
    static let groups = ["twins", "held-key", "store", "import"]

    static func main() async {
        var arguments = Array(CommandLine.arguments.dropFirst(1))
        func option(_ name: String) -> String? {
            guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(place...place + 1) }
            return arguments[place + 1]
        }
        let file = option("--write")
        let python = option("--peers")
        let solver = (draws: option("--draws"), points: option("--points"))
        do {
            let folder = try Scratch()
            var rows: [Row] = []
            for group in arguments.isEmpty ? groups : arguments {
                rows += try await group == "solver" ? self.solver(solver) : self.rows(group, folder, python: python)
            }
            let table = Row.table(rows)
            print(table)
            if let file { try page(table).write(toFile: file, atomically: true, encoding: .utf8) }
            exit(rows.contains { $0.isKept == false } ? 1 : 0)
        } catch {
            progress("the benchmarks could not be run: \(error)")
            exit(70)
        }
    }

    private static func solver(_ files: (draws: String?, points: String?)) throws -> [Row] {
        guard let draws = files.draws else { throw Failure("the group solver needs --draws FOLDER") }
        return try SolverSweep.rows(folder: draws, json: files.points)
    }

    private static func rows(_ group: String, _ folder: Scratch, python: String?) async throws -> [Row] {
        switch group {
        case "twins": try await Personalisation.rows(folder, python: python)
        case "held-key": try HeldKey.rows(folder)
        case "store": try LargeBoard.rows(folder)
        case "import": try LargeImport.rows(folder)
        default: throw Failure("no group «\(group)»: \((groups + ["solver"]).joined(separator: ", "))")
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
