// The Case screen shows what was measured as the record's source wrote it, and never a part of a figure.
import Surface
import Testing
import Twins

@testable import Workstation

@Suite("The Case screen")
struct CaseScreenTests {
    /// The case with one more measure, under a code that the twin does not use.
    private func state(_ value: ObservedValue, then others: ObservedValue...) throws -> State {
        var state = Fixture.state(route: .patientCase)
        let code = Code(system: Code.local, code: "sodium", display: "Sodium")
        for (place, value) in ([value] + others).enumerated() {
            state.open?.subject.observations.append(
                Observation(code: code, time: Fixture.reference.adding(days: Double(place) - 2), value: value))
        }
        return state
    }

    private func line(_ state: State) throws -> String {
        String(try #require(Fixture.text(state).split(separator: "\n").first { $0.contains("Sodium") }))
    }

    private let unit = Unit("mmol/L")

    @Test("A value stands as its source wrote it, with its last zero; one that nobody wrote is rounded")
    func written() throws {
        #expect(try line(state(.quantity(Quantity(5.1, unit, written: "5.10")))).contains(" 5.10 mmol/L"))
        #expect(try line(state(.quantity(Quantity(5.1234, unit)))).contains(" 5.12 mmol/L"))
    }

    @Test("A value too long for its place is rounded, for a figure that is cut off is another figure")
    func long() throws {
        let shown = try line(state(.quantity(Quantity(123.456789, unit, written: "123.4567890"))))
        #expect(shown.contains(" 123 mmol/L") && !shown.contains("123.4"))
    }

    @Test("The latest value is shown in its own unit, not an earlier one's text")
    func latest() throws {
        let earlier = ObservedValue.quantity(Quantity(5.1, unit, written: "5.10"))
        let shown = try line(state(earlier, then: .quantity(Quantity(4200, Unit("umol/L"), written: "4200"))))
        #expect(shown.contains(" 4200 µmol/L") && !shown.contains("5.10"))
        #expect(try line(state(earlier, then: .text("haemolytic"))).contains("haemolytic"))
    }

    @Test("A record that comes again and only writes a number otherwise is shown so, and the twin stays fitted")
    func reloaded() throws {
        var state = try self.state(.quantity(Quantity(5.1, unit, written: "5.1")))
        let theirs = try #require(try self.state(.quantity(Quantity(5.1, unit, written: "5.10"))).open)
        #expect(try line(state).contains(" 5.1 mmol/L"))
        let effects = Update.apply(.caseReloaded(theirs), to: &state)
        #expect(try line(state).contains(" 5.10 mmol/L"))
        #expect(!effects.contains { if case .calibrate = $0 { true } else { false } })
        #expect(state.message?.text.contains("fitted anew") != true)
    }
}
