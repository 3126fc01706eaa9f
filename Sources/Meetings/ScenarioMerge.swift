// Two seats edit the same scenario: what each changed is put together where it is not the same value.
import Twins

/// What comes of a scenario that two seats have changed since one of them read it.
public enum ScenarioMerge {
    /// Both changes in one; nil where both changed the same value, or one of them the list of interventions.
    ///
    /// Invariant 9: a value that only one changed is as that one has it.
    public static func merged(base: Scenario, mine: Scenario, theirs: Scenario) -> Scenario? {
        guard let name = pick(base.name, mine.name, theirs.name) else { return nil }
        var result = mine
        result.name = name
        if theirs.interventions == base.interventions { return result }
        if mine.interventions == base.interventions {
            result.interventions = theirs.interventions
            return result
        }
        let counts = Set([base, mine, theirs].map(\.interventions.count))
        guard counts.count == 1 else { return nil }
        for place in mine.interventions.indices {
            let (old, own, other) = (base.interventions[place], mine.interventions[place], theirs.interventions[place])
            guard old.kind == own.kind, own.kind == other.kind else { return nil }
            for key in Set(old.values.keys).union(own.values.keys).union(other.values.keys) {
                guard let value = pick(old.values[key], own.values[key], other.values[key]) else { return nil }
                result.interventions[place].values[key] = value
            }
        }
        return result
    }

    private static func pick<Value: Equatable>(_ base: Value, _ mine: Value, _ theirs: Value) -> Value? {
        mine == theirs || theirs == base ? mine : mine == base ? theirs : nil
    }
}
