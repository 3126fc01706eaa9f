// RECIST 1.1 at every visit, in whole hundredths of a millimetre.
import Numerics
import Systems
import Twins

extension LiverReader {
    /// Shares of the categories at each visit before the first operation; a scan every eight weeks from «now», each compared with today's sum and
    /// with the smallest so far. No error of the scan: what each draw itself does.
    func visits(every interval: Int = 8, count: Int) -> [[Endpoint.Share]] {
        let sum = LiverTreatmentSystem.State.sum
        let weeks = (1...count).map { $0 * interval }.filter { Double($0) <= min(firstRemoval, plan.horizon) }
        guard let now = place(of: 0) else { return [] }
        func sums(_ place: Int) -> [DiameterSum] {
            states.column(time: place, state: sum).map { DiameterSum(hundredths: Int((min($0, 1e6) * 100).rounded())) }
        }
        let baseline = sums(now)
        var nadir = baseline
        return weeks.map { week in
            guard let place = place(of: Double(week)) else { return [] }
            var counts = [Int](repeating: 0, count: Response.allCases.count)
            for (draw, sum) in sums(place).enumerated() {
                let category = Recist.category(of: sum, baseline: baseline[draw], nadir: nadir[draw])
                counts[Response.allCases.firstIndex(of: category) ?? 0] += 1
                if sum.hundredths < nadir[draw].hundredths { nadir[draw] = sum }
            }
            return zip(Response.allCases, counts).map {
                Endpoint.Share(category: $0.rawValue, share: Double($1) / Double(baseline.count))
            }
        }
    }
}

extension LiverMetastases {
    /// An endpoint for every visit; empty after an operation.
    func visits(_ reader: LiverReader, _ notes: [String]) -> [Endpoint] {
        let shares = reader.visits(count: LiverEndpoint.visits.count)
        return LiverEndpoint.visits.enumerated().map { index, kind in
            Endpoint(
                id: kind.rawValue, label: kind.label, unit: kind.unit, better: nil, values: [],
                shares: index < shares.count ? shares[index] : [],
                notes: ["a scan every 8 weeks, each draw's own sums in whole hundredths of a mm, without an error of the scan"] + notes)
        }
    }
}
