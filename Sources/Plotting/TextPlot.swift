// The same plots as lines of text for a shell.
import Surface

public enum TextPlot {
    /// Plots in boxes, as many side by side as have 38 columns each, the rest below; each `height` lines high.
    public static func frame(_ plots: [SeriesPlot], width: Int, height: Int, _ look: Look) -> Frame {
        let width = max(0, width)
        let height = max(0, height)
        guard !plots.isEmpty, width > 0, height > 0 else { return Frame(size: Size(columns: width, rows: 0)) }
        let across = min(plots.count, max(1, (width + 1) / 39))
        let down = (plots.count + across - 1) / across
        var frame = Frame(size: Size(columns: width, rows: down * height), fill: look[.background])
        for (index, plot) in plots.enumerated() {
            let row = Rect(column: 0, row: index / across * height, width: width, height: height)
            let places = row.columns(Array(repeating: .share(1), count: across), gap: 1)
            plot.drawPanel(into: &frame, in: places[index % across], look)
        }
        return look.capability.unicode ? frame : frame.foldedToASCII()
    }

    /// The plots as plain lines without colour: the curves' bands are filled with signs.
    public static func lines(_ plots: [SeriesPlot], width: Int, height: Int, _ look: Look) -> [String] {
        var plain = look.capability
        plain.colours = .mono
        return frame(plots, width: width, height: height, Look(theme: look.theme, capability: plain)).rows
    }

    /// The plots with colours, for a terminal that is not taken over.
    public static func ansi(_ plots: [SeriesPlot], width: Int, height: Int, _ look: Look) -> String {
        frame(plots, width: width, height: height, look).ansi(look.capability)
    }
}
