// The shortened output shows what ncurses' own output shows, cell for cell.
import CVTerm
import Surface
import TestSupport
import Testing

@testable import Terminal

@Suite("Shortened output")
struct SGRFilterTests {
    /// A random update as ncurses writes them: moves, styles, words, blanks, erasures.
    private func update(_ random: inout SystemRandomNumberGenerator) -> [UInt8] {
        var text = ""
        for _ in 0..<120 {
            switch Int.random(in: 0..<14, using: &random) {
            case 0: text += "\u{1B}[\(Int.random(in: 1...24, using: &random));\(Int.random(in: 1...80, using: &random))H"
            case 1: text += "\u{1B}[m"
            case 2: text += "\u{1B}(B\u{1B}[0;1m"
            case 3: text += "\u{1B}[39;49m"
            case 4: text += "\u{1B}[\([1, 2, 3, 4, 7, 22, 23, 24, 27].randomElement(using: &random) ?? 0)m"
            case 5: text += "\u{1B}[K"
            case 6: text += "\u{1B}[\(Int.random(in: 1...9, using: &random))X"
            case 7: text += "\u{1B}[3\(Int.random(in: 0...7, using: &random))m\u{1B}[10\(Int.random(in: 0...7, using: &random))m"
            case 8: text += "\u{1B}[38;2;10;\(Int.random(in: 0...255, using: &random));30m"
            case 9: text += "     "
            case 10: text += "words ─│● "
            case 11: text += "\r"
            default:
                text +=
                    "\u{1B}[38;5;\(Int.random(in: 232...240, using: &random))m\u{1B}[48;5;\(Int.random(in: 16...20, using: &random))mab "
            }
        }
        return Array(text.utf8)
    }

    @Test("A character that is repeated stands directly before the sequence that repeats it, a blank in another colour too")
    func repeats() {
        var filter = SGRFilter()
        _ = filter.filtered(Array("\u{1B}[38;5;117m\u{1B}[48;5;233m|".utf8))
        let blanks = filter.filtered(Array("\u{1B}[38;5;252m \u{1B}[7b".utf8))
        #expect(String(decoding: blanks, as: UTF8.self) == " \u{1B}[7b")
        let lines = filter.filtered(Array("\u{1B}[38;5;117m-\u{1B}[9b".utf8))
        #expect(String(decoding: lines, as: UTF8.self).hasSuffix("-\u{1B}[9b"))
    }

    private struct Seen: Equatable {
        var scalar: UInt32
        var foreground: Int32?
        var background: Int32
        var attributes: [Int32]
    }

    /// A blank's own colour and weight are not seen; its ground, and a line under it, are.
    private func seen(_ emulator: OpaquePointer) -> [Seen] {
        (0..<24 * 80).map { index in
            let cell = tb_emulator_cell(emulator, Int32(index / 80), Int32(index % 80))
            let isBlank = (cell.scalar == 0 || cell.scalar == 32) && cell.underline == 0 && cell.reverse == 0
            return Seen(
                scalar: cell.scalar == 0 ? 32 : cell.scalar, foreground: isBlank ? nil : cell.foreground, background: cell.background,
                attributes: isBlank ? [] : [Int32(cell.bold), Int32(cell.underline), Int32(cell.italic), Int32(cell.reverse)])
        }
    }

    @Test("Thousands of updates look the same on a terminal that gets the shortened output")
    func sameScreen() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            let plain = try #require(tb_emulator_new(24, 80))
            let short = try #require(tb_emulator_new(24, 80))
            defer {
                tb_emulator_free(plain)
                tb_emulator_free(short)
            }
            var filter = SGRFilter()
            for _ in 0..<40 {
                let bytes = update(&random)
                let filtered = filter.filtered(bytes)
                tb_emulator_feed(plain, bytes.map(CChar.init(bitPattern:)), bytes.count)
                tb_emulator_feed(short, filtered.map(CChar.init(bitPattern:)), filtered.count)
                let (expected, found) = (seen(plain), seen(short))
                guard expected == found else {
                    let place = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }
                    Issue.record("\(String(describing: place)) after \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                    return
                }
            }
        }
    }

    @Test("A colour that stays is not named again, nor a blank's")
    func short() {
        var filter = SGRFilter()
        _ = filter.filtered(Array("\u{1B}[38;5;250m\u{1B}[48;5;233ma".utf8))
        let next = filter.filtered(Array("\u{1B}[38;5;240m\u{1B}[48;5;233m \u{1B}[38;5;250m\u{1B}[48;5;233mb".utf8))
        #expect(String(decoding: next, as: UTF8.self) == " b")
        let other = filter.filtered(Array("\u{1B}[38;5;231m\u{1B}[48;5;233mc".utf8))
        #expect(String(decoding: other, as: UTF8.self) == "\u{1B}[38;5;231mc")
    }
}
