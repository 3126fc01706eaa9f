// What importing a large bundle costs in memory.
import Foundation
import StoreSupport
import TestSupport

enum LargeImport {
    /// A bundle of 24 MB imported by the program itself: the most memory it ever had, as the kernel counted.
    static func rows(_ folder: Scratch) throws -> [Row] {
        progress("importing a bundle of 24 MB")
        let bundle = try LargeBundle.write(to: folder.path + "/large.json", megabytes: 24)
        let clock = ContinuousClock()
        let time = try clock.measure { try folder.program(["import", bundle, "--store", folder.path + "/import.sqlite"]) }
        // Of all children so far; none before it is larger, and if one were, the figure would be too high, never too low.
        var use = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &use)
        return [
            .atMost(
                200, "MB", Double(use.ru_maxrss) / 1024, "import of a 24 MB bundle, peak resident memory",
                detail: "in \(Row.text(time / .seconds(1))) s")
        ]
    }
}
