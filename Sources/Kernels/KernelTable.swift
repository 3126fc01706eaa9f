// Which systems have kernels, and of which build they are: the two entries of a kernel library.
import CIntegration
import Integration
import Systems

/// The kernel of a system for a method (``IntegrationMethod``'s raw value); nil for none. Exported to C as `twinboardKernel`.
@c(twinboardKernel)
public func kernel(name: UnsafePointer<CChar>, method: Int32) -> KernelSolve? {
    switch IntegrationMethod(rawValue: method) {
    case .explicit: explicitKernel(String(cString: name))
    case .stiff: stiffKernel(String(cString: name))
    case .automatic, nil: nil
    }
}

/// What the program compares with its own number before it uses this library's kernels. Exported to C as `twinboardKernelDoor`.
@c(twinboardKernelDoor)
public func door() -> UInt64 { kernelDoor() }

// A C function cannot be made of a generic one: each kernel is spelt out.
private func explicitKernel(_ name: String) -> KernelSolve? {
    switch name {
    case LiverSystem.name: { Integrator.solve($0.pointee, by: DormandPrince<LiverSystem, KernelLane>()) }
    case LiverTreatmentSystem.name: { Integrator.solve($0.pointee, by: LiverTreatmentSystemSeries()) }
    case WithSensitivity<LiverMarrowSystem>.name:
        { Integrator.solve($0.pointee, by: DormandPrince<WithSensitivity<LiverMarrowSystem>, KernelLane>()) }
    case ClonalGrowth.name: { Integrator.solve($0.pointee, by: DormandPrince<ClonalGrowth, KernelLane>()) }
    case WithSensitivity<ClonalGrowth>.name:
        { Integrator.solve($0.pointee, by: DormandPrince<WithSensitivity<ClonalGrowth>, KernelLane>()) }
    case ClonalCompetition.name: { Integrator.solve($0.pointee, by: DormandPrince<ClonalCompetition, KernelLane>()) }
    case ThreeCompartmentMyelosuppression.name:
        { Integrator.solve($0.pointee, by: DormandPrince<ThreeCompartmentMyelosuppression, KernelLane>()) }
    case ClosedFormMyelosuppression.name: { Integrator.solve($0.pointee, by: ClosedFormMyelosuppressionSeries()) }
    case NeutrophilChain.name: { Integrator.solve($0.pointee, by: DormandPrince<NeutrophilChain, KernelLane>()) }
    case WithSensitivity<NeutrophilChain>.name:
        { Integrator.solve($0.pointee, by: DormandPrince<WithSensitivity<NeutrophilChain>, KernelLane>()) }
    case Hires.name: { Integrator.solve($0.pointee, by: DormandPrince<Hires, KernelLane>()) }
    case Robertson.name: { Integrator.solve($0.pointee, by: DormandPrince<Robertson, KernelLane>()) }
    case VanDerPol.name: { Integrator.solve($0.pointee, by: DormandPrince<VanDerPol, KernelLane>()) }
    case Epileptor.name: { Integrator.solve($0.pointee, by: DormandPrince<Epileptor, KernelLane>()) }
    case Circulation.name: { Integrator.solve($0.pointee, by: DormandPrince<Circulation, NarrowLane>()) }
    default: nil
    }
}

private func stiffKernel(_ name: String) -> KernelSolve? {
    switch name {
    case LiverSystem.name: { Integrator.solve($0.pointee, by: LiverSystemStep()) }
    case ThreeCompartmentMyelosuppression.name: { Integrator.solve($0.pointee, by: ThreeCompartmentMyelosuppressionStep()) }
    case Hires.name: { Integrator.solve($0.pointee, by: HiresStep()) }
    case Robertson.name: { Integrator.solve($0.pointee, by: RobertsonStep()) }
    case VanDerPol.name: { Integrator.solve($0.pointee, by: VanDerPolStep()) }
    default: nil
    }
}
