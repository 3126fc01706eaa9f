// What can be measured of the avatar, and what it shows of what cannot.
import Numerics
import Systems
import Twins

extension TumourAvatar {
    static let observableTable: [Observable] =
        AvatarMarker.allCases.map { marker in
            Observable(
                marker.rawValue, label: marker.label, unit: marker.unit, codes: [marker.code], range: marker.range, better: .lower,
                residualSD: (marker.residualSD * marker.typical * 100).rounded() / 100,
                source: marker.isLearnt
                    ? Source(
                        "derived: \(marker.residualSD) of the logarithm (given at 10 ng/mL) in the 32 men of Zhang 2022", .derived)
                    : Source(
                        "assumption: \(marker.residualSD) of the logarithm, given at \(Int(marker.typical)) \(marker.unit.label)",
                        .assumption))
        } + [
            hidden("burden", "Tumour cells, of today's", Unit.percent, 0...1e6, .lower),
            hidden("resistant-fraction", "Resistant cells, of all", .percent, 0...100, .lower),
            hidden("drug", "Share of draws with a drug", .percent, 0...100, nil),
        ]

    /// What no record can hold.
    private static func hidden(
        _ id: String, _ label: String, _ unit: Unit, _ range: ClosedRange<Double>, _ better: Direction?
    ) -> Observable {
        Observable(
            id, label: label, unit: unit, codes: [], range: range, better: better, residualSD: 0,
            source: Source("the twin's own state, equations of Strobl 2021", .excerpt))
    }

    public func column(of observable: String, at time: Int, in run: OrdinaryRun<AvatarPlan>) -> [Double]? {
        columns(of: observable, at: [time], in: run)
    }

    public func columns(of observable: String, at times: ArraySlice<Int>, in run: OrdinaryRun<AvatarPlan>) -> [Double]? {
        let states = AvatarStates(run.states)
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

    init(_ states: EnsembleTrajectories) { self.states = states }

    private func columns(_ state: Int, at times: some Collection<Int>) -> [Double] { states.columns(times: times, state: state) }

    /// Shares of capacity.
    func sizes(at times: some Collection<Int>) -> [Double] {
        zip(columns(ClonalCompetition.State.sensitive, at: times), resistant(at: times)).map { max($0 + $1, 0) }
    }

    private func resistant(at times: some Collection<Int>) -> [Double] {
        zip(columns(ClonalCompetition.State.resistant, at: times), columns(ClonalCompetition.State.unreached, at: times)).map { $0 + $1 }
    }

    /// Percent.
    func resistantShares(at times: some Collection<Int>) -> [Double] {
        zip(resistant(at: times), sizes(at: times)).map { $1 > 0 ? min(max(100 * $0 / $1, 0), 100) : 0 }
    }

    /// 1 with any drug, 0 without.
    func drugs(at times: some Collection<Int>) -> [Double] {
        zip(columns(ClonalCompetition.State.first, at: times), columns(ClonalCompetition.State.second, at: times)).map { min($0 + $1, 1) }
    }
}
