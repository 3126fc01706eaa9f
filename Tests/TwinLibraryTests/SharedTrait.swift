// A test that needs a reference file is shown as skipped where the file is absent.
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Runs only with these files of `../shared` beside the project.
    static func shared(_ files: String...) -> ConditionTrait {
        .enabled(if: files.allSatisfy { SharedFiles.path($0) != nil }, "shared files absent: \(files.joined(separator: ", "))")
    }
}
