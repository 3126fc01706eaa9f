// What a scenario may not be, and why.
import Twins

extension AvatarModel {
    /// Kinds, types and limits; one policy for the first drug, and what a policy's own numbers must be to each other.
    public func validate(_ scenario: Scenario, for subject: Subject) throws(TwinError) { _ = try allowed(scenario) }

    /// The scenario completed, if it may be at all.
    func allowed(_ scenario: Scenario) throws(TwinError) -> Scenario {
        let complete: Scenario
        do { complete = try completed(scenario) } catch { throw .scenario(error) }
        let policies = complete.interventions.filter { AvatarPolicy($0) != nil }
        if policies.count > 1, let second = policies.last {
            throw refuse(second.kind, "one policy at a time for the first drug, and this scenario has \(policies.count)")
        }
        let changes = complete.interventions.compactMap { AvatarSwitch($0) }
        if changes.count > 1 { throw .scenario(.repeated(intervention: "switch", limit: 1)) }
        guard let intervention = policies.first, let policy = AvatarPolicy(intervention) else { return complete }
        if case .adaptive(let low, let high, _, _) = policy.kind, low >= high {
            throw refuse("adaptive", "«Stop below» must be less than «Give again above», or the drug would be stopped and given at once")
        }
        if let day = changes.first?.day, day < policy.start {
            throw refuse("switch", "it comes on day \(Int(day)), before the first drug on day \(Int(policy.start))")
        }
        return complete
    }

    private func refuse(_ intervention: String, _ reason: String) -> TwinError {
        .scenario(.notAllowed(intervention: intervention, reason: reason))
    }
}
