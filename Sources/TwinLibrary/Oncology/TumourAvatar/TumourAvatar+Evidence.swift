// The checks that show that the avatar computes what its sources say, without any file.
import Numerics
import Systems
import Twins

extension TumourAvatar {
    public func evidence() async -> [EvidenceCheck] {
        Self.policyChecks() + Self.publishedChecks() + Self.logisticCheck() + Self.survivalChecks() + OncologyFormulaEvidence.avatar()
    }

    /// A virtual patient with days to progression and cycles, continuous and adaptive.
    private typealias Virtual = (patient: StroblTrial.Patient, continuous: Double, adaptive: Double, cycles: Int)

    /// Our own figures (RK4, 0.05 d), made apart from this program.
    private static let virtual: [Virtual] = [
        (
            .init(size: 0.4849563093542113, resistant: 0.00022902432324736654, cost: 0.0796484595512223, turnover: 0.2966992477470353),
            664.529305, 1113.35813, 7
        ),
        (
            .init(size: 0.6329215067712171, resistant: 0.002200728740756378, cost: 0.3369008895713264, turnover: 0.1548147699868886),
            865.172274, 1408.523438, 6
        ),
        (
            .init(size: 0.31643997049306094, resistant: 0.000276745502686923, cost: 0.008466005200873261, turnover: 0.29000260788310567),
            506.159966, 655.862494, 5
        ),
        (
            .init(size: 0.22945962072750073, resistant: 0.011443610205089522, cost: 0.046598678678756056, turnover: 0.2812223140215295),
            299.997709, 335.779613, 2
        ),
    ]

    private static func policyChecks() -> [EvidenceCheck] {
        let patients = virtual.map(\.patient)
        let source = "virtual patients of our own, Runge–Kutta of fixed step, made apart from this program"
        let continuous = (try? StroblTrial.run(patients, isAdaptive: false, days: 1500)) ?? []
        let adaptive = (try? StroblTrial.run(patients, isAdaptive: true, days: 1500)) ?? []
        return virtual.enumerated().flatMap { index, row -> [EvidenceCheck] in
            let (steady, moving) = (continuous.dropFirst(index).first, adaptive.dropFirst(index).first)
            let name = "virtual patient \(index + 1)"
            return [
                EvidenceCheck(
                    name: "\(name), continuous, days to progression", expected: row.continuous, obtained: steady?.progression ?? .nan,
                    tolerance: 1e-4, source: source),
                EvidenceCheck(
                    name: "\(name), adaptive, days to progression", expected: row.adaptive, obtained: moving?.progression ?? .nan,
                    tolerance: 1e-4, source: source),
                EvidenceCheck(
                    name: "\(name), adaptive, cycles", expected: Double(row.cycles), obtained: moving.map { Double($0.cycles) } ?? .nan,
                    tolerance: 0, source: source),
            ]
        }
    }

    /// Whole days of the tables of Strobl 2021.
    private static func publishedChecks() -> [EvidenceCheck] {
        let rows: [(patient: StroblTrial.Patient, days: [Double])] = [
            (.init(size: 0.25, resistant: 0.001, cost: 0, turnover: 0), [296, 315]),
            (.init(size: 0.75, resistant: 0.001, cost: 0, turnover: 0), [452, 663]),
            (.init(size: 0.5, resistant: 0.001, cost: 0, turnover: 0.25), [470, 701]),
        ]
        return [false, true].enumerated().flatMap { place, isAdaptive -> [EvidenceCheck] in
            let found = (try? StroblTrial.run(rows.map(\.patient), isAdaptive: isAdaptive, days: 800)) ?? []
            return rows.enumerated().map { index, row in
                EvidenceCheck(
                    name:
                        "size \(row.patient.size), turnover \(row.patient.turnover), \(isAdaptive ? "adaptive" : "continuous"), whole days",
                    expected: row.days[place], obtained: found.dropFirst(index).first?.progression?.rounded(.up) ?? .nan, tolerance: 0,
                    source: "tables of Strobl 2021")
            }
        }
    }

    /// One clone without a drug has a closed form: the logistic curve at r − d towards 1 − d/r.
    private static func logisticCheck() -> [EvidenceCheck] {
        let (growth, death, start, days) = (0.03, 0.009, 0.05, 200.0)
        let run = try? Integrator.solve(
            ClonalGrowth.self, initial: [start, 0], parameters: [growth, growth, death, death, 1, 1, 1.5, 0, 0],
            segments: [Segment(start: 0, end: days, input: [0])], outputs: [days], tolerance: Tolerance(relative: 1e-12, absolute: 1e-14))
        let top = 1 - death / growth
        let expected = top / (1 + (top / start - 1) * (-(growth - death) * days).exp())
        return [
            EvidenceCheck(
                name: "one clone without a drug, day 200, share of capacity", expected: expected, obtained: run?[0, 0] ?? .nan,
                tolerance: 1e-10, source: "the logistic curve in closed form")
        ]
    }

    private static func survivalChecks() -> [EvidenceCheck] {
        let settings: [(name: String, scale: Double, link: Double, chance: Double)] = [
            ("no link", 580, 0, 0.24013437036421986), ("weak link", 765, 0.005, 0.24451809776338587),
            ("strong link", 2150, 0.02, 0.23571963559823858),
        ]
        let days = stride(from: 0.0, through: 735, by: 0.25).map { $0 }
        let antigen = days.map { MarkerSurvival2015.noLink.marker(at: $0) }
        return settings.map { setting in
            EvidenceCheck(
                name: "Desmée 2015, \(setting.name), alive on day 735", expected: setting.chance,
                obtained: DesmeeSurvival.chance(days: days, antigen: antigen, scale: setting.scale, link: setting.link), tolerance: 1e-6,
                source: "our own integration of the published parameters, made apart from this program; the paper aims at 0.25")
        }
    }
}
