// From the state to the screen: one header line, the screens' names, one body, one footer with the keys that work now.
import Meetings
import Surface
import Twins

/// What a mouse press at a place means.
public enum HitTarget: Hashable, Sendable {
    case action(Action)
    case agendaRow(Int)
    case scenario(Int)
    case endpoint(Int)
    /// A column of a plot: the day under it, and the scenario if the plot is of one.
    case plot(day: Double, scenario: Int?)
    case editorLine(Int)
    case decisionLine(Int)
    case pickRow(Int)
    case opinionLine(Int)
    case pane(CaseView.Pane)
    case document(Int)
    case paletteRow(Int)
    case searchRow(Int)
}

/// A rectangle that answers to the mouse.
public struct Hit: Hashable, Sendable {
    public var rect: Rect
    public var target: HitTarget
    public init(_ rect: Rect, _ target: HitTarget) {
        self.rect = rect
        self.target = target
    }
}

/// A frame and what lies where on it; the last hit that contains a point is on top.
public struct Drawing: Sendable {
    public var frame: Frame
    public var hits: [Hit] = []
    public func target(at point: Point) -> HitTarget? { hits.last { $0.rect.contains(point) }?.target }
}

public enum View {
    /// Below this nothing useful can be drawn; the screen then says what it needs.
    public static let minimum = Size(columns: 60, rows: 16)

    /// Draws the state at its own size.
    public static func draw(_ state: State) -> Drawing {
        var drawing = Drawing(frame: Frame(size: state.size, fill: state.look[.background]))
        guard state.size.columns >= minimum.columns, state.size.rows >= minimum.rows else {
            tooSmall(state, &drawing)
            return drawing
        }
        let bounds = drawing.frame.bounds
        header(state, in: bounds.top(1), &drawing)
        tabs(state, in: bounds.line(1), &drawing)
        let body = bounds.dropTop(2).dropBottom(1)
        switch state.route {
        case _ where state.isShownNoSimulation: OpinionPane.draw(state, in: body, &drawing)
        case .agenda: AgendaScreen.draw(state, in: body, &drawing)
        case .patientCase: CaseScreen.draw(state, in: body, &drawing)
        case .compare: CompareScreen.draw(state, in: body, &drawing)
        case .editor: EditorScreen.draw(state, in: body, &drawing)
        case .evidence: EvidenceScreen.draw(state, in: body, &drawing)
        case .decision: DecisionScreen.draw(state, in: body, &drawing)
        case .seats: SeatsScreen.draw(state, in: body, &drawing)
        case .followUp: FollowUpScreen.draw(state, in: body, &drawing)
        case .training: TrainingScreen.draw(state, in: body, &drawing)
        }
        footer(state, in: bounds.bottom(1), &drawing)
        if let problem = state.saveProblem {
            message(Message("Not saved yet, tried again: \(problem)", .danger), state, in: body.bottom(1), &drawing)
        } else if let message = state.message {
            self.message(message, state, in: body.bottom(1), &drawing)
        }
        Overlays.draw(state, in: body, &drawing)
        if !state.look.capability.unicode { drawing.frame = drawing.frame.foldedToASCII() }
        return drawing
    }

    private static func tooSmall(_ state: State, _ drawing: inout Drawing) {
        let look = state.look
        let lines = [
            "Too small: \(state.size.columns)x\(state.size.rows).", "twinboard needs \(minimum.columns)x\(minimum.rows).",
            "Nothing is lost; enlarge the window.",
        ]
        for (row, line) in lines.enumerated() { drawing.frame.put(line, at: Point(column: 0, row: row), look[.text]) }
    }

    private static func header(_ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        drawing.frame.fill(line, look[.header])
        var right = SeatsHeader.spans(state) + quorum(state)
        if state.isTraining {
            right = [
                Span("TRAINING ", Style(look[.warning].foreground, on: look[.header].background, look[.header].attributes).with(.bold))
            ]
        }
        if state.meeting?.isDemo ?? false, !state.isTraining { right.append(Span("  DEMO ", look[.header].with(.bold))) }
        if line.width >= 100 {
            right.append(Span("  " + DateText.clock(state.now, offsetMinutes: state.utcOffsetMinutes) + " ", look[.headerQuiet]))
        }
        let rightWidth = right.reduce(0) { $0 + $1.text.width }
        drawing.frame.put(right, at: Point(column: max(0, line.maxColumn - rightWidth), row: line.row), width: rightWidth)
        let room = line.width - rightWidth - 2
        var left = [Span(" " + (state.meeting?.title ?? "twinboard"), look[.header].with(.bold))]
        if let meeting = state.meeting {
            left.append(Span(" · " + DateText.header(meeting.day) + " " + meeting.time, look[.headerQuiet]))
        }
        // The case that is open, whatever is selected; what is selected only until it has opened.
        let entry = state.open.map { open in state.agenda.first { $0.id == open.item.id } } ?? state.selectedEntry
        if state.route.isOfCase, let open = state.open, entry == nil {
            left.append(Span("   " + open.item.patient, look[.header].with(.bold)))
        } else if let entry, state.route.isOfCase {
            left.append(Span("   \(entry.item.position)/\(state.agenda.count)  ", look[.headerQuiet]))
            left.append(Span(entry.item.patient, look[.header].with(.bold)))
            left.append(Span(" · " + DateText.person(entry), look[.header]))
            if !entry.summary.isEmpty { left.append(Span(" · " + entry.summary, look[.headerQuiet])) }
        } else if !state.agenda.isEmpty {
            left.append(Span("   \(state.agenda.count) cases", look[.headerQuiet]))
        }
        // The patient matters more than the meeting's date where both do not fit.
        let width = left.reduce(0) { $0 + $1.text.width }
        if width > room, state.route.isOfCase, left.count > 2 { left.remove(at: 1) }
        // Nothing of a meeting or a patient stands over a training.
        if state.isTraining { left = [Span(" " + (state.trainingView.session?.title ?? "Training"), look[.header].with(.bold))] }
        drawing.frame.put(left, at: line.origin, width: max(0, room))
    }

