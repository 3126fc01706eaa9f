// Writes the compiled steps of the stiff method into a folder: make kernels.
import Foundation
import Systems
import Tracing

@main
struct KernelWriter {
    /// A system's file is named after its type.
    static let files: [(name: String, text: String)] = [
        ("LiverSystem", KernelSource.file(LiverSystem.self)),
        ("ThreeCompartmentMyelosuppression", KernelSource.file(ThreeCompartmentMyelosuppression.self)),
        ("Hires", KernelSource.file(Hires.self)),
        ("Robertson", KernelSource.file(Robertson.self)),
        ("VanDerPol", KernelSource.file(VanDerPol.self)),
    ]

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: KernelWriter FOLDER\n".utf8))
            exit(64)
        }
        let folder = URL(fileURLWithPath: CommandLine.arguments[1])
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent("\(name)+Step.swift"), atomically: true, encoding: .utf8)
        }
    }
}
