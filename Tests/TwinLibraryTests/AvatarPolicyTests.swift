// What the avatar promises of its policies: each draw has its own holidays, and scenarios that make no sense are refused.
import Foundation
import Numerics
import Systems
import Testing
import Twins

@testable import TwinLibrary

@Suite("Avatar: policies")
struct AvatarPolicyTests {
    let model = TumourAvatar()
    private static let weeks = (0...156).map { Double($0) * 7 }

    /// A virtual patient of Strobl 2021 as a draw: half of capacity, one resistant cell in a thousand, a quarter turnover, no cost.
    private static let virtual: AvatarDraw = {
        var draw = AvatarPatients.typical
        (draw.level, draw.room, draw.ratio) = (1, 1, 0.001 / 0.999)
        (draw.growth, draw.kill, draw.advantage, draw.turnover) = (0.027, 1.5, 1e-12, 0.25 / 0.75)
        return draw
    }()

    private func run(_ interventions: [Intervention], draws: [AvatarDraw]) async throws -> OrdinaryRun<AvatarPlan> {
        let scenario = try model.allowed(Scenario(name: "test", interventions: interventions))
        let plan = try AvatarPlan(
            scenario: scenario, record: AvatarRecord(marker: .psa, value: 10), clones: AvatarDraw.self, draws: draws,
            horizon: model.horizon, end: model.horizon)
        let states = try await model.integrate(plan, outputs: plan.milestones, concurrency: 1)
        return OrdinaryRun(plan: plan, states: states, asked: [], milestones: Array(plan.milestones.indices))
    }

    private func days(_ interventions: [Intervention], draw: AvatarDraw = virtual) async throws -> Double {
        AvatarReader(try await run(interventions, draws: [draw])).progressionDays()[0]
    }

    @Test("A virtual patient of Strobl 2021 progresses on the published days: 470 continuous, 701 adaptive looked at daily")
    func published() async throws {
        #expect(try await days([AvatarPatients.continuous]).rounded(.up) == 470)
        #expect(try await days([AvatarPatients.adaptive(["interval": .number(1)])]).rounded(.up) == 701)
    }

    @Test("Where resistance costs nothing, nothing dies and there is room, adaptive dosing gains little; crowded, it gains much")
    func gain() async throws {
        var (roomy, crowded) = (Self.virtual, Self.virtual)
        (roomy.turnover, crowded.turnover) = (1e-12, 1e-12)
        (roomy.room, crowded.room) = (3, 1.0 / 3)
        let daily = [AvatarPatients.adaptive(["interval": .number(1)])]
        let (a, b) = (try await days([AvatarPatients.continuous], draw: roomy), try await days(daily, draw: roomy))
        let (c, d) = (try await days([AvatarPatients.continuous], draw: crowded), try await days(daily, draw: crowded))
        #expect([a, b, c, d].map { $0.rounded(.up) } == [296, 315, 452, 663], "tables of Strobl 2021")
    }

