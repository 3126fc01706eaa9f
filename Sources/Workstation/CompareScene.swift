// What Compare and the editor show, worked out once a frame: plots on shared axes, the cursor, the rows of the table.
import Meetings
import Plotting
import Surface
import Twins

struct CompareScene {
    let open: OpenCase
    let observables: [Observable]
    /// Which of them is shown.
    let place: Int
    /// Days after «now».
    let horizon: Double
    /// In the scenarios' order; nil where there is no forecast yet.
    let plots: [SeriesPlot?]
    /// Days from «now».
    let cursor: Double
    let focused: Int
    /// For each scenario its column in the comparison; nil until it has been compared.
    let columns: [Int?]
    let rows: [FigureRow]

    var observable: Observable { observables[place] }
    var count: Int { open.scenarios.count }

    /// Nil without a model that has something to show.
    init?(_ state: State, focused: Int) {
        guard let open = state.open else { return nil }
        observables = open.comparedObservables
        guard !observables.isEmpty else { return nil }
        self.open = open
        place = state.observablePlace
        horizon = Update.horizon(state)
        self.focused = min(max(0, focused), max(0, open.scenarios.count - 1))
        var plots = ComparePlots.plots(
            open.shownForecasts, observable: observables[place], subject: open.subject, calibration: open.calibration.value?.calibration,
            horizon: horizon)
        let range = plots.lazy.compactMap { $0?.xRange }.first ?? 0...horizon
        cursor = min(max(state.cursorDay, range.lowerBound), range.upperBound)
        let stroke: SeriesPlot.Stroke = state.look.theme.name == "projector" ? .wide : .thin
        for index in plots.indices {
            plots[index]?.cursor = cursor
            plots[index]?.stroke = stroke
        }
        self.plots = plots
        let comparison = open.comparison
        let columns = open.columns
        self.columns = columns
        rows = comparison.map { CompareFigures.rows($0, columns: columns) } ?? []
    }

    /// What moves: `draft`, `computing`; nil when the scenario's picture is what the store has.
    func mark(_ index: Int) -> String? {
        guard open.scenarios.indices.contains(index) else { return nil }
        let id = open.scenarios[index].id
        let isDraft = open.draft?.id == id
        guard let slot = open.forecasts[id] else { return open.calibration.value == nil ? nil : "computing" }
        if slot.failure != nil { return "failed" }
        if slot.requested != slot.received {
            let share = slot.share.map { " \(Int($0 * 100)) %" } ?? ""
            return (isDraft ? "draft, computing" : "computing") + share
        }
        return isDraft ? "draft" : nil
    }
}

extension OpenCase {
    /// The measures that Compare goes through, the model's headlines first; once there are forecasts, those of which one of them has a course.
    var comparedObservables: [Observable] {
        let all = ComparePlots.observables(of: model)
        let courses = Set(shownForecasts.flatMap { $0?.series.map(\.observable) ?? [] })
        return courses.isEmpty ? all : all.filter { courses.contains($0.id) }
    }
}

extension State {
    /// Which of these measures is shown, within what there is.
    var observablePlace: Int {
        let count = open?.comparedObservables.count ?? 0
        return count == 0 ? 0 : ((compareView.observable % count) + count) % count
    }

    /// Where the date cursor stands, days from «now».
    var cursorDay: Double { compareView.cursorDay ?? Update.snapped(Update.horizon(self) / 2, step: cursorStep) }

    /// How far the cursor goes at a press: a round time, about sixty to a horizon.
    var cursorStep: Double {
        let horizon = Update.horizon(self)
        if horizon <= 100 { return 1 }
        if horizon <= 400 { return DayCount.week }
        if horizon <= 1500 { return DayCount.month / 2 }
        return horizon <= 4000 ? DayCount.month : DayCount.month * 3
    }
}
