// Two hundred personalisations of the Alzheimer course, beside leaspy's on the same patients.
import Foundation
import Records
import TestSupport
import TwinLibrary
import Twins

enum Personalisation {
    private static let folder = "oracles/neurology/alzheimer/"

    static func rows(_ scratch: Scratch, python: String?) async throws -> [Row] {
        guard let table = SharedFiles.path(folder + "alzheimer.csv") else {
            SharedFiles.leaveOut("200 personalisations")
            return [.told("200 personalisations", "left out: the cohort's file is not there")]
        }
        progress("200 personalisations")
        let path = scratch.path + "/cohort.sqlite"
        try scratch.program(["import", "--store", path, "--map", SharedFiles.projectRoot + "/demo-data/maps/alzheimer.toml", table])
        let store = try Store.open(path: path)
        let list = try store.accessList(actor: "bench", categories: [.list, .search], purpose: "bench")
        var subjects: [(String, Subject)] = []
        for patient in try store.patients(list, limit: 1000) {
            let token = try store.access(actor: "bench", patient: patient.id, categories: .record, purpose: "bench")
            subjects.append((patient.id, try store.subject(token)))
        }
        let model = AlzheimerCourse()
        let start = model.parameters.map(\.prior.centre)
        var times = Times()
        var modes: [String: PosteriorMode] = [:]
        for _ in 0..<5 {
            let clock = ContinuousClock()
            let begin = clock.now
            modes = try await found(subjects, model, start)
            times.add(clock.now - begin)
        }
        let total = modes.values.map(\.objective).reduce(0, +)
        let clock = ContinuousClock()
        let whole = try clock.measure {
            try scratch.program(["calibrate", "--all", "--model", "alzheimer-course", "--store", path, "--format", "csv"])
        }
        var rows: [Row] = [
            .atMost(
                1, "s", times.median / 1000, "\(subjects.count) personalisations (maximum and Laplace), two cores, median of 5",
                detail: "sum of objectives \(String(format: "%.4f", total)) nats"),
            .told(
                "the same as `calibrate --all`: with 1,000 draws each, the predictive fit, and stored", "\(Row.text(whole / .seconds(1))) s"
            ),
        ]
        if let python { rows += try peer(python, scratch, table, subjects, model, total, times.median / 1000) }
        return rows
    }

    private static func found(
        _ subjects: [(String, Subject)], _ model: AlzheimerCourse, _ start: [Double]
    ) async throws -> [String: PosteriorMode] {
        try await withThrowingTaskGroup(of: [(String, PosteriorMode)].self) { group in
            let share = (subjects.count + 7) / 8
            for first in stride(from: 0, to: subjects.count, by: share) {
                let part = subjects[first..<min(first + share, subjects.count)]
                group.addTask {
                    try part.map { id, subject in
                        let density = try model.posterior(of: subject.measurements(of: model.observables).used, subject: subject)
                        return (id, try Posterior.mode(of: density, from: start))
                    }
                }
            }
            var all: [String: PosteriorMode] = [:]
            for try await part in group { for (id, mode) in part { all[id] = mode } }
            return all
        }
    }

    /// leaspy on the same file with the same population; its result is judged by our objective.
    private static func peer(
        _ python: String, _ scratch: Scratch, _ table: String, _ subjects: [(String, Subject)], _ model: AlzheimerCourse, _ total: Double,
        _ seconds: Double
    ) throws -> [Row] {
        guard let population = SharedFiles.path(folder + "alzheimer-model_parameters.json") else { return [] }
        progress("the same with leaspy: several minutes")
        let script = SharedFiles.projectRoot + "/Tests/Benchmarks/peers/personalise.py"
        let output = try Scratch.run(python, [script, population, table])
        var lines = output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        guard let head = lines.first, head.count == 3, let wall = Double(head[1]), let processor = Double(head[2]) else {
            throw Failure("the peer's answer is not understood: \(output.prefix(200))")
        }
        lines.removeFirst()
        let byID = Dictionary(subjects, uniquingKeysWith: { first, _ in first })
        var sum = 0.0
        for line in lines where line.count == 5 {
            guard let subject = byID[line[0]] else { throw Failure("the peer names an unknown patient \(line[0])") }
            let density = try model.posterior(of: subject.measurements(of: model.observables).used, subject: subject)
            let values = line.dropFirst().compactMap(Double.init)
            sum += density.value(values)
        }
        return [
            .told(
                "leaspy \(head[0]) on the same patients (`scipy_minimize`)",
                "\(Row.text(wall)) s, \(Row.text(processor)) s of processor, sum of objectives \(String(format: "%.4f", sum)) nats"),
            Row(
                what: "ratio of times, leaspy to twinboard, at an objective no worse", measured: "\(Row.text(wall / seconds))×",
                promised: "≥ 100×",
                isKept: wall / seconds >= 100 && total <= sum),
        ]
    }
}
