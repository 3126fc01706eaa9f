// The exponentials of a course at one time.

/// What is left of every mode, and of the depot, after a time; those that the shape has not are not computed.
public struct CompartmentDecays<L: Lane> {
    public var first: L
    public var second: L
    public var third: L
    public var depot: L

    /// After a time, from a course's numbers.
    @inlinable @inline(__always)
    public init(_ shape: CompartmentShape, after time: L, _ number: (Int) -> L) {
        first = (-(number(1) * time)).exp()
        second = shape.count > 1 ? (-(number(2) * time)).exp() : first
        third = shape.count > 2 ? (-(number(3) * time)).exp() : first
        depot = shape.hasDepot ? (-(number(1 + shape.count) * time)).exp() : first
    }

    /// From where ``write(_:to:)`` put them.
    @inlinable @inline(__always)
    init(_ shape: CompartmentShape, reading numbers: UnsafeMutablePointer<L>) {
        first = numbers[0]
        second = shape.count > 1 ? numbers[1] : first
        third = shape.count > 2 ? numbers[2] : first
        depot = shape.hasDepot ? numbers[shape.count] : first
    }

    /// As many numbers as there are amounts.
    @inlinable @inline(__always)
    func write(_ shape: CompartmentShape, to numbers: UnsafeMutablePointer<L>) {
        numbers[0] = first
        if shape.count > 1 { numbers[1] = second }
        if shape.count > 2 { numbers[2] = third }
        if shape.hasDepot { numbers[shape.count] = depot }
    }

    /// Place by place what is computed from this one and another.
    @inlinable @inline(__always)
    init(_ shape: CompartmentShape, _ a: Self, _ b: Self) {
        first = a.first * b.first
        second = shape.count > 1 ? a.second * b.second : first
        third = shape.count > 2 ? a.third * b.third : first
        depot = shape.hasDepot ? a.depot * b.depot : first
    }
}
