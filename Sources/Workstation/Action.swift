// Everything a person can ask for, by name: the keymap, the palette, the footer and the help all read this list.
import Surface

/// One thing to do.
public enum Action: String, Hashable, Sendable, CaseIterable {
    case goAgenda, goCase, goCompare, goEditor, goEvidence, goDecision, goSeats, back, nextCase, previousCase
    case up, down, left, right, pageUp, pageDown, top, bottom, choose, nextPane, previousPane
    case overlay, table, cursor, cursorLeft, cursorRight, nextObservable, previousObservable, longerHorizon, shorterHorizon
    case edit, increase, decrease, increaseMuch, decreaseMuch, add, remove, duplicate, rename, undo, redo
    case calibrate, runEvidence, sign, exportSheet, rule, versions
    case removeEntry, entryEarlier, entryLater
    case follow, giveOpinion, voteAgree, voteDissent, voteAbstain, unseal, fillPresent
    case inform, block, register, postpone
    case goFollowUp, goTraining, noteOutcome, survival, nextGrouping, vote, reveal
    case help, palette, search, nextTheme, toggleMouse, copyFigures, redraw, suspend, quit
}

/// How an action is described and where it means something.
public struct ActionInfo: Sendable {
    public let action: Action
    /// A few words for the palette and the help.
    public let title: String
    /// One or two words for the footer; nil keeps it out of the footer.
    public let short: String?
    public let keys: [Key]
    /// The keys as the footer writes them.
    public let keyText: String
    /// nil: everywhere.
    public let routes: Set<Route>?

    init(_ action: Action, _ title: String, _ keyText: String, _ keys: [Key], short: String? = nil, on routes: Set<Route>? = nil) {
        self.action = action
        self.title = title
        self.short = short
        self.keys = keys
        self.keyText = keyText
        self.routes = routes
    }
}
