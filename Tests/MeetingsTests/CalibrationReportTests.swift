// Forecasts against what happened, held against figures that were worked out by hand.
import Records
import Testing
import Twins

@testable import Meetings

@Suite("What was forecast against what happened")
struct CalibrationReportTests {
    private static let day = CalendarDay(number: 20_000)

    private func point(_ value: Double, pit: Double, better: Direction? = .lower) -> OutcomePoint {
        OutcomePoint(
            observable: "size", label: "size", unit: .millimetre, day: 30, value: value, lower: 10, median: 20, upper: 30, pit: pit,
            better: better)
    }

    private func entry(
        _ id: Int64, choice: Choice = .scenario("A"), standing: ChoiceStanding, points: [OutcomePoint], look: FollowUp?,
        predicted: Double? = nil
    ) -> FollowUpCase {
        let figures = predicted.map {
            [
                SeenFigure(
                    scenario: "A", endpoint: "progression-free at 12 months", unit: .one, value: $0, lower: 0, upper: 1, words: "",
                    notes: [],
                    isShare: true)
            ]
        }
        let seen = SimulationSeen(
            model: "m", modelVersion: "1", drawsSHA256: "00", seed: 1, reference: Instant(Self.day), scenarios: [], figures: figures ?? [])
        let decision = Decision(
            agendaItem: id, version: 1,
            draft: DecisionDraft(
                present: [], question: "", options: ["A"], choice: choice, followUp: CalendarDay(number: Self.day.number + 90)),
            signedBy: "", signedAt: Instant(Self.day), quorumReached: true, seen: seen)
        let item = AgendaItem(
            id: id, meeting: "m1", position: 1, patient: "P-\(id)", model: "m", question: "", reference: Instant(Self.day), state: .decided)
        let meeting = Meeting(id: "m1", title: "", board: "liver", day: Self.day, time: "09:00", chair: "", isDemo: true, seats: [])
        let looks = look.map {
            [RecordedFollowUp(value: $0, version: 1, actor: "c", time: Instant(CalendarDay(number: Self.day.number + 100)))]
        }
        return FollowUpCase(item: item, meeting: meeting, decision: decision, looks: looks ?? [], points: points, standing: standing)
    }

    @Test("Wilson's interval is that of the tables: 8 of 10 is 49 to 94 %, 0 of 5 is 0 to 43 %")
    func wilson() throws {
        let eight = try #require(BinomialShare(8, of: 10).interval)
        #expect(abs(eight.lower - 0.4901625) < 1e-6 && abs(eight.upper - 0.9433178) < 1e-6)
        let none = try #require(BinomialShare(0, of: 5).interval)
        // z²/(n + z²) = 3.841459/8.841459
        #expect(none.lower == 0 && abs(none.upper - 0.4344825) < 1e-6)
        #expect(BinomialShare(0, of: 0).interval == nil)
    }

    @Test("The report equals the hand calculation")
    func report() {
        let cases = [
            // Carried out: four measurements, of which PIT 0.05 lies outside 80 % and 0.97 outside 90 %.
            entry(
                1, standing: .favoured, points: [point(8, pit: 0.05), point(20, pit: 0.5), point(25, pit: 0.7), point(34, pit: 0.97)],
                look: FollowUp(
                    carriedOut: .yes, outcomes: [KnownOutcome(endpoint: "progression-free at 12 months", happened: true)]), predicted: 0.7),
            entry(
                2, standing: .simulated, points: [point(20, pit: 0.55)],
                look: FollowUp(
                    carriedOut: .yes, outcomes: [KnownOutcome(endpoint: "progression-free at 12 months", happened: false)]), predicted: 0.6),
            // Not carried out: what happened is no test of the forecast.
            entry(
                3, standing: .favoured, points: [point(50, pit: 0.99)],
                look: FollowUp(carriedOut: .no, reason: "he declined", givenInstead: "supportive care")),
            entry(4, choice: .other("observe"), standing: .notSimulated, points: [], look: nil),
        ]
        let report = CalibrationReport(cases)
        #expect(report.cases == 4 && report.measurements == 5 && report.leftOut == 1)
        // |PIT − 0.5|: 0.45, 0, 0.2, 0.47, 0.05.
        #expect(report.coverage.map(\.share.count) == [3, 3, 4])
        #expect(report.coverage.map(\.level) == [0.5, 0.8, 0.9])
        #expect(report.pitBins == [1, 0, 2, 1, 1])
        // ((0.7 − 1)² + (0.6 − 0)²) / 2 = (0.09 + 0.36) / 2
        #expect(abs((report.brier ?? 0) - 0.225) < 1e-12)
        #expect(report.reliability.count == 1)
        #expect(abs((report.reliability.first?.meanPredicted ?? 0) - 0.65) < 1e-12)
        #expect(report.reliability.first?.happened == BinomialShare(1, of: 2))
        #expect(report.departures.map(\.standing) == [.favoured, .simulated, .notSimulated])
        #expect(report.departures[0].decisions == 2 && report.departures[0].carriedOut == [.yes: 1, .no: 1])
        // Lower is better: 8 is below the band, 34 and 50 above it.
        #expect(report.departures[0].courses == [.better: 1, .asForecast: 2, .worse: 2])
        #expect(report.notCarriedOut.map(\.reason) == ["he declined"] && report.notCarriedOut[0].givenInstead == "supportive care")
    }

