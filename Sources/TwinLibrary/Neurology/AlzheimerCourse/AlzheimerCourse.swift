// The Alzheimer course twin: a patient's place and pace on the population's logistic courses.
import Twins

/// Personalises the population of seven features to one patient and forecasts it under treatments.
///
/// The folder's files in the order in which the model thinks: Parameters → Dynamics → Likelihood → Interventions → Observables →
/// Endpoints → Card → Evidence. Calibration and forecast come from `ClosedFormModel`.
public struct AlzheimerCourse: ClosedFormModel {
    public init() {}

    public var id: String { "alzheimer-course" }
    public var version: String { "1.3" }
    public var title: String { "Alzheimer course" }
    /// Three years, days.
    public var horizon: Double { 3 * DayCount.year }
}
