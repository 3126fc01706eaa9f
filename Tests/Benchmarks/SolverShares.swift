// Which absolute tolerance serves us best on each workload: what `SolverPromise.share` is set by, as `SHARES` is for the peers.

enum SolverShares {
    /// - Parameters:
    ///   - files: draws and references.
    ///   - only: a workload's file; nil for all.
    static func rows(files: String, only: String?) throws -> [Row] {
        try SolverPromise.all(of: only).map { promise in
            let sweep = try SolverSweep(promise.workload, folder: files)
            let rates = try [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6].map { share in
                progress("solver, \(promise.workload.file): absolute tolerance \(share) of the relative one")
                let rate = MatchedRate.rate(try sweep.points(promise.tolerances, share: share), at: promise.error)
                return "\(share) → \(rate.map { "\(Int($0))/s" } ?? "does not enclose the error")"
            }
            return .told("\(promise.name), error \(promise.error): share of the absolute tolerance → rate", rates.joined(separator: "; "))
        }
    }
}
