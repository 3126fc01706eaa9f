// `import` through the program: what is hostile is refused with its status.
import Foundation
import TestSupport
import Testing

@Suite("The import command")
struct ImportCommandTests: ShellSuite {
    let folder: URL
    init() throws { folder = try Self.newFolder() }

    /// Of each kind one: whatever is wrong, nothing of it can be taken.
    static let nothingToTake: [String] = [
        // Cut short.
        #"{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","#,
        // Deeper than any record.
        String(repeating: #"{"a":"#, count: 4_000) + "1" + String(repeating: "}", count: 4_000),
        // Who is meant cannot be known: a key twice, a path for an identifier, and a patient who is not in the file.
        #"""
        {"resourceType":"Bundle","type":"collection","entry":[
        {"resource":{"resourceType":"Patient","id":"p1","id":"p2","name":[{"family":"\u001b]0;owned\u0007\u202e"}]}},
        {"resource":{"resourceType":"Patient","id":"../../etc/passwd","gender":"female"}},
        {"resource":{"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},
        "code":{"text":"\u001b[2J"},"effectiveDateTime":"2026-02-30","valueQuantity":{"value":1e999,"code":"mg"}}}]}
        """#,
        // No JSON, with a control sequence.
        "\u{1B}[2J",
    ]

    @Test("A hostile bundle ends with 65, leaves nothing in the store, and its message is clean", arguments: nothingToTake)
    func hostile(text: String) throws {
        let result = try run("import", try file("hostile.json", text))
        #expect(result.status == 65)
        #expect(result.errors.contains("hostile.json") && result.errors.contains("nothing of it was taken"), "\(result.errors)")
        #expect(isClean(result.errors) && isClean(result.output))
        let rows = try #require(try json(try run("patients", "--format", "json")) as? [Any])
        #expect(rows.isEmpty)
    }

    @Test("The hostile bundle of the shared samples ends with 65")
    func sample() throws {
        guard let path = SharedFiles.path("samples/fhir-negative/hostile-bundle.json") else {
            return SharedFiles.leaveOut("the exit status of the hostile sample")
        }
        let result = try run("import", path)
        #expect(result.status == 65 && isClean(result.errors) && isClean(result.output), "\(result.errors)")
    }
}
