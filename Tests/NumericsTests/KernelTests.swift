// The compiled kernels: chosen by name and processor, the same bytes as the same method anywhere else.
import Foundation
import Numerics
import Systems
import TestSupport
import Testing
import Tracing

@Suite("The kernel libraries")
struct KernelTests {
    static let libraries = [KernelLibrary.baseline, KernelLibrary(loading: "avx2"), KernelLibrary(loading: "avx512")].compactMap { $0 }

    /// Draws around the reference parameters, log-normal.
    static func draws(_ centre: [Double], count: Int, spread: Double = 0.2) -> Matrix {
        let random = RandomStream(seed: 11, stream: 5)
        var matrix = Matrix(rows: count, columns: centre.count)
        for d in 0..<count {
            let z = random.normals(draw: d, count: centre.count)
            for i in centre.indices { matrix[d, i] = centre[i] * (spread * z[i]).exp() }
        }
        return matrix
    }

    static let hires = draws([1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69], count: 61)
    static let hiresStart: [Double] = [1, 0, 0, 0, 0, 0, 0, 0.0057]
    static let hiresTimes = (0...40).map { Double($0) * 8 }

    static func bits(_ values: some Sequence<Double>) -> [UInt64] { values.map(\.bitPattern) }

    @Test("the library that this processor can run lies beside the tests; what was left out is said")
    func found() {
        let names = Self.libraries.map(\.name)
        print("kernel libraries tested here: \(names.joined(separator: ", ")); in use: \(KernelLibrary.current.name)")
        #expect(KernelLibrary(loading: "no such") == nil)
        let flags = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        if flags.contains(" avx2 "), flags.contains(" fma ") { #expect(names.contains("avx2")) }
        if flags.contains(" avx512vl "), flags.contains(" avx512bw ") {
            #expect(names.contains("avx512"))
        } else {
            print("this processor has no AVX-512: its library was built, but not run")
        }
    }

    private func solveHires(_ library: KernelLibrary, _ method: IntegrationMethod, _ draws: Matrix) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            Hires.self, method: method, draws: draws, initial: .same(Self.hiresStart), segments: [Segment(start: 0, end: 320)],
            outputs: Self.hiresTimes, library: library)
    }

    @Test("a compiled stiff step gives the bytes of the interpreted one, whatever the instruction set (invariants N1, N7)")
    func stiffBytes() throws {
        for library in Self.libraries {
            let compiled = try solveHires(library, .stiff, Self.hires)
            let interpreted =
                library.arithmetic == .fused
                ? try interpretedHires(FusedOne.self) : try interpretedHires(Double.self)
            #expect(compiled.failures.isEmpty)
            #expect(Self.bits(compiled.values) == Self.bits(interpreted.values), "\(library.name)")
        }
    }

    private func interpretedHires<L: Lane>(_ lane: L.Type) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            by: InterpretedStep<Hires, L>(), draws: Self.hires, initial: .same(Self.hiresStart), segments: [Segment(start: 0, end: 320)],
            outputs: Self.hiresTimes)
    }

    @Test("a compiled explicit step gives the bytes of the same code compiled here, whatever the instruction set")
    func explicitBytes() throws {
        for library in Self.libraries {
            let compiled = try solveHires(library, .explicit, Self.hires)
            let here: EnsembleTrajectories
            if library.arithmetic == .fused {
                here = try explicitHires(FusedOne.self)
            } else {
                here = try explicitHires(Double.self)
            }
            #expect(Self.bits(compiled.values) == Self.bits(here.values), "\(library.name)")
        }
    }

    private func explicitHires<L: Lane>(_ lane: L.Type) throws -> EnsembleTrajectories {
        try Ensemble.solveSerially(
            by: DormandPrince<Hires, L>(), draws: Self.hires, initial: .same(Self.hiresStart), segments: [Segment(start: 0, end: 320)],
            outputs: Self.hiresTimes)
    }

    @Test("a draw's bytes depend on no neighbour, place, batch or thread, stiff or not (invariants N6, N7)")
    func placeAndThreads() async throws {
        for library in Self.libraries {
            for method in IntegrationMethod.allCases {
                let all = try solveHires(library, method, Self.hires)
                let width = Self.hiresTimes.count * Hires.stateCount
                for d in [0, 7, 8, 60] {
                    let alone = try solveHires(library, method, Matrix(rows: 1, columns: 8, elements: Array(Self.hires.row(d))))
                    #expect(Self.bits(alone.values) == Self.bits(all.values[d * width..<(d + 1) * width]))
                }
                var reversed = Matrix(rows: 61, columns: 8)
                for d in 0..<61 { for p in 0..<8 { reversed[d, p] = Self.hires[60 - d, p] } }
                let backwards = try solveHires(library, method, reversed)
                #expect(Self.bits(backwards.values[0..<width]) == Self.bits(all.values[60 * width..<61 * width]))
            }
        }
        let many = Self.draws([0.04, 3e7, 1e4], count: 700)
        var bytes: [[UInt64]] = []
        for concurrency in [1, 2, 8] {
            let found = try await Ensemble.solve(
                Robertson.self, method: .stiff, draws: many, initial: .same([1, 0, 0]), segments: [Segment(start: 0, end: 400)],
                outputs: [0.4, 40, 400], concurrency: concurrency)
            bytes.append(Self.bits(found.values))
        }
        #expect(bytes[0] == bytes[1])
        #expect(bytes[0] == bytes[2])
    }

    @Test("the compiled steps are those that KernelWriter writes today")
    func current() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kernels-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("KernelWriter")
        let run = try Process.run(program, arguments: [folder.path])
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
        let checkedIn = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../Sources/Kernels/Generated")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(try FileManager.default.contentsOfDirectory(atPath: checkedIn.path).sorted() == names)
        for name in names {
            let now = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            let kept = try String(contentsOf: checkedIn.appendingPathComponent(name), encoding: .utf8)
            #expect(now == kept, "\(name) is not current: run make kernels")
        }
    }

    @Test("a system without a kernel is refused by name")
    func unknown() {
        enum Unknown: KernelSystem {
            static var name: String { "unknown" }
            static var stateCount: Int { 1 }
            static var parameterCount: Int { 0 }
            static var inputCount: Int { 0 }
            static func derivative<L: Lane>(
                time: L, state: Span<L>, parameters: Span<L>, input: Span<L>, into rate: inout MutableSpan<L>
            ) { rate[0] = state[0] }
        }
        #expect(throws: IntegrationError.noKernel("unknown", .stiff)) {
            try Ensemble.solveSerially(
                Unknown.self, method: .stiff, draws: Matrix(rows: 1, columns: 0), initial: .same([1]),
                segments: [Segment(start: 0, end: 1)], outputs: [1])
        }
    }
}
