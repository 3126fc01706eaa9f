// What a sheet takes over from the preparation of its case, and the signatures under it.
import Exchange
import Meetings
import Records
import Twins

extension SheetMaker {
    /// The sheet's fields that were noted before the meeting; those that nobody filled stay «not recorded».
    func preparation(_ item: AgendaItem, _ meeting: Meeting, _ subject: Subject) throws(BoardError) -> SheetCase {
        func filled(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }
        let (whole, own) = (try board.preparation(meeting: meeting.id).value, try board.preparation(item.id).value)
        var sheet = SheetCase()
        sheet.coordinator = filled(whole.coordinator)
        sheet.establishment = filled(whole.establishment)
        sheet.address = filled(whole.place)
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
        sheet.completeness = models.first { $0.id == item.model }.map { model in
            CaseCompleteness(
                item: item, subject: subject, model: model, rules: board.rules.rule(for: meeting.board).completeness, preparation: own,
                day: meeting.day
            ).items
        }
        return sheet
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
