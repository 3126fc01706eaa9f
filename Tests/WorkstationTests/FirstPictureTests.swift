// A first picture from few draws, and the whole one that follows it.
import Testing
import Twins

@testable import Workstation

@Suite("The first picture")
struct FirstPictureTests {
    /// Compare with all its forecasts, and scenario 11 asked for anew.
    private func asked() -> (state: State, order: ForecastOrder?) {
        var state = Fixture.state()
        let effects = Update.requestForecasts(&state, only: [11])
        let orders = effects.compactMap { if case .forecast(let order) = $0 { order } else { nil } }
        return (state, orders.first)
    }

    private func few(_ order: ForecastOrder) -> Forecast {
        var forecast = Fixture.forecast(order.scenario, index: 0, days: order.days)
        forecast.drawCount = 64
        return forecast
    }

    @Test("It is on the screen and compared at once, and says how many draws it has")
    func shown() throws {
        var (state, order) = asked()
        let first = try #require(order)
        let effects = Update.apply(.forecastBegun(item: 1, scenario: 11, request: first.request, few(first)), to: &state)
        #expect(effects.contains { if case .compare = $0 { true } else { false } })
        #expect(Fixture.text(state).contains("80 % of 64 draws"))
    }

    @Test("Nothing is signed on it: neither before the whole forecast nor before that is compared")
    func unsettled() throws {
        var (state, order) = asked()
        let first = try #require(order)
        _ = Update.apply(.forecastBegun(item: 1, scenario: 11, request: first.request, few(first)), to: &state)
        #expect(state.open?.unsettled?.contains("still being computed") == true)
        let whole = Fixture.forecast(first.scenario, index: 0, days: first.days)
        _ = Update.apply(.forecastReady(item: 1, scenario: 11, request: first.request, .success(whole)), to: &state)
        #expect(state.open?.unsettled?.contains("still being compared") == true)
        let forecasts = state.open?.shownForecasts.compactMap(\.self) ?? []
        _ = Update.apply(.compared(item: 1, request: state.generation, Comparison(forecasts)), to: &state)
        #expect(state.open?.unsettled == nil)
        #expect(Fixture.text(state).contains("80 % of \(Fixture.drawCount) draws"))
    }

    @Test("A commit that changes no scenario leaves the figures settled: a signature is not refused for it")
    func ownCommit() throws {
        var (state, order) = asked()
        let first = try #require(order)
        let whole = Fixture.forecast(first.scenario, index: 0, days: first.days)
        _ = Update.apply(.forecastReady(item: 1, scenario: 11, request: first.request, .success(whole)), to: &state)
        let forecasts = state.open?.shownForecasts.compactMap(\.self) ?? []
        _ = Update.apply(.compared(item: 1, request: state.generation, Comparison(forecasts)), to: &state)
        let loaded = try #require(state.open)
        let effects = Update.apply(.caseReloaded(loaded), to: &state)
        #expect(!effects.contains { if case .compare = $0 { true } else { false } })
        #expect(state.open?.unsettled == nil)
    }

    @Test("One that comes late never takes the place of a whole forecast")
    func late() throws {
        var (state, order) = asked()
        let first = try #require(order)
        let whole = Fixture.forecast(first.scenario, index: 0, days: first.days)
        _ = Update.apply(.forecastReady(item: 1, scenario: 11, request: first.request, .success(whole)), to: &state)
        #expect(Update.apply(.forecastBegun(item: 1, scenario: 11, request: first.request, few(first)), to: &state).isEmpty)
        #expect(state.open?.forecasts[11]?.forecast?.drawCount == whole.drawCount)
    }
}
