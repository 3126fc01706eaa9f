// The last gate lets through what screens draw, in the width they count on, and nothing else.
import Glibc
import Surface
import Testing

@testable import Terminal

@Suite("The last gate before the terminal")
struct GlyphGateTests {
    init() { setlocale(LC_CTYPE, "C.UTF-8") }

    /// Letters of the languages people here write in, signs of the screens and plots.
    static let used: [ClosedRange<UInt32>] = [
        0xA1...0xAC, 0xAE...0x24F, 0x391...0x3A1, 0x3A3...0x3CE, 0x410...0x44F, 0x5D0...0x5EA, 0x2010...0x2015, 0x2018...0x2026,
        0x2190...0x2193, 0x2500...0x259F, 0x2801...0x28FF, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FA5, 0xAC00...0xD7A3,
    ]

    @Test("what screens draw passes in the width that screens give it (invariant 3)")
    func widthsAgree() {
        let gate = GlyphGate(unicode: true)
        for value in Self.used.joined() {
            guard let scalar = Unicode.Scalar(value), SafeText.isAllowed(scalar) else { continue }
            #expect(gate.sendable(scalar, columns: TextWidth.of(scalar)) == scalar, "U+\(String(value, radix: 16))")
        }
        for glyphs in [Glyphs.unicode, .ascii] {
            for scalar in glyphs.spark + glyphs.lying + [glyphs.tick, glyphs.cross, glyphs.warning, glyphs.pointer, glyphs.operation] {
                #expect(gate.sendable(scalar, columns: 1) == scalar)
            }
        }
    }

    @Test("no scalar at all passes as a control or in another width (invariant 3)")
    func everyScalar() {
        let gate = GlyphGate(unicode: true)
        let plain = GlyphGate(unicode: false)
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for columns in 1...2 {
                let sent = gate.sendable(scalar, columns: columns)
                let category = sent.properties.generalCategory
                if sent != scalar { continue }
                if [.control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .nonspacingMark].contains(category) {
                    Issue.record("U+\(String(value, radix: 16)) passes")
                }
            }
            let folded = plain.sendable(scalar, columns: 1)
            if !(0x20..<0x7F).contains(folded.value) { Issue.record("U+\(String(value, radix: 16)) is not folded to ASCII") }
        }
    }
}
