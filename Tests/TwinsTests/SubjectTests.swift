// From observations to measurements: nothing from after «now», nothing in a unit that does not convert, nothing impossible.
import Testing

@testable import Twins

@Suite("Measurements of a record")
struct SubjectTests {
    let code = Code(system: Code.local, code: "length")
    let now = Instant(milliseconds: 1_000_000_000_000)
    var observable: Observable {
        Observable(
            "length", label: "Length", unit: .millimetre, codes: [code], range: 0...100, better: nil, residualSD: 1,
            source: Source("test", .assumption))
    }

    private func subject(_ observations: [(Double, ObservedValue)]) -> Subject {
        Subject(
            sex: .unknown, birth: nil,
            observations: observations.map { Observation(code: code, time: now.adding(days: $0.0), value: $0.1) }, facts: [],
            reference: now)
    }

    @Test("values come in order of time, in the observable's unit, up to now")
    func conversions() {
        let subject = subject([
            (0, .quantity(Quantity(3, .centimetre))), (-10, .quantity(Quantity(20, .millimetre))), (1, .quantity(Quantity(9, .millimetre))),
        ])
        let (used, leftOut) = subject.measurements(of: [observable])
        #expect(used == [Measurement(observable: "length", day: -10, value: 20), Measurement(observable: "length", day: 0, value: 30)])
        #expect(leftOut.isEmpty)
        #expect(subject.latest([code], in: .centimetre)?.value == 3)
        #expect(subject.age(at: now) == nil)
    }

    @Test("what cannot be used is named with its date and reason")
    func leftOut() {
        let (used, leftOut) = subject([
            (-3, .quantity(Quantity(5, .kilogram))), (-2, .quantity(Quantity(500, .millimetre))), (-1, .text("long")),
            (0, .quantity(Quantity(.nan, .millimetre))),
        ]).measurements(of: [observable])
        #expect(used.isEmpty)
        #expect(leftOut.count == 3)
        #expect(leftOut[0].contains("kg does not convert to mm"))
        #expect(leftOut[1].contains("not possible"))
        #expect(leftOut[1].contains("2001-09-07"))
    }

    @Test("the same value at the same time counts once, another value or another time does count")
    func repeated() {
        let (used, leftOut) = subject([
            (-3, .quantity(Quantity(50, .millimetre))), (-3, .quantity(Quantity(5, .centimetre))),
            (-3, .quantity(Quantity(51, .millimetre))), (-2, .quantity(Quantity(50, .millimetre))),
        ]).measurements(of: [observable])
        #expect(used.map(\.value) == [50, 51, 50])
        #expect(leftOut.count == 1 && leftOut[0].contains("counted once") && leftOut[0].contains("2001-09-06"))
    }
}
