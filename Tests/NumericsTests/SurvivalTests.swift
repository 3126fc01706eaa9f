// Survival statistics on the leukaemia trial of Freireich (1963), whose figures stand in textbooks and in R's documentation.
import Numerics
import Testing

/// Weeks of remission of 42 children, 6-mercaptopurine against placebo (Freireich 1963, Blood 21:699; Gehan 1965, Biometrika 52:203).
enum Leukaemia {
    static let drug: [(weeks: Double, relapsed: Bool)] = [
        (6, true), (6, true), (6, true), (6, false), (7, true), (9, false), (10, true), (10, false), (11, false), (13, true), (16, true),
        (17, false), (19, false), (20, false), (22, true), (23, true), (25, false), (32, false), (32, false), (34, false), (35, false),
    ]
    static let placebo: [Double] = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

    static func treated() throws -> SurvivalTimes {
        try SurvivalTimes(times: drug.map(\.weeks), isEvent: drug.map(\.relapsed))
    }
    static func untreated() throws -> SurvivalTimes { try SurvivalTimes(times: placebo, isEvent: placebo.map { _ in true }) }
    static func both() throws -> SurvivalTimes {
        try SurvivalTimes(times: drug.map(\.weeks) + placebo, isEvent: drug.map(\.relapsed) + placebo.map { _ in true })
    }
    static let isPlacebo = drug.map { _ in 0 } + placebo.map { _ in 1 }
    static func covariate() throws -> Matrix { try Matrix(isPlacebo.map { [Double($0)] }) }
}

@Suite("Survival: the leukaemia trial")
struct SurvivalTests {
    @Test("Kaplan and Meier's curve under 6-mercaptopurine: textbook values and standard errors (Klein and Moeschberger, table 4.1)")
    func curve() throws {
        let curve = KaplanMeier(try Leukaemia.treated())
        let table: [(week: Double, atRisk: Int, events: Int, survival: Double, error: Double)] = [
            (6, 21, 3, 18.0 / 21, 0.0764), (7, 17, 1, 18.0 / 21 * 16 / 17, 0.0869), (10, 15, 1, 0.752941, 0.0963),
            (13, 12, 1, 0.690196, 0.1068), (16, 11, 1, 0.627451, 0.1141), (22, 7, 1, 0.537815, 0.1282), (23, 6, 1, 0.448179, 0.1346),
        ]
        for row in table {
            let step = try #require(curve.step(at: row.week))
            #expect(step.time == row.week && step.atRisk == row.atRisk && step.events == row.events)
            #expect((step.survival - row.survival).magnitude < 5e-7)
            #expect((step.standardError - row.error).magnitude < 6e-5)
        }
        #expect(curve.survival(at: 5.9) == 1 && curve.survival(at: 100) == curve.survival(at: 23))
        #expect(curve.atRisk(at: 0) == 21 && curve.atRisk(at: 6) == 21 && curve.atRisk(at: 6.5) == 17 && curve.atRisk(at: 40) == 0)
    }

    @Test("Medians and their limits are R's: 23 (16, not reached) and 8 (4, 12) weeks")
    func medians() throws {
        let treated = KaplanMeier(try Leukaemia.treated()).median()
        #expect(treated.time == 23 && treated.low == 16 && treated.high == nil)
        let untreated = KaplanMeier(try Leukaemia.untreated()).median()
        #expect(untreated.time == 8 && untreated.low == 4 && untreated.high == 12)
        // Half from 2 to 4: the middle, as R gives it.
        let flat = KaplanMeier(try SurvivalTimes(times: [1, 2, 4, 5], isEvent: [true, true, true, true]))
        #expect(flat.median().time == 3)
    }

