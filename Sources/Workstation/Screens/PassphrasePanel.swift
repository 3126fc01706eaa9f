// The question for the chair's passphrase, over the Decision screen.
import Surface

enum PassphrasePanel {
    static func draw(_ state: State, _ dialog: PassphraseDialog, in body: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let name = dialog.request.decision.signedBy
        let width = min(76, body.width)
        let text =
            dialog.request.isNew
            ? [
                "\(name) has no key yet. Choose a passphrase of at least eight characters: it makes the key that signs, and nobody can "
                    + "find it again if it is lost.",
                "Only \(name) should type here.",
            ]
            : ["The passphrase unlocks the key of \(name) to sign this decision."]
        let last = "Then the key stays unlocked at this seat: 30 minutes from the last signature, or until you suspend or leave."
        let lines = (text + [last]).flatMap { TextWidth.wrap($0, width: max(1, width - 4)) }.prefix(max(1, body.height - 6))
        let fields = dialog.request.isNew ? 2 : 1
        let title = dialog.request.isNew ? "Choose a passphrase" : "Passphrase"
        let inside = Overlays.panel(state, title, width: width, height: lines.count + fields + 3, in: body, &drawing).inset(
            columns: 1, rows: 0)
        for (row, line) in lines.enumerated() { drawing.frame.put(line, in: inside, line: row, look[.text]) }
        let inputs = dialog.request.isNew ? [("Passphrase", dialog.first), ("Once more", dialog.second)] : [("Passphrase", dialog.first)]
        for (place, (label, input)) in inputs.enumerated() {
            let row = inside.row + min(lines.count + 1 + place, inside.height - inputs.count + place)
            drawing.frame.put(
                TextWidth.fit(label, to: 12), at: Point(column: inside.column, row: row), look[.quiet], width: inside.width)
            input.draw(
                into: &drawing.frame, at: Point(column: inside.column + 12, row: row), width: max(2, inside.width - 12), look,
                focused: place == (dialog.isAtSecond ? 1 : 0))
        }
    }
}
