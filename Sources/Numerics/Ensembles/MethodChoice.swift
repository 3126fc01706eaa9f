// Which method took which draw of an ensemble, and why: in numbers, and in words for people.
import Integration

/// What ``IntegrationMethod/automatic`` chose for each draw.
public struct MethodChoice: Sendable, Hashable {
    /// Why a draw was not left to the explicit method.
    public enum Reason: Sendable, Hashable {
        /// Its steps were limited by stability, not by accuracy.
        case stability
        /// They were so short that they used up their number, or shrank to nothing.
        case steps
    }

    /// A draw that the stiff method took, from its start.
    public struct Switch: Sendable, Hashable {
        public var draw: Int
        public var reason: Reason
        /// When the explicit method was given up, in the model's unit of time.
        public var time: Double
    }

    public let drawCount: Int
    public let stateCount: Int
    /// The method for draws that prove stiff.
    public let stiffMethod: StiffMethod
    /// Whether the explicit method was tried at all: not for a ``LargeSystem``.
    public let triesExplicit: Bool
    /// Ordered by draw.
    public let switches: [Switch]

    /// What took a draw: nil for the explicit method.
    public func stiffMethod(of draw: Int) -> StiffMethod? {
        !triesExplicit || switches.contains { $0.draw == draw } ? stiffMethod : nil
    }

    /// «explicit for 996 draws; stiff (Rodas5P) for 4: stability limited the step, first at 12.3 weeks».
    public func words(timeUnit: String = "") -> String {
        let large = stateCount > StiffMethod.mostStatesUnrolled ? ", large: \(stateCount) states" : ""
        guard triesExplicit else { return "\(stiffMethod.rawValue) for \(Self.draws(drawCount))\(large)" }
        let left = drawCount - switches.count
        guard !switches.isEmpty else { return "explicit for \(Self.draws(left)): none proved stiff" }
        let stiff = "stiff (\(stiffMethod.rawValue)\(large)) for "
        let reasons = [
            why(.stability, "stability limited the step", timeUnit), why(.steps, "the explicit steps became too short", timeUnit),
        ]
        let because = reasons.compactMap { $0 }.joined(separator: "; ")
        if left == 0 { return stiff + "\(Self.draws(drawCount)): \(because)" }
        return "explicit for \(Self.draws(left)); \(stiff)\(switches.count): \(because)"
    }

    private func why(_ reason: Reason, _ words: String, _ timeUnit: String) -> String? {
        let times = switches.filter { $0.reason == reason }.map(\.time)
        guard let first = times.min() else { return nil }
        let moment = Self.short(first) + (timeUnit.isEmpty ? "" : " \(timeUnit)")
        return "\(words), \(times.count == 1 ? "at" : "first at") \(timeUnit.isEmpty ? "time " : "")\(moment)"
    }

    private static func draws(_ count: Int) -> String { count == 1 ? "1 draw" : "\(count) draws" }

    /// Three digits: more would be read as if they meant something.
    private static func short(_ time: Double) -> String {
        guard time.isFinite, time != 0 else { return "0" }
        var scale = 1.0
        while time.magnitude * scale < 100, scale < 1e15 { scale *= 10 }
        let rounded = (time * scale).rounded() / scale
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }
}

extension MethodChoice: CustomStringConvertible {
    public var description: String { words() }
}
