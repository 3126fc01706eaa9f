// The last gate before the terminal: what a cell holds becomes a scalar that is printable here and of the width it claims.
import CTerminalSignals
import Surface

/// Decides which scalar is really sent for a cell.
///
/// Invariant 3: no control, format, private or unassigned scalar passes, nothing of another width than the frame
/// counts on, and nothing but ASCII where the terminal is not known to show more.
struct GlyphGate {
    let unicode: Bool

    /// What cannot be shown shows as this.
    private var unknown: Unicode.Scalar { unicode ? "\u{FFFD}" : "?" }

    /// - Parameter columns: 1, or 2 where the cell to the right is the scalar's other half.
    func sendable(_ scalar: Unicode.Scalar, columns: Int) -> Unicode.Scalar {
        let value = scalar.value
        if value >= 0x20, value < 0x7F { return scalar }
        if value < 0x20 || value == 0x7F { return unknown }
        guard unicode else { return AsciiFold.scalar(scalar) }
        if (0x2500...0x259F).contains(value) || (0x2800...0x28FF).contains(value) { return scalar }
        return SafeText.isAllowed(scalar) && Int(tb_width(value)) == columns ? scalar : unknown
    }
}
