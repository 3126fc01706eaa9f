// Whether the figures of a decision come out again from the stored draws.
import Meetings
import Records
import Twins

/// What came of computing again what a board saw.
public enum Replay: Hashable, Sendable {
    /// Every figure is the same number, bit for bit; the decision keeps no more of the forecasts.
    case same
    /// So many forecasts are the same bytes as those that the board saw, and every figure with them.
    case sameBytes(forecasts: Int)
    /// This machine computes in the other arithmetic, so the last bits may differ; whether the figures read alike all the same.
    case otherArithmetic(seen: Arithmetic, here: Arithmetic, readsAlike: Bool)
    /// So many of the figures are others; the first of them as it was and as it is.
    case differs(count: Int, of: Int, was: String, is: String)
    /// Every figure is the same, but so many of the forecasts behind them are other bytes; the scenario of the first.
    case otherBytes(count: Int, of: Int, scenario: String)

    /// Forecasts a decision's own scenarios anew from the draws that it rests on, on the record as it stands; nothing comes from a cache.
    ///
    /// `days` is what to ask for where the decision does not say it. Errors: the model's own.
    public static func computed(
        _ seen: SimulationSeen, model: any TwinModel, twin: StoredCalibration, subject: Subject, days: [Double]
    ) async throws -> Replay {
        var forecasts: [Forecast] = []
        for scenario in seen.scenarios {
            forecasts.append(
                try await model.forecast(
                    ForecastRequest(
                        subject: subject, calibration: twin.calibration, scenario: scenario, days: seen.days ?? days, seed: seen.seed)))
        }
        let again = SimulationSeen(twin: twin.calibration, drawsSHA256: twin.drawsSHA256, comparison: Comparison(forecasts))
        return Replay(seen, again: again)
    }

    /// Compares what was seen with the same scenarios forecast anew from the same draws.
    public init(_ seen: SimulationSeen, again: SimulationSeen) {
        let isOther = seen.arithmetic.map { $0 != again.arithmetic } ?? false
        let pairs = Self.pairs(seen.figures, again.figures)
        let different = pairs.filter { $0.was != $0.is }
        guard let first = different.first else {
            self = Self.bytes(seen, again, isOther: isOther)
            return
        }
        if isOther, let was = seen.arithmetic, let here = again.arithmetic {
            self = .otherArithmetic(seen: was, here: here, readsAlike: different.allSatisfy { Self.text($0.was) == Self.text($0.is) })
        } else {
            self = .differs(count: different.count, of: pairs.count, was: Self.text(first.was), is: Self.text(first.is))
        }
    }

    /// Where every figure is the same: are the forecasts, too?
    private static func bytes(_ seen: SimulationSeen, _ again: SimulationSeen, isOther: Bool) -> Replay {
        guard let were = seen.forecastSHA256 else { return .same }
        let are = again.forecastSHA256 ?? []
        // An empty one is of a forecast that could not be written.
        let different = were.indices.filter { were[$0].isEmpty || !are.indices.contains($0) || were[$0] != are[$0] }
        guard let first = different.first else { return .sameBytes(forecasts: were.count) }
        // A forecast says in which arithmetic it was computed: between two machines it never is the same bytes.
        if isOther, let was = seen.arithmetic, let here = again.arithmetic {
            return .otherArithmetic(seen: was, here: here, readsAlike: true)
        }
        return .otherBytes(
            count: different.count, of: were.count, scenario: seen.scenarios.indices.contains(first) ? seen.scenarios[first].name : "")
    }

    /// Figures of the same scenario and endpoint side by side; nil where one side has none.
    private static func pairs(_ seen: [SeenFigure], _ again: [SeenFigure]) -> [(was: SeenFigure?, is: SeenFigure?)] {
        func isSame(_ a: SeenFigure, _ b: SeenFigure) -> Bool { a.scenario == b.scenario && a.endpoint == b.endpoint }
        return seen.map { figure in (figure, again.first { isSame($0, figure) }) }
            + again.filter { figure in !seen.contains { isSame($0, figure) } }.map { (nil, $0) }
    }

    private static func text(_ figure: SeenFigure?) -> String {
        figure.map { "\($0.endpoint), \($0.scenario): \($0.shown)" } ?? "no figure"
    }
}

extension Replay: CustomStringConvertible {
    public var description: String {
        switch self {
        case .same: "Replayed: every figure comes out again, to the last bit."
        case .sameBytes(let count):
            "Replayed: every figure comes out again, to the last bit, and so does every byte of the \(count) forecasts behind them."
        case .otherBytes(let count, let total, let scenario):
            "NOT reproduced: every figure comes out again, but \(count) of \(total) forecasts behind them are other bytes, first «\(scenario)»."
        case .otherArithmetic(let seen, let here, let readsAlike):
            "Replayed in the \(here.rawValue) arithmetic, seen in the \(seen.rawValue): "
                + (readsAlike
                    ? "the figures differ in their last bits alone and read alike."
                    : "some figures read otherwise; only a machine with the \(seen.rawValue) arithmetic can tell whether they come out again.")
        case .differs(let count, let total, let was, let now):
            "NOT reproduced: \(count) of \(total) figures come out otherwise. The first was «\(was)» and is «\(now)»."
        }
    }
}
