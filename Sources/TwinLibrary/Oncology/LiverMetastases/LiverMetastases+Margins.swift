// The margins of planned ablations, draw by draw: the zone against the lesion as it will be on that day.
import Numerics
import Systems
import Twins

extension LiverReader {
    /// A lesion that is ablated, with its zone and its margin in every draw, mm.
    struct Margins {
        var lesion: LiverLesion
        var zone: Double
        var values: [Double]
        var adequateShare: Double { Double(values.count { $0 >= AblationMargin.adequate }) / Double(max(values.count, 1)) }
        var median: Double { values.sorted()[values.count / 2] }
    }

    /// For every lesion that is ablated within the horizon. It has grown or shrunk as the untouched disease has since «now».
    func margins() -> [Margins] {
        guard let now = place(of: 0) else { return [] }
        let sum = LiverTreatmentSystem.State.sum
        let today = states.column(time: now, state: sum)
        return plan.course.removals.filter { !$0.isResection }.flatMap { removal -> [Margins] in
            guard let place = place(of: LiverTime.week(removal.start)) else { return [] }
            let then = states.column(time: place, state: sum)
            let scales = today.indices.map { draw in then[draw] / (today[draw] * removal.left(occult: plan.occult[draw])) }
            return removal.lesions.map { lesion in
                let zone = lesion.zone
                return Margins(
                    lesion: lesion, zone: zone, values: scales.map { lesion.margin(scale: $0, zone: zone).millimetres })
            }
        }
    }
}

extension LiverMetastases {
    /// The narrowest margin of all ablations, and the chance that it is wide enough.
    func margins(_ reader: LiverReader) -> [EndpointValues] {
        let margins = reader.margins()
        let notes =
            [
                "zone: Pennes' closed form for a point source, \(LiverNotes.number(LiverLesion.lethal)) °C; perfusion recalled; an idealised "
                    + "needle without vessels nearby",
                "adequate from 5 mm on (recalled); the share that survives unseen does not depend on it",
                "assumption: each lesion grows and shrinks as the sum does",
            ]
        guard let first = margins.first else { return [(.ablationMargin, [], []), (.marginAdequate, [], [])] }
        let least = first.values.indices.map { draw in margins.reduce(Double.infinity) { min($0, $1.values[draw]) } }
        return [
            (.ablationMargin, least, notes),
            (.marginAdequate, least.map { $0 >= AblationMargin.adequate ? 100 : 0 }, notes),
        ]
    }

    /// A line for each ablated lesion.
    static func marginNotes(_ reader: LiverReader) -> [String] {
        reader.margins().map { margins in
            let lesion = margins.lesion
            let (power, minutes) = (LiverNotes.number(lesion.power), LiverNotes.number(lesion.seconds / 60))
            return "\(lesion.label): \(power) W for \(minutes) min reach \(LiverNotes.tenths(margins.zone)) mm; margin "
                + "\(LiverNotes.tenths(margins.median)) mm (median), 5 mm or more in \(LiverNotes.percent(margins.adequateShare)) of draws"
        }
    }
}

extension LiverNotes {
    /// One decimal.
    static func tenths(_ value: Double) -> String { number((value * 10).rounded() / 10) }
}
