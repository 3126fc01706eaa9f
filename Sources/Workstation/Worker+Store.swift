// The effects that read or change the store, one after the other.
import Meetings
import Records
import Surface
import Twins

extension Worker {
    /// Does one effect; what comes of it, or what went wrong, as events.
    func carryOut(_ effect: Effect) -> [Event] {
        do {
            switch effect {
            case .loadAgenda: return [.agendaLoaded(try agenda(), focus: nil)]
            case .loadOtherMeeting(let by):
                try chooseMeeting(by)
                return [.agendaLoaded(try agenda(), focus: nil)]
            case .openCase(let item):
                // Who may see what comes before what is to be seen.
                attending.withLock { $0.open = item }
                do { return try seatsEvents(item) + [.caseLoaded(try openCase(item))] } catch {
                    return [.openFailed(item: item, WorkError("\(error)"))]
                }
            case .reloadCase(let item): return [.caseReloaded(try openCase(item))]
            case .openPatient(let patient):
                let item = try preparedCase(of: patient)
                return [.agendaLoaded(try agenda(), focus: item)]
            case .loadDocument(let patient, let id):
                let document = try board.store.document(try token(patient, purpose: "letter"), key: id)
                return [.documentLoaded(id: id, title: "\(patient) · \(document.heading.title)", text: document.text)]
            case .saveScenario(let item, let id, let scenario, let seen): return try saveScenario(item, id, scenario, seen: seen)
            case .addScenario(let item, let scenario, let after):
                let id = try board.add(scenario, to: item, after: after)
                return [try scenarios(item, what: "Added «\(scenario.name)»", focus: id)]
            case .removeScenario(let item, let id):
                try board.remove(id)
                return [try scenarios(item, what: "Removed; u brings it back")]
            case .undo(let item):
                let label = try board.undo(item)
                return [try scenarios(item, what: label.map { "Undone: \($0)" } ?? "Nothing to undo")]
            case .redo(let item):
                let label = try board.redo(item)
                return [try scenarios(item, what: label.map { "Done again: \($0)" } ?? "Nothing to redo")]
            case .saveDecisionDraft(let item, let draft, let seen): return try saveDraft(item, draft, seen: seen)
            case .sign(let decision, let meeting):
                try checkUnchanged(decision)
                return try sign(decision, meeting: meeting)
            case .signWith(let request, let passphrase): return sign(request, by: unlock(request, passphrase))
            case .checkpoint:
                checkpoint()
                return []
            case .seats(let effect): return carryOut(effect)
            case .prepare(let item, let change):
                return [.prepared(try prepare(item, change)), .agendaLoaded(try agenda(), focus: nil)]
            case .loadTrainings: return [.trainingsLoaded(try trainings())]
            case .openTraining(let id): return [.trainingLoaded(try trainingRoom.session(id))]
            case .readTrainingLetter(let id, let key):
                let (letter, text) = try trainingRoom.letter(id, key: key)
                return [.documentLoaded(id: key, title: "TRAINING · \(letter.day) \(letter.title)", text: text)]
            case .castTrainingVote(let id, let vote):
                try trainingRoom.vote(id, seat: seat, vote)
                return [.trainingLoaded(try trainingRoom.session(id)), .prepared("Your vote is in; it may be changed until the reveal")]
            case .noteOutcome(let item, let look, let version):
                try board.add(look, item: item, over: version, actor: seat)
                return [.prepared("Noted: carried out: \(look.carriedOut.rawValue)")]
            case .search(let words): return [.searched(words: words, try search(words))]
            case .setTheme(let name):
                try board.store.setSetting("theme", name)
                return []
            default: return []
            }
        } catch {
            let failure = WorkError("\(error)")
            return [effect.item == nil ? .failed(failure) : .saveFailed(effect, failure)]
        }
    }

    func scenarios(_ item: Int64, what: String = "", focus: Int64? = nil) throws(BoardError) -> Event {
        let list = try board.scenarios(item)
        return .scenariosStored(
            item: item, list.scenarios, canUndo: list.undo != nil, canRedo: list.redo != nil, what: what, focus: focus)
    }

