// The demo's decisions of the past: taken while it is loaded, through the same functions as a board's.
import Exchange
import Meetings
import Records
import Twins
import Workstation

extension Desk {
    /// A key for the past decisions of a demo, whose passphrase nobody keeps: it is retired when they are signed, so that who plays the
    /// chair makes a key as at a first signature.
    private func pastSigner(_ chair: String) throws -> Signer {
        let secret = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: "-")
        return try store.makeSigner(chair, passphrase: Passphrase(new: secret), actor: actor)
    }

    /// Decides the cases of a meeting that its file says were decided, on the forecasts that their board would have seen.
    func decide(_ source: MeetingFile) throws {
        let meeting = try board.meeting(source.id)
        guard source.items.contains(where: { $0.decided != nil }) else { return }
        let signer = try pastSigner(meeting.chair)
        for (item, entry) in zip(try board.agenda(source.id), source.items) {
            guard let past = entry.decided else { continue }
            let token = try store.access(actor: actor, patient: item.patient, categories: .record, purpose: "demo")
            let subject = try store.subject(token, reference: item.reference)
            let scenarios = try board.scenarios(item.id).scenarios.map(\.scenario)
            let model = try Self.model(item.model)
            let open = Case(patient: item.patient, item: item, model: model, subject: subject, scenarios: scenarios, leftOut: [])
            let twin = try twin(open)
            let forecasts = try forecasts(open, twin, scenarios: scenarios, days: Update.days(horizon: model.horizon))
            let options = scenarios.map(\.name)
            var plan = DecisionPlan()
            plan.informant = past.informant
            plan.guideline = past.guideline
            plan.standing = past.guideline == nil ? GuidelineStanding.none : .follows
            let draft = DecisionDraft(
                present: meeting.seats, question: item.question, options: options, choice: .scenario(past.choice), reason: past.reason,
                followUp: past.review, plan: plan)
            let decision: Decision
            do {
                decision = try draft.signed(
                    item: item.id, version: 1, rule: .rule(for: meeting.board), options: options, name: meeting.chair,
                    chair: meeting.chair, at: item.reference,
                    seen: SimulationSeen(twin: twin.calibration, drawsSHA256: twin.drawsSHA256, comparison: Comparison(forecasts)))
            } catch { throw CommandFailure.data("\(source.id), \(item.patient): \(error.description)") }
            try board.sign(decision, meeting: meeting.id, seat: actor, signer: signer)
            if let look = past.look { try board.add(look, item: item.id, over: 0, actor: actor) }
        }
        try store.retireSigner(meeting.chair, reason: "the demo's past decisions are signed", actor: actor)
    }
}
