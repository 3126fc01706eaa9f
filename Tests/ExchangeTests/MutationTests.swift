// Damaged files: whatever is done to the bytes, the answer is an account or an error with a place, never a crash or half a patient.
import TestSupport
import Testing

@testable import Exchange

@Suite("Damaged files never half-import")
struct MutationTests {
    /// A bundle of every kind of resource that is read.
    private static let seed = bundle(
        observation(quantity("80.50", "umol/L")), observation(#""valueString":"text \u00e9 \"q\"""#, id: "o2"),
        #"{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"code":{"text":"a"},"onsetDateTime":"2001"}"#,
        #"{"resourceType":"Procedure","id":"r1","status":"completed","subject":{"reference":"Patient/p1"},"code":{"text":"b"}}"#,
        """
        {"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},"date":"2020-01-01T00:00:00Z",
         "content":[{"attachment":{"contentType":"text/plain","data":"Zm9vYmFy"}}]}
        """,
        #"{"resourceType":"Claim","id":"k1","total":[[[{"a":{"b":[1,2,3e5,null,true]}}]]]}"#)

    private static let insertions = [
        "{", "}", "[", "]", "\"", "\\", ",", ":", "\\u0000", "\\ud800", "1e999", "-", "0", "[[[[[[[[", "{\"a\":", "\u{0}", "\u{1B}[2J",
        "NaN", "null",
        "\"status\":\"final\",", "\"id\":\"x\",", "/*", "\u{FEFF}", "\n\n", "\u{202E}",
    ]

    private func mutated(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<max(1, result.count), using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: if !result.isEmpty { result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            case 1: if !result.isEmpty { result[place] = UInt8.random(in: 0...255, using: &random) }
            case 2: result.removeSubrange(place...)
            case 3: result.insert(contentsOf: Self.insertions.randomElement(using: &random).map { Array($0.utf8) } ?? [], at: place)
            case 4:
                let end = min(result.count, place + Int.random(in: 1...60, using: &random))
                result.insert(contentsOf: result[place..<end], at: place)
            case 5: result.removeSubrange(place..<min(result.count, place + Int.random(in: 1...60, using: &random)))
            default: result.insert(contentsOf: Array("[".repeated(Int.random(in: 1...200, using: &random)).utf8), at: place)
            }
            if result.isEmpty { break }
        }
        return result
    }

    /// Invariant 6: a whole account or an error with a place.
    private func check(_ bytes: [UInt8], chunk: Int, isLines: Bool, _ label: String) -> Bool {
        do throws(ImportError) {
            let file = try readFHIR(bytes, isLines: isLines, chunk: chunk)
            for refused in file.report.refused {
                #expect(!refused.place.path.isEmpty || refused.place.line != nil, "\(label): a refusal without a place")
                #expect(!refused.reason.isEmpty)
            }
            let entry = file.batch.patients
            let held = entry.reduce(0) { $0 + $1.observations.count + $1.facts.count + $1.documents.count }
            let told = ["observations", "conditions", "medications", "procedures", "documents"].reduce(0) { $0 + file.report.count(of: $1) }
            #expect(held == told, "\(label): the account differs from the batch")
            #expect(entry.count == file.report.count(of: "patients"), "\(label)")
            return true
        } catch {
            #expect(error.place.line != nil || error.place.byte != nil || error.message == "the file is empty", "\(label): \(error)")
            #expect(!error.message.isEmpty)
            return false
        }
    }

    @Test("4,000 seeded mutations of a bundle")
    func mutations() {
        var random = Seeded(20_261_126)
        let bytes = Array(Self.seed.utf8)
        var read = 0
        for round in 0..<4_000 {
            let damaged = mutated(bytes, &random)
            if check(damaged, chunk: [5, 64, 65_536][round % 3], isLines: round % 5 == 0, "round \(round)") { read += 1 }
        }
        // Both answers must have been met, or the test proves nothing.
        #expect(read > 200)
        #expect(read < 3_800)
    }

    @Test("Every truncation of a bundle is refused")
    func truncations() {
        let bytes = Array(Self.seed.utf8)
        for count in 0..<bytes.count - 1 { #expect(!check(Array(bytes[0..<count]), chunk: 4096, isLines: false, "cut at \(count)")) }
        #expect(check(bytes, chunk: 4096, isLines: false, "whole"))
    }

    @Test("1,000 mutations of a gzipped bundle")
    func gzipMutations() {
        var random = Seeded(7)
        let bytes = gzipped(Array(Self.seed.utf8))
        for round in 0..<1_000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 2..<damaged.count, using: &random)
                if Bool.random(using: &random) {
                    damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                } else {
                    damaged.removeSubrange(place...)
                    break
                }
                if damaged.count < 4 { break }
            }
            do throws(ImportError) {
                let file = try readFHIR(damaged)
                // A flipped bit in the header's free fields leaves the contents whole; the checksum vouches for them.
                #expect(file.report.count(of: "observations") == 2, "round \(round)")
            } catch { #expect(!error.message.isEmpty) }
        }
    }

    @Test("1,000 mutations of a table and its mapping")
    func tableMutations() throws {
        var random = Seeded(99)
        let table = Array("ID,TIME,X\na-1,70.5,0.25\na-1,71,NA\n\"b-2\",80.25,\"0.5\"\n".utf8)
        let text = """
            [patient]\ncolumn = "ID"\n[time]\ncolumn = "TIME"\nkind = "age_years"\nnominal_birth = 1940-01-01\n
            [[value]]\ncolumn = "X"\ncode = "x"\nunit = "{index}"\nscale = 2.5\n
            """
        let map = try CSVMap(text: text, file: "m.toml")
        for _ in 0..<1_000 {
            do throws(ImportError) {
                let file = try CSVImport.read(MemorySource(mutated(table, &random), chunk: 3), file: "t.csv", map: map)
                #expect(file.batch.patients.reduce(0) { $0 + $1.observations.count } == file.report.count(of: "observations"))
            } catch { #expect(!error.message.isEmpty) }
            do throws(ImportError) {
                _ = try CSVMap(text: String(decoding: mutated(Array(text.utf8), &random), as: UTF8.self), file: "m.toml")
            } catch { #expect(error.kind == .mapping) }
        }
    }

    @Test("A gzip bomb is stopped at the limit; a truncated or padded gzip file is told")
    func gzip() throws {
        let bomb = gzipped([UInt8](repeating: 0x20, count: 80 * 1024 * 1024))
        #expect(bomb.count < 200_000)
        let error = #expect(throws: ImportError.self) { _ = try readFHIR(bomb) }
        #expect(error?.kind == .limit)
        let whole = gzipped(Array(Self.seed.utf8))
        #expect(try readFHIR(whole).report.count(of: "observations") == 2)
        #expect(try readFHIR(whole + [0, 0, 0]).report.count(of: "observations") == 2)
        let half = Array(Self.seed.utf8)
        let members = gzipped(Array(half[..<300])) + gzipped(Array(half[300...]))
        #expect(try readFHIR(members).report.count(of: "observations") == 2)
        let cut = #expect(throws: ImportError.self) { _ = try readFHIR(Array(whole.dropLast(9))) }
        #expect(cut?.message.contains("cut short") == true)
    }
}
