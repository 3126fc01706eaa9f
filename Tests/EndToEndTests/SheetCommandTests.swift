// `sheet` as its users call it: formats, files, the care plan, the log; and the key on the Decision screen.
import Dispatch
import Foundation
import TestSupport
import Testing

@Suite("The decision sheet from a shell and from the screen", .serialized)
struct SheetCommandTests {
    private static let hasPDF = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/weasyprint")
    }

    /// Waits on a thread of its own: the pool's are few, and the fake terminals of other suites need them.
    private func offPool<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }

    private func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> CommandResult {
        try await offPool { try DemoStore.run(arguments, environment: environment) }
    }

    private func sheet(_ store: String, _ arguments: String..., environment: [String: String] = [:]) async throws -> CommandResult {
        try await run(["sheet", "CRC-0112", "--store", store] + arguments, environment: environment)
    }

    private func copy() async throws -> String { try await offPool { try DemoStore.copy() } }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("An unsigned case has a sheet in every format, with plots once its twin is fitted, and a reason before")
    func formats() async throws {
        let store = try await copy()
        #expect(try await sheet(store).output.contains("DRAFT"))
        _ = try await run(["calibrate", "CRC-0112", "--store", store])
        for (format, words) in [
            ("text", "What the board saw"), ("markdown", "## What the board saw"), ("html", "<svg "), ("fhir", "\"RiskAssessment\""),
            ("json", "\"sections\""), ("csv", "scenario,endpoint"),
        ] {
            let result = try await sheet(store, "--format", format)
            #expect(result.status == 0 && result.output.contains(words) && result.errors.isEmpty, "\(format): \(result.errors)")
        }
        let object = try json(try await sheet(store, "--format", "json").output)
        #expect(object["status"] as? String == "draft" && object["seen"] is [String: Any])
        // A patient whose twin was never fitted.
        let other = try await run(["sheet", "CRC-0229", "--store", store])
        #expect(other.status == 0)
        let log = try await run(["log", "--patient", "CRC-0112", "--format", "csv", "--store", store]).output
        for format in ["text", "markdown", "html", "fhir", "json", "csv"] { #expect(log.contains(format), "\(format) is not in the log") }
        #expect(try await run(["log", "--verify", "--store", store]).status == 0)
    }

    @Test("A file is written whole, for its owner alone, and only --force replaces it")
    func files() async throws {
        let store = try await copy()
        let file = URL(fileURLWithPath: store).deletingLastPathComponent().appending(path: "sheet.html").path
        #expect(try await sheet(store, "--format", "html", "--output", file).status == 0)
        let first = try String(contentsOfFile: file, encoding: .utf8)
        #expect(first.hasPrefix("<!DOCTYPE html>"))
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        let again = try await sheet(store, "--format", "markdown", "--output", file)
        #expect(again.status == 73 && again.errors.contains("is there already") && again.errors.contains("--force"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == first)
        #expect(try await sheet(store, "--format", "markdown", "--output", file, "--force").status == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("# DECISION SHEET"))
        #expect(try await sheet(store, "--output", "/nonexistent/sheet.txt").status == 73)
    }

    @Test("What does not go together is said, with exit status 64")
    func usage() async throws {
        let store = try await copy()
        for arguments in [["--care-plan", "--format", "fhir"], ["--force"], ["--replay", "--care-plan"], ["--format", "docx"]] {
            let result = try await run(["sheet", "CRC-0112", "--store", store] + arguments)
            #expect(result.status == 64 && !result.errors.isEmpty && result.output.isEmpty, "\(arguments)")
        }
        #expect(try await run(["sheet", "NOBODY", "--store", store]).status == 66)
    }

    @Test("The care plan is a draft in plain words, in each of its formats")
    func carePlan() async throws {
        let store = try await copy()
        for format in ["text", "markdown", "html"] {
            let result = try await sheet(store, "--care-plan", "--format", format)
            #expect(
                result.status == 0 && result.output.uppercased().contains("CARE PLAN")
                    && result.output.contains("have not signed a proposal"))
        }
        #expect(try await run(["log", "--patient", "CRC-0112", "--store", store]).output.contains("care plan"))
    }

    @Test("A PDF goes into a file or a pipe, never onto a terminal; without WeasyPrint the package is named")
    func pdf() async throws {
        let store = try await copy()
        let missing = try await sheet(store, "--format", "pdf", environment: ["PATH": "/nonexistent"])
        #expect(missing.status == 69 && missing.errors.contains("apt install weasyprint") && missing.output.isEmpty)
        let ending = try await offPool {
            try PseudoTerminal(
                DemoStore.program, ["sheet", "CRC-0112", "--format", "pdf", "--store", store], columns: 100, rows: 24, environment: [:]
            ).finish()
        }
        #expect(ending == .exited(64))
        guard Self.hasPDF else { return SharedFiles.leaveOut("sheet --format pdf: weasyprint is not installed") }
        let file = URL(fileURLWithPath: store).deletingLastPathComponent().appending(path: "sheet.pdf").path
        #expect(try await sheet(store, "--format", "pdf", "--output", file).status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)).starts(with: Data("%PDF-".utf8)))
    }

    @Test("w on the Decision screen writes the sheet beside the store; pressed again it overwrites nothing")
    func key() async throws {
        let store = try await copy()
        try await offPool {
            let terminal = try PseudoTerminal(
                DemoStore.program, ["demo", "--store", store], columns: 80, rows: 24,
                environment: ["TWINBOARD_SHARE": SharedFiles.projectRoot, "TZ": "UTC"])
            #expect(terminal.waitFor("CRC-0112"))
            terminal.type("6")
            #expect(terminal.waitFor("The board proposes"))
            terminal.type("w")
            #expect(terminal.waitFor("Sheet written"), "\(terminal.screenText)")
            terminal.type("w")
            #expect(terminal.waitFor("draft-2.md"), "\(terminal.screenText)")
            terminal.type("q")
            #expect(terminal.finish() == .exited(0))
        }
        let folder = URL(fileURLWithPath: store).deletingLastPathComponent().appending(path: "sheets")
        #expect(try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int == 0o700)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let name = "liver-2026-11-26-CRC-0112-draft"
        let wanted = [name, name + "-2"].flatMap { name in (Self.hasPDF ? [".html", ".md", ".pdf"] : [".html", ".md"]).map { name + $0 } }
        #expect(files == wanted.sorted())
        let page = try String(contentsOf: folder.appending(path: name + ".html"), encoding: .utf8)
        #expect(page.contains("DRAFT") && page.contains("Decision sheet"))
    }
}
