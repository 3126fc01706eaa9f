// Every kind of terminal: many colours, few, none; Unicode or not; and those that are none.
import Surface
import TestSupport
import Testing

@Suite("Kinds of terminal")
struct KindsOfTerminalTests {
    @Test(arguments: [
        ("xterm-256color", "colours palette256", "unicode true braille true mouse true"),
        ("xterm", "colours eight", "unicode true braille true mouse true"),
        ("xterm-16color", "colours sixteen", "unicode true braille true mouse true"),
        ("linux", "colours eight", "unicode true braille false"),
        ("tmux-256color", "colours palette256", "unicode true braille true mouse true"),
        ("screen-256color", "colours palette256", "unicode true braille true mouse true"),
        ("vt100", "colours mono", "unicode false braille false"),
        ("vt220", "colours mono", "unicode false braille false"),
        ("xterm-mono", "colours mono", "unicode true braille true"),
        ("xterm-direct", "colours direct", "unicode true braille true"),
    ])
    func isRecognised(_ type: String, _ colours: String, _ signs: String) throws {
        let terminal = try PseudoTerminal(BuiltProgram.path("TerminalProbe"), environment: ["TERM": type])
        #expect(terminal.wait { terminal.screenText.contains("event: nothing") || terminal.finish(.zero) != .running })
        guard terminal.finish(.zero) == .running else {
            // Debian keeps the rarer types in ncurses-term; the message must still be right.
            #expect(terminal.finish() == .exited(69) && terminal.screenText.contains("unknown terminal type “\(type)”"))
            print("left out: terminal type \(type): not in this machine's terminfo (package ncurses-term)")
            return
        }
        #expect(terminal.screenText.contains("type \(type) \(colours)"))
        #expect(terminal.screenText.contains(signs))
        #expect(terminal.press("c", shows: "plain again"))
        terminal.press(.character("q"))
        #expect(terminal.finish() == .exited(0))
    }

    @Test func coloursAreThePalettesOwn() throws {
        let terminal = try probe()
        #expect(terminal.press("c", shows: "plain again"))
        let palette = terminal.cell(column: 0, row: 2)
        #expect(palette.foreground == .palette(87) && palette.background == .palette(238))
        #expect(terminal.cell(column: 0, row: 3).foreground == .palette(178))
        #expect(terminal.cell(column: 0, row: 4).attributes == .bold)
        #expect(terminal.cell(column: 0, row: 5).attributes == .reverse)
        #expect(terminal.cell(column: 0, row: 6).attributes == .underline)
        let plain = terminal.cell(column: 0, row: 7)
        #expect(plain.foreground == nil && plain.background == nil && plain.attributes == [])
    }

    @Test func eightColoursStandForMany() throws {
        let terminal = try probe([], ["TERM": "xterm"])
        #expect(terminal.press("c", shows: "plain again"))
        #expect(terminal.cell(column: 0, row: 2).foreground == .palette(6))
    }

    @Test func directColoursArriveAsTheyAre() throws {
        let terminal = try PseudoTerminal(BuiltProgram.path("TerminalProbe"), environment: ["TERM": "xterm-direct"])
        #expect(terminal.wait { terminal.screenText.contains("event: nothing") || terminal.finish(.zero) != .running })
        guard terminal.finish(.zero) == .running else {
            print("left out: 24-bit colours on a terminal: no xterm-direct here (package ncurses-term)")
            return
        }
        terminal.keepsBytes = true
        #expect(terminal.press("c", shows: "plain again"))
        // By their bytes: this emulator misreads the colours' colon form.
        let sent = String(decoding: terminal.bytes, as: UTF8.self)
        #expect(sent.contains("38:2::230:159:0"))
        // A blue that terminfo would take for the palette's fourth: a trace of green keeps it a colour.
        #expect(sent.contains("48:2::0:1:3m"))
    }

    /// The parameters of all `ESC [ … m` that set a colour.
    private func colourCodes(_ bytes: [UInt8]) -> [Int] {
        let sent = String(decoding: bytes, as: UTF8.self)
        return sent.matches(of: /\u{1B}\[([0-9;:]*)m/)
            .flatMap { $0.1.split(whereSeparator: { ";:".contains($0) }).compactMap { Int($0) } }
            .filter { (30...49).contains($0) || (90...107).contains($0) }
    }

    @Test func noColorIsObeyed() throws {
        let terminal = try probe([], ["NO_COLOR": "1"])
        #expect(terminal.screenText.contains("colours mono"))
        terminal.keepsBytes = true
        #expect(terminal.press("c", shows: "plain again"))
        #expect(colourCodes(terminal.bytes).isEmpty)
        #expect(terminal.cell(column: 0, row: 2).foreground == nil && terminal.cell(column: 0, row: 2).background == nil)
        #expect(terminal.cell(column: 0, row: 5).attributes == .reverse)
        let coloured = try probe()
        coloured.keepsBytes = true
        #expect(coloured.press("c", shows: "plain again"))
        #expect(!colourCodes(coloured.bytes).isEmpty)
    }

    @Test(arguments: [[:], ["--ascii": "C.UTF-8"]])
    func withoutUnicodeEverythingIsASCII(_ how: [String: String]) throws {
        let terminal = try PseudoTerminal(
            BuiltProgram.path("TerminalProbe"), how.keys.sorted(), environment: ["LC_ALL": how["--ascii"] ?? "C"])
        terminal.keepsBytes = true
        #expect(terminal.waitFor("unicode false"))
        #expect(terminal.text(0).hasPrefix("+- Probe -"))
        #expect(terminal.press("d", shows: "*"))
        #expect(terminal.press("w", shows: "A? B? C"))
        #expect(terminal.bytes.allSatisfy { $0 < 0x80 })
    }

    @Test func localeThatIsNotInstalledStillMeansUnicode() throws {
        #expect(try probe([], ["LC_ALL": "fr_CA.UTF-8"]).screenText.contains("unicode true"))
        #expect(try probe([], ["LC_ALL": "", "LANG": "xx_YY.utf8"]).screenText.contains("unicode true"))
        #expect(try probe([], ["LC_ALL": "xx_YY"]).screenText.contains("unicode false"))
    }

    @Test(arguments: [
        (["TERM": "dumb"], "the terminal type “dumb” cannot place its cursor"),
        (["TERM": "no-such-type"], "unknown terminal type “no-such-type”"),
        (["TERM": "\u{1B}]0;owned\u{07}"], "unknown terminal type “?]0;owned?”"),
        (["TERM": ""], "TERM is not set"),
    ])
    func whatIsNoScreenIsSaidInWords(_ environment: [String: String], _ message: String) throws {
        let terminal = try PseudoTerminal(BuiltProgram.path("TerminalProbe"), environment: environment)
        #expect(terminal.finish() == .exited(69))
        #expect(terminal.screenText.replacing("\n", with: "").contains(message), "\(terminal.screenText)")
        #expect(terminal.isRestored)
    }

    @Test func pipeIsNoTerminal() throws {
        for redirected in ["< /dev/null", "| cat"] {
            let script = "exec 3>&1; { \"$0\" \(redirected); echo status $? >&3; }"
            let terminal = try PseudoTerminal("/bin/sh", ["-c", script, BuiltProgram.path("TerminalProbe")])
            #expect(terminal.waitFor("no terminal: standard input and output must both be one"))
            terminal.finish()
        }
    }
}
