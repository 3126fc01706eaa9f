// What stands on a plot besides the curves: observations, operations, thresholds.
import Surface

/// One measured value.
public struct PlotPoint: Hashable, Sendable {
    public let x, y: Double
    public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}

/// Something done at a time (an operation, a change of drug): a vertical line and a sign on the axis.
public struct PlotMarker: Hashable, Sendable {
    public enum Kind: CaseIterable, Hashable, Sendable { case operation, treatment, held }

    public let x: Double
    /// Stands beside the top of the line where there is room.
    public let label: String
    /// Chooses the sign on the axis and its word in the legend.
    public let kind: Kind
    public init(x: Double, label: String = "", kind: Kind = .operation) {
        self.x = x
        self.label = SafeText(label, limit: 80).string
        self.kind = kind
    }
}

extension PlotMarker.Kind {
    func sign(_ look: Look) -> Unicode.Scalar {
        switch self {
        case .operation: look.glyphs.operation
        case .treatment: look.glyphs.pointer
        case .held: look.glyphs.held
        }
    }

    func word(_ words: PlotWords) -> String {
        switch self {
        case .operation: words.operation
        case .treatment: words.start
        case .held: words.held
        }
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
