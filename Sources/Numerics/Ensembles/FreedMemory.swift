// Memory for one forecast after the other.
import CIntegration

/// What is freed.
public enum FreedMemory {
    /// Lets the process keep up to 32 MB of freed memory in each of at most four pools. For a program that forecasts again and again: while a
    /// key is held, every forecast fills as much memory as the one before, and pages fresh from the system cost a tenth of the time.
    public static func keep() { keepFreedMemory() }
}
