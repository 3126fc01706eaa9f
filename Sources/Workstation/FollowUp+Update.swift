// The Follow-up screen's part of the state, its keys, and the work behind it.
import Meetings
import Records
import Surface
import Twins

/// Where the person is on Follow-up.
public struct FollowUpView: Sendable {
    /// Nil until they have been read.
    public var cases: [FollowUpCase]?
    public var report: CalibrationReport?
    public var isLoading = false
    public var selected = 0
    /// Which of the case's measured observables the plot shows.
    public var observable = 0
    /// The curves over the decided patients instead of the decisions.
    public var showsSurvival = false
    public var cohorts: [BoardCohort] = []
    public var cohort = 0
    public var grouping = BoardCohort.Grouping.treatment
    /// Of the cohort and the grouping above; nil where no decided patient has a course.
    public var survival: BoardSurvival?
    public var survivalScroll = 0
    public init() {}

    public var current: FollowUpCase? { cases.flatMap { $0.indices.contains(selected) ? $0[selected] : nil } }

    mutating func takeSurvival() {
        survival = cohorts.isEmpty ? nil : BoardSurvival(cohorts[cohort % cohorts.count], by: grouping)
    }
}

extension Update {
    static func goFollowUp(_ state: inout State) -> [Effect] {
        var effects = go(.followUp, &state)
        if !state.followUpView.isLoading {
            state.followUpView.isLoading = true
            effects.append(.loadFollowUps())
        }
        return effects
    }

    static func receiveFollowUps(_ cases: [FollowUpCase], _ state: inout State) {
        let today = state.now.day
        // What is due comes first, then by the day of the review.
        let sorted = cases.sorted {
            ($0.isDue(on: today) ? 0 : 1, $0.due?.number ?? .max, $0.item.id) < (
                $1.isDue(on: today) ? 0 : 1, $1.due?.number ?? .max, $1.item.id
            )
        }
        let before = state.followUpView.current?.id
        state.followUpView.cases = sorted
        state.followUpView.report = CalibrationReport(cases)
        state.followUpView.cohorts = BoardCohort.all(of: cases)
        state.followUpView.takeSurvival()
        state.followUpView.isLoading = false
        state.followUpView.selected = sorted.firstIndex { $0.id == before } ?? min(state.followUpView.selected, max(0, sorted.count - 1))
    }

    /// Keys over the curves; those that mean the list of decisions do nothing.
    private static func survivalAction(_ action: Action, _ state: inout State) -> [Effect] {
        let last = SurvivalPane.lastScroll(state)
        let before = min(last, state.followUpView.survivalScroll)
        switch action {
        case .survival: state.followUpView.showsSurvival = false
        case .nextGrouping, .nextObservable:
            let all = BoardCohort.Grouping.allCases
            if action == .nextGrouping {
                state.followUpView.grouping = all[((all.firstIndex(of: state.followUpView.grouping) ?? 0) + 1) % all.count]
            } else {
                state.followUpView.cohort = (state.followUpView.cohort + 1) % max(1, state.followUpView.cohorts.count)
            }
            state.followUpView.survivalScroll = 0
            state.followUpView.takeSurvival()
        case .up: state.followUpView.survivalScroll = max(0, before - 1)
        case .down: state.followUpView.survivalScroll = min(last, before + 1)
        case .pageUp: state.followUpView.survivalScroll = max(0, before - 8)
        case .pageDown: state.followUpView.survivalScroll = min(last, before + 8)
        case .top: state.followUpView.survivalScroll = 0
        case .bottom: state.followUpView.survivalScroll = last
        default: break
        }
        return []
    }

    static func followUpAction(_ action: Action, _ state: inout State) -> [Effect] {
        if state.followUpView.showsSurvival { return survivalAction(action, &state) }
        let last = max(0, (state.followUpView.cases?.count ?? 0) - 1)
        let before = state.followUpView.selected
        switch action {
        case .up: state.followUpView.selected = max(0, before - 1)
        case .down: state.followUpView.selected = min(last, before + 1)
        case .top: state.followUpView.selected = 0
        case .bottom: state.followUpView.selected = last
        case .pageUp: state.followUpView.selected = max(0, before - 10)
        case .pageDown: state.followUpView.selected = min(last, before + 10)
        case .nextObservable: state.followUpView.observable += 1
        case .survival:
            state.followUpView.showsSurvival = true
            state.followUpView.survivalScroll = 0
        case .noteOutcome:
            guard let current = state.followUpView.current else {
                state.message = Message("there is no decided case to follow up", .warning)
                return []
            }
            state.overlay = .confirm(
                Confirmation(
                    title: "What came of the decision · " + current.item.patient,
                    lines: [
                        "Proposed: " + (current.decision.draft.choice?.text ?? ""),
                        "Type «yes», «partly: why» or «no: why»; after a semicolon what was given instead.",
                    ], input: TextInput(), purpose: .followUp(current.id)))
        default: break
        }
        if state.followUpView.selected != before { state.followUpView.observable = 0 }
        return []
    }

    /// `no: he declined; FOLFIRI elsewhere`.
    static func noteOutcomeNow(_ item: Int64, typed: String, _ state: inout State) -> [Effect] {
        let parts = typed.split(separator: ";", maxSplits: 1).map(String.init)
        let head = (parts.first ?? "").split(separator: ":", maxSplits: 1).map { String($0).squeezed }
        guard let current = state.followUpView.cases?.first(where: { $0.id == item }),
            let word = head.first, let carriedOut = FollowUp.CarriedOut(rawValue: word.lowercased()),
            carriedOut == .yes || head.count == 2 && !head[1].isEmpty
        else {
            state.message = Message("«yes», «partly: why» or «no: why» is needed", .warning)
            return []
        }
        state.overlay = nil
        let look = FollowUp(
            carriedOut: carriedOut, reason: head.count == 2 ? head[1] : "", givenInstead: parts.count == 2 ? parts[1].squeezed : "",
            outcomes: current.last?.outcomes ?? [])
        state.followUpView.isLoading = true
        return [.noteOutcome(item: item, look, over: current.looks.last?.version ?? 0), .loadFollowUps()]
    }
}

extension String {
    fileprivate var squeezed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension Worker {
    /// Behind everything that waits for the store: what was just noted is in what is read.
    func loadFollowUps(ifChanged: Bool) async {
        // What was noted last is in the store before it is read again.
        await withCheckedContinuation { done in storeQueue.async { done.resume() } }
        do {
            let mark = try board.store.followUpMark()
            let before = attending.withLock { attending in
                defer { attending.followUpMark = mark }
                return attending.followUpMark
            }
            if ifChanged, mark == before { return }
        } catch { return deliver(.failed(WorkError("\(error)"))) }
        let reader = FollowUpReader(
            board: board, models: models, days: { Update.days(horizon: $0.horizon) },
            access: { [self] patient throws(StoreError) in try token(patient, purpose: "follow-up") })
        do { deliver(.followUpsLoaded(try await reader.cases())) } catch { deliver(.failed(WorkError("\(error)"))) }
    }
}
