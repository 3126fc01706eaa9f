// Progression as it is read from a record: RECIST on measured sums, a marker under its drug.
import Testing
import Twins

@testable import TwinLibrary

@Suite("Progression in what was measured")
struct ProgressionTests {
    private static let now = CalendarDay(number: 20_000)

    private func subject(
        _ code: Code, _ unit: Twins.Unit, _ values: [(day: Int, value: Double)], drug: [(drug: Code, from: Int, to: Int?)] = []
    ) -> Subject {
        func instant(_ day: Int) -> Instant { Instant(CalendarDay(number: Self.now.number + day)) }
        return Subject(
            sex: .male, birth: nil,
            observations: values.map { Observation(code: code, time: instant($0.day), value: .quantity(Quantity($0.value, unit))) },
            facts: drug.map {
                CodedFact(
                    kind: .medication, code: $0.drug, start: instant($0.from), end: $0.to.map(instant),
                    status: $0.to == nil ? "active" : "completed")
            }, reference: Instant(endOf: Self.now))
    }

    private func liver(_ sums: [(day: Int, value: Double)]) throws -> (looks: [Int], progression: Int?) {
        let reading = try #require(
            LiverMetastases().progression(in: subject(LiverCodes.sumOfDiameters, .millimetre, sums), after: Self.now))
        return (reading.looks.map { $0.number - Self.now.number }, reading.progression.map { $0.number - Self.now.number })
    }

    @Test("RECIST to the hundredth of a millimetre above the smallest sum from the decision's baseline on")
    func recist() throws {
        let seen = try liver([(-60, 30), (-3, 60), (50, 50), (100, 59.99), (150, 60), (200, 90)])
        // 30 mm before the baseline is no nadir of this decision.
        #expect(seen.looks == [50, 100, 150, 200] && seen.progression == 150)
        #expect(try liver([(0, 20), (50, 24.99)]).progression == nil, "20 % and not yet 5 mm")
        #expect(try liver([(0, 20), (50, 25)]).progression == 50)
        #expect(try liver([(0, 90), (50, 94)]).progression == nil)
    }

    @Test("After an operation a lesion counts from 10 mm, as in the forecast; without a scan before, the first since is the baseline")
    func edges() throws {
        #expect(try liver([(-5, 60), (100, 0), (200, 8)]).progression == nil)
        #expect(try liver([(-5, 60), (100, 0), (200, 8), (300, 13)]).progression == 300)
        let first = try liver([(30, 50), (60, 70)])
        #expect(first.looks == [30, 60] && first.progression == 60)
        let nothing = try liver([(-5, 60)])
        #expect(nothing.looks.isEmpty && nothing.progression == nil)
        #expect(try liver([]).looks.isEmpty)
    }

    private let abiraterone = AvatarCodes.abiraterone
    private let docetaxel = Code(system: Code.atc, code: "L01CD02")

    private func psa(
        _ values: [(day: Int, value: Double)], drug: [(drug: Code, from: Int, to: Int?)]
    ) throws -> (looks: [Int], progression: Int?) {
        let reading = try #require(
            TumourAvatar().progression(in: subject(AvatarCodes.psa, Twins.Unit("ng/mL"), values, drug: drug), after: Self.now))
        return (reading.looks.map { $0.number - Self.now.number }, reading.progression.map { $0.number - Self.now.number })
    }

    @Test("PSA under the drug above 1.2 times its level at the drug's start; exactly 1.2 times is not above")
    func marker() throws {
        let drug = [(drug: abiraterone, from: -100, to: Int?.none)]
        let seen = try psa([(-100, 5), (-50, 2), (-3, 1), (30, 4), (60, 6), (90, 6.1), (120, 9)], drug: drug)
        #expect(seen.looks == [30, 60, 90, 120] && seen.progression == 90)
    }

    @Test("In a recorded pause it does not count, unless it still stands there under the drug; without recorded days it counts")
    func pause() throws {
        let values = [(-100, 5.0), (-3, 1.0), (30, 8.0), (60, 3.0)].map { (day: $0.0, value: $0.1) }
        let paused = [(drug: abiraterone, from: -100, to: Int?.some(5)), (drug: abiraterone, from: 40, to: nil)]
        #expect(try psa(values, drug: paused).progression == nil)
        #expect(try psa(values + [(day: 90, value: 7)], drug: paused).progression == 90)
        #expect(try psa(values, drug: []).progression == 30)
    }

    @Test("Values under another drug are no looks at this one")
    func other() throws {
        let seen = try psa(
            [(-100, 5), (-3, 1), (30, 2), (80, 20)], drug: [(abiraterone, -100, 40), (docetaxel, 60, nil)])
        #expect(seen.looks == [30] && seen.progression == nil)
    }

    @Test("A twin whose disease knows no progression says so")
    func none() {
        #expect(AlzheimerCourse().progression(in: subject(AvatarCodes.psa, .one, []), after: Self.now) == nil)
    }
}
