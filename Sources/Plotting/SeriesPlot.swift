// A plot of trajectories with their uncertainty, as a value; drawing it is in the extensions.
import Surface

/// One to four (or more) series on one pair of axes. All but the data have defaults.
public struct SeriesPlot: Hashable, Sendable {
    /// How thick a curve is: one dot, or two for a projector.
    public enum Stroke: Hashable, Sendable { case thin, wide }

    public var title: String
    /// The unit of y.
    public var unit: String
    /// What a curve shows, for the legend; nil: a median.
    public var curveName: String?
    public var series: [PlotSeries]
    public var observed: [PlotPoint]
    public var markers: [PlotMarker]
    public var thresholds: [PlotThreshold]
    /// Where the reader's cursor stands, in x.
    public var cursor: Double?
    /// Where the present is, in x; 0 by convention of `.time`.
    public var now: Double?
    /// Nil: as the data ask for.
    public var xRange: ClosedRange<Double>?
    public var yRange: ClosedRange<Double>?
    public var horizontal: HorizontalAxis
    public var vertical: Scale.Kind
    /// The series on top, with the strongest band; nil when all are equal.
    public var focused: Int?
    public var stroke: Stroke
    /// Whether the vertical axis carries figures, the horizontal one its times.
    public var showsValues, showsTimes: Bool
    public var words: PlotWords

    public init(
        title: String = "", unit: String = "", series: [PlotSeries] = [], observed: [PlotPoint] = [], markers: [PlotMarker] = [],
        thresholds: [PlotThreshold] = [], cursor: Double? = nil, now: Double? = nil, xRange: ClosedRange<Double>? = nil,
        yRange: ClosedRange<Double>? = nil, horizontal: HorizontalAxis = .time(), vertical: Scale.Kind = .linear, focused: Int? = nil,
        stroke: Stroke = .thin, showsValues: Bool = true, showsTimes: Bool = true, words: PlotWords = .english
    ) {
        (self.title, self.unit, self.series, self.observed) = (title, unit, series, observed)
        (self.markers, self.thresholds, self.cursor, self.now) = (markers, thresholds, cursor, now)
        (self.xRange, self.yRange, self.horizontal, self.vertical) = (xRange, yRange, horizontal, vertical)
        (self.focused, self.stroke, self.words) = (focused, stroke, words)
        (self.showsValues, self.showsTimes) = (showsValues, showsTimes)
    }
}

/// Where the curves stand after drawing: for the mouse, and for what a screen adds.
public struct PlotArea: Hashable, Sendable {
    /// The cells of the curves, without axes.
    public let rect: Rect
    public let x, y: Scale

    /// The x in the middle of a column of the screen; nil beside the curves.
    public func x(atColumn column: Int) -> Double? {
        guard column >= rect.column, column < rect.maxColumn else { return nil }
        return x.value(at: Double(column - rect.column) + 0.5)
    }

    /// The column of the screen in which an x stands; nil outside.
    public func column(of value: Double) -> Int? { x.cell(of: value).map { rect.column + $0 } }

    /// The row of the screen in which a y stands; nil outside.
    public func row(of value: Double) -> Int? { y.cell(of: value).map { rect.maxRow - 1 - $0 } }
}
