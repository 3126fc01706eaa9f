// Which noise-driven systems, networks and grids have kernels: the other entries of a kernel library.
import CIntegration
import Integration
import Systems

/// The kernel of a stochastic system for a scheme (``FixedStepScheme``'s raw value); nil for none. Exported to C.
@c(twinboardStochasticKernel)
public func stochasticKernel(name: UnsafePointer<CChar>, scheme: Int32) -> StochasticSolve? {
    switch (String(cString: name), FixedStepScheme(rawValue: scheme)) {
    case (OrnsteinUhlenbeck.name, .eulerMaruyama):
        { StochasticIntegrator<OrnsteinUhlenbeck, NarrowLane>.solve($0.pointee, .eulerMaruyama) }
    case (OrnsteinUhlenbeck.name, .heun): { StochasticIntegrator<OrnsteinUhlenbeck, NarrowLane>.solve($0.pointee, .heun) }
    default: nil
    }
}

/// The kernel of a network for a scheme; nil for none. Exported to C.
@c(twinboardNetworkKernel)
public func networkKernel(name: UnsafePointer<CChar>, scheme: Int32) -> NetworkSolve? {
    switch (String(cString: name), FixedStepScheme(rawValue: scheme)) {
    case (PhaseOscillators.name, .heun): { NetworkIntegrator<PhaseOscillators, NarrowLane>.solve($0.pointee, .heun) }
    case (PhaseOscillators.name, .rungeKutta4): { NetworkIntegrator<PhaseOscillators, NarrowLane>.solve($0.pointee, .rungeKutta4) }
    case (PlanarOscillators.name, .heun): { NetworkIntegrator<PlanarOscillators, NarrowLane>.solve($0.pointee, .heun) }
    case (PlanarOscillators.name, .rungeKutta4): { NetworkIntegrator<PlanarOscillators, NarrowLane>.solve($0.pointee, .rungeKutta4) }
    default: nil
    }
}

/// The kernel of a field on a grid; nil for none. Exported to C.
@c(twinboardGridKernel)
public func gridKernel(name: UnsafePointer<CChar>) -> GridSolve? {
    switch String(cString: name) {
    case FisherKolmogorov.name: { GridIntegrator<FisherKolmogorov, NarrowLane>.solve($0.pointee) }
    case ExcitableTissue.name: { GridIntegrator<ExcitableTissue, NarrowLane>.solve($0.pointee) }
    default: nil
    }
}
