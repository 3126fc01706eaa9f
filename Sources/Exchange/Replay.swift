// Whether the figures of a decision come out again from the stored draws.
import Meetings
import Twins

/// What came of computing again what a board saw.
public enum Replay: Hashable, Sendable {
    /// Every figure is the same number, bit for bit.
    case same
    /// This machine computes in the other arithmetic, so the last bits may differ; whether the figures read alike all the same.
    case otherArithmetic(seen: Arithmetic, here: Arithmetic, readsAlike: Bool)
    /// So many of the figures are others; the first of them as it was and as it is.
    case differs(count: Int, of: Int, was: String, is: String)

    /// Compares what was seen with the same scenarios forecast anew from the same draws.
    public init(_ seen: SimulationSeen, again: SimulationSeen) {
        let isOther = seen.arithmetic.map { $0 != again.arithmetic } ?? false
        let pairs = Self.pairs(seen.figures, again.figures)
        let different = pairs.filter { $0.was != $0.is }
        guard let first = different.first else {
            self = .same
            return
        }
        if isOther, let was = seen.arithmetic, let here = again.arithmetic {
            self = .otherArithmetic(seen: was, here: here, readsAlike: different.allSatisfy { Self.text($0.was) == Self.text($0.is) })
        } else {
            self = .differs(count: different.count, of: pairs.count, was: Self.text(first.was), is: Self.text(first.is))
        }
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
