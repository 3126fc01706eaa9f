// Which arithmetic the forecasts of this machine are computed in, for those who keep and print them.
import Numerics

/// How sums of products are rounded; within one arithmetic a forecast's bytes are the same on every machine.
public typealias Arithmetic = Numerics.Arithmetic

/// The compiled kernels of the models that are integrated.
public enum KernelsInUse {
    /// `baseline`, `avx2` or `avx512`.
    public static var name: String { KernelLibrary.current.name }
    /// Why a faster set is not used although the processor could run it, in words for whoever looks after the machine.
    public static var warnings: [String] { KernelLibrary.refusals.map(\.description) }
}
