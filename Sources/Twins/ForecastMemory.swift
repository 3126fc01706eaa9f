// Memory for one forecast after the other.
import Numerics

public enum ForecastMemory {
    /// Lets the process keep what a forecast has freed: ``FreedMemory/keep()``. Once, before the first.
    public static func keepFreed() { FreedMemory.keep() }
}
