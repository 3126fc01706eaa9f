// Keys on the Evidence screen: scrolling, and running the model's checks.

extension Update {
    static func evidenceAction(_ action: Action, _ state: inout State) -> [Effect] {
        let last = max(0, EvidenceScreen.count(state) - (state.size.rows - 6))
        let page = max(1, state.size.rows - 8)
        var offset = min(state.evidenceView.offset, last)
        switch action {
        case .up: offset -= 1
        case .down: offset += 1
        case .pageUp: offset -= page
        case .pageDown: offset += page
        case .top: offset = 0
        case .bottom: offset = last
        case .runEvidence:
            guard let model = state.open?.model.id else { return [] }
            state.evidenceView.isRunning = true
            return [.runEvidence(model: model)]
        default: break
        }
        state.evidenceView.offset = min(last, max(0, offset))
        return []
    }
}
