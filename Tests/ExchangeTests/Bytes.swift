// What the import tests share: bytes as sources, small bundles, and files of their own in a folder that goes away.
import CZlibShim
import Glibc
import TestSupport

@testable import Exchange

func source(_ text: String, chunk: Int = .max) -> MemorySource { MemorySource(Array(text.utf8), chunk: chunk) }

/// Reads a text as a FHIR file.
func readFHIR(_ text: String, isLines: Bool = false, chunk: Int = 65_536, limits: ImportLimits = .standard) throws(ImportError)
    -> ImportedFile
{
    try readFHIR(Array(text.utf8), isLines: isLines, chunk: chunk, limits: limits)
}

func readFHIR(
    _ bytes: [UInt8], isLines: Bool = false, chunk: Int = 65_536, limits: ImportLimits = .standard
) throws(ImportError) -> ImportedFile {
    let source = try decoded(MemorySource(bytes), file: "test.json", limits: limits)
    return try FHIRImport.read(source, file: "test.json", isLines: isLines, limits: limits, chunk: chunk)
}

/// The error that a text is refused with; nil if it is read.
func refusal(_ text: String, isLines: Bool = false, chunk: Int = 65_536, limits: ImportLimits = .standard) -> ImportError? {
    do throws(ImportError) {
        _ = try readFHIR(text, isLines: isLines, chunk: chunk, limits: limits)
        return nil
    } catch { return error }
}

/// A bundle of one patient and some other resources.
func bundle(_ resources: String...) -> String {
    let patient = #"{"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1950-05-02"}"#
    let entries = ([patient] + resources).map { "{\"resource\":\($0)}" }
    return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n" + entries.joined(separator: ",\n") + "\n]}"
}

/// An observation of the patient of ``bundle(_:)``.
func observation(
    _ value: String, id: String = "o1", code: String = #"{"coding":[{"system":"http://loinc.org","code":"2160-0"}]}"#,
    time: String = "2020-01-02"
) -> String {
    """
    {"resourceType":"Observation","id":"\(id)","status":"final","code":\(code),"subject":{"reference":"Patient/p1"},
     "effectiveDateTime":"\(time)",\(value)}
    """
}

func quantity(_ number: String, _ unit: String) -> String {
    "\"valueQuantity\":{\"value\":\(number),\"unit\":\"\(unit)\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"\(unit)\"}"
}

func gzipped(_ bytes: [UInt8]) -> [UInt8] {
    var room = [UInt8](repeating: 0, count: bytes.count + 1024)
    let capacity = UInt(room.count)
    let count = bytes.withUnsafeBufferPointer { input in
        room.withUnsafeMutableBufferPointer { tb_gzip(input.baseAddress, UInt(bytes.count), $0.baseAddress, capacity) }
    }
    return Array(room[0..<Int(count)])
}

/// A folder that is removed with everything in it.
final class Folder {
    let path: String

    init() throws {
        var template = Array("/tmp/twinboard-exchange-XXXXXX\0".utf8CString)
        guard let made = mkdtemp(&template) else { throw ImportError(.unreadable, Place(file: "folder"), "cannot be made") }
        path = String(cString: made)
    }

    deinit {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != "." && name != ".." { unlink(path + "/" + name) }
        }
        closedir(folder)
        rmdir(path)
    }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        guard let handle = fopen(file, "w") else { throw ImportError(.unreadable, Place(file: name), "cannot be made") }
        defer { fclose(handle) }
        fwrite(bytes, 1, bytes.count, handle)
        return file
    }
}

func demoFile(_ name: String) -> String { SharedFiles.projectRoot + "/demo-data/" + name }
