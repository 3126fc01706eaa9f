// The colon trial's table as survival statistics take it, and the figures that R's documentation computes from it.
import Numerics

/// Deaths of 929 patients after resection of colon cancer, three arms (Moertel 1990): `survival::colon`.
struct ColonTrial {
    let data: SurvivalTimes
    /// Of each patient, by the header's name.
    let columns: [String: [String]]

    /// Nil where a column is missing or a number cannot be read.
    init?(_ rows: [[String]]) {
        guard let header = rows.first else { return nil }
        let names = header.map(Self.unquoted)
        var columns: [String: [String]] = [:]
        for (place, name) in names.enumerated() {
            columns[name] = rows.dropFirst().compactMap { place < $0.count ? Self.unquoted($0[place]) : nil }
        }
        let times = (columns["time"] ?? []).compactMap(Double.init)
        let events = (columns["status"] ?? []).map { $0 == "1" }
        guard times.count == rows.count - 1, let data = try? SurvivalTimes(times: times, isEvent: events) else { return nil }
        (self.data, self.columns) = (data, columns)
    }

    private static func unquoted(_ text: String) -> String { text.filter { $0 != "\"" } }

    private static let arms = ["Obs", "Lev", "Lev+5FU"]

    /// A curve for each arm.
    func curves() -> [String: KaplanMeier] {
        var curves: [String: KaplanMeier] = [:]
        for arm in Self.arms {
            let members = (columns["rx"] ?? []).indices.filter { columns["rx"]?[$0] == arm }
            let times = try? SurvivalTimes(times: members.map { data.times[$0] }, isEvent: members.map { data.isEvent[$0] })
            if let times { curves[arm] = KaplanMeier(times) }
        }
        return curves
    }

    /// Indicators of the two treated arms, then columns as numbers.
    func covariates(_ names: [String]) -> Matrix? {
        guard let arms = columns["rx"] else { return nil }
        let others = names.compactMap { columns[$0]?.compactMap(Double.init) }
        guard others.count == names.count, others.allSatisfy({ $0.count == arms.count }) else { return nil }
        return try? Matrix(
            arms.indices.map { row in
                [arms[row] == "Lev" ? 1.0 : 0, arms[row] == "Lev+5FU" ? 1 : 0] + others.map { $0[row] }
            })
    }

    /// Every figure under the name that the table of R's results gives it, and `concordance`.
    func figures() -> [String: Double]? {
        let names = ["node4", "extent", "surg"]
        guard let all = covariates(names), let few = covariates(["node4"]), let arms = columns["rx"],
            let efron = try? CoxRegression(data, covariates: all),
            let breslow = try? CoxRegression(data, covariates: all, ties: .breslow),
            let test = try? LogRank(data, groups: arms.map { Self.arms.firstIndex(of: $0) ?? 0 })
        else { return nil }
        var figures = [
            "loglik_null": efron.nullLogLikelihood, "loglik": efron.logLikelihood, "logrank_chisq": test.chiSquare,
            "concordance": efron.concordance, "logrank_p": test.pValue,
        ]
        for (place, name) in (["rxLev", "rxLev+5FU"] + names).enumerated() {
            figures["cox_efron_\(name)"] = efron.coefficients[place]
            figures["cox_efron_se_\(name)"] = efron.standardErrors[place]
            figures["cox_breslow_\(name)"] = breslow.coefficients[place]
        }
        for (name, distribution) in [("weibull", AcceleratedFailure.Distribution.weibull), ("lognormal", .logNormal)] {
            guard let fit = try? AcceleratedFailure(data, covariates: few, distribution: distribution) else { return nil }
            for (place, term) in ["(Intercept)", "rxLev", "rxLev+5FU", "node4"].enumerated() {
                figures["\(name)_\(term)"] = fit.coefficients[place]
            }
            figures["\(name)_scale"] = fit.scale
        }
        return figures
    }
}
