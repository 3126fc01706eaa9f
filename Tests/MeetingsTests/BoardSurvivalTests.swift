// How long a board's patients went without progression: who counts, for how long, and the figures against R's and a pencil's.
import Records
import Testing
import Twins

@testable import Meetings

@Suite("A board's patients after its decisions")
struct BoardSurvivalTests {
    private static let day = CalendarDay(number: 20_000)
    private static let rule = ProgressionRule(
        criterion: "size", words: "larger", endpoint: "time-to-progression", freeUntil: ["Free at 12 months": 365.25])

    private func reading(_ looks: [Int], progression: Int? = nil) -> ProgressionReading {
        func day(_ number: Int) -> CalendarDay { CalendarDay(number: Self.day.number + number) }
        return ProgressionReading(rule: Self.rule, looks: looks.map(day), progression: progression.map(day))
    }

    private func time(_ looks: [Int], progression: Int? = nil, noted: Bool? = nil, nowBefore: Int = 0) -> ProgressionFreeTime {
        ProgressionFreeTime(
            reading(looks, progression: progression), start: Self.day, now: CalendarDay(number: Self.day.number - nowBefore),
            noted: noted.map {
                [KnownOutcome(endpoint: "Free at 12 months", happened: $0), KnownOutcome(endpoint: "Other", happened: false)]
            }
                ?? [])
    }

    @Test("An event is the visit that shows it, and came since the visit before; without one the last look counts; without a look, day 0")
    func counting() {
        let event = time([30, 60, 90, 120], progression: 90)
        #expect(event.days == 90 && event.isEvent && event.end == .progression && event.seenFreeUntil == 60)
        let first = time([30], progression: 30)
        #expect(first.days == 30 && first.seenFreeUntil == 0)
        let free = time([30, 60])
        #expect(free.days == 60 && !free.isEvent && free.end == .lastSeen && free.seenFreeUntil == 60)
        let none = time([])
        #expect(none.days == 0 && !none.isEvent && none.end == .nothingMeasured)
    }

    @Test("What somebody noted counts where nothing measured says it: free at a year is a look, not free an event by then")
    func noted() {
        #expect(time([], noted: false).days == 365 && time([], noted: false).end == .notedProgression)
        #expect(time([100, 400], noted: false).seenFreeUntil == 100)
        // Measured before the year is over: the measurement says when.
        #expect(time([100, 200], progression: 200, noted: false).days == 200)
        #expect(time([100, 400], progression: 400, noted: false).days == 365)
        let free = time([100], noted: true)
        #expect(free.days == 365 && free.end == .lastSeen)
        // «Now» came ten days before the decision: the year is over ten days earlier.
        #expect(time([], noted: false, nowBefore: 10).days == 355)
    }

    private func decision(_ version: Int, signed day: Int, choice: String) -> Decision {
        Decision(
            agendaItem: 1, version: version,
            draft: DecisionDraft(present: [], question: "", options: [choice], choice: .scenario(choice)), signedBy: "",
            signedAt: Instant(CalendarDay(number: Self.day.number + day)), quorumReached: true, seen: nil)
    }

    @Test("A decision that is amended counts as it stood at the first look since: later changes move nobody into another group")
    func amended() {
        let versions = [decision(1, signed: 0, choice: "A"), decision(2, signed: 5, choice: "B"), decision(3, signed: 90, choice: "C")]
        #expect(versions.standing(at: CalendarDay(number: Self.day.number + 60))?.draft.choice == .scenario("B"))
        #expect(versions.standing(at: nil)?.draft.choice == .scenario("C"), "nothing was measured: the last stands")
        // Signed late, after the first look: then the first version is all there was.
        #expect([versions[2]].standing(at: Self.day)?.version == 3)
    }

    @Test("A treatment is its kinds in the model's order, whatever dates and names; a choice that was not simulated is something else")
    func treatments() {
        let kinds = [InterventionKind("drug", "Drug", fields: []), InterventionKind("knife", "Operation", fields: [])]
        let scenarios = [
            Scenario(name: "late", interventions: [Intervention("knife"), Intervention("drug"), Intervention("drug")]),
            Scenario(name: "none", interventions: []),
        ]
        #expect(DecidedOutcome.treatment(.scenario("late"), scenarios: scenarios, kinds: kinds) == "Drug + Operation")
        #expect(DecidedOutcome.treatment(.scenario("none"), scenarios: scenarios, kinds: kinds) == "No treatment")
        #expect(DecidedOutcome.treatment(.other("wait"), scenarios: scenarios, kinds: kinds) == "Something else")
        #expect(DecidedOutcome.treatment(nil, scenarios: scenarios, kinds: kinds) == "Something else")
    }