    @Test("Limits of survival: each scale is its formula, none leaves 0 … 1")
    func limits() throws {
        let curve = KaplanMeier(try Leukaemia.treated())
        let step = try #require(curve.step(at: 13))
        let (s, error, z) = (step.survival, step.standardError, 1.959963984540054)
        let plain = try #require(KaplanMeier.interval(step, scale: .plain))
        #expect((plain.lowerBound - (s - z * error)).magnitude < 1e-14 && (plain.upperBound - (s + z * error)).magnitude < 1e-14)
        // R, survfit(conf.type = "log"): 0.510 and 0.935; "log-log": 0.4316 and 0.8491 (Klein and Moeschberger, section 4.3, at t = 13).
        let log = try #require(KaplanMeier.interval(step))
        #expect((log.lowerBound - 0.510).magnitude < 5e-4 && (log.upperBound - 0.935).magnitude < 5e-4)
        let logLog = try #require(KaplanMeier.interval(step, scale: .logLog))
        #expect((logLog.lowerBound - 0.4316).magnitude < 5e-5 && (logLog.upperBound - 0.8491).magnitude < 5e-5)
        for scale in KaplanMeier.Scale.allCases {
            for step in KaplanMeier(try Leukaemia.untreated()).steps {
                guard let interval = KaplanMeier.interval(step, scale: scale) else { continue }
                #expect(interval.lowerBound >= 0 && interval.upperBound <= 1 && interval.contains(step.survival))
            }
        }
    }

    @Test("Log-rank: 9 and 21 relapses against 19.25 and 10.75, χ² 16.79")
    func logRank() throws {
        let test = try LogRank(try Leukaemia.both(), groups: Leukaemia.isPlacebo)
        #expect(test.observed == [9, 21])
        #expect((test.expected[0] - 19.25).magnitude < 5e-3 && (test.expected[1] - 10.75).magnitude < 5e-3)
        #expect((test.chiSquare - 16.7929).magnitude < 5e-5)
        #expect((test.pValue - 4.17e-5).magnitude < 5e-8)
        #expect(test.degreesOfFreedom == 1 && test.counts == [21, 21])
    }

    @Test("Log-rank in strata: one stratum changes nothing, the trial twice doubles χ²")
    func strata() throws {
        let both = try Leukaemia.both()
        let plain = try LogRank(both, groups: Leukaemia.isPlacebo)
        let one = try LogRank(both, groups: Leukaemia.isPlacebo, strata: both.times.map { _ in 7 })
        #expect(one.chiSquare == plain.chiSquare)
        let twice = try SurvivalTimes(times: both.times + both.times, isEvent: both.isEvent + both.isEvent)
        let halves = both.times.map { _ in 0 } + both.times.map { _ in 1 }
        let doubled = try LogRank(twice, groups: Leukaemia.isPlacebo + Leukaemia.isPlacebo, strata: halves)
        #expect((doubled.chiSquare / plain.chiSquare - 2).magnitude < 1e-12)
        let cox = try CoxRegression(both, covariates: try Leukaemia.covariate())
        let inStrata = try CoxRegression(
            twice, covariates: try Matrix((Leukaemia.isPlacebo + Leukaemia.isPlacebo).map { [Double($0)] }), strata: halves)
        #expect((inStrata.coefficients[0] / cox.coefficients[0] - 1).magnitude < 1e-10)
        #expect((inStrata.covariance[0, 0] / cox.covariance[0, 0] - 0.5).magnitude < 1e-10)
        #expect(inStrata.concordance == cox.concordance)
    }

    @Test("Cox: R's coefficients and errors with Efron's and Breslow's ties")
    func cox() throws {
        let efron = try CoxRegression(try Leukaemia.both(), covariates: try Leukaemia.covariate())
        #expect((efron.coefficients[0] - 1.5721).magnitude < 5e-5 && (efron.standardErrors[0] - 0.4124).magnitude < 5e-5)
        #expect((efron.hazardRatio(0).ratio - 4.817).magnitude < 5e-4)
        #expect((efron.likelihoodRatio - 16.35).magnitude < 5e-3)
        let breslow = try CoxRegression(try Leukaemia.both(), covariates: try Leukaemia.covariate(), ties: .breslow)
        #expect((breslow.coefficients[0] - 1.5092).magnitude < 5e-5 && (breslow.standardErrors[0] - 0.4096).magnitude < 5e-5)
        #expect((-2 * breslow.nullLogLikelihood - 187.970).magnitude < 5e-4)
        #expect((-2 * breslow.logLikelihood - 172.759).magnitude < 5e-4)
        #expect((efron.concordance - 0.69).magnitude < 5e-3)
    }

