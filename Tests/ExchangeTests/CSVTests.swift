// Tables with a mapping: the reader, the mapping's faults, bad cells, and the 200 patients that leaspy ships.
import Foundation
import TestSupport
import Testing
import Twins

@testable import Exchange

@Suite("Tables come in through a mapping")
struct CSVTests {
    private let map = """
        missing = ["", "NA"]
        [patient]
        column = "ID"
        prefix = "T-"
        sex_column = "S"
        [patient.sex]
        w = "female"
        [time]
        column = "T"
        kind = "age_years"
        nominal_birth = 1940-01-01
        [[value]]
        column = "MMSE"
        system = "http://loinc.org"
        code = "72106-8"
        unit = "{score}"
        scale = -30
        offset = 30
        minimum = 0
        maximum = 30
        """

    private func rows(_ text: String, chunk: Int = .max) throws(ImportError) -> [[String]] {
        var reader = CSVReader(source(text, chunk: chunk), file: "t.csv")
        var result: [[String]] = []
        while let row = try reader.next() { result.append(row.cells) }
        return result
    }

    @Test("RFC 4180: quotes, doubled quotes, commas and line ends inside, CRLF, a byte order mark", arguments: [1, 2, 3, 65_536])
    func reader(chunk: Int) throws {
        let text = "\u{FEFF}a,\"b,c\",\"d\"\"e\"\r\n\r\n\"line\nbreak\",,\"\"\né,2,3"
        #expect(try rows(text, chunk: chunk) == [["a", "b,c", "d\"e"], ["line\nbreak", "", ""], ["é", "2", "3"]])
    }

    @Test(
        "A table that is broken says where", arguments: [("a,b\n1,\"open", 2), ("a,b\nx\"y,1", 2), ("a\n\"x\"y\n", 2), ("a\n\n\nb\0", 4)])
    func broken(text: String, line: Int) {
        let error = #expect(throws: ImportError.self) { _ = try rows(text) }
        #expect(error?.place.line == line)
    }

    @Test("Good rows are taken, bad cells refused with row, column, value and reason")
    func cells() throws {
        let table = """
            ID,S,T,MMSE,other
            1,w,70,0.1,x
            1,w,71.5,NA,x
            1,w,72,abc,x
            2,M,80,1.5,x
            2,M,abc,0.5,x
            bad id!,M,80,0.5,x
            3,?,80,0.5,x
            4,M,80,0.5
            2,w,81,0.5,x
            """
        let file = try CSVImport.read(source(table), file: "t.csv", map: try CSVMap(text: map, file: "m.toml"))
        let first = file.batch.patients[0]
        #expect(file.report.patients == ["T-1", "T-2"])
        #expect(first.patient.sex == .female)
        #expect(first.patient.note.contains("nominal"))
        #expect(first.observations.map(\.observation.value) == [.quantity(Quantity(27, .score))])
        let birth = try #require(first.patient.birth)
        #expect(abs(first.observations[0].observation.time.days(since: birth) / 365.25 - 70) < 1e-9)
        let refused = file.report.refused.map { "\($0.place.line ?? 0) \($0.place.path)" }
        #expect(refused == ["4 MMSE", "5 MMSE", "6 T", "7 ID", "8 S", "9 ", "10 S"])
        #expect(file.report.refused[0].reason.contains("«abc» is not a number"))
        #expect(file.report.refused[1].reason.contains("impossible"))
        #expect(file.report.left.contains { $0.what == "empty cells" && $0.count == 1 })
        #expect(file.report.left.contains { $0.what == "column «other»" })
    }

    @Test(
        "A wrong mapping names its key",
        arguments: [
            ("kind = \"age_years\"", "kind = \"moons\"", "time.kind"), ("column = \"ID\"", "colunm = \"ID\"", "patient.colunm"),
            ("nominal_birth = 1940-01-01", "", "time.nominal_birth"), ("72106-8", "72106-7", "value[0].code"),
            ("unit = \"{score}\"", "unit = \"stones\"", "value[0].unit"), ("scale = -30", "scale = 0", "value[0].scale"),
            ("scale = -30", "scale = \"x\"", "value[0].scale"), ("w = \"female\"", "w = \"woman\"", "patient.sex.w"),
            ("column = \"MMSE\"", "column = \"T\"", "value"),
            ("nominal_birth = 1940-01-01", "nominal_birth = \"1940-02-30\"", "time.nominal_birth"),
        ])
    func mapping(old: String, new: String, path: String) {
        let error = #expect(throws: ImportError.self) { _ = try CSVMap(text: map.replacingFirst(old, with: new), file: "m.toml") }
        #expect(error?.kind == .mapping)
        #expect(error?.place.path == path)
        #expect(error?.description.contains("m.toml") == true)
    }

