// A number with its unit, and beside it how the record's source wrote the number.

/// A number with its unit.
///
/// Two quantities are equal when number and unit are: how the number was written is shown and never compared, so that `5.1` and `5.10` are
/// the same to every model, hash and cache, and a twin holds through a second import that only writes a figure otherwise.
///
/// - Invariant Q1: what is shown is what is computed with: `written` reads as `value`. It belongs to this number in this unit, and a
///   number that was converted or computed has none.
public struct Quantity: Hashable, Codable, Sendable {
    public let value: Double
    public let unit: Unit
    /// The decimal as the source wrote it: `5.10`, whose last zero says how precisely it was measured, or `1e2`. Text from outside.
    public let written: String?

    /// A `written` that does not read as the value is dropped.
    public init(_ value: Double, _ unit: Unit, written: String? = nil) {
        self.value = value
        self.unit = unit
        self.written = written.flatMap { Double($0) == value ? $0 : nil }
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try fields.decode(Double.self, forKey: .value), try fields.decode(Unit.self, forKey: .unit),
            written: try fields.decodeIfPresent(String.self, forKey: .written))
    }

    /// The number in its own unit, as the source wrote it; with all its digits where the source did not.
    public var text: String { written ?? "\(value)" }

    /// The value in another unit; nil where the two do not convert.
    public func value(in other: Unit) -> Double? { unit.convert(value, to: other) }

    public static func == (a: Quantity, b: Quantity) -> Bool { a.value == b.value && a.unit == b.unit }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(unit)
    }
}
