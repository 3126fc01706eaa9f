// What commands and workstation share: a patient's case with its twin, calibrated and asked.
import Meetings
import Records
import TwinLibrary
import Twins

/// A store with the models beside it.
struct Desk {
    let store: Store
    let board: Board
    let actor: String

    init(_ store: Store, actor: String = Environment.person) {
        self.store = store
        board = Board(store)
        self.actor = actor
    }

    static func model(_ id: String) throws(TwinError) -> any TwinModel {
        guard let model = TwinLibrary.models.first(where: { $0.id == id }) else {
            throw .unknownModel(id, known: TwinLibrary.models.map(\.id))
        }
        return model
    }

    /// A patient's case: from the agenda where there is one, else made up from what the model suggests.
    struct Case {
        var patient: String
        var item: AgendaItem?
        var model: any TwinModel
        var subject: Subject
        var scenarios: [Scenario]
        var leftOut: [String]
    }

    func openCase(_ patient: String, model wanted: String?, purpose: String) throws -> Case {
        let token = try store.access(actor: actor, patient: patient, categories: .record, purpose: purpose)
        let items = try board.items(patient: patient)
        // The latest meeting comes first.
        let item = wanted.map { name in items.first { $0.model == name } } ?? items.first
        let subject = try store.subject(token, reference: item?.reference)
        let model = try chosen(wanted ?? item?.model, for: subject, patient: patient)
        let stored = try item.map { try board.scenarios($0.id).scenarios.map(\.scenario) } ?? []
        return Case(
            patient: patient, item: item, model: model, subject: subject,
            scenarios: stored.isEmpty ? model.suggestedScenarios(for: subject) : stored,
            leftOut: subject.measurements(of: model.observables).leftOut)
    }

    func chosen(_ name: String?, for subject: Subject, patient: String) throws -> any TwinModel {
        if let name { return try Self.model(name) }
        let fitting = TwinLibrary.models.map { ($0, subject.measurements(of: $0.observables).used.count) }.filter { $0.1 > 0 }
        guard let best = fitting.max(by: { $0.1 < $1.1 })?.0 else {
            throw CommandFailure.data(
                "no model measures anything that the record of \(patient) holds: name one with --model (\(TwinLibrary.models.map(\.id).joined(separator: ", ")))"
            )
        }
        return best
    }

    /// Calibrates and stores, or takes the stored calibration where it still holds for this model, record and «now».
    ///
    /// `settings` nil: those of the stored calibration, and the standard ones where there is none.
    func twin(_ open: Case, settings wanted: CalibrationSettings? = nil, anew: Bool = false) throws -> StoredCalibration {
        let token = try store.access(actor: actor, patient: open.patient, categories: [.twins], purpose: "twin")
        let model = open.model
        let subject = open.subject
        if !anew,
            let stored = try store.currentCalibration(token, model: model.id, version: model.version, of: subject, settings: wanted)
        {
            return stored
        }
        let settings = wanted ?? CalibrationSettings()
        let calibration = try waiting { try await model.calibrate(subject, settings: settings) }
        return try store.saveCalibration(
            calibration, basis: CalibrationBasis(subject, settings: settings), patient: open.patient, actor: actor)
    }

    /// Forecasts of some scenarios at some days, kept in the store's cache.
    func forecasts(_ open: Case, _ twin: StoredCalibration, scenarios: [Scenario], days: [Double]) throws -> [Forecast] {
        let model = open.model
        return try scenarios.map { scenario in
            try model.validate(scenario, for: open.subject)
            let request = ForecastRequest(
                subject: open.subject, calibration: twin.calibration, scenario: scenario, days: days, seed: twin.calibration.seed)
            let (board, hash) = (board, twin.drawsSHA256)
            return try waiting { try await board.forecast(request, by: model, drawsSHA256: hash) }
        }
    }
}