    private func entry(
        _ id: Int64, patient: String? = nil, _ days: Int, event: Bool, treatment: String = "T", forecast: [Double]? = nil, shift: Int = 0,
        carriedOut: FollowUp.CarriedOut? = nil, start: Int = 0
    ) -> FollowUpCase {
        let item = AgendaItem(
            id: id, meeting: "m1", position: 1, patient: patient ?? "P-\(id)", model: "m", question: "", reference: Instant(Self.day),
            state: .decided)
        let meeting = Meeting(id: "m1", title: "", board: "liver", day: Self.day, time: "09:00", chair: "", isDemo: true, seats: [])
        let look = carriedOut.map {
            [RecordedFollowUp(value: FollowUp(carriedOut: $0), version: 1, actor: "c", time: Instant(Self.day))]
        }
        var entry = FollowUpCase(item: item, meeting: meeting, decision: decision(1, signed: 0, choice: "A"), looks: look ?? [])
        let end: ProgressionFreeTime.End = event ? .progression : days == 0 ? .nothingMeasured : .lastSeen
        entry.outcome = DecidedOutcome(
            rule: Self.rule,
            time: ProgressionFreeTime(
                start: CalendarDay(number: Self.day.number + start), days: days, end: end, seenFreeUntil: event ? 0 : days),
            treatment: treatment,
            forecast: forecast.flatMap { values in
                ProgressionForecast(
                    Endpoint(id: "time-to-progression", label: "", unit: .month, better: .higher, values: values, ceiling: 24), shift: shift
                )
            })
        return entry
    }

