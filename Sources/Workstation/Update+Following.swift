// Following the presenter's screen, leaving it, and telling the others what this screen shows.
import Meetings
import Surface
import Twins

extension Update {
    /// What an event leads to beyond itself, for a terminal that has a seat or a conflict to settle.
    ///
    /// A key or a press that moves what is on the screen leaves the presenter: to look for oneself needs no key of its own. Seats is
    /// beside the presenter's screens: who has looked at it comes back to where the presenter is.
    static func afterwards(_ event: Event, _ before: Pointer, _ wasOnSeats: Bool, _ state: inout State) -> [Effect] {
        var effects: [Effect] = []
        if state.sits, state.sitting?.isFollowing == true {
            let isOwn =
                switch event {
                case .key, .mouse: true
                default: false
                }
            if isOwn, !wasOnSeats, state.route != .seats, state.shown != before, let leader = state.leader, leader.id != state.sitting?.stay
            {
                state.sitting?.isFollowing = false
                state.message = Message("You look for yourself; F follows \(leader.seat.name) again")
            }
            if wasOnSeats { state.sitting?.applied = nil }
            effects += applyPointer(&state)
        }
        askAboutConflict(&state)
        guard state.sits, let sitting = state.sitting else { return effects }
        let pointer = state.publishedPointer
        if pointer != sitting.published {
            state.sitting?.published = pointer
            effects.append(.seats(.point(pointer)))
        }
        return effects
    }

    static func toggleFollowing(_ state: inout State) -> [Effect] {
        guard state.sits, let sitting = state.sitting else { return [] }
        state.sitting?.isFollowing.toggle()
        state.sitting?.applied = nil
        if sitting.isFollowing {
            state.message = Message("You look for yourself; F follows again")
        } else {
            state.message = Message(
                state.leader.map { "You follow \($0.seat.name)" } ?? "You follow as soon as a presenter or the chair is there")
            if state.route == .seats { return back(&state) }
        }
        return []
    }

    /// Brings what the leader's screen shows onto this one, unless something is being typed, asked or read here.
    private static func applyPointer(_ state: inout State) -> [Effect] {
        guard state.trainingView.session == nil, let sitting = state.sitting, let leader = state.leader, leader.id != sitting.stay,
            let pointer = leader.pointer, pointer != sitting.applied, let screen = pointer.screen, state.overlay == nil, !state.isTyping,
            state.route != .seats
        else { return [] }
        state.sitting?.applied = pointer
        let route = Route(rawValue: screen).flatMap { $0 == .seats ? nil : $0 } ?? state.route
        if let item = pointer.item, let place = state.agenda.firstIndex(where: { $0.id == item }), state.selectedEntry?.id != item {
            state.selected = place
            state.resetCaseViews()
        }
        state.compareView.focused = max(0, pointer.scenario)
        state.compareView.observable = max(0, pointer.observable)
        state.compareView.endpoint = max(0, pointer.endpoint)
        state.compareView.cursorDay = pointer.cursorDay
        state.compareView.isOverlay = pointer.isOverlay
        state.compareView.isTable = pointer.isTable
        state.caseView.observable = max(0, pointer.observable)
        let isFurther = state.compareView.horizon != pointer.horizon
        state.compareView.horizon = pointer.horizon
        if state.route != route || (route != .agenda && state.open?.item.id != state.selectedEntry?.id) { return go(route, &state) }
        return isFurther ? requestForecasts(&state) : []
    }
}

extension State {
    /// What this screen shows.
    var shown: Pointer {
        Pointer(
            item: route == .agenda ? selectedEntry?.id : open?.item.id ?? selectedEntry?.id, screen: route.rawValue,
            scenario: compareView.focused, observable: route == .patientCase ? caseView.observable : compareView.observable,
            endpoint: compareView.endpoint, cursorDay: compareView.cursorDay, horizon: compareView.horizon,
            isOverlay: compareView.isOverlay, isTable: compareView.isTable)
    }

    /// What the others are told: of a screen that follows only which case it is at, so that a moving cursor is written once, not by all.
    var publishedPointer: Pointer {
        guard sitting?.isFollowing == true, let leader, leader.id != sitting?.stay else { return shown }
        return Pointer(item: shown.item, follows: leader.seat.name)
    }
}
