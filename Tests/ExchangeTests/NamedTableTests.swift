// Tables that are asked for columns by name: what is read, what is missing, and where a fault lies.
import Exchange
import Foundation
import Testing

@Suite("Tables of any columns")
struct NamedTableTests {
    private func table(_ text: String) throws -> NamedTable {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-named-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "t.csv").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try NamedTable.read(path: path)
    }

    @Test("Columns come by name, in order, with what is missing as nil")
    func columns() throws {
        let table = try table("name,day,seen,arm\n\"A, B\",1.5,1,x\nC,NA,no,\nD,-2e1,TRUE,.\n")
        #expect(table.rowCount == 3 && table.header == ["name", "day", "seen", "arm"])
        #expect(try table.texts("name") == ["A, B", "C", "D"])
        #expect(try table.numbers("day") == [1.5, nil, -20])
        #expect(try table.flags("seen") == [true, false, true])
        #expect(try table.texts("arm") == ["x", nil, nil])
        #expect(try table.isNumeric("day"))
        #expect(try !table.isNumeric("name"))
    }

    @Test("A fault says file, line and column")
    func faults() throws {
        let table = try table("day,seen\n1,1\n\n0x10,Maybe\n")
        let number = #expect(throws: ImportError.self) { try table.numbers("day") }
        #expect(number?.description.contains("t.csv, line 4, day") == true && number?.kind == .malformed)
        let flag = #expect(throws: ImportError.self) { try table.flags("seen") }
        #expect(flag?.description.contains("line 4, seen: «Maybe»") == true)
        let column = #expect(throws: ImportError.self) { try table.texts("dead") }
        #expect(column?.description.contains("day, seen") == true)
        #expect(throws: ImportError.self) { try self.table("a,a\n1,2\n").texts("a") }
        for text in ["", "a,b\n", "a,b\n1\n", "a\ninf\n"] {
            #expect(throws: ImportError.self) { try self.table(text).numbers("a") }
        }
        let missing = #expect(throws: ImportError.self) { try NamedTable.read(path: "/nowhere/t.csv") }
        #expect(missing?.kind == .missing)
    }
}
