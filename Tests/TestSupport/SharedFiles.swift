// Finds the reference files that lie beside the project, which a clone by itself does not have.
import Glibc

/// The folder of oracles and samples beside the project, when it is there.
public enum SharedFiles {
    /// The path of a file below `../shared`, or nil where it is absent.
    ///
    /// `TWINBOARD_SHARED` names another folder. A check that gets nil must be left out with ``leaveOut(_:)``.
    public static func path(_ relative: String) -> String? {
        let root = getenv("TWINBOARD_SHARED").map { String(cString: $0) } ?? projectRoot + "/../shared"
        let path = root + "/" + relative
        return access(path, R_OK) == 0 ? path : nil
    }

    /// The project's own folder, from where this file was compiled.
    public static var projectRoot: String {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }

    /// Says, in the test's output, which check could not run for want of a file.
    public static func leaveOut(_ check: String) {
        print("left out: \(check): shared files absent")
    }

    /// The whole text of a file; nil when it cannot be read.
    public static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes.append(contentsOf: chunk[0..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The rows of a comma-separated file without quotes, header first; nil when it cannot be read.
    public static func table(_ path: String) -> [[String]]? {
        text(path)?.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
