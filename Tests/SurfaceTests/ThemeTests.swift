// Themes: legible, told apart by every eye, the same in code and in files, and never without a difference.
import Glibc
import Surface
import Testing

@Suite("Themes")
struct ThemeTests {
    @Test(
        "Words keep a contrast of 4.5 on their background, 7 in the two strong themes (WCAG 2.1, 1.4.3 and 1.4.6)", arguments: Theme.builtIn
    )
    func words(theme: Theme) {
        let least = ["projector", "contrast"].contains(theme.name) ? 7.0 : 4.5
        for role in Theme.Role.allCases where !role.isGraphic {
            let contrast = contrast(theme[role].foreground, theme[role].background)
            #expect(contrast >= least, "\(theme.name) \(role): \(contrast)")
        }
        #expect(contrast(theme[.frame].foreground, theme[.frame].background) > 1.5)
    }

    @Test(
        "Curves keep 3 on the background and on their own bands, their letters 4.5 (WCAG 2.1, 1.4.11), in 256 colours and in direct ones",
        arguments: Theme.builtIn)
    func curves(theme: Theme) {
        for colours in [Capability.Colours.palette256, .direct] {
            let theme = theme.adapted(to: Capability(colours: colours))
            for index in 0..<4 {
                let series = theme.series(index)
                #expect(contrast(series.line, theme[.background].background) >= 4.5, "\(theme.name) \(index)")
                #expect(contrast(series.line, series.band) >= 3, "\(theme.name) band \(index): \(contrast(series.line, series.band))")
                #expect(
                    contrast(series.line, series.innerBand) >= 3, "\(theme.name) inner \(index): \(contrast(series.line, series.innerBand))"
                )
                #expect(contrast(theme[.observed].foreground, series.band) >= 3)
            }
        }
    }

    @Test(
        "Series stay apart in normal, protan, deutan and tritan sight: ΔE (CIE 1976) at least 48 between any two", arguments: Theme.builtIn)
    func vision(theme: Theme) {
        var worst = Double.infinity
        for matrix in Self.sights {
            for one in 0..<4 {
                for other in 0..<one {
                    worst = min(worst, distance(theme.series(one).line, theme.series(other).line, matrix))
                }
            }
        }
        print("theme \(theme.name): smallest distance between two series in the worst of four kinds of sight ΔE \(Int(worst))")
        #expect(worst >= 48, "\(theme.name): \(worst)")
        #expect(Set((0..<4).map { theme.series($0).dash }).count == 4)
        #expect(Set((0..<12).map { "\(theme.series($0).dash) \(theme.series($0).line)" }).count == 12)
    }

    @Test("The files in themes/ say what the compiled-in themes say", arguments: Theme.builtIn)
    func files(theme: Theme) throws {
        let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let values = try #require(Self.flatTable("/\(folder)/themes/\(theme.name).toml"))
        let keys = Set(values.keys)
        let wanted =
            Theme.Role.allCases.map(\.key)
            + (1...4).flatMap { n in ["line", "band", "inner_band", "dash", "letter"].map { "series\(n)_\($0)" } }
        #expect(keys == Set(wanted + ["appearance"]))
        #expect(try Theme(name: theme.name, values: values) == theme)
    }

    @Test("A faulty key is named with its value and what to write")
    func errors() {
        func message(_ values: [String: String]) -> String {
            do throws(ThemeError) {
                _ = try Theme(name: "mine", values: values)
                return "accepted"
            } catch { return error.description }
        }
        #expect(message(["headin": "12"]).contains("no key \"headin\""))
        #expect(message(["text": "300"]).contains("text = \"300\" is not a colour"))
        #expect(message(["series2_line": "#12345"]).contains("series2_line"))
        #expect(message(["series2_line": "#+12345"]).contains("series2_line"))
        #expect(message(["series7_line": "1"]).contains("series7_line"))
        #expect(message(["series1_dash": "wavy"]).contains("solid, dashed, dotted, dashdot"))
        #expect(message(["text": "1 upon 2"]).contains("\"upon\" is not understood"))
        #expect(message(["text": "\u{1B}[2J"]).unicodeScalars.allSatisfy { $0 != "\u{1B}" })
        #expect(message(["base": "nope"]).contains("dark, light, projector, contrast"))
        #expect(message(["text": ""]).contains("text"))
        #expect(message(["background": "default", "text": "#ffffff on 16 bold", "series1_line": "#5fd7ff"]) == "accepted")
    }

    @Test("A band that the file leaves out is derived so that its line keeps a contrast of 3")
    func derived() throws {
        for line in ["#5fd7ff", "197", "#ffffff", "160", "21"] {
            let theme = try Theme(name: "mine", values: ["series1_line": line])
            let series = theme.series(0)
            if contrast(series.line, theme[.background].background) >= 3.1 { #expect(contrast(series.line, series.band) >= 3) }
        }
    }

    @Test(
        "Invariant 3: at every depth the selection, the header and a warning differ from plain text; no colour is beyond the depth",
        arguments: Theme.builtIn, Capability.Colours.allCases)
    func degrades(theme: Theme, colours: Capability.Colours) {
        let adapted = theme.adapted(to: Capability(colours: colours))
        for role in [Theme.Role.selection, .header, .inputFocused] {
            #expect(adapted[role] != adapted[.text], "\(theme.name) \(colours) \(role)")
            if colours < .palette256 { #expect(adapted[role].attributes.contains(.reverse)) }
        }
        for role in Theme.Role.allCases {
            for colour in [adapted[role].foreground, adapted[role].background] {
                switch (colours, colour) {
                case (.mono, _): #expect(colour == .standard)
                case (.eight, .palette(let index)): #expect(index < 8)
                case (.sixteen, .palette(let index)): #expect(index < 16)
                case (.eight, .rgb), (.sixteen, .rgb), (.palette256, .rgb): Issue.record("\(role) \(colour)")
                default: break
                }
            }
            if colours > .mono, !role.isGraphic {
                #expect(adapted[role].foreground != adapted[role].background, "\(theme.name) \(colours) \(role)")
            }
        }
        if colours == .mono {
            #expect(adapted[.warning] != adapted[.text])
            #expect(adapted[.danger] != adapted[.warning])
        } else {
            #expect(
                Set((0..<4).map { adapted.series($0).line }).count
                    == (colours == .palette256 || colours == .direct
                        ? 4 : Set((0..<4).map { theme.series($0).line.adapted(to: colours) }).count))
        }
    }

    // MARK: - Measures

    private func contrast(_ one: Colour, _ other: Colour) -> Double {
        guard let one = one.channels, let other = other.channels else { return 0 }
        return one.contrast(with: other)
    }

    /// Normal sight, then severity 1.0 of Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009 (matrices on linear RGB).
    static let sights: [[[Double]]] = [
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]

    private func distance(_ one: Colour, _ other: Colour, _ matrix: [[Double]]) -> Double {
        let (one, other) = (lab(one, matrix), lab(other, matrix))
        return sqrt(zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }

    /// CIE L*a*b*, D65.
    private func lab(_ colour: Colour, _ matrix: [[Double]]) -> [Double] {
        guard let channels = colour.channels else { return [0, 0, 0] }
        let light = [channels.red, channels.green, channels.blue].map(Channels.linear)
        let seen = matrix.map { row in min(1, max(0, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 })) }
        let x = (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047
        let y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]
        let z = (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883
        func bent(_ value: Double) -> Double { value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116 }
        return [116 * bent(y) - 16, 500 * (bent(x) - bent(y)), 200 * (bent(y) - bent(z))]
    }

    /// The flat `key = "value"` lines of a file; the tests of Surface have no TOML library.
    static func flatTable(_ path: String) -> [String: String]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        var values: [String: String] = [:]
        for line in String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let key = parts[0].filter { $0 != " " }
            values[key] = String(parts[1].drop { $0 == " " }.dropFirst().dropLast())
        }
        return values
    }
}
