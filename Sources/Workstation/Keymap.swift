// Which key asks for which action on which screen.
import Surface

public enum Keymap {
    /// In the order in which footer and help show them.
    public static let all: [ActionInfo] = moving + comparing + editing + deciding + seating + preparing + everywhere

    private static let moving: [ActionInfo] = [
        ActionInfo(.up, "Move up", "↑ k", [.up, .character("k")]),
        ActionInfo(.down, "Move down", "↓ j", [.down, .character("j")], short: nil),
        ActionInfo(.left, "Move left; on Compare the scenario to the left", "← h", [.left, .character("h")]),
        ActionInfo(.right, "Move right; on Compare the scenario to the right", "→ l", [.right, .character("l")]),
        ActionInfo(
            .choose, "Open, choose, or edit what is selected", "Enter", [.enter], short: "open",
            on: [.agenda, .patientCase, .compare, .editor, .decision]),
        ActionInfo(.nextPane, "The next pane or field", "Tab", [.tab], short: "pane", on: [.patientCase, .evidence, .decision]),
        ActionInfo(
            .previousPane, "The pane, field or scenario before", "⇧Tab", [.backTab],
            on: [.patientCase, .compare, .editor, .evidence, .decision]),
        ActionInfo(.nextPane, "The next meeting", "Tab", [.tab], short: "meeting", on: [.agenda]),
        ActionInfo(.previousPane, "The meeting before", "⇧Tab", [.backTab], on: [.agenda]),
        ActionInfo(.pageUp, "A page up", "PgUp", [.pageUp, .control("b")]),
        ActionInfo(.pageDown, "A page down", "PgDn", [.pageDown, .control("f")]),
        ActionInfo(.top, "To the first", "Home", [.home]),
        ActionInfo(.bottom, "To the last", "End", [.end]),
    ]

    private static let comparing: [ActionInfo] = [
        ActionInfo(.edit, "Edit the focused scenario", "e", [.character("e")], short: "edit", on: [.patientCase, .compare]),
        ActionInfo(.duplicate, "Duplicate the focused scenario", "d", [.character("d")], short: "duplicate", on: [.compare, .editor]),
        ActionInfo(
            .overlay, "Overlay the scenarios in one plot, or side by side", "o", [.character("o")], short: "overlay", on: [.compare]),
        ActionInfo(.cursor, "Arrow keys move the date cursor, or the focus", "c", [.character("c")], short: "cursor", on: [.compare]),
        ActionInfo(.cursorLeft, "The date cursor earlier", "<", [.character("<"), .character(","), .shiftLeft], on: [.compare]),
        ActionInfo(.cursorRight, "The date cursor later", ">", [.character(">"), .character("."), .shiftRight], on: [.compare]),
        ActionInfo(.nextObservable, "The next measure", "m", [.character("m")], short: "measure", on: [.patientCase, .compare, .editor]),
        ActionInfo(.previousObservable, "The measure before", "M", [.character("M")], on: [.patientCase, .compare, .editor]),
        ActionInfo(.table, "The endpoint table over the whole screen", "t", [.character("t")], short: "table", on: [.compare]),
        ActionInfo(.shorterHorizon, "A shorter horizon", "[", [.character("[")], on: [.compare, .editor]),
        ActionInfo(.longerHorizon, "A longer horizon", "]", [.character("]")], on: [.compare, .editor]),
        ActionInfo(.calibrate, "Calibrate the twin on the record again", "C", [.character("C")], on: [.patientCase, .evidence]),
        ActionInfo(.copyFigures, "Copy the endpoint table to the clipboard", "y", [.character("y")], on: [.compare, .decision]),
    ]

