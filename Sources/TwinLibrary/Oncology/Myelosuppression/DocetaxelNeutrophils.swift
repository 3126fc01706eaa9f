// The myelosuppression problem that calibrations are measured by: docetaxel twice, twelve neutrophil counts.
import Numerics
import Twins

/// Prior, kinetics and plan of the problem that `Tests/Benchmarks/peers/posterior.py` gives to its sampler.
public enum DocetaxelNeutrophils {
    /// Friberg et al. (2002), J. Clin. Oncol. 20:4713–4721, docetaxel: baseline 10⁹/L, transit time h, slope per µM. Feedback is fixed there; that it
    /// varies, the slope's deviation and a count's are `assumption`.
    public static let medians = [5.05, 88.7, 0.161, 8.58]
    public static let deviations = [0.42, 0.16, 0.15, 0.40]
    /// Standard deviation of a count's logarithm.
    public static let noise = 0.25
    public static let days = [0.0, 4, 6, 8, 10, 12, 15, 21, 27, 29, 32, 42]

    /// Bruno et al. (1996), J. Pharmacokinet. Biopharm. 24:153–172.
    static let kinetics = DrugKinetics(
        "docetaxel", clearance: 36.8, volume: 8.31, second: DrugKinetics.Exchange(outward: 1.07, back: 1.74),
        third: DrugKinetics.Exchange(outward: 1.28, back: 0.0787),
        source: Source("Bruno 1996, J Pharmacokinet Biopharm 24:153, as the sampler's problem has it", .recalled))
    /// µmol, over an hour, twice in three weeks.
    static let infusions = Dosing(start: 0, amount: 222.8, duration: 1).repeated(every: 504, count: 2)

    /// The posterior given counts on the days, 10⁹/L.
    public static func posterior(counts: [Double]) -> NeutrophilPosterior {
        let hours = days.map { 24 * $0 }
        return NeutrophilPosterior(
            medians: medians, deviations: deviations, noise: noise,
            segments: kinetics.chainSegments(infusions, until: hours[hours.count - 1]), hours: hours, counts: counts)
    }
}
