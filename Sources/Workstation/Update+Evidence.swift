// Keys on the Evidence screen: scrolling, and running the model's checks.

extension Update {
    static func evidenceAction(_ action: Action, _ state: inout State) -> [Effect] {
        let column = EvidenceScreen.column(state)
        let last = max(0, EvidenceScreen.count(state) - EvidenceScreen.room(state))
        let page = max(1, EvidenceScreen.room(state) - 1)
        var offset = min(state.evidenceView.offsets[column], last)
        switch action {
        case .up: offset -= 1
        case .down: offset += 1
        case .pageUp: offset -= page
        case .pageDown: offset += page
        case .top: offset = 0
        case .bottom: offset = last
        case .nextPane, .previousPane, .left, .right:
            state.evidenceView.column = 1 - state.evidenceView.column
            return []
        case .runEvidence:
            guard let model = state.open?.model.id else { return [] }
            state.evidenceView.isRunning = true
            state.evidenceView.column = 0
            return [.runEvidence(model: model)]
        default: break
        }
        state.evidenceView.offsets[column] = min(last, max(0, offset))
        return []
    }
}
