// What can be measured of the avatar, and what it shows of what cannot.
import Numerics
import Systems
import Twins

extension TumourAvatar {
    static let observableTable = AvatarObservables.table(AvatarMarker.allCases, of: AvatarDraw.self)
}

enum AvatarObservables {
    /// The markers that a model is learnt from, and what it shows of what cannot be measured.
    static func table(_ markers: [AvatarMarker], of clones: any CloneDraw.Type) -> [Observable] {
        markers.map { marker in
            let error = clones.residualSD(of: marker)
            return Observable(
                marker.rawValue, label: marker.label, unit: marker.unit, codes: [marker.code], range: marker.range, better: .lower,
                residualSD: (error * marker.typical * 100).rounded() / 100,
                source: marker.isLearnt
                    ? Source("derived: \(error) of the logarithm (given at 10 ng/mL) in the 32 men of Zhang 2022", .derived)
                    : Source(
                        "assumption: \(error) of the logarithm, given at \(Int(marker.typical)) \(marker.unit.label)", .assumption))
        } + [
            hidden("burden", "Tumour cells, of today's", .percent, 0...1e6, .lower, clones),
            hidden("resistant-fraction", "Resistant cells, of all", .percent, 0...100, .lower, clones),
            hidden("drug", "Share of draws with a drug", .percent, 0...100, nil, clones),
        ]
    }

    /// What no record can hold.
    private static func hidden(
        _ id: String, _ label: String, _ unit: Unit, _ range: ClosedRange<Double>, _ better: Direction?,
        _ clones: any CloneDraw.Type
    ) -> Observable {
        Observable(
            id, label: label, unit: unit, codes: [], range: range, better: better, residualSD: 0,
            source: Source("the twin's own state, equations of \(clones.authors)", .excerpt))
    }
}

extension AvatarModel {
    public func column(of observable: String, at time: Int, in run: OrdinaryRun<AvatarPlan>) -> [Double]? {
        columns(of: observable, at: [time], in: run)
    }

    public func columns(of observable: String, at times: ArraySlice<Int>, in run: OrdinaryRun<AvatarPlan>) -> [Double]? {
        let states = AvatarStates(run.states, run.plan.clones)
        switch observable {
        case run.plan.record.marker.rawValue:
            let top = run.plan.record.marker.range.upperBound
            return states.sizes(at: times).enumerated().map { min($1 * run.plan.scales[$0 % run.drawCount], top) }
        case "burden":
            guard let now = run.milestones.first else { return nil }
            let today = states.sizes(at: [now])
            return states.sizes(at: times).enumerated().map { min(100 * $1 / max(today[$0 % run.drawCount], 1e-290), 1e6) }
        case "resistant-fraction": return states.resistantShares(at: times)
        case "drug":
            // One share for all draws: a band of zeros and ones would show nothing.
            let given = states.drugs(at: times)
            return times.indices.flatMap { index -> [Double] in
                let first = (index - times.startIndex) * run.drawCount
                let share = 100 * given[first..<first + run.drawCount].reduce(0, +) / Double(run.drawCount)
                return [Double](repeating: share, count: run.drawCount)
            }
        default: return nil
        }
    }
}

/// Sums of clones over draws, time by time.
struct AvatarStates {
    let states: EnsembleTrajectories
    private let resisting: [Int]

    init(_ states: EnsembleTrajectories, _ clones: any CloneDraw.Type) {
        self.states = states
        resisting = clones.resistant
    }

    private func columns(_ state: Int, at times: some Collection<Int>) -> [Double] { states.columns(times: times, state: state) }

    /// Shares of capacity.
    func sizes(at times: some Collection<Int>) -> [Double] { sum([0, 1, 2], at: times).map { max($0, 0) } }

    /// The clones stand first in a state.
    private func sum(_ clones: [Int], at times: some Collection<Int>) -> [Double] {
        clones.dropFirst().reduce(columns(clones[0], at: times)) { sum, clone in zip(sum, columns(clone, at: times)).map { $0 + $1 } }
    }

    /// Percent.
    func resistantShares(at times: some Collection<Int>) -> [Double] {
        zip(sum(resisting, at: times), sizes(at: times)).map { $1 > 0 ? min(max(100 * $0 / $1, 0), 100) : 0 }
    }

    /// 1 with any drug, 0 without.
    func drugs(at times: some Collection<Int>) -> [Double] {
        zip(columns(ClonalCompetition.State.first, at: times), columns(ClonalCompetition.State.second, at: times)).map { min($0 + $1, 1) }
    }
}
