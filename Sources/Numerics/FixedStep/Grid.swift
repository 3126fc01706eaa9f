// A box of cells of which some are tissue, and how easily each lets things through.

/// Cells along x, y and z (1 for a plane), numbered `(z * y.count + y) * x.count + x`.
public struct Grid: Sendable, Hashable {
    public let x: Int
    public let y: Int
    public let z: Int
    /// A cell's edge.
    public let spacing: Double
    /// Whether a cell is tissue.
    public let mask: [Bool]

    /// Rows are padded to whole lanes, and margins let every cell have neighbours in memory.
    let rowStride: Int
    let margin: Int
    let open: [Double]
    let faceX: [Double]
    let faceY: [Double]
    let faceZ: [Double]

    public var cellCount: Int { x * y * z }

    /// - Parameters:
    ///   - mask: tissue; nil for everywhere. Nothing flows through its border.
    ///   - diffusivity: of each cell, relative to the draw's; nil for 1. Between two cells it is their harmonic mean, which is what two
    ///     layers in a row let through.
    /// - Throws: ``FixedStepError/badGrid``, ``FixedStepError/wrongCount(of:expected:found:)``.
    public init(x: Int, y: Int, z: Int = 1, spacing: Double, mask: [Bool]? = nil, diffusivity: [Double]? = nil) throws(FixedStepError) {
        guard x > 0, y > 0, z > 0, spacing.isFinite, spacing > 0 else { throw .badGrid }
        let count = x * y * z
        for found in [mask?.count, diffusivity?.count] {
            if let found, found != count { throw .wrongCount(of: .cells, expected: count, found: found) }
        }
        if let diffusivity, !diffusivity.allSatisfy({ $0.isFinite && $0 >= 0 }) { throw .badGrid }
        (self.x, self.y, self.z, self.spacing) = (x, y, z, spacing)
        let mask = mask ?? [Bool](repeating: true, count: count)
        self.mask = mask
        let row = (x + 7) / 8 * 8
        rowStride = row
        margin = z > 1 ? row * y : row
        let size = row * y * z + 2 * margin
        var tables = [[Double]](repeating: [Double](repeating: 0, count: size), count: 4)
        let scale = 1 / (spacing * spacing)
        func face(_ a: Int, _ b: Int) -> Double {
            guard mask[a], mask[b] else { return 0 }
            guard let diffusivity else { return scale }
            let sum = diffusivity[a] + diffusivity[b]
            return sum > 0 ? scale * 2 * diffusivity[a] * diffusivity[b] / sum : 0
        }
        for k in 0..<z {
            for j in 0..<y {
                for i in 0..<x {
                    let (cell, place) = ((k * y + j) * x + i, margin + (k * y + j) * row + i)
                    tables[0][place] = mask[cell] ? 1 : 0
                    if i + 1 < x { tables[1][place] = face(cell, cell + 1) }
                    if j + 1 < y { tables[2][place] = face(cell, cell + x) }
                    if k + 1 < z { tables[3][place] = face(cell, cell + x * y) }
                }
            }
        }
        (open, faceX, faceY, faceZ) = (tables[0], tables[1], tables[2], tables[3])
    }

    /// The longest step for which explicit diffusion is stable; +∞ where nothing diffuses. For a uniform plane spacing²/4D.
    public func longestStep(diffusivity: Double) -> Double {
        var most = 0.0
        for place in margin..<margin + rowStride * y * z {
            let along = faceX[place] + faceX[place - 1] + faceY[place] + faceY[place - rowStride]
            most = max(most, z > 1 ? along + faceZ[place] + faceZ[place - rowStride * y] : along)
        }
        return 1 / (most * diffusivity)
    }

    /// A cell's numbers laid out with padding and margins, 0 there and outside the tissue.
    func padded(_ values: some RandomAccessCollection<Double>) -> [Double] {
        var result = [Double](repeating: 0, count: open.count)
        for (cell, value) in values.enumerated() where mask[cell] { result[margin + cell / x * rowStride + cell % x] = value }
        return result
    }
}
