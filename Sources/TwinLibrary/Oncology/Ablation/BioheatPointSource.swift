// Heat of a small source in perfused liver: Pennes' equation in closed form, and the zone that it coagulates.
import Numerics
import Twins

/// A point source of constant power in a perfused medium: ρc·∂T/∂t = k∇²T − ω·ρ_b·c_b·(T − Tₐ) + P·δ(r) (Pennes 1948, J Appl Physiol 1:93).
///
/// Above the blood's temperature, with α = k/ρc, β = ω·ρ_b·c_b/ρc, δ = √(k/ω·ρ_b·c_b):
/// ΔT = P/(8πkr)·[e^(−r/δ)·erfc(r/(2√(αt)) − √(βt)) + e^(r/δ)·erfc(r/(2√(αt)) + √(βt))].
///
/// An idealised applicator: no length, no vapour, no charring, tissue that keeps its properties, and no vessel nearby that cools it. It
/// ranks powers and times; it does not plan a needle.
public struct BioheatPointSource: Hashable, Sendable {
    public var tissue: Tissue
    /// W.
    public var power: Double

    public init(power: Double, tissue: Tissue = .liver) {
        self.power = power
        self.tissue = tissue
    }

    /// Temperature at a distance and time, °C.
    ///
    /// - Parameters:
    ///   - radius: mm from the source, positive.
    ///   - seconds: since the power was switched on, positive; infinity for the steady state.
    public func temperature(radius: Double, seconds: Double) -> Double {
        let r = radius / 1000
        let lead = power / (8 * .pi * tissue.conductivity * r)
        let reach = r / tissue.depth
        guard seconds.isFinite else { return tissue.blood + 2 * lead * (-reach).exp() }
        let near = r / (2 * (tissue.diffusivity * seconds).squareRoot())
        let cooled = (tissue.perfusionRate * seconds).squareRoot()
        return tissue.blood
            + lead * ((-reach).exp() * ErrorFunction.complement(near - cooled) + reach.exp() * ErrorFunction.complement(near + cooled))
    }

    /// Radius within which a temperature is reached at a time, mm, to its last digits.
    ///
    /// - Parameter threshold: °C, above the blood's; cells die at once at about 54 °C and above.
    public func radius(of threshold: Double, seconds: Double) -> Double {
        // It falls with distance from infinity to the blood's.
        var (low, high) = (1e-6, 1e3)
        while true {
            let middle = (low * high).squareRoot()
            guard middle > low, middle < high else { return middle }
            if temperature(radius: middle, seconds: seconds) > threshold { low = middle } else { high = middle }
        }
    }

    /// What the equation is solved with, SI units.
    public struct Tissue: Hashable, Sendable {
        /// W/(m·K).
        public var conductivity: Double
        /// kg/m³ and J/(kg·K), of the tissue.
        public var density: Double
        public var heat: Double
        /// The same of blood.
        public var bloodDensity: Double
        public var bloodHeat: Double
        /// Volume of blood per volume of tissue and second.
        public var perfusion: Double
        /// Of the blood, °C.
        public var blood: Double
        public var source: Source
        /// Of perfusion and blood.
        public var bloodSource: Source

        public static let liver = Tissue(
            conductivity: 0.52, density: 1079, heat: 3540, bloodDensity: 1050, bloodHeat: 3617, perfusion: 0.0064, blood: 37,
            source: Source("COMSOL material file, liver", .excerpt),
            bloodSource: Source("perfusion 0.0064 per s, blood 1050 kg/m³, 3617 J/(kg·K), from memory", .recalled))

        var diffusivity: Double { conductivity / (density * heat) }
        /// Heat that blood carries away, W/(m³·K).
        private var cooling: Double { perfusion * bloodDensity * bloodHeat }
        var perfusionRate: Double { cooling / (density * heat) }
        /// How far heat reaches in the steady state, m.
        var depth: Double { (conductivity / cooling).squareRoot() }
        /// The same, mm.
        public var depthMillimetres: Double { depth * 1000 }
    }
}

/// Death of cells by heat: Ω = A·∫e^(−Eₐ/RT) dt, of which 1 leaves 37 % alive.
public enum ThermalDamage {
    /// Frequency factor per s, activation energy J/mol.
    public static let factor = 7.39e39
    public static let energy = 2.577e5
    public static let source = Source("COMSOL material file, liver: Arrhenius constants", .excerpt)
    static let gasConstant = 8.314462618

    /// Seconds at a constant temperature, °C, until Ω is 1.
    public static func seconds(at temperature: Double) -> Double {
        (energy / (gasConstant * (temperature + 273.15))).exp() / factor
    }
}