    @Test("The drug stops only below its limit and is given again only above it, on days of looking")
    func limits() async throws {
        let times = (0...400).map(Double.init)
        let found = try await model.simulate(
            SimulationRequest(
                values: ["room": 1, "resistant-ratio": 0.001, "growth": 0.027, "kill": 1.5, "turnover": 0.33],
                scenario: Scenario(name: "test", interventions: [AvatarPatients.adaptive(["interval": .number(7)])]), times: times))
        func series(_ name: String) throws -> [Double] { try #require(found.series.first { $0.name == name }?.values) }
        let (drug, burden) = (try series("first-drug"), try series("burden"))
        var changes = 0
        for day in times.indices.dropFirst(2) where drug[day] != drug[day - 1] {
            changes += 1
            // At an event's day the state before it is given, so the change shows a day later.
            #expect((day - 1) % 7 == 0)
            #expect(drug[day] == 1 ? burden[day - 1] > 100 : burden[day - 1] < 50, "day \(day): \(burden[day - 1]) %")
        }
        #expect(changes >= 3)
    }

    @Test("Metronomic dosing has one long course, a pause, then short courses at fixed intervals")
    func metronomic() async throws {
        let weeks: [String: FieldValue] = ["induction": .number(10), "pause": .number(6), "on": .number(2), "off": .number(3)]
        let found = try await model.simulate(
            SimulationRequest(
                values: ["resistant-ratio": 0.001], scenario: Scenario(name: "test", interventions: [Intervention("metronomic", weeks)]),
                times: (0..<(30 * 7)).map { Double($0) + 0.5 }))
        let drug = try #require(found.series.first { $0.name == "first-drug" }?.values)
        let expected = (0..<30).flatMap { week in
            [Double](repeating: week < 10 || (week >= 16 && (week - 16) % 5 < 2) ? 1 : 0, count: 7)
        }
        #expect(drug == expected)
        let cycles = try #require(found.series.first { $0.name == "cycles" }?.values.last)
        #expect(cycles == 3, "given again in weeks 16, 21 and 26")
    }

    @Test(
        "Of docetaxel as second drug both published sets are shown, scaled to the record's count and body surface, with their disagreement")
    func docetaxel() async throws {
        func subject(_ extra: [Observation]) -> Subject {
            var subject = AvatarPatients.patient(psa: [(-60, 20), (-30, 10), (0, 9)], drug: [(-60, nil)])
            subject.observations += extra
            return subject
        }
        func forecast(_ subject: Subject, _ drug: String) async throws -> Forecast {
            let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 50, seed: 1))
            let change = Intervention("switch", ["drug": .choice(drug)])
            return try await model.forecast(
                ForecastRequest(
                    subject: subject, calibration: calibration,
                    scenario: Scenario(name: "test", interventions: [AvatarPatients.continuous, change]), days: [0, 100], seed: 1))
        }
        func nadirs(_ forecast: Forecast) -> [[Double]] {
            ["friberg-2002", "kloft-2006"].compactMap { name in
                forecast.endpoints.first { $0.id == "neutrophils-docetaxel-\(name)" }?.values
            }
        }
        func outlook(_ subject: Subject) throws -> DocetaxelOutlook {
            try DocetaxelOutlook(dose: 75, record: AvatarRecord(subject), drawCount: 1000)
        }
        let typical = try await forecast(subject([]), "docetaxel")
        // 75 mg/m² at 1.8 m²: the first cycle's nadir in the reference file.
        let spread = try outlook(subject([]))
        #expect(abs(spread.typical[0] - 1.353738) < 1e-5)
        #expect(spread.typical.map { MyelosuppressionSet.grade(neutrophils: $0) } == [2, 4], "\(spread.typical)")
        #expect(nadirs(typical) == spread.nadirs.map { Array($0.prefix(50)) }, "the first draws of a thousand are those of fifty")
        for (middle, nadirs) in zip(spread.typical, spread.nadirs) {
            let levels = Quantiles.of(nadirs, levels: [0.1, 0.5, 0.9])
            #expect(abs(levels[1] / middle - 1) < 0.1 && levels[2] > 2.5 * levels[0], "\(levels) about \(middle)")
        }
        #expect(typical.notes.contains { $0.contains("(grade 2) by Friberg 2002") && $0.contains("(grade 4) by Kloft 2006") })
        #expect(typical.notes.contains { $0.hasPrefix("assumption: docetaxel for 1.8 m²") })
        #expect(typical.notes.contains { $0.contains("own baseline, 5.05 and 5.22") })
        let counted = subject([
            OncologyPatients.number(LiverCodes.neutrophils[0], 2.525, Unit("10*9/L"), day: -3),
            OncologyPatients.number(LiverCodes.height, 162, .centimetre, day: -3),
            OncologyPatients.number(LiverCodes.weight, 72, .kilogram, day: -3),
        ])
        let measured = try await forecast(counted, "docetaxel")
        #expect(abs(try outlook(counted).typical[0] / spread.typical[0] - 0.5) < 1e-6, "half the count, half the nadir")
        func ratio(_ values: [Double]) -> Double {
            let levels = Quantiles.of(values, levels: [0.1, 0.9])
            return levels[1] / levels[0]
        }
        #expect(ratio(try outlook(counted).nadirs[0]) < ratio(spread.nadirs[0]), "a count leaves less to differ")
        #expect(measured.notes.contains("docetaxel: from the record's latest count, 2.53 10⁹/L"))
        #expect(nadirs(try await forecast(subject([]), "other")).flatMap { $0 }.isEmpty)
    }

    @Test("Where the marker leaves the share of resistant cells open, the forecast says so in words")
    func unknownShare() async throws {
        func note(_ spread: [Double]) async throws -> String? {
            var draws = [AvatarDraw](repeating: Self.virtual, count: spread.count)
            for index in draws.indices { draws[index].ratio = spread[index] }
            let run = try await run([AvatarPatients.adaptive()], draws: draws)
            let note = AvatarNotes.unknownResistance(AvatarReader(run)).first
            let own = try #require(model.endpoints(of: run).first { $0.id == "resistant-fraction-12-months" }).notes
            for notes in [own, model.notes(of: run)] {
                #expect(notes.filter { $0.contains("not known from") } == (note.map { [$0] } ?? []))
            }
            return note
        }
        let open = try await note((0..<20).map { pow(10, -6 + 0.4 * Double($0)) })
        #expect(open?.hasPrefix("how many cells resist is not known from PSA: ") == true)
        #expect(open?.contains("because today < 1 to ") == true)
        #expect(try await note([Double](repeating: 0.01, count: 20)) == nil)
    }

    @Test("A second drug holds the longer the more resistant cells it reaches, and begins on each draw's own day of progression")
    func change() async throws {
        var slower = Self.virtual
        slower.ratio /= 10
        var failures: [[Double]] = []
        for reached in [0.0, 50, 100] {
            let run = try await run(
                [AvatarPatients.continuous, Intervention("switch", ["reaches": .number(reached)])], draws: [Self.virtual, slower])
            let reader = AvatarReader(run)
            let last = run.plan.milestones.count - 1
            for draw in 0..<2 {
                #expect(run.states[draw, last, ClonalCompetition.State.switchedAt] == reader.progressionDays()[draw])
            }
            #expect(reader.progressionDays()[0] < reader.progressionDays()[1])
            failures.append(reader.failureDays())
        }
        #expect(failures[0][0] < failures[1][0] && failures[1][0] < failures[2][0])
    }

    @Test("Scenarios that make no sense are refused, with the reason")
    func refusals() {
        let subject = AvatarPatients.patient(psa: [(0, 10)], drug: [])
        func reason(_ interventions: [Intervention]) -> String {
            do {
                try model.validate(Scenario(name: "test", interventions: interventions), for: subject)
                return ""
            } catch { return error.description }
        }
        #expect(reason([AvatarPatients.continuous, AvatarPatients.adaptive()]).contains("one policy at a time"))
        #expect(reason([AvatarPatients.adaptive(["off-below": .number(90), "on-above": .number(80)])]).contains("must be less than"))
        let early = Intervention("switch", ["when": .choice("date"), "start": .number(10)])
        #expect(reason([Intervention("continuous", ["start": .number(30)]), early]).contains("before the first drug"))
        #expect(reason([Intervention("switch"), Intervention("switch")]).contains("at most 1"))
        #expect(model.suggestedScenarios(for: subject).allSatisfy { reason($0.interventions) == "" })
    }

    @Test("A forecast is the same bytes on one, two and eight tasks, whatever days are asked for, and draws have holidays of their own")
    func bytes() async throws {
        let subject = AvatarPatients.patient(psa: [(-150, 40), (-120, 14), (-90, 7), (-60, 5), (-30, 5), (0, 6)], drug: [(-150, nil)])
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 600, seed: 1))
        func request(_ days: [Double]) -> ForecastRequest {
            ForecastRequest(
                subject: subject, calibration: calibration, scenario: Scenario(name: "test", interventions: [AvatarPatients.adaptive()]),
                days: days, seed: 1)
        }
        let one = try await model.forecast(request(Self.weeks), concurrency: 1)
        #expect(try await model.forecast(request(Self.weeks), concurrency: 2) == one)
        #expect(try await model.forecast(request(Self.weeks), concurrency: 8) == one)
        #expect(try await model.forecast(request([0, 500, 1200]), concurrency: 2).endpoints == one.endpoints)
        let drug = try #require(one.series.first { $0.observable == "drug" }?.median)
        #expect(drug.contains { $0 > 5 && $0 < 95 }, "some draws pause while others do not")
        let cycles = try #require(one.endpoints.first { $0.id == "cycles" }?.values)
        #expect(Set(cycles).count > 1)
        #expect(one.endpoints.map(\.id) == model.endpointList.map(\.id))
        #expect(one.series.map(\.observable) == ["psa", "burden", "resistant-fraction", "drug"])
        #expect(one.notes.contains { $0.hasPrefix("assumption:") })
    }

    @Test("A record that changed since the calibration is not forecast from")
    func stale() async throws {
        let subject = AvatarPatients.patient(psa: [(-60, 20), (-30, 10), (0, 9)], drug: [(-60, nil)])
        let calibration = try await model.calibrate(subject, settings: CalibrationSettings(draws: 50, seed: 1))
        let other = AvatarPatients.patient(psa: [(-60, 20), (-30, 10), (0, 12)], drug: [(-60, nil)])
        await #expect(throws: TwinError.self) {
            try await model.forecast(
                ForecastRequest(
                    subject: other, calibration: calibration, scenario: model.suggestedScenarios(for: other)[0], days: [0, 100], seed: 1))
        }
    }

    @Test("The evidence passes")
    func evidence() async {
        for check in await model.evidence() { #expect(check.passed, "\(check.name): \(check.obtained) for \(check.expected)") }
    }
}