    /// Weeks of remission of 42 children with leukaemia, 6-mercaptopurine against placebo (Freireich 1963): `MASS::gehan`.
    private var gehan: [FollowUpCase] {
        let drug: [(Int, Bool)] = [
            (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true),
            (16, true),
            (17, false), (19, false), (20, false), (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
        ]
        let placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
        return drug.enumerated().map { entry(Int64($0), $1.0, event: $1.1, treatment: "6-MP") }
            + placebo.enumerated().map { entry(Int64(100 + $0), $1, event: true, treatment: "placebo") }
    }

    @Test("R's figures of a trial known by heart: medians, their limits, log-rank and the hazard ratio with Efron's ties")
    func published() throws {
        let survival = BoardSurvival(try #require(BoardCohort.all(of: gehan).first), by: .treatment)
        #expect(survival.groups.map(\.name) == ["6-MP", "placebo"] && survival.groups.map(\.events) == [9, 21])
        #expect(survival.groups.map(\.median) == [23, 8] && survival.groups.map(\.medianLow) == [16, 4])
        #expect(survival.groups.map(\.medianHigh) == [nil, 12])
        // survdiff: 16.79 on 1 degree, expected 19.3 and 10.7.
        let test = try #require(survival.test.value)
        #expect(abs(test.chiSquare - 16.79294) < 1e-4 && test.degreesOfFreedom == 1 && abs(test.pValue - 4.17e-5) < 1e-7)
        #expect(abs(test.expected[0] - 19.25) < 0.01 && abs(test.expected[1] - 10.75) < 0.01)
        // coxph: 1.57213, exp 4.81687 [2.147, 10.81], p 0.000138.
        let hazard = try #require(survival.hazardRatio.value)
        #expect(hazard.group == "placebo" && hazard.beside == "6-MP")
        #expect(abs(hazard.ratio - 4.81687) < 1e-4 && abs(hazard.low - 2.147) < 1e-3 && abs(hazard.high - 10.81) < 1e-2)
        #expect(abs(hazard.pValue - 0.000138) < 1e-6)
        #expect(!survival.hasFewEvents)
        // 21 at risk up to the first event; of four at week 6 three relapse: 18/21.
        #expect(survival.groups[0].atRisk(at: 6) == 21 && survival.groups[0].atRisk(at: 7) == 17)
        #expect(abs(survival.groups[0].free(after: 6) - 18.0 / 21) < 1e-12)
    }

    @Test("By hand: 5 patients, ties, one censored with an event and one of whom nothing is measured")
    func hand() throws {
        let cases = [
            entry(1, 10, event: true), entry(2, 10, event: false), entry(3, 20, event: true), entry(4, 30, event: false),
            entry(5, 0, event: false),
        ]
        let cohort = try #require(BoardCohort.all(of: cases).first)
        #expect(cohort.members.count == 5 && cohort.events == 2 && cohort.nothingMeasured == 1)
        let group = try #require(BoardSurvival(cohort, by: .together).groups.first)
        // Five at risk on day 0, four on day 10 (one event, one seen last that day), two on day 20.
        #expect([0, 10, 20, 30, 31].map { group.atRisk(at: $0) } == [5, 4, 2, 1, 0])
        #expect(abs(group.free(after: 10) - 0.75) < 1e-12 && abs(group.free(after: 20) - 0.375) < 1e-12)
        #expect(group.median == 20 && group.censored == [0, 10, 30])
    }

    @Test("A patient counts once, by the first decision; later ones are said")
    func once() throws {
        let cases = [
            entry(2, patient: "P", 40, event: true, treatment: "late", start: 50),
            entry(1, patient: "P", 80, event: false, treatment: "early"),
        ]
        let cohort = try #require(BoardCohort.all(of: cases).first)
        #expect(cohort.members.map(\.outcome.treatment) == ["early"] && cohort.laterDecisions == 1)
    }

    @Test("Of many treatments the two most frequent stand for themselves; other groupings have their own names")
    func groupings() throws {
        let names = ["a", "a", "a", "b", "b", "c", "d"]
        let cohort = try #require(
            BoardCohort.all(
                of: names.enumerated().map {
                    entry(Int64($0), 10, event: true, treatment: $1, carriedOut: $0 == 0 ? .no : $0 == 1 ? .yes : nil)
                }
            )
            .first)
        #expect(cohort.groups(.treatment) == ["a", "a", "a", "b", "b", "other treatments", "other treatments"])
        #expect(Set(cohort.groups(.carriedOut)) == ["carried out", "partly or not carried out", "nobody has noted it"])
        #expect(Set(cohort.groups(.simulation)) == ["no simulation seen"] && Set(cohort.groups(.together)).count == 1)
    }

    @Test("Where there is nothing to compare it says so: one group, no event, an end-less ratio, three groups")
    func reasons() throws {
        func survival(_ cases: [FollowUpCase]) throws -> BoardSurvival {
            BoardSurvival(try #require(BoardCohort.all(of: cases).first), by: .treatment)
        }
        let alone = try survival([entry(1, 10, event: true)])
        #expect(alone.test.reason?.contains("one group") == true && alone.hazardRatio.reason != nil && alone.hasFewEvents)
        let quiet = try survival([entry(1, 10, event: false, treatment: "A"), entry(2, 0, event: false, treatment: "B")])
        #expect(quiet.test.reason == "nobody has progressed yet" && quiet.groups.count == 2)
        let apart = try survival([
            entry(1, 10, event: true, treatment: "A"), entry(2, 20, event: true, treatment: "A"),
            entry(3, 30, event: false, treatment: "B"),
        ])
        #expect(apart.test.value != nil && apart.hazardRatio.reason?.contains("nobody progressed in «B»") == true)
        // Everybody in B progresses before the first of A: the ratio has no end, though both groups have events.
        let after = try survival([
            entry(1, 10, event: true, treatment: "B"), entry(2, 12, event: true, treatment: "B"), entry(3, 30, event: true, treatment: "A"),
            entry(4, 40, event: true, treatment: "A"),
        ])
        #expect(after.hazardRatio.reason?.contains("no end") == true)
        let three = try survival(["A", "B", "C"].enumerated().map { entry(Int64($0), 10 + $0, event: true, treatment: $1) })
        #expect(three.test.value?.degreesOfFreedom == 2 && three.hazardRatio.reason?.contains("two groups") == true)
    }

    @Test("The forecast is the mean share of each patient's own draws; who has none is left out of it and of what is seen beside it")
    func forecast() throws {
        let month = DayCount.month
        let cases = [
            entry(1, 300, event: true, forecast: [2, 4, 24, 24]), entry(2, 200, event: false, forecast: [6, 24]),
            entry(3, 400, event: false),
        ]
        let survival = BoardSurvival(try #require(BoardCohort.all(of: cases).first), by: .together)
        // At 3 months 3/4 and 1 are free, at 5 months 2/4 and 1, at 7 months 2/4 and 1/2.
        #expect([3, 5, 7].map { survival.forecastFree(after: $0 * month) } == [0.875, 0.75, 0.5])
        #expect(survival.cohort.forecasts.count == 2 && survival.seenBesideForecast?.count == 2)
        #expect(survival.forecast.days.count == 401 && survival.forecast.free.first == 1)
        #expect(survival.months(atMost: 6) == [0, 3, 6, 9, 12])
        // The decision came 100 days after «now»: draws that progressed until then are not of this patient.
        let late = try #require(entry(4, 10, event: false, forecast: [2, 4, 24], shift: 100).outcome?.forecast)
        #expect(late.days.count == 2 && abs(late.days[0] - (4 * month - 100)) < 1e-9 && abs(late.horizon - (24 * month - 100)) < 1e-9)
        #expect(entry(5, 10, event: false, forecast: [.nan]).outcome?.forecast == nil)
        let none = BoardSurvival(try #require(BoardCohort.all(of: [entry(1, 10, event: true)]).first), by: .together)
        #expect(none.forecast.days.isEmpty && none.seenBesideForecast == nil)
    }

    @Test("Cases of a twin that knows no progression are in no curve, and counted")
    func without() {
        var plain = entry(1, 10, event: true)
        plain.outcome = nil
        #expect(BoardCohort.all(of: [plain]).isEmpty && BoardCohort.without([plain, entry(2, 10, event: true)]) == 1)
    }
}