    private static let editing: [ActionInfo] = [
        ActionInfo(
            .increase, "Increase the value a step; hold to go on", "+", [.character("+"), .character("="), .right, .character("l")],
            short: "±value", on: [.editor]),
        ActionInfo(
            .decrease, "Decrease the value a step; hold to go on", "−", [.character("-"), .character("_"), .left, .character("h")],
            on: [.editor]),
        ActionInfo(.increaseMuch, "Increase the value ten steps", "⇧→", [.shiftRight, .character(">")], on: [.editor]),
        ActionInfo(.decreaseMuch, "Decrease the value ten steps", "⇧←", [.shiftLeft, .character("<")], on: [.editor]),
        ActionInfo(.add, "Add an intervention", "a", [.character("a")], short: "add", on: [.editor]),
        ActionInfo(
            .remove, "Remove the intervention, or on Compare the scenario", "x", [.character("x"), .delete], short: "remove",
            on: [.editor, .compare]),
        ActionInfo(.rename, "Rename the scenario", "r", [.character("r")], short: "rename", on: [.editor, .compare]),
        ActionInfo(.nextPane, "The next scenario", "Tab", [.tab], short: "scenario", on: [.editor, .compare]),
        ActionInfo(.undo, "Undo the last change to the scenarios", "u", [.character("u")], short: "undo", on: [.compare, .editor]),
        ActionInfo(.redo, "Redo", "^R", [.control("r")], short: "redo", on: [.compare, .editor]),
    ]

    private static let deciding: [ActionInfo] = [
        ActionInfo(.sign, "Sign the decision", "s", [.character("s")], short: "sign", on: [.decision]),
        ActionInfo(.removeEntry, "Take the entry out", "x", [.character("x"), .delete], on: [.decision]),
        ActionInfo(.entryEarlier, "The entry earlier in its order", "<", [.character("<"), .character(","), .shiftUp], on: [.decision]),
        ActionInfo(.entryLater, "The entry later in its order", ">", [.character(">"), .character("."), .shiftDown], on: [.decision]),
        ActionInfo(
            .exportSheet, "Write the decision sheet into files beside the store", "w", [.character("w")], short: "sheet", on: [.decision]),
        ActionInfo(
            .versions, "Every signed version, and what each changed", "V", [.character("V")], short: "versions", on: [.decision]),
        ActionInfo(
            .rule, "The board's rule: quorum, what a record should hold, every source", "B", [.character("B")], short: "rule",
            on: [.decision, .seats]),
        ActionInfo(.rule, "The board's rule: quorum, what a record should hold, every source", "B", [.character("B")], on: [.agenda]),
        ActionInfo(.runEvidence, "Run the model's checks now", "r", [.character("r")], short: "run checks", on: [.evidence]),
        ActionInfo(
            .goEvidence, "Evidence: what shows that the twin can be believed", "v", [.character("v"), .character("5")], short: "evidence",
            on: [.patientCase, .compare, .editor]),
        ActionInfo(
            .goDecision, "Decision: record what the board proposes", "s", [.character("s"), .character("6")], short: "decide",
            on: [.patientCase, .compare, .editor, .evidence]),
        ActionInfo(
            .goCompare, "Compare the scenarios", "g", [.character("g"), .character("3")], short: "compare",
            on: [.patientCase, .editor, .evidence, .decision]),
    ]

    private static let seating: [ActionInfo] = [
        ActionInfo(.giveOpinion, "Give your opinion, or revise it with a reason", "o", [.character("o")], short: "opinion", on: [.seats]),
        ActionInfo(.voteAgree, "Vote: you agree with what is drafted", "a", [.character("a")], short: "agree", on: [.seats]),
        ActionInfo(.voteDissent, "Vote: you dissent, with your words", "d", [.character("d")], short: "dissent", on: [.seats]),
        ActionInfo(.voteAbstain, "Vote: you abstain", "b", [.character("b")], short: "abstain", on: [.seats]),
        ActionInfo(
            .unseal, "Unseal the opinions before all are in, with a reason (chair)", "u", [.character("u")], short: "unseal", on: [.seats]),
        ActionInfo(
            .fillPresent, "Mark as present in the draft who sits here now", "J", [.character("J")], short: "present",
            on: [.seats, .decision]),
    ]

