// A theme on a terminal with fewer colours than it was written for.

extension Theme {
    /// The same theme in the colours that the terminal has.
    ///
    /// Invariant 3: at every depth a role whose background differs from the screen's still differs from plain text, by reverse video where
    /// the colours are too few; without colours only attributes are left, and each role that means something keeps one.
    public func adapted(to capability: Capability) -> Theme {
        let colours = capability.colours
        if colours == .direct { return self }
        let ground = self[.background].background
        var adapted: [Role: Style] = [:]
        for role in Role.allCases {
            let style = self[role]
            var result = Style(style.foreground.adapted(to: colours), on: style.background.adapted(to: colours), style.attributes)
            if colours < .palette256 {
                let lifted = style.background != ground
                result.background = ground.adapted(to: colours)
                if lifted {
                    result.foreground = self[.text].foreground.adapted(to: colours)
                    result.attributes.formUnion(.reverse)
                } else if result.foreground == result.background && colours > .mono {
                    // A grey that fell onto the background's own black or white.
                    result.foreground = self[.text].foreground.adapted(to: colours)
                    result.attributes.formUnion(.dim)
                }
            }
            if colours == .mono { result.attributes.formUnion(Theme.monoAttributes[role] ?? []) }
            adapted[role] = result
        }
        let series = self.series.map { style in
            SeriesStyle(
                line: style.line.adapted(to: colours), band: style.band.adapted(to: colours),
                innerBand: style.innerBand.adapted(to: colours), dash: style.dash, letter: style.letter)
        }
        return Theme(name: name, isDark: isDark, styles: adapted, series: series)
    }

    private static let monoAttributes: [Role: Attributes] = [
        .quiet: .dim, .faint: .dim, .heading: .bold, .accent: .bold, .warning: .bold, .danger: [.bold, .underline], .frameFocused: .bold,
        .footerKey: .bold, .cursorLine: .bold, .observed: .bold, .input: .underline,
    ]
}
