// Keys that the editor's open line or its list of interventions takes before they mean anything else.
import Surface
import Twins

extension Update {
    /// Nil if the key is not for them. ^C, ^Z and F1 always get through.
    static func editorInputKey(_ key: Key, _ state: inout State) -> [Effect]? {
        switch key {
        case .control("c"), .control("z"), .control("l"), .function(1): return nil
        default: break
        }
        if var input = state.editorView.input {
            switch key {
            case .enter: return takeInput(input.text, &state)
            case .escape:
                state.editorView.input = nil
                state.message = Message("Nothing was changed")
            default:
                if !input.take(key) { state.message = Message("Enter takes what was typed, Esc leaves it") }
                state.editorView.input = input
            }
            return []
        }
        guard let adding = state.editorView.adding else { return nil }
        let last = max(0, (state.open?.model.interventionKinds.count ?? 1) - 1)
        switch key {
        case .up, .character("k"): state.editorView.adding = max(0, adding - 1)
        case .down, .character("j"): state.editorView.adding = min(last, adding + 1)
        case .home: state.editorView.adding = 0
        case .end: state.editorView.adding = last
        case .enter, .right, .character("l"): return addChosen(&state)
        case .escape, .backspace, .left, .character("h"), .character("a"): state.editorView.adding = nil
        default:
            // Any other key leaves the list and does what it always does.
            state.editorView.adding = nil
            return nil
        }
        return []
    }
}