    private static let preparing: [ActionInfo] = [
        ActionInfo(.noteOutcome, "Note what came of the decision", "i", [.character("i")], short: "note", on: [.followUp]),
        ActionInfo(
            .survival, "Curves of time without progression, or the decisions", "s", [.character("s")], short: "curves", on: [.followUp]),
        ActionInfo(.nextGrouping, "Group the curves by something else", "g", [.character("g")], short: "group", on: [.followUp]),
        ActionInfo(
            .nextObservable, "The next measure; over curves the next disease", "m", [.character("m")], short: "next", on: [.followUp]),
        ActionInfo(.nextObservable, "The next measure", "m", [.character("m")], short: "measure", on: [.training]),
        ActionInfo(.vote, "Vote", "v", [.character("v")], short: "vote", on: [.training]),
        ActionInfo(.reveal, "Reveal what happened, for the trainer", "r", [.character("r")], short: "reveal", on: [.training]),
        ActionInfo(
            .choose, "Join the training that is selected; in one, read the letter", "Enter", [.enter], short: "join", on: [.training]),
        ActionInfo(.inform, "Note that the patient was informed", "i", [.character("i")], short: "informed", on: [.agenda]),
        ActionInfo(.block, "Block the case, with the reason", "b", [.character("b")], on: [.agenda]),
        ActionInfo(.register, "Register the case without discussion, with the rule's reason", "R", [.character("R")], on: [.agenda]),
        ActionInfo(.postpone, "Put the case off to another meeting", "P", [.character("P")], on: [.agenda]),
    ]

    private static let everywhere: [ActionInfo] = [
        ActionInfo(.nextCase, "The next case", "n", [.character("n")], short: "next case"),
        ActionInfo(.previousCase, "The case before", "p", [.character("p")]),
        ActionInfo(.goAgenda, "Agenda", "1", [.character("1")]),
        ActionInfo(.goCase, "The case: record and fit", "2", [.character("2")]),
        ActionInfo(.goCompare, "Compare the scenarios", "3", [.character("3")]),
        ActionInfo(.goEditor, "Edit a scenario", "4", [.character("4")]),
        ActionInfo(.goEvidence, "Evidence", "5", [.character("5")]),
        ActionInfo(.goDecision, "Decision", "6", [.character("6")]),
        ActionInfo(.goSeats, "Seats: who is there, opinions, votes", "7", [.character("7")]),
        ActionInfo(.follow, "Follow the presenter's screen, or look for yourself", "F", [.character("F")]),
        ActionInfo(.goFollowUp, "Follow-up: forecasts against what happened", "8", [.character("8")]),
        ActionInfo(.goTraining, "Training: a case run blind", "9", [.character("9")]),
        ActionInfo(.search, "Search cases, patients and letters", "/", [.character("/")], short: "search"),
        ActionInfo(.palette, "Command palette", ":", [.character(":"), .control("p")], short: "palette"),
        ActionInfo(.help, "Help: all keys that work here", "?", [.character("?"), .function(1)], short: "help"),
        ActionInfo(.back, "Back", "Esc", [.escape, .backspace]),
        ActionInfo(.nextTheme, "The next theme (dark, light, projector, contrast)", "T", [.character("T")]),
        ActionInfo(.toggleMouse, "Mouse on or off (off: the terminal's own selection)", "%", [.character("%")]),
        ActionInfo(.redraw, "Draw the screen anew", "^L", [.control("l")]),
        ActionInfo(.suspend, "Suspend to the shell", "^Z", [.control("z")]),
        ActionInfo(.quit, "Leave", "q", [.character("q"), .control("c")]),
    ]

    /// The action of a key on a screen: the screen's own first, then what holds everywhere.
    public static func action(for key: Key, on route: Route) -> Action? {
        let screens = comparing + editing + deciding + seating + preparing
        let own = screens.first { $0.keys.contains(key) && ($0.routes?.contains(route) ?? true) }
        let general = (moving + everywhere).first { $0.keys.contains(key) && ($0.routes?.contains(route) ?? true) }
        return own?.action ?? general?.action
    }

    /// What can be asked for on a screen, each action once, in order.
    public static func actions(on route: Route) -> [ActionInfo] {
        var seen: Set<Action> = []
        return (comparing + editing + deciding + seating + preparing + moving + everywhere).filter { info in
            guard info.routes?.contains(route) ?? true else { return false }
            return seen.insert(info.action).inserted
        }
    }
}
