// The Alzheimer course twin against the exact maxima, trajectories and ages of the reference cohort.
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Alzheimer course: reference figures")
struct NeurologyOracleTests {
    private static let data = Cohort.folder + "alzheimer.csv"
    private static let exact = Cohort.folder + "map_exact.csv"
    private static let courses = Cohort.folder + "trajectories.csv"
    private static let halves = Cohort.folder + "age_at_half.csv"

    @Test("every exact maximum is reached: objective, parameters, Laplace spread", .shared(data, exact))
    func everyMaximum() throws {
        let cohort = try #require(Cohort())
        let rows = try #require(Cohort.table("map_exact.csv"))
        var worst = (objective: -Double.infinity, parameter: 0.0, spread: 0.0)
        for row in rows.dropFirst() {
            let mode = try Posterior.mode(of: Cohort.density(cohort[row[0]]), from: Cohort.start)
            let numbers = try row.dropFirst().map { try #require(Double($0)) }
            #expect(mode.isConverged && mode.warnings.isEmpty, "\(row[0])")
            #expect(mode.objective <= numbers[5] + 1e-7, "\(row[0])")
            worst.objective = max(worst.objective, mode.objective - numbers[5])
            for index in 0..<4 {
                let error = abs(mode.map[index] - numbers[1 + index])
                let spread = abs(mode.sd[index] / numbers[8 + index] - 1)
                #expect(error <= 1e-5, "\(row[0]) \(mode.names[index])")
                #expect(spread <= 1e-4, "\(row[0]) \(mode.names[index])")
                worst.parameter = max(worst.parameter, error)
                worst.spread = max(worst.spread, spread)
            }
        }
        print(
            "map_exact.csv, \(rows.count - 1) rows: objective at most \(worst.objective) above,",
            "parameters within \(worst.parameter), spreads within \(worst.spread)")
    }

    @Test("the sum of all 200 objectives is the published one, and no two starts disagree", .shared(data))
    func total() throws {
        let cohort = try #require(Cohort())
        #expect(cohort.patients.count == 200)
        var sum = 0.0
        for patient in cohort.patients { sum += try Posterior.mode(of: Cohort.density(patient.visits), from: Cohort.start).objective }
        #expect(abs(sum - -14069.841608734) <= 1e-3)
        for patient in cohort.patients.prefix(40) {
            let density = Cohort.density(patient.visits)
            let first = try Posterior.mode(of: density, from: Cohort.start).objective
            for start in [[0.8, 65, 1, -1], [-0.8, 90, -1, 1]] {
                #expect(try Posterior.mode(of: density, from: start).objective >= first - 1e-7, "\(patient.id)")
            }
        }
    }

    @Test("trajectories of the population and of four patients are those of the reference", .shared(data, courses))
    func trajectories() throws {
        let cohort = try #require(Cohort())
        let rows = try #require(Cohort.table("trajectories.csv"))
        var worst = 0.0
        for (id, group) in Dictionary(grouping: rows.dropFirst(), by: { $0[0] }).sorted(by: { $0.key < $1.key }) {
            let point = id == "population" ? Cohort.start : try Posterior.mode(of: Cohort.density(cohort[id]), from: Cohort.start).map
            for row in group {
                let numbers = try row.dropFirst().map { try #require(Double($0)) }
                for feature in 0..<7 {
                    let value = AlzheimerPopulation.map.severity(
                        feature, age: numbers[0], xi: point[0], tau: point[1], sources: point[2...])
                    worst = max(worst, abs(value - numbers[1 + feature]))
                }
            }
        }
        print("trajectories.csv, \(rows.count - 1) rows: within \(worst)")
        #expect(worst <= 1e-9)
    }

    @Test("the population's trajectory equals our own figures, with or without the shared files")
    func ownTrajectories() throws {
        let path = SharedFiles.projectRoot + "/Tests/TwinLibraryTests/Figures/alzheimer-population.csv"
        let rows = try #require(SharedFiles.table(path))
        let map = AlzheimerPopulation.map
        #expect(rows.count == 6)
        for row in rows.dropFirst() {
            let numbers = try row.map { try #require(Double($0)) }
            for feature in 0..<7 {
                let value = map.severity(feature, age: numbers[0], xi: 0, tau: map.tauMean, sources: [0, 0])
                #expect(abs(value - numbers[1 + feature]) <= 1e-12)
            }
        }
    }

    @Test("the age at which each feature stands at half is the reference's", .shared(data, halves))
    func ageAtHalf() throws {
        let cohort = try #require(Cohort())
        let rows = try #require(Cohort.table("age_at_half.csv"))
        var worst = 0.0
        for row in rows.dropFirst() {
            let point = try Posterior.mode(of: Cohort.density(cohort[row[0]]), from: Cohort.start).map
            for feature in 0..<7 {
                let age = AlzheimerPopulation.map.age(feature: feature, severity: 0.5, xi: point[0], tau: point[1], sources: point[2...])
                worst = max(worst, abs(age - (try #require(Double(row[1 + feature])))))
            }
        }
        print("age_at_half.csv, \(rows.count - 1) rows: within \(worst)")
        #expect(worst <= 1e-7)
    }

    @Test(
        "a hidden last visit is predicted as well as published, and E-Cog of the patient no better than the last value",
        .shared(data))
    func heldOut() throws {
        let cohort = try #require(Cohort())
        var errors = [Double](repeating: 0, count: 7)
        var carried = [Double](repeating: 0, count: 7)
        var horizon = 0.0
        var count = 0
        for patient in cohort.patients where patient.visits.count >= 6 {
            let seen = patient.visits.dropLast(3)
            guard let hidden = patient.visits.last, let last = seen.last else { continue }
            let point = try Posterior.mode(of: Cohort.density(seen), from: Cohort.start).map
            for feature in 0..<7 {
                let predicted = AlzheimerPopulation.map.severity(
                    feature, age: hidden.age, xi: point[0], tau: point[1], sources: point[2...])
                errors[feature] += abs(predicted - hidden.severities[feature])
                carried[feature] += abs(last.severities[feature] - hidden.severities[feature])
            }
            horizon += hidden.age - last.age
            count += 1
        }
        #expect(count == 176)
        #expect(abs(horizon / Double(count) - 1.83) < 0.01)
        let published = [("mmse", 0.0597, 0.1026), ("faq", 0.0645, 0.1247), ("hippocampus", 0.0399, 0.0634)]
        for (feature, model, last) in published {
            let place = AlzheimerCourse.place(feature)
            print("held out, \(feature): \(errors[place] / Double(count)), last value \(carried[place] / Double(count))")
            #expect(abs(errors[place] / Double(count) - model) <= 1e-4)
            #expect(abs(carried[place] / Double(count) - last) <= 1e-4)
        }
        #expect(abs(errors[0] / Double(count) - 0.134) < 5e-4)
        #expect(abs(carried[0] / Double(count) - 0.120) < 5e-4)
    }

    @Test("a patient read from a record, in points and days, gives the same maximum as the severities and ages")
    func throughTheRecord() async throws {
        let visits = Cohort()?["GS-001"] ?? Cohort.example
        let course = AlzheimerCourse()
        let exact = try Posterior.mode(of: Cohort.density(visits), from: Cohort.start)
        let calibration = try await course.calibrate(Cohort.subject(visits), settings: CalibrationSettings(draws: 200))
        #expect(abs(calibration.objective - exact.objective) < 1e-7)
        for (value, expected) in zip(calibration.map, exact.map) { #expect(abs(value - expected) < 1e-6) }
        #expect(calibration.fit.count == calibration.measurementsUsed)
    }
}
