// Numbers come in as they were written: kept where they are the record's own, refused where nobody can have measured them.
import Records
import Testing
import Twins

@testable import Exchange

@Suite("A number is kept as it was written")
struct WrittenNumberTests {
    private func written(_ file: ImportedFile) -> [String?] {
        file.batch.patients.flatMap(\.observations).map { item in
            if case .quantity(let quantity) = item.observation.value { quantity.written } else { nil }
        }
    }

    @Test("In FHIR, with its last zeros and its exponent; a whole number and a component too")
    func fhir() throws {
        let component = #""component":[{"code":{"text":"a part"},\#(quantity("79.0", "mm[Hg]"))}]"#
        let file = try readFHIR(
            bundle(
                observation(quantity("5.10", "mg/dL"), id: "a"), observation(quantity("1e2", "mg/dL"), id: "b"),
                observation(#""valueInteger":4"#, id: "c"), observation(component, id: "d"),
                // The same unit in another spelling: the number is the record's own.
                observation(quantity("0.10", "mg/dl"), id: "e")))
        #expect(written(file) == ["5.10", "1e2", "4", "79.0", "0.10"])
        #expect(file.batch.patients[0].observations[0].observation.value.number(in: Unit("g/L")) == 5.1 * 0.01)
    }

    @Test("In a table, but not where the mapping rescales the cell: that number stands nowhere in the file")
    func table() throws {
        let map = """
            [patient]
            column = "ID"
            [time]
            column = "T"
            kind = "date"
            [[value]]
            column = "A"
            code = "length"
            unit = "mm"
            [[value]]
            column = "B"
            code = "mmse"
            unit = "{score}"
            scale = -30
            offset = 30
            """
        let text = "ID,T,A,B\n1,2026-01-02,5.10,0.10\n1,2026-01-03,+7,0\n"
        let file = try CSVImport.read(source(text), file: "t.csv", map: try CSVMap(text: map, file: "m.toml"))
        #expect(written(file) == ["5.10", nil, "+7", nil])
        let expected = [Quantity(5.1, .millimetre), Quantity(27, .score), Quantity(7, .millimetre), Quantity(30, .score)]
        #expect(file.batch.patients[0].observations.map(\.observation.value) == expected.map { .quantity($0) })
        let long = "0." + String(repeating: "1", count: 63)
        let bad = try CSVImport.read(
            source("ID,T,A,B\n1,2026-01-02,\(long),0.5\n"), file: "t.csv", map: try CSVMap(text: map, file: "m.toml"))
        let refused = try #require(bad.report.refused.first)
        #expect(refused.place.line == 2 && refused.place.path == "A" && refused.reason.contains("65 characters"))
        #expect(written(bad) == [nil])
    }

    @Test(
        "A number longer than anybody measured is refused with its place, and the others are taken",
        arguments: [
            "5." + String(repeating: "0", count: 63), "0." + String(repeating: "3", count: 900), "1" + String(repeating: "0", count: 64),
        ])
    func long(number: String) throws {
        for value in [quantity(number, "mg/dL"), #""valueQuantity":{"value":\#(number),"comparator":"<","code":"mg/dL"}"#] {
            let file = try readFHIR(bundle(observation(value), observation(quantity("80", "umol/L"), id: "good")))
            let refused = try #require(file.report.refused.first)
            #expect(file.report.refusedCount == 1)
            #expect(refused.place.path.hasPrefix("entry[1].resource.value") && refused.place.line == 4)
            #expect(refused.reason.contains("\(number.count) characters") && refused.reason.count < 200, "\(refused.reason)")
            #expect(written(file) == ["80"])
        }
        let most = "5." + String(repeating: "0", count: 62)
        #expect(try written(readFHIR(bundle(observation(quantity(most, "mg/dL"))))) == [most])
    }

    @Test("A second import that only writes a number otherwise is shown so, and the twin holds; one that changes it is computed anew")
    func stored() throws {
        let folder = try Folder()
        let store = try Store.open(path: folder.path + "/board.sqlite")
        let importer = Importer(store: store, actor: "coordinator")
        func take(_ number: String) throws -> (text: String, subject: Subject) {
            let path = try folder.write("own.json", Array(bundle(observation(quantity(number, "mg/dL"))).utf8))
            let id = try #require(try importer.importFile(path: path).patients.first)
            let token = try store.access(actor: "test", patient: id, categories: .record, purpose: "test")
            let observations = try store.observations(token)
            #expect(observations.count == 1)
            let value = try #require(observations.first).observation.value
            #expect(value.number(in: Unit("mg/dL")) == Double(number))
            guard case .quantity(let quantity) = value else { return ("", try store.subject(token)) }
            return (quantity.text, try store.subject(token))
        }
        let first = try take("5.1")
        #expect(first.text == "5.1")
        #expect(try take("5.1").text == "5.1")
        let other = try take("5.10")
        #expect(other.text == "5.10")
        let settings = CalibrationSettings()
        #expect(CalibrationBasis(first.subject, settings: settings) == CalibrationBasis(other.subject, settings: settings))
        let corrected = try take("5.2")
        #expect(CalibrationBasis(first.subject, settings: settings) != CalibrationBasis(corrected.subject, settings: settings))
    }
}
