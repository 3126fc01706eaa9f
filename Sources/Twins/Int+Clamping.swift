// Whole numbers from figures that may be anything: a huge or missing one must never end the program.

extension Int {
    /// The whole part of a number, cut to what an `Int` holds; 0 for NaN. Unlike `Int(_:)` it never traps.
    public init(clamping value: Double) {
        if value.isNaN {
            self = 0
        } else if value >= 0x1p63 {
            self = .max
        } else if value <= -0x1p63 {
            self = .min
        } else {
            self = Int(value)
        }
    }
}
