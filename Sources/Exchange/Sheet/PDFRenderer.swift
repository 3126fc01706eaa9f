// HTML to PDF through WeasyPrint, a program of its own: found on the PATH, run without a shell, stopped when it takes too long.
import Foundation
import Glibc
import Surface

/// Why there is no PDF.
public enum PDFError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The program is not installed.
    case missing
    case tooLong(seconds: Int)
    /// It ended badly; its last words.
    case failed(String)
    /// No room or no right for its temporary files.
    case noScratch(String)

    public var description: String {
        switch self {
        case .missing:
            "a PDF needs the program weasyprint, which is not on the PATH: install the Debian package weasyprint (apt install weasyprint), "
                + "or write --format html and print that"
        case .tooLong(let seconds): "weasyprint was stopped after \(seconds) seconds without a PDF; write --format html and print that"
        case .failed(let words): "weasyprint made no PDF: \(words.isEmpty ? "it said nothing" : words)"
        case .noScratch(let words): "no temporary file for the PDF: \(words)"
        }
    }

    public var exitStatus: Int32 {
        switch self {
        case .missing: 69
        case .tooLong, .failed: 1
        case .noScratch: 73
        }
    }
}

/// Makes PDFs.
///
/// Invariant D3: what is in a sheet stays in files without a name: WeasyPrint reads and writes files that were unlinked before the first
/// byte, so that a crash leaves nothing of a patient behind.
public struct PDFRenderer: Sendable {
    /// Folders that are looked through for the program, first to last.
    public var path: [String]
    /// Longest that it may take; the sheet of a long case takes some two seconds.
    public var seconds: Int

    public init(path: [String]? = nil, seconds: Int = 60) {
        self.path = path ?? (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        self.seconds = seconds
    }

    private var program: String? { path.lazy.map { $0 + "/weasyprint" }.first { access($0, X_OK) == 0 } }

    /// The PDF of a page; the same bytes for the same page and version of WeasyPrint.
    public func pdf(html: String) throws(PDFError) -> Data {
        guard let program else { throw .missing }
        let input = try scratch(Data(html.utf8))
        let (output, errors) = (try scratch(), try scratch())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        // Nothing is fetched: every address in the page would have to be one of its own fragments.
        process.arguments = ["--encoding", "utf-8", "--quiet", "-", "-"]
        // A date of its own and the order of Python's sets would change the bytes.
        process.environment = [
            "PATH": path.joined(separator: ":"), "HOME": NSHomeDirectory(), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": "0",
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        do { try process.run() } catch { throw .failed("it could not be started: \(error.localizedDescription)") }
        let deadline = Date().addingTimeInterval(Double(seconds))
        while process.isRunning {
            if Date() > deadline {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                throw .tooLong(seconds: seconds)
            }
            usleep(10_000)
        }
        let data = contents(output)
        guard process.terminationStatus == 0, data.starts(with: Data("%PDF-".utf8)) else {
            let words = String(decoding: contents(errors), as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
            throw .failed(SafeText(words, limit: 300).string)
        }
        return data
    }

    /// A file that has no name any more.
    private func scratch(_ data: Data = Data()) throws(PDFError) -> FileHandle {
        guard let stream = tmpfile() else { throw .noScratch(String(cString: strerror(errno))) }
        let descriptor = dup(fileno(stream))
        fclose(stream)
        guard descriptor >= 0 else { throw .noScratch(String(cString: strerror(errno))) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: data)
            try file.seek(toOffset: 0)
        } catch { throw .noScratch(error.localizedDescription) }
        return file
    }

    private func contents(_ file: FileHandle) -> Data {
        guard (try? file.seek(toOffset: 0)) != nil else { return Data() }
        return (try? file.readToEnd()) ?? Data()
    }
}
