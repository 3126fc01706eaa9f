// Loads a kernel library from beside the program, and refuses one that is not the program's own.
import CIntegration
import Glibc

/// Why a kernel library is not used.
public enum KernelRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no set of this name.
    case unknown(String)
    /// The processor, or its operating system, lacks what the set is made of.
    case processor(String)
    /// The file is not beside the program.
    case absent(String)
    /// The file is no library, or has not the entries of one of ours.
    case notKernels(String)
    /// The file was built from other sources than the program: its layout of a block, or its arithmetic, may differ.
    case otherBuild(String)

    public var description: String {
        switch self {
        case .unknown(let name): "there are no kernels «\(name)»: baseline, avx2 and avx512"
        case .processor(let name): "this processor cannot run the kernels «\(name)»"
        case .absent(let file): "\(file) is not beside the program"
        case .notKernels(let file): "\(file) beside the program is not a kernel library"
        case .otherBuild(let file): "\(file) beside the program is of another build and is not used: install program and library together"
        }
    }
}

extension KernelLibrary {
    private typealias Door = @convention(c) () -> UInt64

    /// Loads a library by name from beside the program; nil where ``KernelRefusal`` would say why not.
    public init?(loading name: String) {
        guard let library = try? Self.open(name, in: Self.programFolder) else { return nil }
        self = library
    }

    /// Loads a library by name from a folder (with a slash at its end).
    static func open(_ name: String, in folder: String?) throws(KernelRefusal) -> KernelLibrary {
        let file: String
        let canRun: Bool
        switch name {
        case "avx2": (file, canRun) = ("libKernelsAVX2.so", processorHasAVX2() != 0)
        case "avx512": (file, canRun) = ("libKernelsAVX512.so", processorHasAVX512() != 0)
        default: throw .unknown(name)
        }
        guard canRun else { throw .processor(name) }
        guard let path = folder.map({ $0 + file }), access(path, F_OK) == 0 else { throw .absent(file) }
        // One that is refused stays loaded: Swift's runtime does not forget a library's types.
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL), let entry = dlsym(library, "twinboardKernel") else {
            throw .notKernels(file)
        }
        // The first libraries had no door.
        guard let door = dlsym(library, "twinboardKernelDoor"), unsafeBitCast(door, to: Door.self)() == kernelDoor() else {
            throw .otherBuild(file)
        }
        guard let fixedStep = FixedStepEntries(loadedFrom: library) else { throw .notKernels(file) }
        return KernelLibrary(name: name, arithmetic: .fused, fixedStep: fixedStep, entry: unsafeBitCast(entry, to: Entry.self))
    }

    /// Where the running program lies, with a slash at its end.
    static let programFolder: String? = {
        let path = [CChar](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = buffer.baseAddress.map { max(0, readlink("/proc/self/exe", $0, buffer.count)) } ?? 0
        }
        guard let slash = path.lastIndex(of: CChar(UInt8(ascii: "/"))) else { return nil }
        return String(decoding: path[...slash].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()
}
