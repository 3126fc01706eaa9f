// Colours by number, without a terminal.
import Surface
import Testing

@testable import Terminal

@Suite("Colours on poorer terminals")
struct ColourMapTests {
    @Test func paletteIsXterms() {
        #expect(XtermPalette.rgb(16) == (0, 0, 0))
        #expect(XtermPalette.rgb(87) == (95, 255, 255))
        #expect(XtermPalette.rgb(226) == (255, 255, 0))
        #expect(XtermPalette.rgb(232) == (8, 8, 8))
        #expect(XtermPalette.rgb(255) == (238, 238, 238))
    }

    /// Ottosson's own table (same article): sRGB primaries to Oklab, three decimals.
    @Test func oklabIsThePublishedOne() {
        let white = Oklab(red: 255, green: 255, blue: 255)
        #expect(abs(white.lightness - 1) < 1e-4 && abs(white.a) < 1e-4 && abs(white.b) < 1e-4)
        let red = Oklab(red: 255, green: 0, blue: 0)
        #expect(abs(red.lightness - 0.628) < 1e-3 && abs(red.a - 0.225) < 1e-3 && abs(red.b - 0.126) < 1e-3)
        let blue = Oklab(red: 0, green: 0, blue: 255)
        #expect(abs(blue.lightness - 0.452) < 1e-3 && abs(blue.a + 0.032) < 1e-3 && abs(blue.b + 0.312) < 1e-3)
    }

    @Test func everyPaletteColourFindsItself() {
        let map = ColourMap(depth: .palette256)
        for index in UInt8(16)...255 {
            let (red, green, blue) = XtermPalette.rgb(index)
            let found = XtermPalette.rgb(UInt8(map.number(.rgb(red, green, blue))))
            #expect(found == (red, green, blue))
        }
    }

    @Test("two colours that differ never fall together (invariant 2)")
    func foregroundStaysVisible() {
        for depth in [Capability.Colours.eight, .sixteen, .palette256, .direct] {
            let map = ColourMap(depth: depth)
            for foreground in UInt8.min...255 {
                for background in UInt8.min...255 where foreground != background {
                    let style = Style(.palette(foreground), on: .palette(background))
                    // The palette holds a few colours twice (16 is 0, 231 is 15, …): the same colour is not a difference.
                    if XtermPalette.rgb(foreground) == XtermPalette.rgb(background) { continue }
                    let (front, back) = map.numbers(style)
                    #expect(front != back, "\(depth): \(foreground) on \(background)")
                }
            }
        }
    }

    /// Theme colours of series, dark and light: the sets that stay apart in all kinds of colour vision.
    @Test func seriesKeepTheirHueOnEightColours() {
        let map = ColourMap(depth: .eight)
        #expect([87, 165, 197, 226].map { map.number(.palette($0)) } == [6, 5, 1, 3])
        #expect([16, 21, 160, 163].map { map.number(.palette($0)) } == [0, 4, 1, 5])
        let more = ColourMap(depth: .sixteen)
        for set in [[87, 165, 197, 226], [16, 21, 160, 163]] as [[UInt8]] {
            #expect(Set(set.map { more.number(.palette($0)) }).count == 4)
        }
    }

    @Test func ownColoursStayTheTerminals() {
        for depth in Capability.Colours.allCases {
            let numbers = ColourMap(depth: depth).numbers(.plain)
            #expect(numbers.foreground == -1 && numbers.background == -1)
        }
        let mono = ColourMap(depth: .mono).numbers(Style(.palette(87), on: .rgb(1, 2, 3)))
        #expect(mono.foreground == -1 && mono.background == -1)
    }

    @Test func clipboardTextIsBase64() {
        // RFC 4648, section 10.
        let vectors = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy"]
        for (plain, coded) in vectors { #expect(TerminalScreen.base64(Array(plain.utf8)) == coded) }
    }
}
