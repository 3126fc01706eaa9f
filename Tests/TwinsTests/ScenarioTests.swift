// Scenario forms: missing values are filled in, wrong ones are refused with the place and the limits.
import Testing

@testable import Twins

@Suite("Scenario limits")
struct ScenarioTests {
    let kind = InterventionKind(
        "drug", "Drug",
        fields: [
            Field(
                "start", "Start", .number(unit: .day, limits: 0...100, step: 7), standard: .number(0),
                source: Source("test", .assumption)),
            Field(
                "name", "Name", .choice([Field.Choice("a", "A"), Field.Choice("b", "B")]), standard: .choice("a"),
                source: Source("test", .assumption)),
            Field("again", "Again", .flag, standard: .flag(false), source: Source("test", .assumption)),
        ])

    @Test("missing fields take their standard, given ones stay")
    func completes() throws {
        let done = try kind.completed(Intervention("drug", ["start": .number(100)]))
        #expect(done.values == ["start": .number(100), "name": .choice("a"), "again": .flag(false)])
    }

    @Test(
        "hostile values are refused and the message names field, value and limit",
        arguments: [
            (["start": FieldValue.number(100.001)], "start"), (["start": .number(-1)], "0.0 to 100.0"), (["start": .number(.nan)], "nan"),
            (["start": .number(.infinity)], "inf"), (["start": .choice("a")], "a number"), (["name": .choice("c")], "a, b"),
            (["name": .number(1)], "one of its choices"), (["again": .number(1)], "true or false"),
            (["dose": .number(1)], "start, name, again"),
        ])
    func refuses(values: [String: FieldValue], says: String) {
        let error = #expect(throws: ScenarioError.self) { try kind.completed(Intervention("drug", values)) }
        #expect(error?.description.contains(says) == true)
        #expect(error?.description.contains("drug") == true)
    }
}
