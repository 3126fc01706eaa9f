// A document is written whole or not at all, and never over another one.
import Foundation
import Testing

@testable import Exchange

@Suite("A written document")
struct DocumentFileTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("is for its owner alone, and leaves nothing beside it")
    func written() throws {
        let folder = try folder()
        let file = folder.appending(path: "sheet.md")
        try DocumentFile.write(Data("one".utf8), to: file.path)
        #expect(try String(contentsOf: file, encoding: .utf8) == "one")
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["sheet.md"])
    }

    @Test("is never overwritten unless that is asked for")
    func kept() throws {
        let folder = try folder()
        let file = folder.appending(path: "sheet.md")
        try DocumentFile.write(Data("one".utf8), to: file.path)
        #expect(throws: DocumentFileError.exists(file.path)) { try DocumentFile.write(Data("two".utf8), to: file.path) }
        #expect(try String(contentsOf: file, encoding: .utf8) == "one")
        try DocumentFile.write(Data("two".utf8), to: file.path, replaces: true)
        #expect(try String(contentsOf: file, encoding: .utf8) == "two")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["sheet.md"])
    }

    @Test("in a folder that is not there: says which file and why")
    func nowhere() {
        do {
            try DocumentFile.write(Data(), to: "/nonexistent/sheet.md")
            Issue.record("written to nowhere")
        } catch {
            #expect(error.description.hasPrefix("/nonexistent/sheet.md cannot be written: ") && error.exitStatus == 73)
        }
    }
}