    private static func quorum(_ state: State) -> [Span] {
        let look = state.look
        guard let meeting = state.meeting else { return [] }
        let quorum = Quorum(state.seats, rule: .rule(for: meeting.board))
        let words =
            quorum.isReached
            ? "quorum \(quorum.physicians)/\(quorum.rule.minimumPhysicians) ✓"
            : "no quorum \(quorum.physicians)/\(quorum.rule.minimumPhysicians) ✗"
        let tone = look[quorum.isReached ? .good : .warning].foreground
        return [Span(words, Style(tone, on: look[.header].background, look[.header].attributes))]
    }

    private static func tabs(_ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        var column = line.column + 1
        // From a training nothing else is reached, so nothing else is offered.
        let routes = state.trainingView.session == nil ? Route.allCases : [.training]
        let names = tabNames(routes, state.route, width: line.width)
        for (index, route) in routes.enumerated() {
            let isHere = route == state.route
            let text = names[index]
            let start = column
            column = drawing.frame.put(text, at: Point(column: column, row: line.row), look[isHere ? .heading : .quiet]) + 2
            drawing.hits.append(Hit(Rect(column: start, row: line.row, width: column - start - 1, height: 1), .action(action(for: route))))
        }
        let notice = line.width - column >= 50 ? "research and teaching · not a medical device" : "not a medical device"
        let width = TextWidth.of(notice)
        if line.maxColumn - column > width {
            drawing.frame.put(notice, at: Point(column: line.maxColumn - width - 1, row: line.row), look[.warning])
        }
    }

    /// With their numbers, where there is room; narrow screens name only where one is, so that the notice has its place.
    private static func tabNames(_ routes: [Route], _ here: Route, width: Int) -> [String] {
        let room = width - TextWidth.of("not a medical device") - 2
        let whole = routes.map { "\($0.digit) \($0.title)" }
        let choices = [whole, routes.map(\.title)]
        return choices.first { names in names.reduce(0) { $0 + TextWidth.of($1) + 2 } < room }
            ?? routes.map { $0 == here ? $0.title : "\($0.digit)" }
    }

    private static func action(for route: Route) -> Action {
        switch route {
        case .agenda: .goAgenda
        case .patientCase: .goCase
        case .compare: .goCompare
        case .editor: .goEditor
        case .evidence: .goEvidence
        case .decision: .goDecision
        case .seats: .goSeats
        case .followUp: .goFollowUp
        case .training: .goTraining
        }
    }

    private static func footer(_ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        drawing.frame.fill(line, look[.footer])
        let keys = Footer.keys(state)
        // Palette and help end the line at every width; what comes before is cut from the right.
        let tail = keys.suffix(2)
        let tailWidth = tail.reduce(0) { $0 + Footer.width($1) }
        var column = line.column + 1
        for key in keys.dropLast(2) where column + Footer.width(key) <= line.maxColumn - tailWidth {
            column = footerKey(key, at: column, line, look, &drawing)
        }
        for key in tail { column = footerKey(key, at: column, line, look, &drawing) }
    }

    private static func footerKey(_ key: Footer.Key, at start: Int, _ line: Rect, _ look: Look, _ drawing: inout Drawing) -> Int {
        var column = drawing.frame.put(key.key, at: Point(column: start, row: line.row), look[.footerKey])
        column = drawing.frame.put(" " + key.words, at: Point(column: column, row: line.row), look[.footer])
        if let action = key.action {
            drawing.hits.append(Hit(Rect(column: start, row: line.row, width: column - start, height: 1), .action(action)))
        }
        return column + 2
    }

    private static func message(_ message: Message, _ state: State, in line: Rect, _ drawing: inout Drawing) {
        let look = state.look
        let role: Theme.Role =
            switch message.tone {
            case .note: .accent
            case .good: .good
            case .warning: .warning
            case .danger: .danger
            }
        let sign =
            switch message.tone {
            case .note: ""
            case .good: "\(look.glyphs.tick) "
            case .warning, .danger: "\(look.glyphs.warning) "
            }
        drawing.frame.fill(line, look[.background])
        drawing.frame.put(" " + sign + message.text, at: line.origin, look[role], width: line.width)
    }
}
