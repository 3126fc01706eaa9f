// A number keeps how it was written for as long as it is that number in that unit, and no computation sees it.
import Foundation
import Testing

@testable import Twins

@Suite("How a number was written")
struct QuantityTests {
    private let written = Quantity(5.1, .millimetre, written: "5.10")

    @Test("is shown; without it all digits are") func shown() {
        #expect(written.text == "5.10")
        #expect(Quantity(0.1 + 0.2, .millimetre).text == "0.30000000000000004")
    }

    @Test("is never compared: 5.1 and 5.10 are one value, one hash, one record to a twin") func equal() {
        let other = Quantity(5.1, .millimetre, written: "5.1")
        #expect(written == other && written == Quantity(5.1, .millimetre))
        #expect(Set([written, other]).count == 1)
        #expect(written != Quantity(5.1, .centimetre, written: "5.10") && written != Quantity(5.2, .millimetre))
        func subject(_ quantity: Quantity) -> Subject {
            let now = Instant(milliseconds: 0)
            let code = Code(system: Code.local, code: "length")
            return Subject(
                sex: .unknown, birth: nil, observations: [Observation(code: code, time: now, value: .quantity(quantity))], facts: [],
                reference: now)
        }
        #expect(subject(written) == subject(other))
    }

    @Test(
        "Q1: is dropped where it does not read as the number",
        arguments: ["5.11", "", "5,10", "five", "5.10 ", "\u{1B}[2J5.10", "nan", "٥.١"])
    func other(text: String) { #expect(Quantity(5.1, .millimetre, written: text).written == nil) }

    @Test("Q1: comes back from JSON, and not where somebody changed the number beside it") func coded() throws {
        let text = try String(decoding: JSONEncoder().encode(written), as: UTF8.self)
        #expect(try JSONDecoder().decode(Quantity.self, from: Data(text.utf8)).written == "5.10")
        let changed = text.replacingOccurrences(of: "\"value\":5.1", with: "\"value\":9.1")
        #expect(changed != text)
        #expect(try JSONDecoder().decode(Quantity.self, from: Data(changed.utf8)).text == "9.1")
    }
}
