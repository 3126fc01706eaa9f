// What a sheet takes over from the preparation of its case, and the signatures under it.
import Exchange
import Meetings
import Records
import Twins

extension SheetMaker {
    /// The sheet's fields that were noted before the meeting; those that nobody filled stay «not recorded».
    /// Of a signed decision what was signed with it is printed, whatever was changed since.
    func preparation(_ item: AgendaItem, _ meeting: Meeting, _ subject: Subject, _ decision: Decision?) throws(BoardError) -> SheetCase {
        func filled(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }
        let now = try board.preparation(item.id).value
        let whole = if let signed = decision?.preparedMeeting { signed } else { try board.preparation(meeting: meeting.id).value }
        let own = decision?.prepared ?? now
        var sheet = SheetCase()
        sheet.changedSince = now.changes(since: own).map(\.field)
        sheet.isSigned = decision.map { $0.prepared != nil } ?? true
        sheet.distribution = now.deliveries
        let rule = board.rules.rule(for: meeting.board)
        if rule.quorum.board == meeting.board { sheet.isOncology = rule.isOncology }
        sheet.boardKind = filled(whole.boardType)
        sheet.place = filled(whole.place)
        sheet.identifiers = [("regional network", whole.network), ("manager", whole.manager)].filter { !$0.1.isEmpty }.map {
            "\($0.0): \($0.1)"
        }
        sheet.tumour = own.tumour
        sheet.synthesis = filled(own.synthesis)
        sheet.pathology = filled(own.pathology)
        sheet.molecular = filled(own.molecular)
        sheet.surveillance = filled(own.surveillance)
        sheet.recoursePlan = filled(own.recoursePlan)
        sheet.coordinator = filled(whole.coordinator)
        sheet.establishment = filled(whole.establishment)
        sheet.address = filled(whole.address)
        sheet.requester = filled(own.requester)
        sheet.presenter = filled(own.presenter)
        sheet.generalPractitioner = filled(own.generalPractitioner)
        sheet.correspondents = own.correspondents
        switch own.information {
        case .informed(let day, let by): (sheet.informedOn, sheet.informedBy) = (day, by)
        case .blocked(let reason): sheet.blocked = reason
        case nil: break
        }
        sheet.stateReason = own.registered ?? own.postponed.map { "to \($0.meeting): \($0.reason)" }
        sheet.guideline = own.guideline
        sheet.comorbidity = filled(own.comorbidity)
        sheet.performance = own.performanceStatus
        // Nothing is said of it while nothing was prepared; without a word the patient's age says whether the case is a child's.
        if own != CasePreparation() { sheet.isRecourse = own.isRecourse }
        if own.isPaediatric { sheet.isPaediatric = true }
        sheet.purpose = own.kind.map { $0.rawValue.split(separator: "-").joined(separator: " ") }
        sheet.screening = filled(own.discovery)
        sheet.geriatric = filled(own.geriatricScreen)
        sheet.pain = filled(own.pain)
        return sheet
    }

    /// What was there and what was missing of the case, by its board, its model and the sheet itself.
    func completeness(
        _ item: AgendaItem, _ meeting: Meeting, _ token: AccessToken, _ subject: Subject, _ decision: Decision?
    ) throws -> [CompletenessItem]? {
        guard let model = models.first(where: { $0.id == item.model }) else { return nil }
        let own = if let signed = decision?.prepared { signed } else { try board.preparation(item.id).value }
        return CaseCompleteness(
            item: item, subject: subject, model: model, rule: board.rules.rule(for: meeting.board), preparation: own,
            hasIdentifier: try board.store.hasNationalIdentifier(token), day: meeting.day
        ).items
    }

    /// The identity, which has an access entry of its own; where it is not asked for only whether there is one.
    func identity(_ patient: String, _ token: AccessToken, isAsked: Bool) throws(StoreError) -> SheetIdentity {
        guard isAsked else { return try board.store.hasNationalIdentifier(token) ? .keptApart : .notRecorded }
        let open = try board.store.access(actor: actor, patient: patient, categories: [.identity], purpose: "sheet")
        guard let identity = try board.store.identity(open) else { return .notRecorded }
        let row = try board.store.patient(token)
        return .printed(identity, birth: row.birth?.day, precision: row.birthPrecision)
    }

    /// The signature of each version that has one.
    func signatures(_ item: Int64) throws(BoardError) -> [SheetSignature] {
        try board.signatures(item).enumerated().compactMap { place, signature in
            signature.map {
                SheetSignature(
                    signer: $0.signer, keyID: $0.key.name, version: place + 1, time: $0.time, text: $0.text, message: $0.message,
                    publicKey: $0.key.line)
            }
        }
    }
}
