// Where a kernel library's fixed-step kernels are found.
import CIntegration
import Glibc
import Integration
import Kernels

/// The doors of a set of kernels to systems of fixed step.
struct FixedStepEntries: Sendable {
    typealias Stochastic = @convention(c) (UnsafePointer<CChar>, Int32) -> StochasticSolve?
    typealias Network = @convention(c) (UnsafePointer<CChar>, Int32) -> NetworkSolve?
    typealias Grid = @convention(c) (UnsafePointer<CChar>) -> GridSolve?

    let stochastic: Stochastic
    let network: Network
    let grid: Grid

    /// Those that are part of the program.
    static let linked = FixedStepEntries(
        stochastic: { Kernels.stochasticKernel(name: $0, scheme: $1) }, network: { Kernels.networkKernel(name: $0, scheme: $1) },
        grid: { Kernels.gridKernel(name: $0) })

    /// Those of a loaded library; nil where it lacks one.
    init?(loadedFrom library: UnsafeMutableRawPointer) {
        guard let stochastic = dlsym(library, "twinboardStochasticKernel"), let network = dlsym(library, "twinboardNetworkKernel"),
            let grid = dlsym(library, "twinboardGridKernel")
        else { return nil }
        self.init(
            stochastic: unsafeBitCast(stochastic, to: Stochastic.self), network: unsafeBitCast(network, to: Network.self),
            grid: unsafeBitCast(grid, to: Grid.self))
    }

    private init(stochastic: @escaping Stochastic, network: @escaping Network, grid: @escaping Grid) {
        self.stochastic = stochastic
        self.network = network
        self.grid = grid
    }
}
