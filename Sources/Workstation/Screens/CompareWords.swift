// What stands on Compare and in the editor while there is nothing to compare: the reason, and what can be done.
import Surface
import Twins

enum CompareWords {
    struct Words {
        var title: String
        var lines: [String]
        var role: Theme.Role = .heading
    }

    static func noCase(_ state: State) -> Words {
        if state.open != nil { return Words(title: "This twin's model has nothing to plot.", lines: ["Its card (5) says what it is for."]) }
        if let failure = state.openFailure {
            return Words(
                title: "The case could not be opened.", lines: [failure, "2 tries again, 1 goes back to the agenda."], role: .danger)
        }
        if state.selectedEntry != nil {
            return Words(title: "Opening the case", lines: ["The record and the twin are being read from the store."])
        }
        return Words(title: "No case is open.", lines: ["1 shows the agenda."])
    }

    /// Words in place of the plots; nil if there is something to show.
    static func instead(of scene: CompareScene) -> Words? {
        let open = scene.open
        if open.shownForecasts.contains(where: { $0 != nil }) { return nil }
        switch open.calibration {
        case .failed(let reason):
            return Words(
                title: "The twin could not be calibrated.", lines: [reason, "2 shows the record; C there or on Evidence tries again."],
                role: .danger)
        case .notStarted, .running:
            return Words(
                title: "Calibrating the twin on the record",
                lines: ["The scenarios appear as soon as it is done; the other screens work meanwhile."])
        case .ready: break
        }
        if open.scenarios.isEmpty {
            return Words(title: "This case has no scenario yet.", lines: ["4 opens the editor; a adds the first one there."])
        }
        let failures = open.scenarios.enumerated().compactMap { index, scenario in
            open.forecasts[scenario.id]?.failure.map { "\(ComparePlots.letter(index)): \($0)" }
        }
        if failures.count == open.scenarios.count {
            return Words(title: "No forecast could be computed.", lines: failures + ["e edits the scenario."], role: .danger)
        }
        return Words(
            title: "Computing the forecasts",
            lines: open.scenarios.enumerated().map { "\(ComparePlots.letter($0))  \(open.shown($1).name)" })
    }

    static func draw(_ words: Words, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let width = min(max(1, rect.width - 4), 76)
        let lines = words.lines.flatMap { TextWidth.wrap($0, width: width) }
        let area = rect.centred(width: width, height: lines.count + 2)
        drawing.frame.put(words.title, in: area, line: 0, look[words.role])
        for (row, line) in lines.enumerated() { drawing.frame.put(line, in: area, line: row + 2, look[.quiet]) }
    }
}
