// The JSON parser: what it takes, what it refuses and where it says so.
import Testing

@testable import Exchange

@Suite("JSON is read strictly, in chunks of any size")
struct JSONTests {
    /// One document as one value.
    private func value(_ text: String, chunk: Int = 65_536) throws(ImportError) -> (JSONObject, [JSONDefect]) {
        var parser = JSONStreamParser(source(text), file: "t.json", chunk: chunk)
        var none: JSONObject?
        guard let document = try parser.document(number: nil, entry: { _ in none = JSONObject() }) else {
            throw ImportError(.malformed, Place(file: "t.json"), "empty")
        }
        try parser.finish()
        _ = none
        return (document.members, document.defects)
    }

    private func error(_ text: String) -> ImportError? {
        do throws(ImportError) {
            _ = try value(text)
            return nil
        } catch { return error }
    }

    @Test("Decimals keep their digits: 0.10 is not 0.1", arguments: [1, 4, 7, 65_536])
    func decimals(chunk: Int) throws {
        let (object, defects) = try value(#"{"a":0.10,"b":-12.500e-03,"c":[1,2.00],"d":9007199254740993}"#, chunk: chunk)
        #expect(object["a"]?.number?.text == "0.10")
        #expect(object["a"]?.number?.value == 0.1)
        #expect(object["b"]?.number?.text == "-12.500e-03")
        #expect(object["b"]?.number?.value == -0.0125)
        #expect(object["c"]?[1]?.number?.text == "2.00")
        #expect(object["d"]?.number?.integer == 9_007_199_254_740_993)
        #expect(defects.isEmpty)
    }

    @Test("Texts are the same however the file is cut into chunks", arguments: [4, 5, 6, 9, 13, 64])
    func chunks(chunk: Int) throws {
        let text = #"{"resourceType":"X","näme":"Ó Faoláin \"é\" \u00e9 \ud83d\ude00 \/ \\ tab\tend","list":[true,false,null,{}, []]}"#
        let (whole, _) = try value(text)
        let (cut, _) = try value(text, chunk: chunk)
        #expect(whole == cut)
        #expect(cut["näme"]?.string == "Ó Faoláin \"é\" é 😀 / \\ tab\tend")
        #expect(cut["list"]?.array?.count == 5)
    }

    @Test("Invariant 3: a repeated key, half a character and a number out of range are faults that name their path")
    func faults() throws {
        let (_, twice) = try value(#"{"a":{"b":1,"c":2,"b":3}}"#)
        #expect(twice.map(\.gravity) == [.fault])
        #expect(twice.first?.place.path == "a.b")
        #expect(twice.first?.message.contains("twice") == true)
        let (_, escaped) = try value(#"{"b":1,"\u0062":3}"#)
        #expect(escaped.first?.gravity == .fault)
        let (_, lone) = try value(#"{"a":["x","\ud800y"]}"#)
        #expect(lone.first?.place.path == "a[1]")
        #expect(lone.first?.gravity == .fault)
        let (_, huge) = try value(#"{"a":{"v":1e999}}"#)
        #expect(huge.first?.place.path == "a.v")
        #expect(huge.first?.gravity == .fault)
        let long = "9".repeated(400)
        let (_, digits) = try value("{\"v\":\(long)}")
        #expect(digits.first?.gravity == .fault)
    }

    @Test("A repeated key is found among many, too")
    func manyKeys() throws {
        let members = (0..<2_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        #expect(try value("{\(members)}").1.isEmpty)
        #expect(try value("{\(members),\"k1234\":0}").1.map(\.gravity) == [.fault])
    }

    @Test("NUL and other control characters in texts are reported and replaced")
    func controls() throws {
        let (object, defects) = try value(#"{"a":"x\u0000y\u001b[31m","b":"line\nnext"}"#)
        #expect(object["a"]?.string == "x\u{FFFD}y\u{FFFD}[31m")
        #expect(object["b"]?.string == "line\nnext")
        #expect(defects.allSatisfy { $0.gravity == .note && $0.place.path == "a" })
        #expect(defects.first?.message.contains("U+0000") == true)
        #expect(error("{\"a\":\"x\u{1B}y\"}")?.message.contains("control character") == true)
    }

    @Test(
        "What is not JSON is refused with line and column",
        arguments: [
            ("{\"a\":1}x", 1, 8), ("{\"a\":1} {\"b\":2}", 1, 9), ("{\"a\":01}", 1, 7), ("{\"a\":1,}", 1, 8), ("{\"a\":\n\n tru}", 3, 5),
            ("{\"a\":[1\n2]}", 2, 1), ("{\"a\" 1}", 1, 6), ("{\"a\":.5}", 1, 6), ("{\"a\":-}", 1, 7), ("{\"a\":1.}", 1, 8),
            ("{\"a\":1e}", 1, 8), ("{\"a\":\"\\q\"}", 1, 9), ("{\"a\":\"\\u12g4\"}", 1, 11), ("[1]", 1, 1), ("{\"a\":NaN}", 1, 6),
            ("{\"a\":\"open", 1, 11), ("{\"a\":{\"b\":[1,", 1, 14), ("{'a':1}", 1, 2),
        ])
    func malformed(text: String, line: Int, column: Int) {
        let found = error(text)
        #expect(found?.kind == .malformed)
        #expect(found?.place.line == line)
        #expect(found?.place.column == column)
        #expect(found?.place.byte != nil)
    }

    @Test("Invalid UTF-8 and UTF-16 are refused; a byte order mark is passed over")
    func encodings() throws {
        func refused(_ bytes: [UInt8]) -> ImportError? {
            do throws(ImportError) {
                _ = try readFHIR(bytes)
                return nil
            } catch { return error }
        }
        let start = Array("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"id\":\"".utf8)
        let end = Array("\"}".utf8)
        #expect(refused(start + [0x41] + end) == nil)
        for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] {
            #expect(refused(start + bad + end)?.message.contains("UTF-8") == true)
        }
        #expect(refused([0xEF, 0xBB, 0xBF] + start + end) == nil)
        #expect(refused([0xFF, 0xFE, 0x7B, 0x00])?.message.contains("UTF-16") == true)
        #expect(refused([])?.message == "the file is empty")
    }

    @Test("Depth is limited, and the message says so with its place")
    func depth() {
        let deep = "{\"a\":" + "[".repeated(80) + "]".repeated(80) + "}"
        #expect(error(deep)?.kind == .limit)
        #expect(error(deep)?.message.contains("64") == true)
        let allowed = "{\"a\":" + "[".repeated(63) + "]".repeated(63) + "}"
        #expect(error(allowed) == nil)
        #expect(error("{\"a\":" + "{\"a\":".repeated(100_000))?.kind == .limit)
    }

    @Test("Entries, values and bytes are limited")
    func limits() {
        var limits = ImportLimits()
        limits.entries = 3
        let patients = (0..<4).map { "{\"resource\":{\"resourceType\":\"Basic\",\"id\":\"b\($0)\"}}" }.joined(separator: ",")
        let text = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[\(patients)]}"
        #expect(refusal(text, limits: limits)?.message.contains("3 entries") == true)
        #expect(refusal(text, limits: limits)?.place.path == "entry[3]")
        limits = ImportLimits()
        limits.valuesPerEntry = 1_000
        #expect(
            refusal("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[[" + "0,".repeated(2_000) + "0]]}", limits: limits)?.kind
                == .limit)
        limits = ImportLimits()
        limits.bytes = 1_000
        #expect(refusal(text + " ".repeated(1_000), limits: limits)?.kind == .limit)
        limits = ImportLimits()
        limits.stringBytes = 1_000
        let long = bundle("{\"resourceType\":\"Basic\",\"x\":\"" + "y".repeated(2_000) + "\"}", observation(quantity("80", "umol/L")))
        let file = try? readFHIR(long, limits: limits)
        #expect(file?.report.refusedCount == 1)
        #expect(file?.report.count(of: "observations") == 1)
    }
}

extension String {
    func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
