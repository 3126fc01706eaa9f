// Writes the compiled steps of the stiff method, and the compiled series, into a folder: make kernels.
import Foundation
import Systems
import Tracing

@main
struct KernelWriter {
    /// A system's files are named after its type.
    static let files: [(name: String, text: String)] = [
        ("LiverSystem+Step", KernelSource.file(LiverSystem.self)),
        ("ThreeCompartmentMyelosuppression+Step", KernelSource.file(ThreeCompartmentMyelosuppression.self)),
        ("Hires+Step", KernelSource.file(Hires.self)),
        ("Robertson+Step", KernelSource.file(Robertson.self)),
        ("VanDerPol+Step", KernelSource.file(VanDerPol.self)),
        ("LiverTreatmentSystem+Series", KernelSource.series(LiverTreatmentSystem.self)),
        ("ClosedFormMyelosuppression+Series", KernelSource.series(ClosedFormMyelosuppression.self)),
    ]

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: KernelWriter FOLDER\n".utf8))
            exit(64)
        }
        let folder = URL(fileURLWithPath: CommandLine.arguments[1])
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent("\(name).swift"), atomically: true, encoding: .utf8)
        }
    }
}
