// What a decision's board saw, computed again from the draws that it rests on.
import Exchange
import Meetings
import Records
import Twins
import Workstation

extension Desk {
    /// Forecasts the decision's own scenarios from its own draws, on the record as it stands; nothing comes from the store's cache.
    func replayed(_ patient: String, _ seen: SimulationSeen?) throws -> Replay {
        guard let seen else { throw CommandFailure.data("\(patient) has no signed decision on a simulation: there is nothing to replay") }
        let model = try Self.model(seen.model)
        guard model.version == seen.modelVersion else {
            throw CommandFailure.data(
                "the decision rests on version \(seen.modelVersion) of \(model.id), this program has \(model.version): it cannot replay it")
        }
        let token = try store.access(actor: actor, patient: patient, categories: .record.union([.twins]), purpose: "replay")
        guard let twin = try store.calibration(token, model: seen.model, drawsSHA256: seen.drawsSHA256) else {
            throw CommandFailure.data("the draws \(seen.drawsSHA256) of the decision are not in this store")
        }
        let subject = try store.subject(token, reference: seen.reference)
        let days = Update.days(horizon: model.horizon)
        return try waiting { try await Replay.computed(seen, model: model, twin: twin, subject: subject, days: days) }
    }
}
