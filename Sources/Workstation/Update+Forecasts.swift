// When forecasts are asked for, and how their answers reach the screen.
import Twins

extension Update {
    /// Points of a forecast after «now», at most: two dots a column on a 120-column screen, and no more than can be seen.
    static let pointsAhead = 120

    /// The days of a forecast, from «now» to the horizon: whole weeks apart, or the half, a quarter, an eighth of a week.
    ///
    /// Doses, visits and endpoints fall on whole weeks too: what is drawn is then what is judged, and need not be computed besides.
    public static func days(horizon: Double) -> [Double] {
        guard horizon > 0 else { return [0] }
        let least = horizon / Double(pointsAhead)
        var step = DayCount.week * max(1, (least / DayCount.week).rounded(.up))
        while step / 2 >= least { step /= 2 }
        return Array(stride(from: 0, to: horizon, by: step)) + [horizon]
    }

    static func horizon(_ state: State) -> Double { state.compareView.horizon ?? state.open?.model.horizon ?? DayCount.year }

    /// Asks for the forecasts of some scenarios, or of all.
    static func requestForecasts(_ state: inout State, only ids: [Int64]? = nil) -> [Effect] {
        // What is not computed is shown nowhere: not in a table, not in a letter, not on the clipboard.
        guard !state.isSimulationHidden, var open = state.open, let twin = open.calibration.value else { return [] }
        let days = days(horizon: horizon(state))
        var effects: [Effect] = []
        for scenario in open.scenarios where ids?.contains(scenario.id) ?? true {
            var slot = open.forecasts[scenario.id] ?? ScenarioForecast()
            slot.requested += 1
            slot.share = nil
            slot.failure = nil
            open.forecasts[scenario.id] = slot
            effects.append(
                .forecast(
                    ForecastOrder(
                        item: open.item.id, scenarioID: scenario.id, model: open.item.model, subject: open.subject, twin: twin,
                        scenario: open.shown(scenario), days: days, request: slot.requested, isDraft: open.draft?.id == scenario.id)))
        }
        state.open = open
        return effects
    }

    /// A forecast from few draws stands in for the whole one until that comes.
    static func receiveFirstPicture(
        _ item: Int64, _ scenario: Int64, _ request: Int, _ forecast: Forecast, _ state: inout State
    ) -> [Effect] {
        guard var open = state.open, open.item.id == item, var slot = open.forecasts[scenario], request > max(slot.begun, slot.received)
        else { return [] }
        slot.begun = request
        slot.forecast = forecast
        open.forecasts[scenario] = slot
        state.open = open
        return compareUnlessAwaited(besides: scenario, &state)
    }

    static func receiveProgress(_ item: Int64, _ scenario: Int64, _ request: Int, _ share: Double, _ state: inout State) {
        guard state.open?.item.id == item, let slot = state.open?.forecasts[scenario], request == slot.requested, request > slot.received
        else { return }
        state.open?.forecasts[scenario]?.share = share
    }

    static func receiveForecast(
        _ item: Int64, _ scenario: Int64, _ request: Int, _ result: Result<Forecast, WorkError>, _ state: inout State
    ) -> [Effect] {
        guard var open = state.open, open.item.id == item, var slot = open.forecasts[scenario], request > slot.received else { return [] }
        slot.received = request
        slot.share = nil
        switch result {
        case .success(let forecast): slot.forecast = forecast
        case .failure(let error): if request == slot.requested { slot.failure = error.description }
        }
        open.forecasts[scenario] = slot
        state.open = open
        return compareUnlessAwaited(besides: scenario, &state)
    }

    /// Of several scenarios that are computed at once only the last to come is compared; of one under a held key every one.
    private static func compareUnlessAwaited(besides scenario: Int64, _ state: inout State) -> [Effect] {
        let othersAreComing = state.open?.forecasts.contains { $0.key != scenario && $0.value.isAwaited } ?? true
        return othersAreComing ? [] : compareShown(&state)
    }

    /// Asks for the comparison of what is on the screen, once every scenario has a forecast.
    static func compareShown(_ state: inout State) -> [Effect] {
        guard let open = state.open else { return [] }
        let all = open.shownForecasts.compactMap(\.self)
        guard !all.isEmpty, all.count == open.scenarios.count else { return [] }
        let answers = open.scenarios.compactMap { scenario in
            open.forecasts[scenario.id].map { ForecastAnswer(scenario: scenario.id, begun: $0.begun, received: $0.received) }
        }
        // A reload after each commit, our own included, must not make settled figures look unsettled.
        guard answers != open.comparedAnswers else { return [] }
        state.open?.comparedAnswers = answers
        state.generation += 1
        state.open?.isComparing = true
        return [.compare(item: open.item.id, request: state.generation, all)]
    }
}
