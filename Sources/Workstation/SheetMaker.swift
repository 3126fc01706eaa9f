// Gathers a case's decision sheet from the store, and forecasts again what it draws; for the command and for the Decision screen.
import Exchange
import Meetings
import Records
import Twins

/// Makes decision sheets.
public struct SheetMaker: Sendable {
    let board: Board
    let models: [any TwinModel]
    /// For the access log.
    let actor: String

    public init(_ store: Store, models: [any TwinModel], actor: String) {
        board = Board(store)
        self.models = models
        self.actor = actor
    }

    /// The sheet of a case, with the forecasts of what the board saw, or of the scenarios as they stand where nothing is signed.
    ///
    /// A forecast that cannot be had is no error: the sheet says why it has no plot. `formats`: for the log, which gets one entry a print.
    /// `withIdentity`: name, national identifier and the like are printed, for the patient's file.
    public func make(
        _ item: AgendaItem, formats: [SheetFormat], isCarePlan: Bool = false, withIdentity: Bool = false
    ) async throws -> DecisionSheet {
        let token = try board.store.access(actor: actor, patient: item.patient, categories: .record, purpose: "sheet")
        let subject = try board.store.subject(token, reference: item.reference)
        let meeting = try board.meeting(item.meeting)
        let scenarios = try board.scenarios(item.id).scenarios.map(\.scenario)
        let decisions = try board.decisions(item.id)
        let draft =
            try board.draft(item.id)
            ?? DecisionDraft(present: meeting.seats, question: item.question, options: scenarios.map(\.name))
        let model = models.first { $0.id == item.model }
        let forecasts = await forecasts(item, token, decisions.last?.seen, subject, scenarios, isSigned: !decisions.isEmpty)
        _ = try board.store.note(
            .print, actor: actor, patient: item.patient,
            detail: [isCarePlan ? "care plan" : "sheet": "\(item.id)", "format": formats.map(\.rawValue).joined(separator: " ")])
        var sheet = DecisionSheet(
            meeting: meeting, item: item, sex: subject.sex, age: subject.age(at: item.reference),
            conditions: subject.facts.filter { $0.kind == .condition }.map(\.code.display).filter { !$0.isEmpty }, draft: draft,
            decisions: decisions, ledgerHead: try board.store.ledgerHead().short)
        sheet.subject = subject
        sheet.kinds = model?.interventionKinds ?? []
        sheet.preparation = try preparation(item, meeting, subject, decisions.last)
        sheet.preparation.completeness = try completeness(item, meeting, token, subject, decisions.last)
        sheet.preparation.identity = try identity(item.patient, token, isAsked: withIdentity)
        sheet.signatures = try signatures(item.id)
        switch forecasts {
        case .success(let found):
            sheet.forecasts = found.forecasts
            sheet.shownNow = found.seen
        case .failure(let reason): sheet.forecasts = .missing(reason.description)
        }
        let basis = try decisions.last?.seen.map { try board.store.subject(token, reference: $0.reference) } ?? subject
        sheet.findings = model?.domain(of: basis) ?? []
        sheet.scores = model?.scores(of: basis) ?? []
        return sheet
    }

    private struct Found {
        var forecasts: SheetForecasts
        var seen: SimulationSeen
    }

    private func forecasts(
        _ item: AgendaItem, _ token: AccessToken, _ seen: SimulationSeen?, _ subject: Subject, _ scenarios: [Scenario], isSigned: Bool
    ) async -> Result<Found, WorkError> {
        do {
            if isSigned, seen == nil { throw WorkError("no simulation was on the screen when the decision was signed") }
            let id = seen?.model ?? item.model
            guard let model = models.first(where: { $0.id == id }) else { throw WorkError("this program has no model «\(id)»") }
            if let seen, seen.modelVersion != model.version {
                throw WorkError("the board saw version \(seen.modelVersion) of \(id), this program has \(model.version)")
            }
            let basis = try seen.map { try board.store.subject(token, reference: $0.reference) } ?? subject
            let stored =
                try seen.map { try board.store.calibration(token, model: id, drawsSHA256: $0.drawsSHA256) }
                ?? board.store.currentCalibration(token, model: id, version: model.version, of: subject)
            guard let twin = stored else {
                throw WorkError(
                    seen == nil
                        ? "no twin of this record has been fitted yet; open the case, or run «twinboard calibrate \(item.patient)»"
                        : "the draws that the board saw are not in this store")
            }
            let wanted = seen?.scenarios ?? scenarios
            guard !wanted.isEmpty else { throw WorkError("the case has no scenario") }
            var all: [Forecast] = []
            for scenario in wanted { all.append(try await forecast(model, basis, twin, scenario, seed: seen?.seed)) }
            let observables = Array(ComparePlots.observables(of: model).prefix(Self.mostPlots))
            return .success(
                Found(
                    forecasts: .shown(all, observables: observables, observed: basis.measurements(of: observables).used),
                    seen: SimulationSeen(twin: twin.calibration, drawsSHA256: twin.drawsSHA256, comparison: Comparison(all))))
        } catch let error as WorkError {
            return .failure(error)
        } catch {
            return .failure(WorkError("\(error)"))
        }
    }

    /// The model's headline measures; a page holds no more.
    private static let mostPlots = 2

    private func forecast(
        _ model: any TwinModel, _ subject: Subject, _ twin: StoredCalibration, _ scenario: Scenario, seed: UInt64?
    ) async throws -> Forecast {
        let request = ForecastRequest(
            subject: subject, calibration: twin.calibration, scenario: scenario, days: Update.days(horizon: model.horizon),
            seed: seed ?? twin.calibration.seed)
        return try await board.forecast(request, by: model, drawsSHA256: twin.drawsSHA256)
    }
}