    @Test("A mapping that is not TOML says line and column; a column that the table lacks is named")
    func structure() throws {
        let broken = #expect(throws: ImportError.self) { _ = try CSVMap(text: "title = \"a\"\n[patient\n", file: "m.toml") }
        #expect(broken?.place.line == 2)
        let lacking = #expect(throws: ImportError.self) {
            _ = try CSVImport.read(source("ID,T,MMSE\n"), file: "t.csv", map: try CSVMap(text: map, file: "m.toml"))
        }
        #expect(lacking?.message.contains("«S»") == true)
        #expect(lacking?.message.contains("ID, T, MMSE") == true)
    }

    @Test(
        "A table without a name is refused before the library asserts on it",
        arguments: ["[[[a]]]", "[=x]", "[\u{E9}]", "[ \t*", "a = [\n[{b = 1}]]", "  [[\u{1}]]"])
    func unnamed(text: String) {
        let error = #expect(throws: ImportError.self) { _ = try CSVMap(text: "title = \"a\"\n" + text, file: "m.toml") }
        #expect(error?.place.line ?? 0 >= 2)
        #expect(error?.message.contains("name should follow") == true)
    }

    @Test("Dates and days as clocks, semicolons")
    func clocks() throws {
        let dates = map.replacingFirst("kind = \"age_years\"\nnominal_birth = 1940-01-01", with: "kind = \"date\"")
        let file = try CSVImport.read(
            source("ID;S;T;MMSE\n1;w;2026-11-26;0.5\n"), file: "t.csv", map: try CSVMap(text: "separator = \";\"\n" + dates, file: "m"))
        #expect(file.batch.patients[0].observations[0].observation.time.day.description == "2026-11-26")
        let days = map.replacingFirst("kind = \"age_years\"\nnominal_birth = 1940-01-01", with: "kind = \"days\"\norigin = 2020-01-01")
        let other = try CSVImport.read(source("ID,S,T,MMSE\n1,w,31,0.5\n"), file: "t.csv", map: try CSVMap(text: days, file: "m"))
        #expect(other.batch.patients[0].observations[0].observation.time.day.description == "2020-02-01")
    }

    @Test("alzheimer.csv under the shipped mapping: 200 patients, 1,975 visits, no cell lost")
    func alzheimer() throws {
        let map = try CSVMap(path: demoFile("maps/alzheimer.toml"))
        guard let path = SharedFiles.path("oracles/neurology/alzheimer/alzheimer.csv"), let table = SharedFiles.table(path) else {
            return SharedFiles.leaveOut("alzheimer.csv under its mapping")
        }
        let file = try Importer.read(path: path, map: map)
        #expect(file.batch.patients.count == 200)
        let visits = file.batch.patients.reduce(0) { $0 + Set($1.observations.map(\.observation.time)).count }
        #expect(visits == 1_975)
        #expect(file.report.count(of: "observations") == 1_975 * 7)
        #expect(file.report.refusedCount == 0)
        #expect(file.report.patients.first == "GS-001")
        // The first row's cells, back from what was recorded.
        let cells = table[1]
        let first = file.batch.patients[0]
        let birth = try #require(first.patient.birth)
        let time = try #require(Double(cells[1]))
        #expect(abs(first.observations[0].observation.time.days(since: birth) / 365.25 - time) < 1e-9)
        let mmse = first.observations[2].observation.value.number(in: .score) ?? -1
        let faq = first.observations[4].observation.value.number(in: .score) ?? -1
        #expect(abs(1 - mmse / 30 - (Double(cells[4]) ?? 9)) < 1e-12)
        #expect(abs(faq / 30 - (Double(cells[6]) ?? 9)) < 1e-12)
        #expect(first.observations[6].observation.value.number(in: Unit("{index}")) == Double(cells[8]))
    }

    private let drugMap = """
        [patient]
        column = "ID"
        [time]
        column = "T"
        kind = "days"
        origin = 2020-01-01
        [[value]]
        column = "PSA"
        system = "http://loinc.org"
        code = "2857-1"
        unit = "ng/mL"
        [[medication]]
        column = "D"
        code = "L02BX03"
        display = "abiraterone"
        on = ["1"]
        off = ["0"]
        """

    @Test("A column that says on each row whether a drug is given becomes its periods, rows in any order, an open one active")
    func medications() throws {
        let table = """
            ID,T,PSA,D
            1,56,3,0
            1,0,6,1
            1,28,4,1
            1,84,9,1
            1,98,8,
            2,0,6,0
            3,0,6,yes
            """
        let file = try CSVImport.read(source(table), file: "t.csv", map: try CSVMap(text: drugMap, file: "m.toml"))
        let origin = Instant(try #require(CalendarDay("2020-01-01")))
        let facts = file.batch.patients[0].facts.map(\.fact)
        #expect(facts.map(\.code.code) == ["L02BX03", "L02BX03"] && facts.map(\.code.system) == [Code.atc, Code.atc])
        #expect(facts.map { $0.start?.days(since: origin) } == [0, 84])
        #expect(facts.map { $0.end?.days(since: origin) } == [56, nil])
        #expect(facts.map(\.status) == ["completed", "active"])
        #expect(file.batch.patients[1].facts.isEmpty)
        #expect(file.report.taken.contains { $0.kind == "medications" && $0.count == 2 })
        #expect(file.report.refused.map { "\($0.place.line ?? 0) \($0.place.path)" } == ["8 D"])
    }

    @Test(
        "A medication that the mapping leaves unclear is named by its key",
        arguments: [
            ("on = [\"1\"]", "", "medication[0].on"), ("off = [\"0\"]", "off = [\"1\"]", "medication[0].off"),
            ("code = \"L02BX03\"", "", "medication[0].code"), ("column = \"D\"", "column = \"PSA\"", "value"),
        ])
    func unclearMedication(old: String, new: String, path: String) {
        let text = drugMap.replacingOccurrences(of: old, with: new)
        let error = #expect(throws: ImportError.self) { _ = try CSVMap(text: text, file: "m.toml") }
        #expect(error?.place.path == path)
    }

    @Test("The 32 men of Zhang 2022 come in whole: 678 PSA, and abiraterone as it was given and stopped")
    func trial() throws {
        let file = try CSVImport.read(path: demoFile("tables/zhang2022-psa.csv"), map: try CSVMap(path: demoFile("maps/abiraterone.toml")))
        #expect(file.report.refused.isEmpty)
        #expect(file.batch.patients.count == 32)
        #expect(file.batch.patients.map(\.observations.count).reduce(0, +) == 678)
        let first = try #require(file.batch.patients.first { $0.patient.id == "P1001" })
        #expect(first.facts.map(\.fact.status) == [String](repeating: "completed", count: 6) + ["active"])
    }
}
