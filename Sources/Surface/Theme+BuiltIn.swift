// The themes that are compiled in; themes/*.toml state the same values, and a test holds the two together.

extension Theme {
    /// The default. Series 87, 165, 197, 226: the four of the 256 palette that stay apart best in the worst of four kinds of colour vision
    /// (our own search over the palette, contrast at least 4.5 on the background).
    public static let dark = Theme(
        name: "dark", isDark: true,
        styles: Theme.table(
            ground: .palette(233),
            [
                .text: (252, nil, []), .quiet: (248, nil, []), .faint: (244, nil, []), .heading: (231, nil, .bold), .accent: (117, nil, []),
                .warning: (215, nil, []), .danger: (203, nil, .bold), .good: (114, nil, []), .selection: (231, 236, .bold),
                .header: (254, 236, []), .headerQuiet: (248, 236, []), .footer: (248, 235, []), .footerKey: (220, 235, .bold),
                .frame: (59, nil, []), .frameFocused: (117, nil, .bold), .input: (231, 235, []), .inputFocused: (231, 24, []),
                .axis: (248, nil, []), .grid: (236, nil, []), .cursorLine: (231, nil, []), .observed: (231, nil, []),
                .marker: (248, nil, []), .threshold: (215, nil, []),
            ]),
        series: [
            SeriesStyle(line: .palette(87), band: .palette(23), innerBand: .palette(30), dash: .solid, letter: "A"),
            SeriesStyle(line: .palette(165), band: .palette(53), innerBand: .rgb(101, 0, 101), dash: .dashed, letter: "B"),
            SeriesStyle(line: .palette(226), band: .palette(58), innerBand: .palette(100), dash: .dashdot, letter: "C"),
            SeriesStyle(line: .palette(197), band: .palette(52), innerBand: .rgb(111, 0, 32), dash: .dotted, letter: "D"),
        ])

    /// For a bright room and for terminals with a white background.
    public static let light = Theme(
        name: "light", isDark: false,
        styles: Theme.table(
            ground: .palette(231),
            [
                .text: (235, nil, []), .quiet: (240, nil, []), .faint: (243, nil, []), .heading: (16, nil, .bold), .accent: (25, nil, []),
                .warning: (130, nil, []), .danger: (124, nil, .bold), .good: (22, nil, []), .selection: (16, 153, .bold),
                .header: (16, 252, []), .headerQuiet: (239, 252, []), .footer: (236, 254, []), .footerKey: (25, 254, .bold),
                .frame: (247, nil, []), .frameFocused: (25, nil, .bold), .input: (16, 255, []), .inputFocused: (16, 153, []),
                .axis: (241, nil, []), .grid: (254, nil, []), .cursorLine: (16, nil, []), .observed: (16, nil, .bold),
                .marker: (238, nil, []), .threshold: (130, nil, []),
            ]),
        series: Theme.lightSeries)

    /// Black on white at full contrast, for a washed-out projector; the workstation draws wide strokes with it.
    public static let projector = Theme(
        name: "projector", isDark: false,
        styles: Theme.table(
            ground: .palette(231),
            [
                .text: (16, nil, []), .quiet: (236, nil, []), .faint: (239, nil, []), .heading: (16, nil, .bold), .accent: (18, nil, .bold),
                .warning: (88, nil, .bold), .danger: (88, nil, [.bold, .underline]), .good: (22, nil, .bold), .selection: (16, 229, .bold),
                .header: (231, 16, .bold), .headerQuiet: (252, 16, []), .footer: (16, 254, []), .footerKey: (18, 254, .bold),
                .frame: (241, nil, []), .frameFocused: (16, nil, .bold), .input: (16, 229, []), .inputFocused: (231, 18, []),
                .axis: (237, nil, []), .grid: (253, nil, []), .cursorLine: (16, nil, .bold), .observed: (16, nil, .bold),
                .marker: (16, nil, []), .threshold: (88, nil, .bold),
            ]),
        series: Theme.lightSeries)

    /// White on black at full contrast, for eyes that need it.
    public static let contrast = Theme(
        name: "contrast", isDark: true,
        styles: Theme.table(
            ground: .palette(16),
            [
                .text: (231, nil, []), .quiet: (253, nil, []), .faint: (249, nil, []), .heading: (231, nil, .bold),
                .accent: (123, nil, .bold),
                .warning: (221, nil, .bold), .danger: (217, nil, [.bold, .underline]), .good: (120, nil, .bold),
                .selection: (16, 231, .bold),
                .header: (16, 231, .bold), .headerQuiet: (236, 231, []), .footer: (231, 234, []), .footerKey: (227, 234, .bold),
                .frame: (249, nil, []), .frameFocused: (227, nil, .bold), .input: (231, 234, .underline), .inputFocused: (16, 227, []),
                .axis: (253, nil, []), .grid: (237, nil, []), .cursorLine: (231, nil, .bold), .observed: (231, nil, .bold),
                .marker: (231, nil, []), .threshold: (221, nil, []),
            ]),
        series: Theme.dark.series)

    /// All of them, the default first.
    public static let builtIn: [Theme] = [dark, light, projector, contrast]

    /// The built-in theme of that name.
    public static func named(_ name: String) -> Theme? { builtIn.first { $0.name == name } }

    private static let lightSeries = [
        SeriesStyle(line: .palette(21), band: .palette(189), innerBand: .palette(147), dash: .solid, letter: "A"),
        SeriesStyle(line: .palette(160), band: .palette(224), innerBand: .palette(217), dash: .dashed, letter: "B"),
        SeriesStyle(line: .palette(16), band: .palette(252), innerBand: .palette(250), dash: .dashdot, letter: "C"),
        SeriesStyle(line: .palette(163), band: .palette(225), innerBand: .rgb(255, 196, 255), dash: .dotted, letter: "D"),
    ]

    private static func table(ground: Colour, _ rows: [Role: (UInt8, UInt8?, Attributes)]) -> [Role: Style] {
        var styles = rows.mapValues { row in
            Style(.palette(row.0), on: row.1.map(Colour.palette) ?? ground, row.2)
        }
        styles[.background] = Style((styles[.text] ?? .plain).foreground, on: ground)
        return styles
    }
}
