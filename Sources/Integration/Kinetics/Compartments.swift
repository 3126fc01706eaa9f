// Linear kinetics of one draw, for whoever needs amounts outside an integration.

/// One, two or three mammillary compartments, with or without a depot, taken apart once.
///
/// ```swift
/// let kinetics = Compartments(CompartmentShape(2), CompartmentRates(k10: 0.5, k12: 1, k21: 0.7))
/// let atEnd = kinetics.amounts(after: 1, from: [0, 0], infusion: 100)   // an hour's infusion,
/// let later = kinetics.amounts(after: 23, from: atEnd)                  // and the day that follows
/// ```
public struct Compartments: Sendable {
    public let shape: CompartmentShape
    public let modes: CompartmentModes

    @inlinable
    public init(_ shape: CompartmentShape, _ rates: CompartmentRates) {
        self.shape = shape
        modes = CompartmentModes(rates, count: shape.count)
    }

    /// The amounts a time after a start, under an infusion (amount per unit of time) into the central compartment: exact to rounding.
    ///
    /// - Parameter amounts: at the start, `shape.stateCount` of them, in the order of ``CompartmentShape``.
    public func amounts(after time: Double, from amounts: [Double], infusion: Double = 0) -> [Double] {
        precondition(amounts.count == shape.stateCount && time >= 0, "an amount for each compartment, and a time not before the start")
        guard time > 0 else { return amounts }
        var numbers = [Double](repeating: 0, count: CompartmentCourse.count(shape))
        CompartmentCourse.write(shape, modes, amounts: amounts, infusion: infusion, start: 0, end: time, into: &numbers)
        let decays = CompartmentDecays(shape, after: time) { numbers[$0] }
        return (0..<shape.stateCount).map { CompartmentCourse.amount(shape, $0, since: time, decays) { numbers[$0] } }
    }
}
