// The refinement for models that are ordinary differential equations with treatment events: lanes, restarts and bands for free.
import Numerics

/// A twin whose course is an ordinary differential equation with doses and operations as events.
///
/// The model says what its system is and what a scenario means to it (``plan(_:)``); from that it gets ``forecast(_:)``: all draws
/// integrated side by side, a restart at every dose and operation, quantiles in time, and the same bytes on any number of threads.
///
/// - Invariant O1: what is forecast does not depend on which days are asked for: the integrator's steps ignore them, and endpoints
///   are read off the plan's own milestones.
/// - Invariant O2: nothing is computed across draws but quantiles, so the order of the work cannot show in the bytes.
public protocol OrdinaryModel: TwinModel {
    associatedtype Plan: OrdinaryPlan

    /// How many days the model's unit of time has: 7 where the equations count weeks.
    var daysPerUnit: Double { get }
    /// What a scenario means: segments, events, initial states. The scenario has been validated and completed.
    func plan(_ request: ForecastRequest) throws(TwinError) -> Plan
    /// Hands the plan to `Numerics.Ensemble` with the model's own system:
    /// `try await OrdinaryRun.integrate(MySystem.self, plan, outputs: outputs, after: first, concurrency: concurrency, keeping: [0], …)`,
    /// where the kept states are all that ``columns(of:at:in:)`` and ``endpoints(of:)`` read.
    ///
    /// - Parameter first: the first draws of the same plan, integrated before; nil for none.
    func integrate(
        _ plan: Plan, outputs: [Double], after first: EnsembleTrajectories?, concurrency: Int, progress: Ensemble.Progress?
    ) async throws(TwinError) -> EnsembleTrajectories
    /// One observable at one of the run's times over all draws; nil where it does not apply to this patient or scenario.
    func column(of observable: String, at time: Int, in run: OrdinaryRun<Plan>) -> [Double]?
    /// The same at several times, `drawCount` numbers each, time by time. By default one column after the other; a model that reads a
    /// state with `EnsembleTrajectories.columns` reads the draws once for all of them.
    func columns(of observable: String, at times: ArraySlice<Int>, in run: OrdinaryRun<Plan>) -> [Double]?
    /// The endpoints; ``OrdinaryRun/milestones`` says where the plan's own times stand.
    func endpoints(of run: OrdinaryRun<Plan>) -> [Endpoint]
    /// What is drawn on the axis; by default the plan's marks. For what only the run shows: a dose that most draws were not given.
    func marks(of run: OrdinaryRun<Plan>) -> [ForecastMark]
    /// What stands beside the forecast; by default the plan's notes.
    func notes(of run: OrdinaryRun<Plan>) -> [String]
}

/// What a scenario means to one twin, in the model's unit of time, with 0 = «now».
public protocol OrdinaryPlan: Sendable {
    /// What is read off a run once, because many of its figures need it; nothing unless the model says what.
    associatedtype Reading: Sendable = Void

    /// Without gaps; an event stands at the start of its segment.
    var segments: [Segment] { get }
    var initial: InitialState { get }
    /// A row of the system's parameters for each draw.
    var parameters: Matrix { get }
    /// Times that the endpoints need, rising.
    var milestones: [Double] { get }
    var tolerance: Tolerance { get }
    var marks: [ForecastMark] { get }
    var notes: [String] { get }
    /// `places`: of each milestone in the states' times.
    func reading(of states: EnsembleTrajectories, milestones places: [Int]) -> Reading
}

extension OrdinaryPlan where Reading == Void {
    public func reading(of states: EnsembleTrajectories, milestones places: [Int]) {}
}

/// A plan that was run: the states of all draws at the asked-for days and at the milestones.
public struct OrdinaryRun<Plan: OrdinaryPlan>: Sendable {
    public let plan: Plan
    public let states: EnsembleTrajectories
    /// For each asked-for day its place in `states.times`.
    public let asked: [Int]
    /// For each milestone its place in `states.times`.
    public let milestones: [Int]
    public let reading: Plan.Reading

    public init(plan: Plan, states: EnsembleTrajectories, asked: [Int], milestones: [Int]) {
        self.plan = plan
        self.states = states
        self.asked = asked
        self.milestones = milestones
        reading = plan.reading(of: states, milestones: milestones)
    }
    public var drawCount: Int { states.drawCount }
}

extension OrdinaryModel {
    public func marks(of run: OrdinaryRun<Plan>) -> [ForecastMark] { run.plan.marks }
    public func notes(of run: OrdinaryRun<Plan>) -> [String] { run.plan.notes }

    public func columns(of observable: String, at times: ArraySlice<Int>, in run: OrdinaryRun<Plan>) -> [Double]? {
        let columns = times.compactMap { column(of: observable, at: $0, in: run) }
        return columns.count == times.count ? columns.flatMap { $0 } : nil
    }
}

extension OrdinaryRun {
    /// Integrates a plan; errors become the twin's own. Of `states` alone (nil: all) the numbers are kept, 8 bytes a draw and time each.
    ///
    /// - Parameter method: where it is `automatic`, each draw is tested for stiffness, and the forecast's notes say what was chosen.
    public static func integrate<System: KernelSystem>(
        _ system: System.Type, method: IntegrationMethod = .explicit, _ plan: Plan, outputs: [Double],
        after first: EnsembleTrajectories? = nil, concurrency: Int, keeping states: [Int]? = nil, progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await translating {
            try await Ensemble.solve(
                system, method: method, draws: plan.parameters, initial: plan.initial, segments: plan.segments, outputs: outputs,
                tolerance: plan.tolerance, concurrency: concurrency, keeping: states, after: first, progress: progress)
        }
    }

    /// The same, of all states, by a method that is compiled where this is called: for a system without a kernel.
    @inlinable
    public static func integrate<Method: StepMethod>(
        by method: Method, _ plan: Plan, outputs: [Double], after first: EnsembleTrajectories? = nil, concurrency: Int,
        progress: Ensemble.Progress? = nil
    ) async throws(TwinError) -> EnsembleTrajectories {
        try await translating {
            try await Ensemble.solve(
                by: method, draws: plan.parameters, initial: plan.initial, segments: plan.segments, outputs: outputs,
                tolerance: plan.tolerance, concurrency: concurrency, after: first, progress: progress)
        }
    }

    @usableFromInline
    static func translating(_ solve: () async throws -> EnsembleTrajectories) async throws(TwinError) -> EnsembleTrajectories {
        do {
            return try await solve()
        } catch let error as IntegrationError {
            throw .numerics(error.description)
        } catch {
            throw .cancelled
        }
    }
}
