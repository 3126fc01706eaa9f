// Which libraries beside the program are used: its own, and no other.
import Foundation
import Testing

@testable import Numerics

@Suite("The kernels' door")
struct KernelDoorTests {
    /// A set that this machine can run, or nil.
    private var file: (name: String, path: String)? {
        for (name, file) in [("avx2", "libKernelsAVX2.so"), ("avx512", "libKernelsAVX512.so")] where KernelLibrary(loading: name) != nil {
            return (name, (KernelLibrary.programFolder ?? "") + file)
        }
        return nil
    }

    /// A folder with one library in it, made by a body that is given its path; a slash at its end.
    private func folder(_ file: String, _ make: (String) throws -> Void) throws -> String {
        let folder = NSTemporaryDirectory() + "kernels-\(UUID().uuidString)/"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try make(folder + (file as NSString).lastPathComponent)
        return folder
    }

    private func compile(_ source: String, to path: String) throws {
        let run = Process()
        run.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        run.arguments = ["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", path]
        let pipe = Pipe()
        run.standardInput = pipe
        try run.run()
        pipe.fileHandleForWriting.write(Data(source.utf8))
        try pipe.fileHandleForWriting.close()
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
    }

    private static let entry = "void *twinboardKernel(const char *name, int method) { return 0; }\n"

    @Test("a library of another build is recognised, not used, and named to whoever looks after the machine (invariant N10)")
    func otherBuild() throws {
        guard let (name, path) = file else { return print("this processor can run no kernel library: nothing to refuse") }
        let plain = (path as NSString).lastPathComponent
        let older = try folder(path) { try compile(Self.entry, to: $0) }
        let other = try folder(path) { try compile(Self.entry + "unsigned long twinboardKernelDoor(void) { return 1; }\n", to: $0) }
        for folder in [older, other] {
            defer { try? FileManager.default.removeItem(atPath: folder) }
            #expect(throws: KernelRefusal.otherBuild(plain)) { try KernelLibrary.open(name, in: folder) }
            let choice = KernelLibrary.chosen(asked: name, in: folder)
            #expect(choice.library.name == "baseline" && choice.refusals == [.otherBuild(plain)])
            #expect(choice.refusals.first?.description.contains("another build") == true)
        }
    }

    @Test("the program's own library is used wherever it lies; what is missing or no library is said")
    func own() throws {
        guard let (name, path) = file else { return print("this processor can run no kernel library: nothing to load") }
        let plain = (path as NSString).lastPathComponent
        let own = try folder(path) { try FileManager.default.copyItem(atPath: path, toPath: $0) }
        let empty = try folder(path) { _ in }
        let broken = try folder(path) { try Data("not a library".utf8).write(to: URL(fileURLWithPath: $0)) }
        defer { for folder in [own, empty, broken] { try? FileManager.default.removeItem(atPath: folder) } }
        #expect(try KernelLibrary.open(name, in: own).arithmetic == .fused)
        #expect(KernelLibrary.chosen(asked: nil, in: own).library.name == name)
        #expect(throws: KernelRefusal.absent(plain)) { try KernelLibrary.open(name, in: empty) }
        #expect(throws: KernelRefusal.notKernels(plain)) { try KernelLibrary.open(name, in: broken) }
        #expect(throws: KernelRefusal.unknown("sse9")) { try KernelLibrary.open("sse9", in: own) }
        #expect(KernelLibrary.chosen(asked: "baseline", in: own).library.arithmetic == .baseline)
    }
}
