// A theme from the flat keys of a file.

/// What is wrong with a theme file, by key.
public enum ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownKey(theme: String, key: String)
    case badStyle(theme: String, key: String, value: String, part: String)
    case badColour(theme: String, key: String, value: String)
    case badChoice(theme: String, key: String, value: String, choices: [String])

    public var description: String {
        switch self {
        case .unknownKey(let theme, let key):
            "theme \(theme): there is no key \"\(key)\"; see themes/dark.toml for all of them"
        case .badStyle(let theme, let key, let value, let part):
            "theme \(theme): \(key) = \"\(value)\": \"\(part)\" is not understood; write "
                + "FOREGROUND [on BACKGROUND] [bold dim underline reverse italic]"
        case .badColour(let theme, let key, let value):
            "theme \(theme): \(key) = \"\(value)\" is not a colour; write 0–255, #rrggbb or default"
        case .badChoice(let theme, let key, let value, let choices):
            "theme \(theme): \(key) = \"\(value)\"; write one of \(choices.joined(separator: ", "))"
        }
    }
}

extension Theme {
    /// A theme from flat keys, each a string; keys that are missing come from the built-in theme that `base` names ("dark" without one).
    ///
    /// - Throws: `ThemeError` that names the first faulty key in alphabetical order.
    public init(name: String, values: [String: String]) throws(ThemeError) {
        let names = Theme.builtIn.map(\.name)
        let baseName = values["base"] ?? (values["appearance"] == "light" ? "light" : "dark")
        guard let base = Theme.named(baseName) else {
            throw .badChoice(theme: name, key: "base", value: SafeText(baseName, limit: 40).string, choices: names)
        }
        var isDark = base.isDark
        if let appearance = values["appearance"] {
            guard appearance == "dark" || appearance == "light" else {
                throw .badChoice(theme: name, key: "appearance", value: SafeText(appearance, limit: 40).string, choices: ["dark", "light"])
            }
            isDark = appearance == "dark"
        }
        var ground = base[.background].background
        if let value = values["background"] { ground = try Theme.colour(value, key: "background", theme: name) }

        var styles: [Role: Style] = [:]
        var roles: [String: Role] = [:]
        for role in Role.allCases {
            roles[role.key] = role
            var style = base[role]
            // What stood on the base's background stands on the new one.
            if style.background == base[.background].background { style.background = ground }
            styles[role] = style
        }
        var series = (0..<4).map { base.series($0) }
        var lines: Set<Int> = []
        var bands: Set<Int> = []
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if ["base", "appearance", "background"].contains(key) { continue }
            if let role = roles[key] {
                styles[role] = try Theme.style(value, key: key, theme: name, ground: ground)
                continue
            }
            guard let (index, part) = Theme.seriesKey(key) else { throw .unknownKey(theme: name, key: SafeText(key, limit: 40).string) }
            switch part {
            case "line":
                series[index].line = try Theme.colour(value, key: key, theme: name)
                lines.insert(index)
            case "band":
                series[index].band = try Theme.colour(value, key: key, theme: name)
                bands.insert(index)
            case "inner_band":
                series[index].innerBand = try Theme.colour(value, key: key, theme: name)
                bands.insert(index)
            case "dash":
                guard let dash = Dash(rawValue: value) else {
                    throw .badChoice(
                        theme: name, key: key, value: SafeText(value, limit: 40).string, choices: Dash.allCases.map(\.rawValue))
                }
                series[index].dash = dash
            case "letter":
                guard value.unicodeScalars.count == 1, let letter = value.unicodeScalars.first, letter.value > 0x20, letter.value < 0x7F
                else {
                    throw .badChoice(theme: name, key: key, value: SafeText(value, limit: 40).string, choices: ["a single ASCII letter"])
                }
                series[index].letter = letter
            default: throw .unknownKey(theme: name, key: SafeText(key, limit: 40).string)
            }
        }
        for index in lines.subtracting(bands) {
            let band = Theme.derivedBand(line: series[index].line, ground: ground, isDark: isDark)
            series[index].band = band
            series[index].innerBand = band
        }
        styles[.background] = Style((styles[.text] ?? .plain).foreground, on: ground)
        self.init(name: name, isDark: isDark, styles: styles, series: series)
    }

    /// The strongest mixture of a line's colour and the background on which the line keeps a contrast of 3.
    public static func derivedBand(line: Colour, ground: Colour, isDark: Bool) -> Colour {
        guard let ink = line.channels else { return ground }
        let paper = ground.channels ?? (isDark ? Channels(0, 0, 0) : Channels(255, 255, 255))
        for percent in stride(from: 45, through: 5, by: -5) {
            let band = paper.mixed(with: ink, Double(percent) / 100)
            if band.contrast(with: ink) >= 3.1 { return .rgb(band.red, band.green, band.blue) }
        }
        return ground
    }

    private static func seriesKey(_ key: String) -> (Int, String)? {
        guard key.hasPrefix("series") else { return nil }
        let rest = key.dropFirst(6)
        guard let digit = rest.first, let number = digit.wholeNumberValue, (1...4).contains(number), rest.dropFirst().first == "_" else {
            return nil
        }
        return (number - 1, String(rest.dropFirst(2)))
    }

    private static func colour(_ value: String, key: String, theme: String) throws(ThemeError) -> Colour {
        if let colour = parsed(value) { return colour }
        throw .badColour(theme: theme, key: key, value: SafeText(value, limit: 40).string)
    }

    private static func parsed(_ value: String) -> Colour? {
        if value == "default" { return .standard }
        if value.first == "#" {
            let digits = value.dropFirst()
            guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16) else { return nil }
            return .rgb(UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255))
        }
        return UInt8(value).map(Colour.palette)
    }

    private static func style(_ value: String, key: String, theme: String, ground: Colour) throws(ThemeError) -> Style {
        let words = value.split(separator: " ").map(String.init)
        var style = Style(.standard, on: ground)
        var index = 0
        guard let first = words.first else { throw .badColour(theme: theme, key: key, value: value) }
        style.foreground = try colour(first, key: key, theme: theme)
        index = 1
        let attributes: [String: Attributes] = [
            "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse, "italic": .italic,
        ]
        while index < words.count {
            if words[index] == "on", index + 1 < words.count {
                style.background = try colour(words[index + 1], key: key, theme: theme)
                index += 2
            } else if let attribute = attributes[words[index]] {
                style.attributes.formUnion(attribute)
                index += 1
            } else {
                throw .badStyle(
                    theme: theme, key: key, value: SafeText(value, limit: 60).string, part: SafeText(words[index], limit: 20).string)
            }
        }
        return style
    }
}
