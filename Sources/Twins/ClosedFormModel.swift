// A kind of twin: a closed form over time with a fitted population. Who fits it gets calibration and forecast for free.
import Numerics

/// Eight draws side by side.
public typealias DrawBlock = SIMD8<Double>

/// A model whose observables at any time are a formula of the patient's parameters.
///
/// Supply the posterior of some measurements and the formula over all draws; `calibrate` (exact maximum, Laplace, importance
/// resampling, posterior predictive of every measurement) and `forecast` (quantiles over all draws) come from here.
public protocol ClosedFormModel: TwinModel {
    associatedtype Density: NegativeLogPosterior
    associatedtype Ensemble: ClosedFormEnsemble

    /// The posterior of the parameters given measurements in the observables' units; without any, the prior.
    /// - Throws: `.missing` for facts of the record without which there is no axis of time.
    func posterior(of measurements: [Measurement], subject: Subject) throws(TwinError) -> Density
    /// Some draws under a scenario, made ready so that a day costs as little as possible. The scenario is complete and valid.
    func ensemble(_ draws: Draws, scenario: Scenario, subject: Subject) throws(TwinError) -> Ensemble
    /// The endpoints of a forecast, from the draws themselves.
    func endpoints(of ensemble: Ensemble, request: ForecastRequest) -> [Endpoint]
    /// Operations and changes of treatment, for the axis.
    func marks(of scenario: Scenario) -> [ForecastMark]
    /// Assumptions and warnings that belong beside a forecast of this scenario.
    func notes(on scenario: Scenario, for subject: Subject) -> [String]
    /// What a reader must know of a calibration with these measurements.
    func warnings(on measurements: [Measurement], for subject: Subject) -> [String]
}

/// Draws of a closed form under one scenario.
public protocol ClosedFormEnsemble: Sendable {
    var drawCount: Int { get }
    /// Writes every observable at a day from «now»: observable k of draws 8b … 8b+7 at `k * blockCount + b`.
    ///
    /// Places beyond `drawCount` may hold anything finite. A draw's value must not depend on its neighbours.
    func observe(day: Double, into values: inout [DrawBlock])
}

extension ClosedFormEnsemble {
    /// Blocks that hold all draws.
    public var blockCount: Int { (drawCount + 7) / 8 }

    /// One observable of every draw at a day.
    public func values(of observable: Int, count: Int, day: Double) -> [Double] {
        var blocks = [DrawBlock](repeating: .zero, count: count * blockCount)
        observe(day: day, into: &blocks)
        return (0..<drawCount).map { blocks[observable * blockCount + $0 / 8][$0 % 8] }
    }
}
