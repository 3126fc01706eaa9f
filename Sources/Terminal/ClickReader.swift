// Presses and releases as clicks, double clicks and drags.
import CNcursesw
import Surface

/// Remembers the last press, to tell a second click from a first one and a drag from a stray motion.
struct ClickReader {
    /// Longest pause between the two clicks of a double one. assumption: the 400 ms common to desktops.
    private static let doubleClick = Duration.milliseconds(400)

    static let wanted = tb_mouse_press | tb_mouse_release | tb_mouse_wheel_up | tb_mouse_wheel_down | tb_mouse_motion

    private var last: (point: Point, time: ContinuousClock.Instant)?
    private var held = false
    private var dragged = false

    mutating func event(_ report: MEVENT) -> MouseEvent? {
        let point = Point(column: Int(report.x), row: Int(report.y))
        if report.bstate & tb_mouse_press != 0 { return press(point) }
        if report.bstate & tb_mouse_release != 0 {
            defer { (held, dragged) = (false, false) }
            return dragged ? MouseEvent(kind: .release, point: point) : nil
        }
        if report.bstate & tb_mouse_wheel_up != 0 { return MouseEvent(kind: .wheelUp, point: point) }
        if report.bstate & tb_mouse_wheel_down != 0 { return MouseEvent(kind: .wheelDown, point: point) }
        guard report.bstate & tb_mouse_motion != 0, held else { return nil }
        dragged = true
        return MouseEvent(kind: .drag, point: point)
    }

    private mutating func press(_ point: Point) -> MouseEvent {
        let now = ContinuousClock.now
        held = true
        if let last, last.point == point, now - last.time <= Self.doubleClick {
            self.last = nil  // a third click begins anew
            return MouseEvent(kind: .doubleClick, point: point)
        }
        last = (point, now)
        return MouseEvent(kind: .click, point: point)
    }
}
