// Seats: who is there and where they look, the opinions, sealed or not, the votes, and the chair's clock.
import Meetings
import Surface
import Twins

enum SeatsScreen {
    static func draw(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let parts = layout(state, in: rect)
        present(state, in: parts.present, &drawing)
        if state.isWritingOpinion, let open = state.open { return OpinionPane.form(state, open, in: parts.voices, &drawing) }
        let title = state.open.map { "Opinions and votes · \($0.item.patient)" } ?? "Opinions and votes"
        let inside = drawing.frame.box(parts.voices, state.look, title: title, footer: clock(state), focused: true)
        let lines = voiceLines(state, width: max(10, inside.width - 1))
        let first = min(state.seatsView.offset, max(0, lines.count - inside.height))
        for (row, spans) in lines.dropFirst(first).prefix(inside.height).enumerated() {
            drawing.frame.put(spans, at: inside.line(row).origin, width: inside.width)
        }
        if lines.count > inside.height { drawing.frame.scrollMark(inside, offset: first, count: lines.count, state.look) }
    }

    private static func layout(_ state: State, in rect: Rect) -> (present: Rect, voices: Rect) {
        if rect.width >= 110 {
            let parts = rect.columns([.share(1), .share(1)], gap: 1)
            return (parts[0], parts[1])
        }
        let rows = min(rect.height * 2 / 5, max(4, state.present.count + 2 + notes(state, width: rect.width - 4).count))
        return (rect.top(rows), rect.dropTop(rows))
    }

    /// Lines of opinions and votes, and how many of them are seen at once.
    static func lineCount(_ state: State) -> Int { voiceLines(state, width: voicesInside(state).width - 1).count }
    static func room(_ state: State) -> Int { voicesInside(state).height }

    private static func voicesInside(_ state: State) -> Rect {
        let body = Rect(column: 0, row: 2, width: state.size.columns, height: max(0, state.size.rows - 3))
        return layout(state, in: body).voices.inset()
    }

    private static func clock(_ state: State) -> String? {
        guard let open = state.open, let time = state.seatsNow.times[open.item.id] else { return nil }
        let seconds = Int(time.seconds(at: state.now))
        return "on the table \(seconds / 60) min" + (time.isRunning ? "" : ", paused")
    }

    private static func present(_ state: State, in rect: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let seats = state.present
        let inside = drawing.frame.box(rect, look, title: "Here now (\(seats.count))", footer: own(state))
        guard !seats.isEmpty else {
            drawing.frame.paragraph(
                "Nobody has taken a seat. «twinboard open --meeting \(state.meeting?.id ?? "ID") --seat NAME» takes one.", in: inside,
                look[.quiet])
            return
        }
        // Beside the voices there are rows to spare and few columns: a seat has two rows, and nothing of it is cut.
        let notes = notes(state, width: inside.width - 2)
        let rows = inside.width < 90 && seats.count * 2 + notes.count <= inside.height ? 2 : 1
        let columns = Columns(seats.map(\.seat), width: inside.width)
        for (place, attending) in seats.prefix(inside.height).enumerated() {
            let spans = spans(attending, state, columns, width: inside.width, isShort: rows == 2)
            drawing.frame.put(spans, at: inside.line(place * rows).origin, width: inside.width)
            guard rows == 2 else { continue }
            drawing.frame.put(
                "    "
                    + [attending.seat.specialty, joined(attending, state), self.place(attending, state)].filter { !$0.isEmpty }.joined(
                        separator: " · "), in: inside, line: place * 2 + 1, look[.quiet])
        }
        let room = inside.height - seats.count * rows
        for (place, note) in notes.prefix(max(0, room)).enumerated() {
            drawing.frame.put(" " + note.text, in: inside, line: seats.count * rows + (room > notes.count ? 1 : 0) + place, look[note.role])
        }
        if seats.count > inside.height {
            drawing.frame.put("… and \(seats.count - inside.height + 1) more", in: inside.bottom(1), look[.quiet])
        }
    }

    /// What is missing for the quorum, and who is expected and not here.
    private static func notes(_ state: State, width: Int) -> [(text: String, role: Theme.Role)] {
        guard let meeting = state.meeting, !state.present.isEmpty else { return [] }
        let quorum = Quorum(state.seats, rule: .rule(for: meeting.board))
        let here = Set(state.present.map { meeting.rosterSeat($0.seat.name)?.name ?? $0.seat.name })
        let awaited = meeting.seats.filter { !here.contains($0.name) }.map { "\($0.name) (\($0.specialty))" }
        let missing = quorum.isReached ? [] : ["No quorum: missing \(quorum.missing.joined(separator: ", "))"]
        let expected = awaited.isEmpty ? [] : ["Not here: \(awaited.joined(separator: ", "))"]
        func lines(_ words: [String], _ role: Theme.Role) -> [(text: String, role: Theme.Role)] {
            words.flatMap { TextWidth.wrap($0, width: max(8, width)) }.map { ($0, role) }
        }
        return lines(missing, .warning) + lines(expected, .quiet)
    }

    /// Widths of a row's parts: what the names need, and for where a seat looks what «case 12, Decision» needs.
    private struct Columns {
        let name: Int
        let specialty: Int
        let role: Int

        init(_ seats: [Seat], width: Int) {
            func widest(_ texts: [String], atMost most: Int) -> Int { min(most, texts.map { TextWidth.of($0) }.max() ?? 0) }
            name = widest(seats.map(\.name), atMost: max(12, width / 3))
            role = widest(seats.map(\.role.rawValue), atMost: 11)
            specialty = max(8, widest(seats.map(\.specialty), atMost: width - name - role - 30))
        }
    }

    private static func joined(_ attending: AttendingSeat, _ state: State) -> String {
        DateText.clock(attending.joined, offsetMinutes: state.utcOffsetMinutes)
    }

