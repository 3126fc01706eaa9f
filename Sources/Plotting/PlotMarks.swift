// What stands on a plot besides the curves: observations, operations, thresholds.
import Surface

/// One measured value.
public struct PlotPoint: Hashable, Sendable {
    public let x, y: Double
    public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}

/// Something done at a time (an operation, a change of drug): a vertical line and a sign on the axis.
public struct PlotMarker: Hashable, Sendable {
    public let x: Double
    /// Stands beside the top of the line where there is room.
    public let label: String
    public init(x: Double, label: String = "") {
        self.x = x
        self.label = SafeText(label, limit: 80).string
    }
}

/// A level that matters: a dashed horizontal line.
public struct PlotThreshold: Hashable, Sendable {
    public let y: Double
    public let label: String
    public init(y: Double, label: String = "") {
        self.y = y
        self.label = SafeText(label, limit: 80).string
    }
}
