// Text to the clipboard of the machine one sits at, over any number of SSH hops (OSC 52).

extension TerminalScreen {
    /// Longest text sent: terminals cut sequences off at about 100 kB.
    private static let clipboardLimit = 70_000

    /// Asks the terminal to put a text on the clipboard. It does not answer, and may refuse by its own settings.
    ///
    /// - Returns: false where the terminal is not known to take it, or the text is longer than terminals take.
    public func copy(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard isOpen, capabilities.clipboard, bytes.count <= Self.clipboardLimit else { return false }
        send("\u{1B}]52;c;" + Self.base64(bytes) + "\u{07}")
        return true
    }

    /// RFC 4648, with padding.
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 { text.append(place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : UInt8(ascii: "=")) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
