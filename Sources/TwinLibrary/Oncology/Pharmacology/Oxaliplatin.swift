// Platinum of oxaliplatin: free in the plasma ultrafiltrate, and total.
import Numerics

/// Free and total platinum after oxaliplatin (Yamada 2025).
public enum Oxaliplatin {
    /// Molar masses, g/mol.
    static let platinumMass = 195.08
    static let drugMass = 397.29

    /// mg of platinum in mg of oxaliplatin.
    public static func platinum(ofDose dose: Double) -> Double { dose * platinumMass / drugMass }

    /// Total platinum from free, in the unit of the free one: the unbound share falls as platinum binds, from 22.6 % to 3.2 %.
    ///
    /// - Parameter hours: since the last dose began.
    public static func total(free: Double, hours: Double) -> Double { free / (0.194 * (-0.0393 * hours).exp() + 0.0318) }
}
