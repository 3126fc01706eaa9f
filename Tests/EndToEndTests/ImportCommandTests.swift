// `import` through the program: what is hostile is refused with its status, what was written is shown as it was written.
import Foundation
import TestSupport
import Testing

@Suite("The import command")
struct ImportCommandTests: ShellSuite {
    let folder: URL
    init() throws { folder = try Self.newFolder() }

    private func bundle(_ entries: String...) -> String {
        #"{"resourceType":"Bundle","type":"collection","entry":["# + "\n"
            + entries.map { "{\"resource\":\($0)}" }.joined(separator: ",\n") + "\n]}"
    }

    private func creatinine(_ number: String, id: String) -> String {
        #"{"resourceType":"Observation","id":"\#(id)","status":"final","subject":{"reference":"Patient/p1"},"#
            + #""code":{"coding":[{"system":"http://loinc.org","code":"2160-0","display":"Creatinine"}]},"#
            + #""effectiveDateTime":"2026-01-02","valueQuantity":{"value":\#(number),"code":"mg/dL"}}"#
    }

    private let patient = #"{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1950-05-02"}"#

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

    @Test("5.10 is shown as 5.10, in text and CSV; JSON has the number, and beside it how it was written")
    func written() throws {
        let text = bundle(patient, creatinine("5.10", id: "o1"), creatinine("1e2", id: "o2"))
        #expect(try run("import", try file("own.json", text)).status == 0)
        let id = try #require(((try json(try run("patients", "--format", "json")) as? [[String: Any]])?.first)?["id"] as? String)
        let shown = try run("show", id).output.split(whereSeparator: \.isWhitespace)
        #expect(shown.contains("5.10") && shown.contains("1e2"))
        let table = try run("show", id, "--format", "csv").output
        #expect(table.contains(",5.10,mg/dL") && table.contains(",1e2,mg/dL"), "\(table)")
        let record = try #require(try json(try run("show", id, "--format", "json")) as? [String: Any])
        let observations = try #require(record["observations"] as? [[String: Any]])
        #expect(observations.compactMap { $0["value"] as? Double } == [5.1, 100])
        #expect(observations.compactMap { $0["written"] as? String } == ["5.10", "1e2"])
        #expect(try run("show", id, "--format", "json").output.contains(#""value": 5.1,"#))
    }
}
