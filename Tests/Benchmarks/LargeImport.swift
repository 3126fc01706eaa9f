// What importing a large bundle costs in memory.
import Foundation
import StoreSupport
import TestSupport

enum LargeImport {
    /// A bundle of 24 MB imported by the program itself: the most memory it ever had, as the kernel counts it for this program alone.
    static func rows(_ folder: Scratch) throws -> [Row] {
        progress("importing a bundle of 24 MB")
        let bundle = try LargeBundle.write(to: folder.path + "/large.json", megabytes: 24)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path("twinboard"))
        process.arguments = ["import", bundle, "--store", folder.path + "/import.sqlite"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        var peak = 0
        let start = ContinuousClock.now
        try process.run()
        while process.isRunning {
            peak = max(peak, ProcessUse(process.processIdentifier).peakBytes)
            usleep(2000)
        }
        let time = ContinuousClock.now - start
        guard process.terminationStatus == 0, peak > 0 else { throw Failure("the import failed") }
        return [
            .atMost(
                200, "MB", Double(peak) / 1_048_576, "import of a 24 MB bundle, peak resident memory",
                detail: "in \(Row.text(time / .seconds(1))) s")
        ]
    }
}