    /// One entry in the access log for a patient and a purpose in this session, not one for each frame.
    func token(_ patient: String, purpose: String) throws(StoreError) -> AccessToken {
        let key = patient + "\u{0}" + purpose
        if let known = tokens.withLock({ $0[key] }) { return known }
        let token = try board.store.access(actor: seat, patient: patient, categories: .record, purpose: purpose)
        tokens.withLock { $0[key] = token }
        return token
    }

    func entry(_ item: AgendaItem) throws -> AgendaEntry {
        let token = try token(item.patient, purpose: "agenda")
        let subject = try board.store.subject(token, reference: item.reference)
        let model = models.first { $0.id == item.model }
        let conditions = subject.facts.filter { $0.kind == .condition && $0.status != "resolved" && $0.status != "inactive" }
        let prepared = try board.preparation(item.id).value
        var entry = AgendaEntry(
            item: item, sex: subject.sex, age: subject.age(at: item.reference),
            summary: conditions.suffix(3).map(\.code.display).filter { !$0.isEmpty }.joined(separator: ", "),
            completeness: try completeness(item, token, subject, model, prepared), twinTitle: model?.title ?? item.model,
            isCalibrated: try model.map { try board.store.currentCalibration(token, model: $0.id, version: $0.version, of: subject) != nil }
                ?? false,
            decision: try board.decisions(item.id).last?.draft.choice?.text,
            scenarioNames: try board.scenarios(item.id).scenarios.map(\.scenario.name))
        entry.preparation = prepared
        return entry
    }

    func openCase(_ id: Int64) throws -> OpenCase {
        let item = try board.item(id)
        guard let model = models.first(where: { $0.id == item.model }) else {
            throw WorkError(TwinError.unknownModel(item.model, known: models.map(\.id)).description)
        }
        let token = try token(item.patient, purpose: "case")
        let subject = try board.store.subject(token, reference: item.reference)
        let documents = try board.store.documents(token).map { heading in
            DocumentHead(id: heading.key, title: heading.title, day: heading.time?.day, firstLine: heading.category)
        }
        let list = try board.scenarios(id)
        let decisions = try board.decisions(id)
        let meeting = try board.meeting(item.meeting)
        let draft =
            try board.draft(id) ?? decisions.last?.draft
            ?? DecisionDraft(present: meeting.seats, question: item.question, options: list.scenarios.map(\.scenario.name))
        if item.state == .waiting { try board.markOpen(id) }
        var open = OpenCase(
            item: item, model: model, subject: subject, documents: documents, calibration: try storedTwin(token, subject, model),
            scenarios: list.scenarios, canUndo: list.undo != nil, canRedo: list.redo != nil, decisionDraft: draft, decisions: decisions)
        open.preparation = try board.preparation(id).value
        return open
    }

    /// The stored calibration, where it was made by this version of the model on this record up to the case's «now».
    private func storedTwin(_ token: AccessToken, _ subject: Subject, _ model: any TwinModel) throws(StoreError) -> Progress<StoredTwin> {
        guard let stored = try board.store.currentCalibration(token, model: model.id, version: model.version, of: subject)
        else { return .notStarted }
        return .ready(StoredTwin(calibration: stored.calibration, drawsSHA256: stored.drawsSHA256))
    }

    /// Patients and letters; the agenda's own cases are found by the screen.
    private func search(_ words: String) throws -> [SearchHit] {
        guard !words.allSatisfy(\.isWhitespace) else { return [] }
        let key = "\u{0}search"
        let list: AccessToken
        if let known = tokens.withLock({ $0[key] }) {
            list = known
        } else {
            list = try board.store.accessList(actor: seat, categories: [.list, .search], purpose: "search")
            tokens.withLock { $0[key] = list }
        }
        let patients = try board.store.patients(list, matching: words.split(separator: " ").joined(separator: " "), limit: 20).map {
            patient in
            SearchHit(
                title: "\(patient.id)  \(patient.sex.rawValue)",
                detail:
                    "\(patient.observationCount) observations, \(patient.factCount) facts, \(patient.documentCount) letters; Enter opens the record",
                target: .patient(patient.id))
        }
        let letters = try board.store.search(words, list, limit: 40).map { hit in
            SearchHit(
                title: "\(hit.patient)  \(hit.title)" + (hit.time.map { "  \($0.day)" } ?? ""),
                detail: hit.snippet.map(\.text).joined(), target: .document(patient: hit.patient, id: hit.documentKey))
        }
        return patients + letters
    }
}
