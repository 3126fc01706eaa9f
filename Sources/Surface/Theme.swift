// Every colour of the program by the part it plays, as plain values.

/// How a curve is told apart where colour fails: lengths in braille dots along the time axis.
public enum Dash: String, Hashable, Sendable, CaseIterable {
    case solid, dashed, dotted, dashdot

    /// Whether the dot at a place along the curve is drawn.
    public func isOn(_ step: Int) -> Bool {
        switch self {
        case .solid: return true
        case .dashed: return step % 8 < 5
        case .dotted: return step % 4 < 1
        case .dashdot: return [0, 1, 2, 3, 4, 7].contains(step % 10)
        }
    }
}

/// The look of one scenario's curve.
public struct SeriesStyle: Hashable, Sendable {
    public var line: Colour
    /// Background of the 80 % band and of the band within it.
    public var band, innerBand: Colour
    public var dash: Dash
    public var letter: Unicode.Scalar

    public init(line: Colour, band: Colour, innerBand: Colour, dash: Dash, letter: Unicode.Scalar) {
        (self.line, self.band, self.innerBand, self.dash, self.letter) = (line, band, innerBand, dash, letter)
    }
}

/// A set of styles by role. Immutable once made; adapt it to a terminal with `adapted(to:)`.
public struct Theme: Hashable, Sendable {
    /// What a cell is for. The key in a theme file is the name in snake_case.
    public enum Role: Int, Hashable, Sendable, CaseIterable {
        case background, text, quiet, faint, heading, accent, warning, danger, good, selection
        case header, headerQuiet, footer, footerKey, frame, frameFocused, input, inputFocused
        case axis, grid, cursorLine, observed, marker, threshold

        /// The role's key in a theme file.
        public var key: String {
            var key = ""
            for character in "\(self)" {
                key += character.isUppercase ? "_" + character.lowercased() : String(character)
            }
            return key
        }

        /// The parts that are lines or blanks and carry no words.
        public var isGraphic: Bool { [.background, .frame, .grid].contains(self) }
    }

    public let name: String
    /// Whether its background is dark.
    public let isDark: Bool
    private let styles: [Style]
    /// Four looks; a fifth scenario takes the first one's colours with the next dash.
    public let series: [SeriesStyle]

    /// A role that is missing is drawn as `.text`; without any series all curves are drawn as text.
    public init(name: String, isDark: Bool, styles: [Role: Style], series: [SeriesStyle]) {
        self.name = name
        self.isDark = isDark
        let text = styles[.text] ?? .plain
        self.styles = Role.allCases.map { styles[$0] ?? text }
        self.series = series
    }

    public subscript(role: Role) -> Style { styles[role.rawValue] }

    /// The look of the n-th series, for any n.
    public func series(_ index: Int) -> SeriesStyle {
        let index = max(0, index)
        guard !series.isEmpty else {
            return SeriesStyle(
                line: self[.text].foreground, band: self[.selection].background, innerBand: self[.selection].background, dash: .solid,
                letter: "A")
        }
        var style = series[index % series.count]
        if index >= series.count {
            let dashes = Dash.allCases
            let own = dashes.firstIndex(of: style.dash) ?? 0
            style.dash = dashes[(own + index / series.count) % dashes.count]
            style.letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(index % 26))
        }
        return style
    }
}
