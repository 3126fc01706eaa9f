// Chooses, once, the kernels that this processor runs fastest.
import CIntegration
import Glibc
import Integration
import Kernels

/// How sums of products are rounded: the only thing in which two machines' forecasts can differ.
public enum Arithmetic: String, Sendable, Hashable, Codable {
    /// Product and sum rounded, as every x86-64 can.
    case baseline
    /// Rounded once: processors with AVX2 and FMA, and those with AVX-512, give the same bytes.
    case fused
}

/// A set of compiled kernels.
///
/// The baseline set is part of the program. The faster ones are libraries of their own, `libKernelsAVX2.so` and `libKernelsAVX512.so`
/// beside the program, of which one is loaded: code for newer processors must never be linked into the program itself, because
/// specialisations of generic code are weak symbols, and the linker may keep the copy that an old processor cannot run.
///
/// - Invariant N10: a library is used only if it was built from the program's own sources (``KernelRefusal/otherBuild(_:)``).
public struct KernelLibrary: Sendable {
    typealias Entry = @convention(c) (UnsafePointer<CChar>, Int32) -> KernelSolve?

    /// `baseline`, `avx2` or `avx512`.
    public let name: String
    public let arithmetic: Arithmetic
    private let entry: Entry
    /// Noise-driven systems, networks, grids.
    let fixedStep: FixedStepEntries

    init(name: String, arithmetic: Arithmetic, fixedStep: FixedStepEntries, entry: @escaping Entry) {
        self.name = name
        self.arithmetic = arithmetic
        self.fixedStep = fixedStep
        self.entry = entry
    }

    /// The part of the program.
    public static let baseline = KernelLibrary(name: "baseline", arithmetic: .baseline, fixedStep: .linked) {
        Kernels.kernel(name: $0, method: $1)
    }

    /// The set in use, chosen when it is first asked for: the widest that the processor has and that lies beside the program;
    /// `TWINBOARD_ARITHMETIC` (`baseline`, `avx2`, `avx512`) asks for another, and is followed where possible.
    public static var current: KernelLibrary { choice.library }
    /// Why a faster set than the current one is not used, where that is not the processor's own limit: for whoever looks after the machine.
    public static var refusals: [KernelRefusal] { choice.refusals }

    private static let choice = chosen(asked: getenv("TWINBOARD_ARITHMETIC").map { String(cString: $0) }, in: programFolder)

    static func chosen(asked: String?, in folder: String?) -> (library: KernelLibrary, refusals: [KernelRefusal]) {
        var refusals: [KernelRefusal] = []
        for name in asked.map({ [$0] }) ?? ["avx512", "avx2"] where name != baseline.name {
            do {
                return (try open(name, in: folder), refusals)
            } catch {
                if case .processor = error, asked == nil { continue }
                refusals.append(error)
            }
        }
        return (baseline, refusals)
    }

    /// A system's kernel; nil where the table has none.
    func kernel(_ system: String, _ method: IntegrationMethod) -> KernelSolve? { entry(system, method.rawValue) }
}
