// What a person does at a terminal: keys and mouse, as values without a terminal behind them.

/// A key press.
public enum Key: Hashable, Sendable {
    case character(Unicode.Scalar)
    /// Control and a lower-case letter: ^R is `control("r")`.
    case control(Character)
    case enter, escape, tab, backTab, backspace, delete, insert, home, end, pageUp, pageDown
    case up, down, left, right
    case shiftUp, shiftDown, shiftLeft, shiftRight, controlUp, controlDown, controlLeft, controlRight
    case function(Int)
}

/// A mouse action at a cell.
public struct MouseEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case click, doubleClick, drag, release, wheelUp, wheelDown }
    public var kind: Kind
    public var point: Point
    public init(kind: Kind, point: Point) {
        self.kind = kind
        self.point = point
    }
}
