// What the header says of this seat: whom it follows, and how long the case has been on the table.
import Meetings
import Surface

enum SeatsHeader {
    static func spans(_ state: State) -> [Span] {
        let look = state.look
        var spans: [Span] = []
        if let sitting = state.sitting, state.sits, sitting.isFollowing, let leader = state.leader, leader.id != sitting.stay {
            spans.append(Span("\(look.glyphs.pointer)\(state.size.columns >= 110 ? leader.seat.name : "follows")  ", look[.header]))
        }
        if state.route != .agenda, let minutes = state.caseMinutes, let open = state.open, let time = state.seatsNow.times[open.item.id] {
            let isLong = time.seconds(at: state.now) > CaseTime.routine
            let tone = isLong ? look[.warning].foreground : look[.headerQuiet].foreground
            spans.append(
                Span(
                    (isLong ? "\(look.glyphs.warning) " : "") + "\(minutes) min  ",
                    Style(tone, on: look[.header].background, look[.header].attributes)))
        }
        return spans
    }
}
