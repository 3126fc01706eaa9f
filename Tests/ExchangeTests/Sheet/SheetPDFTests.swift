// The PDF: made by WeasyPrint where it is there, and a clear word where it is not.
import Foundation
import TestSupport
import Testing

@testable import Exchange

@Suite("A decision sheet as PDF", .serialized)
struct SheetPDFTests {
    private func tool(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private func text(_ pdf: Data, _ reader: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "twinboard-\(UUID().uuidString).pdf")
        try pdf.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(reader, ["-layout", file.path, "-"])
    }

    @Test("The PDF has head, figures and proof in its text, and on every page what the sheet is and is not")
    func contents() throws {
        guard tool("weasyprint") != nil, let reader = tool("pdftotext") else {
            return SharedFiles.leaveOut("a sheet as PDF: weasyprint or pdftotext (poppler-utils) is not installed")
        }
        let sheet = SheetFixture.sheet()
        let pdf = try sheet.data(.pdf)
        let pages = try text(pdf, reader).split(separator: "\u{C}").map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        #expect(pages.count >= 2)
        let whole = pages.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for words in [
            "Decision sheet", "SIGNED", "60 % [52 to 68]", "> 24 months", "42-0123456789abcdef", "What the board saw", "not recorded",
            "E7620F1842B4E81F", "observed",
        ] {
            #expect(whole.contains(words), "\(words)")
        }
        for (number, page) in pages.enumerated() {
            let line = page.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(line.contains("Not CE-marked, not a medical device"), "page \(number + 1)")
            #expect(line.contains("DECISION SHEET · SIGNED · DEMO"), "page \(number + 1)")
            #expect(line.filter { $0 != " " }.hasSuffix("\(number + 1)/\(pages.count)"), "page \(number + 1)")
        }
        #expect(try sheet.data(.pdf) == pdf, "the same sheet gives the same bytes")
        let plan = try text(try CarePlan(sheet).document.data(.pdf) ?? Data(), reader)
        #expect(plan.contains("Your care plan") && plan.contains("Whom to call"))
    }

    @Test("Without WeasyPrint the message names the package and what to do instead, with exit status 69")
    func missing() throws {
        do {
            _ = try PDFRenderer(path: ["/nonexistent"]).pdf(html: "<p/>")
            Issue.record("a PDF without a program")
        } catch {
            #expect(error == .missing && error.exitStatus == 69)
            #expect(error.description.contains("apt install weasyprint") && error.description.contains("--format html"))
        }
    }

    /// A program of that name that does something else.
    private func impostor(_ script: String) throws -> PDFRenderer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let program = folder.appending(path: "weasyprint")
        try Data(("#!/bin/sh\n" + script + "\n").utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        return PDFRenderer(path: [folder.path, "/usr/bin", "/bin"], seconds: 1)
    }

    @Test("A program that hangs is stopped, one that fails is quoted, one that makes no PDF is not believed")
    func failing() throws {
        let began = Date()
        #expect(throws: PDFError.tooLong(seconds: 1)) { _ = try impostor("exec sleep 30").pdf(html: "<p/>") }
        #expect(Date().timeIntervalSince(began) < 10)
        #expect(throws: PDFError.failed("no fonts\u{FFFD}here")) {
            _ = try impostor("printf 'first\\nno fonts\\033here\\n' >&2; exit 3").pdf(html: "<p/>")
        }
        #expect(throws: PDFError.failed("")) { _ = try impostor("echo hello").pdf(html: "<p/>") }
    }
}
