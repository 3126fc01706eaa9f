// The coefficients of the numerical differentiation formulas of orders one to five.

/// Shampine and Reichelt (1997), SIAM J. Sci. Comput. 18:1–22, table 1 and equations 2–8. Indexed by order; the place 0 is not used.
enum BackwardDifferenceTable {
    static let highestOrder = 5
    /// Klopfenstein's κ, which trades a little stability for a smaller error; order five is the plain formula.
    private static let kappa: [Double] = [0, -0.1850, -1.0 / 9, -0.0823, -0.0415, 0]
    /// γₖ = 1 + 1/2 + … + 1/k.
    static let gamma: [Double] = [0, 1, 3.0 / 2, 11.0 / 6, 25.0 / 12, 137.0 / 60]
    /// (1 − κ)·γ: the step over this is the factor of the rate.
    static let alpha = (0...5).map { (order: Int) -> Double in (1 - kappa[order]) * gamma[order] }
    /// The error of a step is this times the correction of the predicted state; one order more than there are formulas is never tried.
    static let error = (0...5).map { (order: Int) -> Double in
        let next = 1 / Double(order + 1)
        return kappa[order] * gamma[order] + next
    }

    /// How backward differences at one spacing become those at a spacing `factor` times as long: new difference j is the sum over i of
    /// `result[i][j]` times difference i, both `1 ... order` (the paper's R·U; the state itself stays).
    static func respacing(order: Int, factor: Double) -> [[Double]] {
        func table(_ factor: Double) -> [[Double]] {
            var rows = [[Double]](repeating: [Double](repeating: 1, count: order + 1), count: order + 1)
            for i in 1...order {
                for j in 0...order { rows[i][j] = rows[i - 1][j] * (Double(i - 1) - factor * Double(j)) / Double(i) }
            }
            return rows
        }
        let (changed, same) = (table(factor), table(1))
        var product = [[Double]](repeating: [Double](repeating: 0, count: order + 1), count: order + 1)
        for i in 1...order {
            for j in 1...order {
                for k in 1...order { product[i][j] += changed[i][k] * same[k][j] }
            }
        }
        return product
    }
}
