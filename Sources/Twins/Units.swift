// Units of measurement in UCUM's notation, and the conversions that the twins need.

/// A unit in UCUM's case-sensitive notation, such as `mm`, `mg/dL`, `{score}`, `1`.
public struct Unit: Hashable, Codable, Sendable, CustomStringConvertible {
    public let ucum: String
    public init(_ ucum: String) { self.ucum = ucum }
    public init(from decoder: any Decoder) throws { ucum = try decoder.singleValueContainer().decode(String.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(ucum)
    }

    public var description: String { ucum }

    /// What a person reads: annotations and powers written out (`{score}` → `points`, `m2` → `m²`, `1` → nothing).
    public var label: String { Self.labels[ucum] ?? ucum }

    public static let one = Unit("1")
    public static let percent = Unit("%")
    public static let score = Unit("{score}")
    public static let millimetre = Unit("mm")
    public static let millilitre = Unit("mL")
    public static let centimetre = Unit("cm")
    public static let kilogram = Unit("kg")
    public static let squareMetre = Unit("m2")
    public static let day = Unit("d")
    public static let week = Unit("wk")
    public static let month = Unit("mo")
    public static let year = Unit("a")
    public static let count = Unit("{count}")

    private static let labels = [
        "1": "", "{score}": "points", "{count}": "", "m2": "m²", "a": "years", "mo": "months", "wk": "weeks", "d": "days",
        "/wk": "per week", "g/wk": "g/week", "/g": "per g", "mL/min/{1.73_m2}": "mL/min/1.73 m²", "10*3/uL": "10³/µL", "umol/L": "µmol/L",
        "{index}": "", "mg.h/L": "mg·h/L", "umol.h/L": "µmol·h/L", "10*9/L": "10⁹/L",
    ]

    /// (dimension, factor to the dimension's base). Only units of one dimension convert; molar and mass units of a
    /// substance are different dimensions, since the molar mass is the substance's own.
    private static let table: [String: (dimension: String, factor: Double)] = [
        "1": ("ratio", 1), "%": ("ratio", 0.01), "{score}": ("score", 1), "{count}": ("count", 1), "{index}": ("ratio", 1),
        "mm": ("length", 0.001), "cm": ("length", 0.01), "m": ("length", 1), "[in_i]": ("length", 0.0254),
        "uL": ("volume", 1e-6), "mL": ("volume", 1e-3), "dL": ("volume", 0.1), "L": ("volume", 1), "cm3": ("volume", 1e-3),
        "mg": ("mass", 1e-6), "g": ("mass", 1e-3), "kg": ("mass", 1), "[lb_av]": ("mass", 0.453_592_37),
        "m2": ("area", 1), "cm2": ("area", 1e-4),
        "s": ("time", 1.0 / 86_400), "min": ("time", 1.0 / 1_440), "h": ("time", 1.0 / 24), "d": ("time", 1), "wk": ("time", 7),
        "mo": ("time", 365.25 / 12), "a": ("time", 365.25),
        "mg/dL": ("mass concentration", 0.01), "g/L": ("mass concentration", 1), "mg/L": ("mass concentration", 1e-3),
        "g/dL": ("mass concentration", 10), "ug/L": ("mass concentration", 1e-6), "ng/mL": ("mass concentration", 1e-6),
        "mmol/L": ("molar concentration", 1e-3), "umol/L": ("molar concentration", 1e-6),
        "10*3/uL": ("number concentration", 1), "10*9/L": ("number concentration", 1),
    ]

    /// The value in another unit; nil where no conversion is known (another dimension, or an unknown unit that differs).
    public func convert(_ value: Double, to other: Unit) -> Double? {
        if ucum == other.ucum { return value }
        guard let from = Self.table[ucum], let to = Self.table[other.ucum], from.dimension == to.dimension else { return nil }
        return value * (from.factor / to.factor)
    }
}
