// Cycles that wait for neutrophils: what is promised of every draw, whatever its marrow.
import Numerics
import Systems
import Testing
import Twins

@testable import TwinLibrary

@Suite("Liver metastases: neutrophils and held cycles")
struct OncologyLiverHoldTests: LiverSuite {
    let model = LiverMetastases()
    private typealias Patients = OncologyPatients
    private typealias State = LiverTreatmentSystem.State

    private func run(
        _ subject: Subject, _ interventions: [Intervention], draws: Int = 200, days: [Double] = OncologyPatients.days
    ) async throws -> OrdinaryRun<LiverPlan> {
        let calibration = try await calibrated(subject, draws: draws)
        return try await model.run(try model.prepared(Patients.forecast(subject, calibration, interventions, days: days)), concurrency: 2)
    }

    /// Courses in which many cycles are held: two-weekly, three-weekly, an odd interval, two regimens.
    private let courses: [[Intervention]] = [
        [OncologyPatients.systemic("folfox", ["cycles": .number(8), "hold-threshold": .number(2.5)])],
        [OncologyPatients.systemic("folfox", ["cycles": .number(5), "interval": .number(21), "hold-threshold": .number(3)])],
        [OncologyPatients.systemic("5-fu", ["cycles": .number(5), "interval": .number(10), "hold-threshold": .number(3)])],
        [
            OncologyPatients.systemic("folfox", ["start": .number(3), "cycles": .number(4), "hold-threshold": .number(2.5)]),
            OncologyPatients.systemic("folfiri", ["start": .number(59), "cycles": .number(4), "hold-threshold": .number(2.5)]),
            OncologyPatients.resection(150),
        ],
    ]

