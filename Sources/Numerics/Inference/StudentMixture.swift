// Where tempering begins: Student's distributions about one or several centres, together.
import Integration

/// A mixture of multivariate Student t distributions with five degrees of freedom.
public struct StudentMixture: Sendable, Hashable {
    /// One part: a normal approximation whose shape it takes, and how much wider it is.
    public struct Part: Sendable, Hashable {
        public var shape: LaplaceApproximation
        public var widening: Double
        /// Positive; parts count by their share of the sum.
        public var weight: Double

        public init(_ shape: LaplaceApproximation, widening: Double = 1, weight: Double = 1) {
            self.shape = shape
            self.widening = widening
            self.weight = weight
        }
    }

    public let parts: [Part]
    private static let degrees = 5

    /// - Throws: ``InferenceError/nothingToDo`` without a part or with a weight or widening that is not positive,
    ///   ``InferenceError/wrongCount(expected:found:)`` when the parts differ in size.
    public init(_ parts: [Part]) throws(InferenceError) {
        guard let size = parts.first?.shape.mode.count, parts.allSatisfy({ $0.weight > 0 && $0.widening > 0 }) else { throw .nothingToDo }
        for part in parts where part.shape.mode.count != size { throw .wrongCount(expected: size, found: part.shape.mode.count) }
        self.parts = parts
    }

    public var size: Int { parts[0].shape.mode.count }

    /// A point at an address of a stream.
    func draw(_ random: RandomStream, _ address: Int) -> [Double] {
        let numbers = random.normals(draw: address, count: size + Self.degrees)
        let chi = numbers[size...].reduce(0) { $0 + $1 * $1 }
        let part = pick(random.uniform(draw: address, index: size + Self.degrees))
        let scale = part.widening * (Double(Self.degrees) / chi).squareRoot()
        return (0..<size).map { i in
            var sum = 0.0
            for j in 0...i { sum += part.shape.factor[i, j] * numbers[j] }
            return part.shape.mode[i] + scale * sum
        }
    }

    private func pick(_ uniform: Double) -> Part {
        var left = uniform * parts.reduce(0) { $0 + $1.weight }
        for part in parts.dropLast() {
            left -= part.weight
            if left < 0 { return part }
        }
        return parts[parts.count - 1]
    }

    /// The logarithm of the density, normalised up to a constant of size and degrees alone.
    func logDensity(_ x: [Double]) -> Double {
        let logs = parts.map { part in
            var z = [Double](repeating: 0, count: size)
            var (square, logSpread) = (0.0, 0.0)
            for i in 0..<size {
                var rest = x[i] - part.shape.mode[i]
                for j in 0..<i { rest -= part.shape.factor[i, j] * z[j] }
                z[i] = rest / part.shape.factor[i, i]
                square += z[i] * z[i]
                logSpread += (part.shape.factor[i, i] * part.widening).log()
            }
            let stretched = square / (part.widening * part.widening * Double(Self.degrees))
            return part.weight.log() - logSpread - 0.5 * Double(Self.degrees + size) * (1 + stretched).log()
        }
        let largest = logs.max() ?? 0
        guard largest.isFinite else { return -.infinity }
        return largest + logs.reduce(0) { $0 + ($1 - largest).exp() }.log()
    }
}