    @Test("Cox on three subjects is the root found by hand: e^b = 1/√2, whatever the unit of the covariate")
    func byHand() throws {
        // L(b) = e^b/(2e^b + 1) · 1/(1 + e^b): d/db = 0 at 2e^(2b) = 1.
        let data = try SurvivalTimes(times: [1, 2, 3], isEvent: [true, true, true])
        let fit = try CoxRegression(data, covariates: try Matrix([[1], [0], [1]]))
        #expect((fit.coefficients[0] + 0.34657359027997264).magnitude < 1e-12)
        #expect((fit.nullLogLikelihood + 1.791759469228055).magnitude < 1e-14)
        let scaled = try CoxRegression(data, covariates: try Matrix([[1e6], [0], [1e6]]))
        #expect((scaled.coefficients[0] * 1e6 + 0.34657359027997264).magnitude < 1e-12)
    }

    @Test("Concordance counts by hand: ties of risk a half, ties of time none, an event before a censoring of the same time")
    func concordance() throws {
        let data = try SurvivalTimes(times: [1, 2, 2, 2, 3], isEvent: [true, true, true, false, false])
        // 1 against four (three lower, one equal); each event at 2 against the censored one at 2 and the last.
        let found = Concordance.harrell(data, risk: [5, 4, 1, 1, 5])
        #expect((found - (3 + 0.5 + 1 + 0 + 0.5 + 0) / 8).magnitude < 1e-15)
        #expect(Concordance.harrell(try SurvivalTimes(times: [1, 1], isEvent: [true, true]), risk: [1, 2]).isNaN)
    }

    @Test("Weibull regression is MASS's: 3.516, −1.267, scale 0.732, log-likelihood −106.6")
    func weibull() throws {
        let fit = try AcceleratedFailure(try Leukaemia.both(), covariates: try Leukaemia.covariate(), distribution: .weibull)
        #expect((fit.coefficients[0] - 3.516).magnitude < 5e-4 && (fit.coefficients[1] + 1.267).magnitude < 5e-4)
        #expect((fit.scale - 0.732).magnitude < 5e-4 && (fit.logLikelihood + 106.579).magnitude < 5e-3)
    }

    @Test("Log-normal regression without censoring is the mean and deviation of the logarithms")
    func logNormal() throws {
        let data = try Leukaemia.untreated()
        let none = Matrix(rows: data.count, columns: 0)
        let fit = try AcceleratedFailure(data, covariates: none, distribution: .logNormal)
        let logs = data.times.map { $0.log() }
        #expect((fit.coefficients[0] - Statistics.mean(logs)).magnitude < 1e-9)
        let n = Double(logs.count)
        #expect((fit.scale - (Statistics.variance(logs) * (n - 1) / n).squareRoot()).magnitude < 1e-9)
    }

    @Test("What cannot be estimated is refused in words")
    func refusals() throws {
        #expect(throws: SurvivalError.noSubjects) { try SurvivalTimes(times: [], isEvent: []) }
        #expect(throws: SurvivalError.badTime(subject: 1, time: -1)) { try SurvivalTimes(times: [1, -1], isEvent: [true, true]) }
        #expect(throws: SurvivalError.wrongCount(of: "event flags", expected: 2, found: 1)) {
            try SurvivalTimes(times: [1, 2], isEvent: [true])
        }
        let data = try SurvivalTimes(times: [1, 2, 3, 4], isEvent: [true, true, true, true])
        #expect(throws: SurvivalError.oneGroup) { try LogRank(data, groups: [0, 0, 0, 0]) }
        #expect(throws: SurvivalError.collinear) { try CoxRegression(data, covariates: try Matrix([[1, 2], [3, 6], [0, 0], [2, 4]])) }
        #expect(throws: SurvivalError.collinear) { try CoxRegression(data, covariates: try Matrix([[1], [1], [1], [1]])) }
        #expect(throws: SurvivalError.noConvergence) { try CoxRegression(data, covariates: try Matrix([[4], [3], [2], [1]])) }
        #expect(throws: SurvivalError.badCovariate(subject: 2, column: 0)) {
            try CoxRegression(data, covariates: try Matrix([[4], [3], [.nan], [1]]))
        }
        let censored = try SurvivalTimes(times: [1, 2], isEvent: [false, false])
        #expect(throws: SurvivalError.noEvents) { try CoxRegression(censored, covariates: try Matrix([[1], [0]])) }
        #expect(KaplanMeier(censored).median().time == nil)
    }
}