    @Test("Predicted 60 % and 80 % fall into their own fifths: a bound belongs to the fifth above it")
    func bins() {
        func one(_ id: Int64, _ p: Double) -> FollowUpCase {
            entry(
                id, standing: .favoured, points: [],
                look: FollowUp(carriedOut: .yes, outcomes: [KnownOutcome(endpoint: "progression-free at 12 months", happened: true)]),
                predicted: p)
        }
        let report = CalibrationReport([one(1, 0.5), one(2, 0.8), one(3, 1)])
        #expect(report.reliability.map(\.range.lowerBound) == [0.4, 0.8])
        #expect(report.reliability.map(\.happened.total) == [1, 2])
    }

    @Test("A measurement is expected as wide as draws and error together; without draws' spread it is the normal error alone")
    func predictive() throws {
        let point = try #require(Predictive(quantiles: Array(repeating: 50, count: 7), residualSD: 10))
        // The 90 % quantile of N(50, 10²) is 50 + 1.281552 · 10.
        #expect(abs(point.quantile(0.9) - 62.81552) < 1e-4 && abs(point.quantile(0.5) - 50) < 1e-6)
        #expect(abs(point.probability(atMost: 60) - 0.8413447) < 1e-6)
        // Draws from N(0, 3²) and an error of 4: a measurement is N(0, 5²).
        let z = [-1.644854, -1.281552, -0.6744898, 0, 0.6744898, 1.281552, 1.644854]
        let both = try #require(Predictive(quantiles: z.map { 3 * $0 }, residualSD: 4))
        #expect(abs(both.quantile(0.9) - 5 * 1.281552) < 0.15)
        #expect(Predictive(quantiles: [1, 2], residualSD: 1) == nil)
        #expect(Predictive(quantiles: Array(repeating: Double.nan, count: 7), residualSD: 1) == nil)
    }

    @Test("A decision is due from its review date until somebody has looked on or after it")
    func due() {
        let open = entry(1, standing: .favoured, points: [], look: nil)
        #expect(!open.isDue(on: CalendarDay(number: Self.day.number + 89)) && open.isDue(on: CalendarDay(number: Self.day.number + 90)))
        #expect(
            !entry(2, standing: .favoured, points: [], look: FollowUp(carriedOut: .yes)).isDue(
                on: CalendarDay(number: Self.day.number + 200)))
    }

    @Test("The interval score is the width, and ten times the miss of an 80 % interval")
    func intervalScore() {
        #expect(TrainingScore.intervalScore(lower: 40, upper: 60, value: 50) == 20)
        #expect(TrainingScore.intervalScore(lower: 40, upper: 60, value: 63) == 20 + 10 * 3)
        #expect(TrainingScore.intervalScore(lower: 40, upper: 60, value: 38) == 20 + 10 * 2)
    }

    @Test("A class is scored against the outcome, what was given, and the experts but itself")
    func scores() {
        func vote(_ choice: String, _ lower: Double, _ upper: Double, expert: Bool = false) -> TrainingVote {
            TrainingVote(choice: choice, lower: lower, upper: upper, isExpert: expert)
        }
        let result = TrainingResult(
            value: 50, forecasts: [TrainingForecast(scenario: "A", lower: 30, median: 45, upper: 55)], given: "A", seed: 1)
        let scores = TrainingScore.scores(
            [("Ann", vote("A", 40, 60)), ("Ben", vote("B", 60, 70)), ("Expert", vote("A", 45, 55, expert: true))], result)
        #expect(scores.map(\.name) == ["Expert", "Ann", "the twin", "Ben"])
        #expect(scores.map(\.intervalScore) == [10, 20, 25, 110])
        #expect(scores.map(\.choseGiven) == [true, true, nil, false])
        #expect(scores.map(\.withExperts) == [nil, 1, nil, 0])
    }

    @Test("Invariant 7: nothing after the cut is in the record: no value, no fact, no end of a course, no word of how it ended")
    func cut() {
        let now = Instant(Self.day)
        func fact(_ code: String, _ start: Double?, _ end: Double?, _ status: String) -> CodedFact {
            CodedFact(
                kind: .medication, code: Code(system: Code.local, code: code), start: start.map { now.adding(days: $0) },
                end: end.map { now.adding(days: $0) }, status: status)
        }
        let subject = Subject(
            sex: .male, birth: nil,
            observations: [-10.0, 0.5, 1.5].map {
                Observation(code: Code(system: "s", code: "c"), time: now.adding(days: $0), value: .text("\($0)"))
            },
            facts: [
                fact("over", -30, -20, "completed"), fact("goes on", -30, 40, "completed"), fact("later", 2, nil, "active"),
                fact("undated", nil, nil, "active"), fact("open", -5, nil, "stopped"),
            ], reference: now.adding(days: 100))
        let cut = subject.cut(at: Self.day)
        #expect(cut.reference == Instant(endOf: Self.day))
        #expect(cut.observations.count == 2)
        #expect(cut.facts.map(\.code.code) == ["over", "goes on", "open"])
        #expect(cut.facts.map(\.status) == ["completed", "active", "active"])
        #expect(cut.facts.map(\.end) == [now.adding(days: -20), nil, nil])
    }
}
