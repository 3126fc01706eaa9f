// What every suite of the shell does before it looks: a folder of its own, a store in it, the program at work on that store.
import Foundation
import TestSupport

protocol ShellSuite {
    var folder: URL { get }
}

extension ShellSuite {
    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-shell-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return folder
    }

    var store: String { folder.appending(path: "board.sqlite").path }

    func run(_ arguments: String...) throws -> CommandResult { try DemoStore.run(arguments + ["--store", store]) }

    func file(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    func demo(_ name: String) -> String { SharedFiles.projectRoot + "/demo-data/" + name }

    func json(_ result: CommandResult) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(result.output.utf8), options: [.fragmentsAllowed])
    }

    /// Nothing in it that a terminal would obey or that would hide.
    func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n"
                || (scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar.properties.generalCategory != .format)
        }
    }
}
