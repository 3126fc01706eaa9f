// What a case's screen says while the case is not open.
import Surface

enum OpeningWords {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let inside = Rect(column: rect.column + 2, row: rect.row + 1, width: max(1, rect.width - 4), height: max(0, rect.height - 1))
        guard let failure = state.openFailure else {
            drawing.frame.paragraph("Opening the case", in: inside, look[.quiet])
            return
        }
        drawing.frame.paragraph("The case could not be opened: \(failure)", in: inside, look[.danger])
        drawing.frame.paragraph("2 tries again, 1 goes back to the agenda.", in: inside.dropTop(4), look[.quiet])
    }
}
