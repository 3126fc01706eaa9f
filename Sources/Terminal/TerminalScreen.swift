// The open terminal as the application sees it: frames go in, only what changed goes out.
import CNcursesw
import CTerminalSignals
import Glibc
import Surface

/// The open terminal. It belongs to the application's actor and so to the terminal's thread.
public final class TerminalScreen {
    public let capabilities: TerminalCapabilities
    /// Columns and rows now.
    public internal(set) var size: Size
    /// When to be told ``TerminalEvent/tick``, once; nil for never. With nil nothing wakes an idle program.
    public var nextTick: ContinuousClock.Instant?
    /// Whether clicks and the wheel come here; off, the terminal's own selection works as usual.
    public var mouse: Bool {
        didSet { if mouse != oldValue, capabilities.mouse { setMouse(mouse) } }
    }

    var stopWanted = false
    var leaveWanted = false
    var isOpen = true
    /// What the terminal shows; nil when that is not known.
    var shown: Frame?
    let outlet: Outlet
    private var inks: Inks
    private let gate: GlyphGate
    private var cursorVisible = false

    init(capabilities: TerminalCapabilities, size: Size, mouse: Bool, outlet: Outlet) {
        self.outlet = outlet
        self.capabilities = capabilities
        self.size = size
        self.mouse = mouse
        inks = Inks(depth: capabilities.shows.colours, limit: Int(tb_color_pairs()))
        gate = GlyphGate(unicode: capabilities.shows.unicode)
    }

    /// Shows a frame. A smaller one is filled up with blanks, a larger one is cut off.
    ///
    /// Invariant 4: drawing the frame that is already shown writes nothing.
    public func draw(_ frame: Frame) {
        guard isOpen, frame != shown else { return }
        if inks.exhausted {
            inks.forget()
            shown = nil
        }
        let before = shown?.size == frame.size ? shown : nil
        if before == nil { werase(tb_stdscr()) }
        let (columns, rows) = (min(frame.size.columns, size.columns), min(frame.size.rows, size.rows))
        let (new, old) = (frame.cells, before?.cells)
        for row in 0..<rows {
            let start = row * frame.size.columns
            for column in 0..<columns where old?[start + column] != new[start + column] {
                put(new, start + column, row, column, last: column == columns - 1)
            }
        }
        shown = frame
        placeCursor(frame.cursor)
        flush()
    }

    /// Draws everything anew (^L), for a screen that something else has written on.
    public func redraw() {
        guard isOpen else { return }
        clearok(tb_stdscr(), true)
        flush()
    }

    /// Rings the terminal's bell.
    public func bell() {
        if isOpen { beep() }
    }

    /// Stops the program as ^Z does, once the current event is answered or job done.
    public func suspend() { stopWanted = true }

    /// Ends the session once the current event is answered or job done: for work that comes back and finds nothing more to do.
    public func leave() { leaveWanted = true }

    private func put(_ cells: [Cell], _ index: Int, _ row: Int, _ column: Int, last: Bool) {
        let cell = cells[index]
        let wide = !last && cells[index + 1].scalar == Cell.continuation
        if cell.scalar == Cell.continuation {
            // Drawn with its left half, unless a careless frame left it alone.
            if column > 0, tb_width(gate.sendable(cells[index - 1].scalar, columns: 2).value) == 2 { return }
        }
        let scalar = cell.scalar == Cell.continuation ? " " : gate.sendable(cell.scalar, columns: wide ? 2 : 1)
        let ink = inks.ink(for: cell.style)
        // ERR at the bottom right: drawn all the same, only the cursor could not advance.
        _ = tb_put(tb_stdscr(), Int32(row), Int32(column), scalar.value, ink.attributes, ink.pair)
    }

    private func placeCursor(_ place: Point?) {
        let inside = place.flatMap { $0.column >= 0 && $0.row >= 0 && $0.column < size.columns && $0.row < size.rows ? $0 : nil }
        leaveok(tb_stdscr(), inside == nil)
        if let inside { wmove(tb_stdscr(), Int32(inside.row), Int32(inside.column)) }
        if (inside != nil) != cursorVisible {
            cursorVisible = inside != nil
            curs_set(cursorVisible ? 1 : 0)
        }
    }

    func flush() {
        if capabilities.synchronized { send("\u{1B}[?2026h") }
        wnoutrefresh(tb_stdscr())
        outlet.send(filtering: capabilities.shows.colours >= .palette256) {
            doupdate()
        } to: {
            send($0)
        }
        if capabilities.synchronized { send("\u{1B}[?2026l") }
    }

    /// Writes past ncurses, whose own buffer is empty between two updates.
    func send(_ bytes: String) { send(Array(bytes.utf8)) }

    private func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
