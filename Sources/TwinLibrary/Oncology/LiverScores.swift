// Published scores of colorectal liver metastases: shown beside a forecast, never part of it.

/// What the scores are computed from.
public struct LiverScoreInputs: Hashable, Sendable {
    public var isNodePositive: Bool
    /// Months from the primary to the metastases.
    public var diseaseFreeMonths: Double
    public var lesionCount: Int
    /// Of the largest metastasis, cm.
    public var largest: Double
    /// ng/mL.
    public var cea: Double
    public var isExtrahepatic: Bool
    /// KRAS or, where only that is known, RAS.
    public var isMutant: Bool

    public init(
        isNodePositive: Bool, diseaseFreeMonths: Double, lesionCount: Int, largest: Double, cea: Double, isExtrahepatic: Bool,
        isMutant: Bool
    ) {
        self.isNodePositive = isNodePositive
        self.diseaseFreeMonths = diseaseFreeMonths
        self.lesionCount = lesionCount
        self.largest = largest
        self.cea = cea
        self.isExtrahepatic = isExtrahepatic
        self.isMutant = isMutant
    }
}

/// The scores. A validation judged neither Fong nor GAME discriminating enough before surgery for clinical decisions (PMC9139295).
public enum LiverScores {
    public enum Group: String, Sendable { case low, medium, high }

    /// Fong 1999 (10.1097/00000658-199909000-00004): one point each; 0–2 low, 3–5 high.
    public static func fong(_ inputs: LiverScoreInputs) -> (points: Int, group: Group) {
        let points = [
            inputs.isNodePositive, inputs.diseaseFreeMonths < 12, inputs.lesionCount > 1, inputs.largest > 5, inputs.cea > 200,
        ].count { $0 }
        return (points, points <= 2 ? .low : .high)
    }

    /// Tumour burden score √(cm² + n²), zones 1 (< 3), 2 (3 to < 9), 3 (Sasaki 2018, recalled).
    public static func tumourBurden(_ inputs: LiverScoreInputs) -> (score: Double, zone: Int) {
        let count = Double(inputs.lesionCount)
        let score = (inputs.largest * inputs.largest + count * count).squareRoot()
        return (score, score < 3 ? 1 : score < 9 ? 2 : 3)
    }

    /// GAME (Margonis 2018): mutant 1, CEA ≥ 20 1, nodes 1, extrahepatic 2, burden zone − 1; 0–1 low, 2–3 medium, ≥ 4 high.
    public static func game(_ inputs: LiverScoreInputs) -> (points: Int, group: Group) {
        let points =
            (inputs.isMutant ? 1 : 0) + (inputs.cea >= 20 ? 1 : 0) + (inputs.isNodePositive ? 1 : 0) + (inputs.isExtrahepatic ? 2 : 0)
            + tumourBurden(inputs).zone - 1
        return (points, points <= 1 ? .low : points <= 3 ? .medium : .high)
    }
}
