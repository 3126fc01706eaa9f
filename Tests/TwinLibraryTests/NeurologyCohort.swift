// Reads the reference cohort beside the project and makes patients of it, for the tests of the Alzheimer course twin.
import TestSupport
import Twins

@testable import TwinLibrary

/// One visit of the reference cohort: severities in the population's order of features, NaN where missing.
struct CohortVisit {
    let age: Double
    let severities: [Double]
}

/// The 200 patients of `alzheimer.csv`, in the file's order.
struct Cohort {
    static let folder = "oracles/neurology/alzheimer/"
    let patients: [(id: String, visits: [CohortVisit])]

    /// Nil where the shared files are absent.
    init?() {
        guard let path = SharedFiles.path(Self.folder + "alzheimer.csv"), let rows = SharedFiles.table(path) else { return nil }
        var patients: [(id: String, visits: [CohortVisit])] = []
        for row in rows.dropFirst() where row.count == 9 {
            let visit = CohortVisit(age: Double(row[1]) ?? .nan, severities: row[2...].map { Double($0) ?? .nan })
            if patients.last?.id == row[0] { patients[patients.count - 1].visits.append(visit) } else { patients.append((row[0], [visit])) }
        }
        self.patients = patients
    }

    /// One of the folder's tables, header first; nil where it is absent.
    static func table(_ name: String) -> [[String]]? { SharedFiles.path(folder + name).flatMap(SharedFiles.table) }

    subscript(id: String) -> [CohortVisit] { patients.first { $0.id == id }?.visits ?? [] }

    /// The exact posterior of some visits.
    static func density(_ visits: some Sequence<CohortVisit>) -> CoursePosterior {
        CoursePosterior(
            map: AlzheimerPopulation.map,
            observations: visits.flatMap { visit in
                visit.severities.enumerated().filter { !$0.element.isNaN }.map {
                    CoursePosterior.Observation(feature: $0.offset, age: visit.age, severity: $0.element)
                }
            })
    }

    /// A patient as an import would make it: points for MMSE and FAQ, days to the millisecond, «now» at the last visit.
    static func subject(_ visits: [CohortVisit]) -> Subject {
        let birth = Instant(milliseconds: -1_000_000_000_000)
        let course = AlzheimerCourse()
        let observations = visits.flatMap { visit in
            visit.severities.enumerated().filter { !$0.element.isNaN }.map { place, severity in
                let scale = AlzheimerCourse.scales[place]
                let observable = course.observables[place]
                return Observation(
                    code: observable.codes[0], time: birth.adding(days: visit.age * DayCount.year),
                    value: .quantity(Quantity(severity * scale.scale + scale.offset, observable.unit)))
            }
        }
        let last = visits.map(\.age).max() ?? 75
        return Subject(
            sex: .unknown, birth: birth, observations: observations, facts: [], reference: birth.adding(days: last * DayCount.year))
    }

    static let start = AlzheimerCourse.parameterTable.map(\.prior.centre)

    /// A patient of our own, for where the shared files are absent: the evidence's example.
    static let example: [CohortVisit] = AlzheimerCourse.exampleVisits.map { visit in
        CohortVisit(
            age: visit.age,
            severities: AlzheimerPopulation.features.map { feature in
                visit.values[feature.id].map { AlzheimerCourse.scales[AlzheimerCourse.place(feature.id)].severity($0) } ?? .nan
            })
    }
}
