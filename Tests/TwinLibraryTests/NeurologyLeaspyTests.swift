// The Alzheimer course twin against what leaspy ships and what leaspy finds: model, mixing matrix, individual parameters.
import Foundation
import TestSupport
import Testing
import Twins

@testable import TwinLibrary

@Suite("Alzheimer course: leaspy's own numbers")
struct NeurologyLeaspyTests {
    private static let model = Cohort.folder + "alzheimer-model_parameters.json"
    private static let shipped = Cohort.folder + "alzheimer-individual_parameters.csv"
    private static let found = Cohort.folder + "leaspy_2.1.0_scipy_minimize_seed0.csv"
    private static let data = Cohort.folder + "alzheimer.csv"

    /// Read by JSONDecoder, which rounds to the nearest number; JSONSerialization is off by a bit here and there.
    private struct Shipped: Decodable {
        struct Parameters: Decodable {
            let log_g_mean, log_v0_mean, noise_std, tau_mean, tau_std, xi_std: [Double]
            let betas_mean, mixing_matrix: [[Double]]
        }
        let parameters: Parameters
    }

    private func parameters() throws -> Shipped.Parameters {
        let text = try #require(SharedFiles.path(Self.model).flatMap(SharedFiles.text))
        return try JSONDecoder().decode(Shipped.self, from: Data(text.utf8)).parameters
    }

    @Test("the population is the shipped model, number for number", .shared(model))
    func population() throws {
        let parameters = try parameters()
        let features = AlzheimerPopulation.features
        #expect(parameters.log_g_mean == features.map(\.logG))
        #expect(parameters.log_v0_mean == features.map(\.logSpeed))
        #expect(parameters.noise_std == features.map(\.noise))
        #expect(parameters.betas_mean == AlzheimerPopulation.betas)
        #expect(parameters.tau_mean == [AlzheimerPopulation.tauMean])
        #expect(parameters.tau_std == [AlzheimerPopulation.tauSD])
        #expect(parameters.xi_std == [AlzheimerPopulation.xiSD])
    }

    @Test("the recomputed mixing matrix is the shipped one within 2e-7", .shared(model))
    func mixing() throws {
        let rows = try parameters().mixing_matrix
        for source in 0..<2 {
            for feature in 0..<7 { #expect(abs(AlzheimerPopulation.map.mixing[feature][source] - rows[source][feature]) <= 2e-7) }
        }
    }

    /// How many nats the parameters of a file lie above our maximum, patient by patient.
    private func excess(_ file: String) throws -> [(id: String, nats: Double)] {
        let cohort = try #require(Cohort())
        let rows = try #require(SharedFiles.path(file).flatMap(SharedFiles.table))
        let header = try #require(rows.first)
        let order = try ["xi", "tau", "sources_0", "sources_1"].map { try #require(header.firstIndex(of: $0)) }
        return try rows.dropFirst().map { row in
            let density = Cohort.density(cohort[row[0]])
            let point = try order.map { try #require(Double(row[$0])) }
            return (row[0], density.value(point) - (try Posterior.mode(of: density, from: Cohort.start).objective))
        }
    }

    @Test("the shipped individual parameters lie within 2e-5 nats of our maxima, never below", .shared(shipped, data))
    func individualParameters() throws {
        let excess = try excess(Self.shipped)
        #expect(excess.count == 100)
        for one in excess { #expect(one.nats > -1e-7 && one.nats <= 2e-5, "\(one.id): \(one.nats)") }
    }

    @Test("leaspy's own search ends above ours: by more than 0.01 nats in 7 of these 100, by 8.7 in GS-009", .shared(found, data))
    func search() throws {
        let excess = try excess(Self.found)
        #expect(excess.count == 100)
        #expect(excess.allSatisfy { $0.nats > -1e-7 })
        #expect(excess.count { $0.nats > 0.01 } == 7)
        let stuck = try #require(excess.first { $0.id == "GS-009" })
        #expect(abs(stuck.nats - 8.7354) < 1e-3)
    }
}
