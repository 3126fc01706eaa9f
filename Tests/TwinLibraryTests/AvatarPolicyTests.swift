// What the avatar promises of its policies: each draw has its own holidays, and scenarios that make no sense are refused.
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
            scenario: scenario, record: AvatarRecord(marker: .psa, value: 10), draws: draws, horizon: model.horizon, end: model.horizon)
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
