// What is promised of the solver beside its peers: the one table of workloads, errors and ratios that the benchmark goes through.

import Numerics

/// A workload, the error at which it is compared, and how many times a peer's rate ours has to be there.
struct SolverPromise {
    var name: String
    var workload: SolverWorkload
    /// The median error at which rates are compared.
    var error: Double
    /// Our absolute tolerance as a share of the relative one: as the peers' in `peers/solver.py`, the one that serves best.
    var share: Double
    /// At least five, whose errors enclose ``error``.
    var tolerances: [Double] = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7]
    /// With AVX-512.
    var ratios: KeyValuePairs<SolverPeer, Double>

    /// Each share is the best of those that the group `shares` tries.
    static var all: [SolverPromise] {
        [
            SolverPromise(
                name: "A: three-compartment kinetics and myelosuppression, 6 cycles", workload: .myelosuppression, error: 1e-6, share: 1e-3,
                ratios: [.lsoda: 24, .roadRunner: 50]),
            SolverPromise(
                name: "A with kinetics in closed form: structure, not a faster general solver", workload: .closedFormMyelosuppression,
                error: 1e-6, share: 1e-3, ratios: [.lsoda: 50, .roadRunner: 100]),
            SolverPromise(name: "HIRES", workload: .hires, error: 1e-5, share: 1e-4, ratios: [.lsoda: 16, .roadRunner: 32]),
            SolverPromise(
                name: "Robertson to 4e5", workload: .robertson, error: 1e-6, share: 1e-3, ratios: [.lsoda: 30, .roadRunner: 80]),
            SolverPromise(
                name: "Epileptor, 10,000 units of time", workload: .epileptor, error: 1.4e-2, share: 1e-3,
                tolerances: [3e-5, 1e-5, 5e-6, 2e-6, 1e-6], ratios: [.boost: 6]),
            SolverPromise(
                name: "closed-loop circulation, 20 beats", workload: .circulation, error: 3e-5, share: 1e-3,
                tolerances: [1e-4, 3e-5, 1e-5, 3e-6, 1e-6], ratios: [.boost: 8]),
        ]
    }

    /// Those of one workload's file; nil for all.
    static func all(of file: String?) -> [SolverPromise] { all.filter { file == nil || $0.workload.file == file } }

    /// The part of each ratio that is promised with some kernels: with AVX2 alone two thirds, without either nothing.
    static func part(_ library: KernelLibrary = .current) -> Double? {
        switch library.name {
        case "avx512": 1
        case "avx2": 2.0 / 3
        default: nil
        }
    }
}
