// Patients of our own making for the avatar's tests, simulated by the twin's own equations or entered by hand.
import Numerics
import Testing
import Twins

@testable import TwinLibrary

enum AvatarPatients {
    static let now = OncologyPatients.now

    /// A man of 70 with PSA on days before «now», the drug on some of them, and castrate testosterone.
    static func patient(
        psa: [(day: Double, value: Double)], drug: [(from: Double, to: Double?)], others: [CodedFact] = [], isCastrate: Bool = true
    ) -> Subject {
        var observations = psa.map { OncologyPatients.number(AvatarCodes.psa, $0.value, Unit("ng/mL"), day: $0.day) }
        if isCastrate { observations.append(OncologyPatients.number(AvatarCodes.testosterone, 0.2, Unit("ng/mL"), day: -300)) }
        let facts = drug.map { OncologyPatients.drug(AvatarCodes.abiraterone, from: $0.from, to: $0.to) }
        return Subject(
            sex: .male, birth: OncologyPatients.instant(-70 * 365.25), observations: observations, facts: facts + others, reference: now)
    }

    static let typical = AvatarDraw(AvatarParameters.centres.map { $0.exp() })

    /// PSA of a draw on some days with its error, under known windows.
    static func simulated(
        _ draw: AvatarDraw, first: Double, days: [Double], windows: [(from: Double, to: Double?)], seed: UInt64
    ) throws -> Subject {
        let row = [draw.level, draw.room, draw.ratio, draw.growth, draw.kill, draw.advantage, draw.turnover]
        return try simulated(row, of: AvatarDraw.self, first: first, days: days, windows: windows, seed: seed)
    }

    /// The same of any clones.
    static func simulated(
        _ row: [Double], of clones: any CloneDraw.Type, first: Double, days: [Double], windows: [(from: Double, to: Double?)], seed: UInt64
    ) throws -> Subject {
        let bare = AvatarRecord(patient(psa: days.map { ($0, first) }, drug: windows))
        let exact = try AvatarPosterior(bare, clones: clones).predictions([row])[0]
        let random = RandomStream(seed: seed, stream: 77)
        let marker = AvatarMarker.psa
        let seen = exact.enumerated().map { index, value in
            max(0, (value + marker.floor) * (clones.antigenSD * random.normal(draw: 0, index: index)).exp() - marker.floor)
        }
        // What is relative to the first value keeps its meaning.
        return patient(psa: [(days[0], first)] + zip(days, seen).dropFirst().map { ($0, $1) }, drug: windows)
    }

    static let continuous = Intervention("continuous")
    static func adaptive(_ changes: [String: FieldValue] = [:]) -> Intervention { Intervention("adaptive", changes) }

    /// The patients of Zhang 2022's table, as subjects on the day of their last PSA.
    static func trial(_ rows: [[String]]) -> [(name: String, subject: Subject)] {
        let table = ReferenceTable(rows)
        var names: [String] = []
        for row in table.rows where names.last != table.text(row, "patient") { names.append(table.text(row, "patient")) }
        return names.map { name in
            let own = table.rows.filter { table.text($0, "patient") == name }
            let last = own.map { table.number($0, "day") }.max() ?? 0
            var windows: [(from: Double, to: Double?)] = []
            for (index, row) in own.enumerated() where table.text(row, "abi_on") == "1" {
                let end = index + 1 < own.count ? table.number(own[index + 1], "day") - last : nil
                windows.append((table.number(row, "day") - last, end))
            }
            return (
                name,
                patient(psa: own.map { (table.number($0, "day") - last, table.number($0, "psa_ng_ml")) }, drug: windows, isCastrate: false)
            )
        }
    }

    /// The posterior's gradient at a point beside its centres is that of differences, taken wide: the value's own tolerance is 1e-5 of the size.
    static func expectGradient(of density: AvatarPosterior, moved shift: [Double]) throws {
        let point = zip(density.centres, shift).map(+)
        let found = try #require(density.expansion(point))
        for place in point.indices {
            func moved(_ by: Double) -> Double {
                var other = point
                other[place] += by
                return density.value(other)
            }
            let step = 0.02
            let slope = (8 * (moved(step) - moved(-step)) - (moved(2 * step) - moved(-2 * step))) / (12 * step)
            #expect(
                abs(slope - found.gradient[place]) < 2e-3 * max(1, abs(slope)),
                "\(density.names[place]): \(slope), \(found.gradient[place])")
        }
        #expect(abs(density.value(point) - found.value) < 1e-3)
    }

    /// Of the last third of each record of 12 values or more, how many lie in the 80 % band of a fit to the first two thirds, under the drug
    /// days that came.
    static func heldOut(_ men: [(name: String, subject: Subject)], _ model: some AvatarModel) async throws -> (inside: Int, all: Int) {
        var (inside, all) = (0, 0)
        let clones = type(of: model).clones
        for man in men {
            let whole = model.record(of: man.subject)
            guard whole.measurements.count >= 12 else { continue }
            let cut = whole.measurements[whole.measurements.count * 2 / 3].day
            var known = man.subject
            known.reference = man.subject.reference.adding(days: cut)
            let calibration = try await model.calibrate(known, settings: CalibrationSettings(draws: 400, seed: 1))
            let random = RandomStream(seed: 5, stream: 1)
            let predicted = try AvatarPosterior(whole, clones: clones).predictions((0..<400).map { Array(calibration.draws.draw($0)) })
            for (index, measurement) in whole.measurements.enumerated() where measurement.day > cut {
                let values = predicted.indices.map { draw in
                    let noise = (clones.antigenSD * random.normal(draw: draw, index: index)).exp()
                    return (predicted[draw][index] + 0.1) * noise - 0.1
                }
                let band = Quantiles.of(values, levels: [0.1, 0.9])
                inside += measurement.value >= band[0] && measurement.value <= band[1] ? 1 : 0
                all += 1
            }
        }
        return (inside, all)
    }
}
