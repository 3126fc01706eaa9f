// Presses and releases as clicks, double clicks and drags.
import Surface

/// Remembers the last press, to tell a second click from a first one and a drag from a stray motion.
struct ClickReader {
    /// Longest pause between the two clicks of a double one. assumption: the 400 ms common to desktops.
    private static let doubleClick = Duration.milliseconds(400)

    private var last: (point: Point, time: ContinuousClock.Instant)?
    private var held = false
    private var dragged = false

    mutating func event(_ report: MouseReport, at now: ContinuousClock.Instant = .now) -> MouseEvent? {
        if report.isWheelUp { return MouseEvent(kind: .wheelUp, point: report.point) }
        if report.isWheelDown { return MouseEvent(kind: .wheelDown, point: report.point) }
        guard report.isFirstButton else { return nil }
        if report.isMotion {
            guard held else { return nil }
            dragged = true
            return MouseEvent(kind: .drag, point: report.point)
        }
        if report.pressed { return press(report.point, now) }
        defer { (held, dragged) = (false, false) }
        return dragged ? MouseEvent(kind: .release, point: report.point) : nil
    }

    private mutating func press(_ point: Point, _ now: ContinuousClock.Instant) -> MouseEvent {
        (held, dragged) = (true, false)
        if let last, last.point == point, now - last.time <= Self.doubleClick {
            self.last = nil  // a third click begins anew
            return MouseEvent(kind: .doubleClick, point: point)
        }
        last = (point, now)
        return MouseEvent(kind: .click, point: point)
    }
}
