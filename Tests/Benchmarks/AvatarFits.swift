// The 32 men of Zhang 2022 personalised on both cores, beside scipy on the same equations, priors and errors.
import Foundation
import Records
import TestSupport
import TwinLibrary
import Twins

enum AvatarFits {
    static func rows(_ scratch: Scratch, python: String?) async throws -> [Row] {
        progress("32 avatars")
        let data = SharedFiles.projectRoot + "/demo-data"
        let (path, table) = (scratch.path + "/avatars.sqlite", data + "/tables/zhang2022-psa.csv")
        try scratch.program(["import", "--store", path, "--map", data + "/maps/abiraterone.toml", table])
        let store = try Store.open(path: path)
        let list = try store.accessList(actor: "bench", categories: [.list, .search], purpose: "bench")
        let model = TumourAvatar()
        var densities: [(name: String, density: AvatarPosterior)] = []
        for patient in try store.patients(list, limit: 1000) {
            let token = try store.access(actor: "bench", patient: patient.id, categories: .record, purpose: "bench")
            var subject = try store.subject(token)
            subject.reference = subject.observations.last?.time ?? subject.reference
            densities.append((patient.id, try model.posterior(of: subject)))
        }
        guard densities.count == 32 else { throw Failure("\(densities.count) men were imported") }
        let four = try await measured(densities, starts: 4)
        let one = try await measured(densities, starts: 1)
        let clock = ContinuousClock()
        let whole = try clock.measure {
            try scratch.program(["calibrate", "--all", "--model", model.id, "--store", path, "--format", "csv"])
        }
        var rows: [Row] = [
            .atMost(
                1, "s", four.seconds, "32 avatars fitted (maximum of four searches, and Laplace), two cores, median of 5",
                detail: "sum of objectives \(String(format: "%.4f", four.objective)) nats"),
            .told(
                "the same as `calibrate --all`: with 1,000 draws each, tempered where they must be, the predictive fit, and stored",
                "\(Row.text(whole / .seconds(1))) s"),
        ]
        if let python { rows += try peer(python, table, densities, one) }
        return rows
    }

    /// Seconds, the median of five, and the sum of the objectives at the maxima.
    private typealias Measured = (seconds: Double, objective: Double)

    private static func measured(_ densities: [(name: String, density: AvatarPosterior)], starts: Int) async throws -> Measured {
        var times = Times()
        var objective = 0.0
        for _ in 0..<5 {
            let clock = ContinuousClock()
            let begin = clock.now
            objective = try await withThrowingTaskGroup(of: Double.self) { group in
                for (_, density) in densities {
                    group.addTask {
                        try Posterior.mode(of: density, from: density.centres, settings: PosteriorSettings(starts: starts)).objective
                    }
                }
                return try await group.reduce(0, +)
            }
            times.add(clock.now - begin)
        }
        return (times.median / 1000, objective)
    }

    /// scipy on the same table; its maxima are judged by our objective.
    private static func peer(
        _ python: String, _ table: String, _ densities: [(name: String, density: AvatarPosterior)], _ own: Measured
    ) throws -> [Row] {
        progress("the same with scipy: a minute or more")
        let output = try Scratch.run(python, [SharedFiles.projectRoot + "/Tests/Benchmarks/peers/avatar.py", table])
        var lines = output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        guard let head = lines.first, head.count == 3, let wall = Double(head[1]), let processor = Double(head[2]) else {
            throw Failure("the peer's answer is not understood: \(output.prefix(200))")
        }
        lines.removeFirst()
        guard lines.count == densities.count else { throw Failure("the peer fitted \(lines.count) men") }
        var sum = 0.0
        for line in lines {
            guard let density = densities.first(where: { $0.name == line[0] })?.density, line.count == 8 else {
                throw Failure("the peer names an unknown patient: \(line)")
            }
            sum += density.value(line.dropFirst().compactMap(Double.init))
        }
        return [
            .told(
                "scipy \(head[0]) on the same men (`least_squares`, LSODA, one start, two processes)",
                "\(Row.text(wall)) s, \(Row.text(processor)) s of processor, sum of objectives \(String(format: "%.4f", sum)) nats"),
            Row(
                what: "ratio of times, scipy to twinboard, one search each, at an objective no worse",
                measured: "\(Row.text(wall / own.seconds))×: \(Row.text(own.seconds)) s, sum \(String(format: "%.4f", own.objective)) nats",
                promised: "≥ 10×", isKept: wall / own.seconds >= 10 && own.objective <= sum + 1e-2),
        ]
    }
}
