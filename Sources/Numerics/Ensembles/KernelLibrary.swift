// Chooses, once, the kernels that this processor runs fastest.
import CIntegration
import Glibc
import Integration
import Kernels

/// How sums of products are rounded: the only thing in which two machines' forecasts can differ.
public enum Arithmetic: String, Sendable, Hashable {
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
public struct KernelLibrary: Sendable {
    typealias Entry = @convention(c) (UnsafePointer<CChar>, Int32) -> KernelSolve?

    /// `baseline`, `avx2` or `avx512`.
    public let name: String
    public let arithmetic: Arithmetic
    private let entry: Entry
    /// Noise-driven systems, networks, grids.
    let fixedStep: FixedStepEntries

    /// The part of the program.
    public static let baseline = KernelLibrary(name: "baseline", arithmetic: .baseline, fixedStep: .linked) {
        Kernels.kernel(name: $0, method: $1)
    }

    /// The set in use, chosen when it is first asked for: the widest that the processor has and that lies beside the program;
    /// `TWINBOARD_ARITHMETIC` (`baseline`, `avx2`, `avx512`) asks for another, and is followed where possible.
    public static let current: KernelLibrary = {
        let asked = getenv("TWINBOARD_ARITHMETIC").map { String(cString: $0) }
        for name in ["avx512", "avx2"] where asked == nil || asked == name {
            if let library = KernelLibrary(loading: name) { return library }
        }
        return baseline
    }()

    /// Loads a library by name; nil where the processor lacks its instructions or it is not beside the program.
    public init?(loading name: String) {
        let file: String
        switch name {
        case "avx2" where processorHasAVX2() != 0: file = "libKernelsAVX2.so"
        case "avx512" where processorHasAVX512() != 0: file = "libKernelsAVX512.so"
        default: return nil
        }
        guard let folder = Self.programFolder, let library = dlopen(folder + file, RTLD_NOW | RTLD_LOCAL),
            let symbol = dlsym(library, "twinboardKernel"), let fixedStep = FixedStepEntries(loadedFrom: library)
        else { return nil }
        self.init(name: name, arithmetic: .fused, fixedStep: fixedStep, entry: unsafeBitCast(symbol, to: Entry.self))
    }

    private init(name: String, arithmetic: Arithmetic, fixedStep: FixedStepEntries, entry: @escaping Entry) {
        self.name = name
        self.arithmetic = arithmetic
        self.fixedStep = fixedStep
        self.entry = entry
    }

    /// A system's kernel; nil where the table has none.
    func kernel(_ system: String, _ method: IntegrationMethod) -> KernelSolve? { entry(system, method.rawValue) }

    /// Where the running program lies, with a slash at its end.
    private static let programFolder: String? = {
        let path = [CChar](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = buffer.baseAddress.map { max(0, readlink("/proc/self/exe", $0, buffer.count)) } ?? 0
        }
        guard let slash = path.lastIndex(of: CChar(UInt8(ascii: "/"))) else { return nil }
        return String(decoding: path[...slash].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()
}