    @Test(
        "Invariant L4: no dose below the threshold, none before it is due, none beyond the regimen; delays are whole weeks; every hold is logged"
    )
    func invariants() async throws {
        for (number, course) in courses.enumerated() {
            let run = try await run(Patients.patient(sums: [(0, 80)]), course)
            let reader = LiverReader(run)
            var (held, below) = (0, 0)
            for decisions in reader.decisions {
                let regimen = decisions.dosing.regimen
                for draw in 0..<run.drawCount {
                    var due = decisions.dosing.planned[0]
                    var cycle = 1
                    for (index, week) in decisions.weeks.enumerated() {
                        let place = try #require(reader.place(of: week))
                        let count = run.states[draw, place, State.neutrophils]
                        let (given, put) = (decisions.given[index * run.drawCount + draw], decisions.held[index * run.drawCount + draw])
                        let day = week * 7
                        let isDue = abs(day - due) < 1e-6 && cycle <= regimen.cycles
                        #expect(isDue == (given > 0 || put > 0), "course \(number), draw \(draw), day \(day)")
                        if given > 0 {
                            #expect(count >= regimen.threshold && Int(given) == cycle)
                            due = decisions.dosing.candidates[index].next
                            cycle += 1
                        } else if put > 0 {
                            #expect(count < regimen.threshold && Int(put) == cycle)
                            held += 1
                            due = decisions.dosing.candidates[index].later ?? .infinity
                            #expect(
                                due == .infinity || abs((due - day - regimen.delay)) < 1e-6 || number == 3,
                                "a week, unless an operation is near")
                        }
                    }
                    #expect(decisions.givenCount(draw) == cycle - 1)
                    if cycle - 1 < regimen.cycles { below += 1 }
                }
            }
            #expect(held > 50, "course \(number) must test holds")
            _ = below
        }
    }

    @Test("What is read as given and held is what was integrated: after each decision so many cycles are left, and the next is due then")
    func decisionsAreThoseIntegrated() async throws {
        let pausing = [
            Patients.systemic("5-fu", ["cycles": .number(6), "hold-threshold": .number(2.5)]), Patients.embolisation(7),
            Patients.resection(7, ["when": .choice("remnant"), "hold": .number(2)]),
        ]
        for course in courses + [pausing] {
            let run = try await run(Patients.patient(sums: [(0, 80)], remnant: 300), course)
            let states = try await OrdinaryRun.integrate(
                LiverTreatmentSystem.self, run.plan, outputs: run.states.times, concurrency: 2)
            let reader = LiverReader(run)
            for decisions in reader.decisions {
                let cycles = decisions.dosing.regimen.cycles
                var given = [Int](repeating: 0, count: run.drawCount)
                for (index, week) in decisions.weeks.enumerated() {
                    // Where the next look is the start of another regimen the states are still those before it.
                    let looks = LiverDecisions.weeks(of: decisions.dosing, horizon: run.plan.horizon)
                    let after = try #require(reader.place(of: looks[index + 1]))
                    let candidate = decisions.dosing.candidates[index]
                    for draw in 0..<run.drawCount {
                        let spot = index * run.drawCount + draw
                        if decisions.given[spot] > 0 { given[draw] += 1 }
                        #expect(states[draw, after, State.left] == Double(cycles - given[draw]), "draw \(draw), week \(week)")
                        let due = states[draw, after, State.due]
                        if decisions.given[spot] > 0 { #expect(due == LiverTime.week(candidate.next)) }
                        if decisions.held[spot] > 0 { #expect(due == candidate.later.map(LiverTime.week) ?? LiverOperation.notWithin) }
                    }
                }
                #expect(decisions.held.contains { $0 > 0 })
            }
        }
    }

    @Test("Holds are a measure of their own: the share of the draws that wait, on every day; none without a threshold")
    func drawn() async throws {
        let days = (0...120).map(Double.init)
        let run = try await run(Patients.patient(sums: [(0, 80)]), courses[0], days: days)
        let decisions = try #require(run.reading.first)
        var seen = 0.0
        for (place, day) in zip(run.asked, days) {
            let shares = try #require(model.column(of: "held", at: place, in: run))
            #expect(shares.count == run.drawCount && Set(shares).count == 1)
            let waiting = decisions.weeks.indices.filter {
                decisions.weeks[$0] * 7 <= day + 1e-9 && day < decisions.weeks[$0] * 7 + 7 - 1e-9
            }
            #expect(abs(shares[0] - 100 * waiting.reduce(0) { $0 + decisions.share(held: $1) }) < 1e-9, "day \(day)")
            seen = max(seen, shares[0])
        }
        #expect(seen > 5)
        #expect(model.marks(of: run).contains { $0.kind == .held && $0.label.contains("held in") })
        let free = try await self.run(
            Patients.patient(sums: [(0, 80)]), [Patients.systemic("folfox", ["hold-threshold": .number(0)])], days: [0, 30])
        #expect(model.column(of: "held", at: free.asked[0], in: free) == nil)
    }

    @Test("The tumour follows the doses that were given: in every draw it is the closed form of that draw's own days, to 1e-6")
    func tumourFollowsDoses() async throws {
        let subject = Patients.patient(sums: [(0, 80)])
        for course in courses.prefix(3) {
            let run = try await run(subject, course)
            let calibration = try await calibrated(subject)
            let rows = LiverDraws(calibration.draws)
            let decisions = try #require(run.reading.first)
            let regimen = decisions.dosing.regimen
            let exposure = regimen.exposurePerSurface * LiverVolume.bodySurface(height: 172, weight: 76) * 7 / regimen.windowDays
            var differing: Set<[Double]> = []
            for draw in 0..<run.drawCount {
                let days = decisions.days(draw)
                differing.insert(days)
                let windows = days.map { day in
                    ExposureWindow(start: day / 7, end: (day + regimen.windowDays) / 7, exposure: exposure, origin: (days.first ?? 0) / 7)
                }
                let row = rows.row(draw)
                for (place, day) in zip(run.asked, Patients.days) where day > 0 {
                    let ratio = ClaretCourse(windows: windows).logRatio(
                        from: 0, to: day / 7, growth: row.growth, effect: row.effect, resistance: row.resistance)
                    let found = run.states[draw, place, State.sum] / (row.baseline * ratio.value.exp())
                    #expect(abs(found - 1) < 1e-6, "draw \(draw), day \(day): \(found - 1)")
                }
            }
            #expect(differing.count > 5, "draws are held on different days")
        }
    }

    @Test("Without a drug neutrophils stay at their baseline for a year, to 1e-12, in every draw")
    func rest() async throws {
        let run = try await run(Patients.patient(sums: [(0, 80)]), [Patients.resection(30)], days: (0...365).map(Double.init))
        for draw in 0..<run.drawCount {
            let first = run.states[draw, run.asked[0], State.neutrophils]
            for place in run.asked { #expect(abs(run.states[draw, place, State.neutrophils] / first - 1) < 1e-12) }
        }
    }

    @Test("Halving the grid of output changes no value, neutrophils and holds included, bit for bit")
    func grid() async throws {
        let subject = Patients.borderline
        let calibration = try await calibrated(subject)
        let coarse = try await model.forecast(Patients.forecast(subject, calibration, courses[0], days: (0...60).map { Double($0) * 6 }))
        let fine = try await model.forecast(Patients.forecast(subject, calibration, courses[0], days: (0...120).map { Double($0) * 3 }))
        #expect(coarse.endpoints == fine.endpoints && coarse.marks == fine.marks && coarse.notes == fine.notes)
        for (a, b) in zip(coarse.series, fine.series) {
            for (one, two) in zip(a.quantiles, b.quantiles) {
                #expect(one.map(\.bitPattern) == stride(from: 0, to: two.count, by: 2).map { two[$0].bitPattern })
            }
        }
    }

    @Test("A threshold of 0 gives every cycle on its day; a higher threshold never gives more cycles or a smaller tumour at the end")
    func thresholds() async throws {
        let subject = Patients.patient(sums: [(0, 80)])
        var last: (given: [Double], sum: [Double])?
        for threshold in [0, 1, 1.5, 2.5] {
            let forecast = try await forecast(
                subject, [Patients.systemic("folfox", ["cycles": .number(8), "hold-threshold": .number(threshold)])])
            let given = try endpoint(.cyclesGiven, forecast).values
            let held = try endpoint(.daysHeld, forecast).values
            if threshold == 0 { #expect(given.allSatisfy { $0 == 8 } && held.allSatisfy { $0 == 0 }) }
            #expect(held.allSatisfy { $0.truncatingRemainder(dividingBy: 7) == 0 })
            if let last { #expect(zip(given, last.given).allSatisfy { $0 <= $1 }) }
            last = (given, [])
        }
    }

    private func count(_ value: Double, _ day: Double) -> Observation {
        Patients.number(LiverCodes.neutrophils[0], value, Unit("10*3/uL"), day: day)
    }

    private func learnt(_ subject: Subject) async throws -> (baseline: Double, marrow: Double, calibration: Calibration) {
        let calibration = try await calibrated(subject, draws: 2000)
        let rows = LiverDraws(calibration.draws)
        let all = (0..<rows.count).map { rows.row($0) }
        return (Patients.median(all.map(\.neutrophils)), Patients.median(all.map(\.marrow)), calibration)
    }

    @Test("Counts of a rested marrow set the baseline as the conjugate formula has it")
    func baseline() async throws {
        var subject = Patients.patient(sums: [(0, 80)])
        let none = try await learnt(subject)
        #expect(abs(none.baseline / 4.116 - 1) < 0.03 && abs(none.marrow - 1) < 0.05)
        subject.observations += [count(2.0, -40), count(2.2, -30)]
        let two = try await learnt(subject)
        // (ln 4.116/0.36² + (ln 2.0 + ln 2.2)/0.25²) / (1/0.36² + 2/0.25²).
        #expect(abs(two.baseline / 2.3911 - 1) < 0.03, "\(two.baseline)")
        #expect(two.calibration.warnings.contains { $0.contains("2 counts tell of this marrow") })
    }

    @Test("Counts far from what the population shows move the draws to them: the baseline is still the conjugate formula's")
    func farAway() async throws {
        var subject = Patients.patient(sums: [(0, 80)])
        subject.observations += [count(0.3, -40), count(0.25, -30)]
        let found = try await learnt(subject)
        // As above, with ln 0.3 + ln 0.25: seven standard deviations below the population's median.
        #expect(abs(found.baseline / 0.4637 - 1) < 0.03, "\(found.baseline)")
        #expect((found.calibration.paretoShape ?? 1) < 0.7 && found.calibration.effectiveSampleSize > 1000)
        let first = (0..<64).map { LiverDraws(found.calibration.draws).row($0).neutrophils }
        #expect(abs(Patients.median(first) / 0.4637 - 1) < 0.1, "a first picture's draws are a fair part of all")
    }

    @Test("The quality of a twin's draws is that of the worse of its two parts, tumour and marrow")
    func worsePart() async throws {
        var subject = Patients.patient(sums: [(-56, 140), (0, 118)], drugs: [Patients.drug(LiverCodes.fluorouracil, from: -56, to: -7)])
        subject.observations += [count(0.4, -28), count(0.3, -1)]
        let (record, settings) = (LiverRecord(subject), CalibrationSettings(draws: 200, seed: 3))
        let density = LiverPosterior(history: record.history, sums: record.sums)
        let tumour = try await Posterior.sample(
            density, from: Array(density.centres.prefix(3)) + [(140.0).log()], settings: PosteriorSettings(settings)
        ).diagnosis
        let marrow = try #require(try await LiverMarrowDraws(record, settings: settings).diagnosis)
        let whole = try await LiverMetastases().calibrate(subject, settings: settings)
        let (first, second) = (try #require(tumour.paretoShape), try #require(marrow.paretoShape))
        #expect(first != second && whole.paretoShape == max(first, second))
        #expect(whole.effectiveSampleSize == min(tumour.effectiveSampleSize, marrow.effectiveSampleSize))
    }

    @Test("Counts under treatment tell of the marrow's sensitivity: few cells raise it, many lower it, and holds follow")
    func underTreatment() async throws {
        let drugs = [
            Patients.drug(LiverCodes.fluorouracil, from: -56, to: -7), Patients.drug(LiverCodes.oxaliplatin, from: -56, to: -7),
        ]
        func seen(_ counts: [Observation]) async throws -> (marrow: Double, held: Double) {
            var subject = Patients.patient(sums: [(-56, 140), (0, 118)], drugs: drugs)
            subject.observations += counts
            let held = try endpoint(.daysHeld, try await forecast(subject, [Patients.systemic()])).values
            return (try await learnt(subject).marrow, held.reduce(0, +) / Double(held.count))
        }
        let few = try await seen([count(4, -57), count(0.9, -28), count(0.8, -1)])
        let unknown = try await seen([])
        let many = try await seen([count(4, -57), count(3.2, -28), count(3.0, -1)])
        #expect(few.marrow > unknown.marrow && unknown.marrow > many.marrow)
        #expect(few.held > unknown.held && unknown.held > many.held)
    }

    @Test("Simulation lists every hold: a sensitive marrow is held and catches up, a robust one is not")
    func simulated() async throws {
        let scenario = Scenario(
            name: "", interventions: [Patients.systemic("folfox", ["cycles": .number(6), "hold-threshold": .number(1.5)])])
        func course(_ marrow: Double) async throws -> (given: [Double], held: [Double]) {
            let run = try await model.simulate(
                SimulationRequest(values: ["marrow": marrow, "ANC0": 3], scenario: scenario, times: (0...30).map(Double.init)))
            func series(_ name: String) throws -> [Double] { try #require(run.series.first { $0.name == name }).values }
            return (try series("cycles-given"), try series("cycles-held"))
        }
        let robust = try await course(0.3)
        #expect(robust.held.last == 0 && robust.given.last == 6)
        let sensitive = try await course(2)
        #expect(sensitive.held.last ?? 0 > 0)
        #expect(sensitive.given[12] < 6)
    }

    @Test("A marrow sways for months after the last dose, and then rests on its baseline to the last digit")
    func swaying() async throws {
        let scenario = Scenario(name: "", interventions: [Patients.systemic("folfox", ["cycles": .number(6)])])
        let run = try await model.simulate(SimulationRequest(values: ["ANC0": 3], scenario: scenario, times: [0, 30, 45, 104]))
        let counts = try #require(run.series.first { $0.name == "circulating" }).values
        #expect(counts[0] == 3 && abs(counts[1] / 3 - 1) > 1e-3 && abs(counts[2] / 3 - 1) < 1e-2 && counts[3] == 3, "\(counts)")
    }
}
