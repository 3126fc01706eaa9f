// Dates of FHIR and check digits of LOINC, against calendars and published codes.
import Records
import Testing
import Twins

@testable import Exchange

@Suite("Dates, codes and units are checked")
struct FieldTests {
    private func date(_ text: String) -> FHIRDate? { try? FHIRDate(text) }

    private func fault(_ text: String) -> FHIRDate.Fault? {
        do throws(FHIRDate.Fault) {
            _ = try FHIRDate(text)
            return nil
        } catch { return error }
    }

    @Test("Times with zones are the same moment")
    func zones() {
        // 2026-11-26T13:00:00Z = 1795698000 s, from `date -u -d 2026-11-26T13:00:00Z +%s`.
        #expect(date("2026-11-26T13:00:00Z")?.instant.milliseconds == 1_795_698_000_000)
        #expect(date("2026-11-26T14:00:00+01:00")?.instant.milliseconds == 1_795_698_000_000)
        #expect(date("2026-11-26T07:30:00.250-05:30")?.instant.milliseconds == 1_795_698_000_250)
        #expect(date("2026-11-26T24:00:00Z")?.instant == date("2026-11-27T00:00:00Z")?.instant)
        #expect(date("2026-11-26T13:00:00")?.lacksZone == true)
    }

    @Test("A partial date stands for its middle and says how much is known")
    func partial() throws {
        #expect(try FHIRDate("1950").precision == .year)
        #expect(try FHIRDate("1950").instant.day.description == "1950-07-01")
        #expect(try FHIRDate("1950-05").precision == .month)
        #expect(try FHIRDate("1950-05").instant.day.description == "1950-05-15")
        #expect(try FHIRDate("1952-02-29").precision == .day)
    }

    @Test(
        "Impossible dates are refused",
        arguments: ["2019-02-30", "1900-02-29", "2020-13-01", "2020-00-10", "2020-01-32", "2020-01-01T25:00:00Z", "2020-01-01T10:61:00Z"])
    func impossible(text: String) { #expect(fault(text) == .noSuchDay) }

    @Test(
        "What is not a FHIR date is refused",
        arguments: ["", "20", "2020-1-1", "01/02/2020", "2020-01-01T", "2020-01-01 10:00", "2020-01-01T10:00:00+1", "2020-01-01Zx", "٢٠٢٠"])
    func form(text: String) { #expect(fault(text) == .form) }

    @Test("Years in which nobody of a board can have lived are refused", arguments: ["0001-01-01", "1066", "9999-12-31"])
    func range(text: String) { #expect(fault(text) == .outsideRange) }

    @Test(
        "LOINC check digits: the codes of the verified table hold",
        arguments: [
            "13457-7", "18262-6", "39469-2", "22748-8", "2089-1", "2093-3", "2085-9", "2571-8", "10835-7", "43583-4", "1884-6", "4548-4",
            "59261-8", "2160-0", "14682-9", "62238-1", "33914-3", "751-8", "26499-4", "777-3", "718-7", "1742-6", "1975-2", "2039-6",
            "2857-1", "24108-3", "72106-8", "72172-0", "8480-6", "8462-4", "29463-7", "8302-2", "59408-5", "10230-1", "33762-6", "89247-1",
            "21905-5", "21906-3", "21907-1", "81695-9", "4086-5", "34794-8",
        ])
    func loinc(code: String) {
        #expect(LOINC.isValid(code))
        // Every other check digit is wrong.
        let digit = Int(code.suffix(1)) ?? 0
        for other in 0...9 where other != digit { #expect(!LOINC.isValid(code.dropLast() + "\(other)")) }
    }

    @Test(
        "What is not written like a LOINC code is none", arguments: ["2160", "2160-", "-1", "2160-00", "abc-1", "21 60-0", "123456789-1"])
    func loincForm(code: String) { #expect(!LOINC.isValid(code)) }

    @Test("Units: known, spelt otherwise, unknown")
    func units() {
        #expect(UCUM.known("mg/dL")?.ucum == "mg/dL")
        #expect(UCUM.known("mg/dl")?.ucum == "mg/dL")
        #expect(UCUM.known("furlong") == nil)
        #expect(UCUM.neverNegative(Unit("mm")))
        #expect(!UCUM.neverNegative(Unit("Cel")))
        #expect(!UCUM.neverNegative(Unit("mmol/L")))
    }

    @Test("Base64 of RFC 4648 §10")
    func base64() {
        let vectors = [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
        for (plain, coded) in vectors { #expect(Base64.decode(coded) == Array(plain.utf8)) }
        for bad in ["Z", "Zg=", "Zg", "Zg==Zg==", "Z*==", "====", "Zm9v="] { #expect(Base64.decode(bad) == nil) }
        #expect(Base64.decode("Zm9v\r\nYmFy") == Array("foobar".utf8))
    }
}