    /// A seat's row; `isShort`: its specialty, since when and where it looks stand in a row below.
    private static func spans(
        _ attending: AttendingSeat, _ state: State, _ columns: Columns, width: Int, isShort: Bool
    ) -> [Span] {
        let look = state.look
        let isLeader = attending.id == state.leader?.id
        let hasAnswered = state.voices?.answered.contains(attending.seat.name) ?? false
        let sign = !attending.seat.hasVoice ? "  " : hasAnswered ? "\(look.glyphs.tick) " : "\(look.glyphs.circle) "
        let name = isShort ? width - 17 : columns.name
        let head = [
            Span(isLeader ? "\(look.glyphs.pointer) " : "  ", look[.accent]), Span(sign, look[hasAnswered ? .good : .quiet]),
            Span(TextWidth.fit(attending.seat.name, to: name) + " ", look[.text].with(attending.id == state.sitting?.stay ? .bold : [])),
        ]
        let role = Span(TextWidth.fit(attending.seat.role.rawValue, to: isShort ? 11 : columns.role) + " ", look[.quiet])
        if isShort { return head + [role] }
        return head + [
            Span(TextWidth.fit(attending.seat.specialty, to: columns.specialty) + " ", look[.text]), role,
            Span(joined(attending, state) + " ", look[.quiet]), Span(place(attending, state), look[.quiet]),
        ]
    }

    /// Which case a seat looks at, on which screen, and whom it follows.
    private static func place(_ attending: AttendingSeat, _ state: State) -> String {
        guard let pointer = attending.pointer else { return "" }
        let number = pointer.item.flatMap { id in state.agenda.first { $0.id == id }?.item.position }.map { "case \($0)" } ?? ""
        if let leader = pointer.follows {
            // Whom the pointer marks need not be named in every row.
            let whom = leader == state.leader?.seat.name ? "follows" : "follows \(leader)"
            return [number, whom].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return [number, pointer.screen.flatMap(Route.init(rawValue:))?.title ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func own(_ state: State) -> String {
        guard let sitting = state.sitting else { return "you have no seat: --seat NAME" }
        if let ended = sitting.ended { return "you no longer sit here: \(ended)" }
        if state.leader?.id == sitting.stay { return "the others follow you" }
        guard state.leader != nil else { return "no presenter and no chair is here to be followed" }
        return sitting.isFollowing ? "you follow; any move leaves" : "you look for yourself; F follows"
    }

    private static func voiceLines(_ state: State, width: Int) -> [[Span]] {
        let look = state.look
        guard let voices = state.voices else { return [[Span(" no case is open", look[.quiet])]] }
        var lines: [[Span]] = []
        func put(_ text: String, _ role: Theme.Role = .text, indent: Int = 1) {
            for line in TextWidth.wrap(text, width: max(8, width - indent)) {
                lines.append([Span(String(repeating: " ", count: indent) + line, look[role])])
            }
        }
        let seal = voices.isUnsealed ? "unsealed" : "sealed until all are in"
        put("Opinions: \(voices.given) of \(voices.asked.count) here have answered, \(seal)", .heading)
        if let unsealing = voices.unsealing { put("unsealed: \(unsealing.reason) (\(unsealing.by))", .quiet) }
        if !voices.awaited.isEmpty { put("awaited: " + voices.awaited.joined(separator: ", "), voices.isUnsealed ? .quiet : .warning) }
        // The room may see the screen that the others follow.
        let isOnTheWall = !voices.isUnsealed && state.leader?.id == state.sitting?.stay
        if isOnTheWall, !voices.opinions.isEmpty { put("Yours is in; it is sealed here too, since the others follow this screen.", .quiet) }
        for opinion in isOnTheWall ? [] : voices.opinions {
            let late = opinion.version > 1 ? " · revision \(opinion.version)" : opinion.afterReveal ? " · after the simulation" : ""
            put("\(opinion.seat), \(opinion.specialty)\(late)", .quiet)
            put(opinion.choice.text, .text, indent: 3)
            if !opinion.reason.isEmpty { put("because " + opinion.reason, .text, indent: 3) }
            if !opinion.comorbidity.isEmpty { put("other diseases: " + opinion.comorbidity, .text, indent: 3) }
            if !opinion.preference.isEmpty { put("the patient wants: " + opinion.preference, .text, indent: 3) }
        }
        for declaration in voices.declared { put("\(declaration.seat) gives none: \(declaration.reason)", .quiet) }
        lines.append([])
        votes(voices, put)
        return lines
    }

    private static func votes(_ voices: CaseVoices, _ put: (String, Theme.Role, Int) -> Void) {
        let votes = voices.latestVotes
        guard voices.proposal != nil || !votes.isEmpty else {
            return put("Votes: nothing is drafted yet", .heading, 1)
        }
        func count(_ kind: Vote.Kind) -> Int { votes.count { $0.vote.kind == kind } }
        let missing = voices.asked.filter { name in !votes.contains { $0.vote.seat == name } }
        put("Votes" + (voices.proposal.map { " on «\($0)»" } ?? ""), .heading, 1)
        put("\(count(.agrees)) agree, \(count(.dissents)) dissent, \(count(.abstains)) abstain, \(missing.count) not yet", .text, 1)
        for cast in votes {
            let isOld = voices.proposal.map { $0 != cast.on } ?? false
            let old = isOld ? " (cast on «\(cast.on)»: the draft has changed since)" : ""
            let words = cast.vote.words.isEmpty ? "" : ": \(cast.vote.words)"
            put("\(cast.vote.seat) \(cast.vote.kind.rawValue)\(words)\(old)", isOld || cast.vote.kind == .dissents ? .warning : .text, 1)
        }
    }
}
