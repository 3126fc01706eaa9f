// The documents that are made from the code are current. `make docs` writes them.
import Foundation
import TestSupport
import Testing
import TwinLibrary

@testable import Workstation

@Suite("Documents made from the code are current")
struct DocumentsTests {
    private func check(_ path: String, _ text: String) throws {
        let file = URL(fileURLWithPath: SharedFiles.projectRoot + "/docs/" + path)
        if ProcessInfo.processInfo.environment["TWINBOARD_WRITE_DOCS"] != nil {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == text, "docs/\(path) is out of date: run make docs")
    }

    @Test("The list of keys") func keys() throws { try check("keys.md", Keymap.markdown) }

    @Test("The model cards") func models() throws {
        for model in TwinLibrary.models { try check("models/\(model.id).md", ModelPage.markdown(model) + "\n") }
    }
}
