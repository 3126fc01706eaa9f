// The page of measured figures: a section for each machine, because a run tells nothing of another one.

import Foundation
import Numerics
import TestSupport

struct BenchmarkPage {
    private static let mark = "## "
    private let file: String

    init(_ file: String) { self.file = file }

    /// Puts a table in the place of what this machine measured before; the sections of other machines stay.
    ///
    /// - Throws: where the file cannot be written.
    func write(_ table: String) throws {
        let heading = "\(Machine.description), \(KernelLibrary.current.name) kernels"
        var sections = self.sections
        sections[heading] = "\n" + table + "\n"
        let body = sections.sorted { $0.key < $1.key }.map { Self.mark + $0.key + "\n" + $0.value }
        try ([Self.introduction] + body).joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    }

    private static let introduction = """
        # Benchmarks

        Made by `make bench`: a section for each machine, replaced when it measures again. A limit is a promise to the people at the screen;
        times depend on the machine.

        """

    /// What the page holds, by heading.
    private var sections: [String: String] {
        var sections: [String: String] = [:]
        var heading: String?
        for line in (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
            if line.hasPrefix(Self.mark) {
                heading = String(line.dropFirst(Self.mark.count))
            } else if let heading {
                sections[heading, default: ""] += line + "\n"
            }
        }
        return sections.mapValues { "\n" + $0.trimmingCharacters(in: .newlines) + "\n" }
    }
}
