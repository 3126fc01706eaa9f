// Reference tables that may be read but not shipped: where they lie, and how a check reads them.
import Glibc

/// A folder of reference files beside the project (`oracles/…` below it), which a program by itself does not have.
public struct ReferenceFolder: Hashable, Sendable {
    public let path: String

    /// - Parameter path: the folder that holds `oracles`; nil is returned where nothing readable lies there.
    public init?(path: String) {
        guard access(path + "/oracles", R_OK) == 0 else { return nil }
        self.path = path
    }

    /// The rows of a comma-separated file without quotes, the header first; nil where it is not there.
    public func table(_ relative: String) -> [[String]]? {
        guard let file = fopen(path + "/" + relative, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes.append(contentsOf: chunk[0..<count])
        }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

/// What a model's checks against reference tables found, and which of them could not be made.
public struct ReferenceEvidence: Hashable, Sendable {
    public var checks: [EvidenceCheck]
    /// A check's name, with the file that it wants.
    public var leftOut: [String]
    public init(checks: [EvidenceCheck] = [], leftOut: [String] = []) {
        self.checks = checks
        self.leftOut = leftOut
    }

    public static func + (a: ReferenceEvidence, b: ReferenceEvidence) -> ReferenceEvidence {
        ReferenceEvidence(checks: a.checks + b.checks, leftOut: a.leftOut + b.leftOut)
    }

    /// The checks that `make` makes of a table, or the name of what was left out.
    public static func of(
        _ name: String, _ file: String, in folder: ReferenceFolder?, _ make: (_ rows: [[String]]) -> [EvidenceCheck]
    ) -> ReferenceEvidence {
        guard let rows = folder?.table(file) else { return ReferenceEvidence(leftOut: ["\(name) (\(file))"]) }
        return ReferenceEvidence(checks: make(rows))
    }
}
