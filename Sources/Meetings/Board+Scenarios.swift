// The scenarios of a case in the store, with an undo that survives a restart.
import Records
import Twins

/// The scenarios of a case and whether there is something to undo or redo.
public struct ScenarioList: Hashable, Sendable {
    public var scenarios: [CaseScenario]
    /// What `undo` would take back, in a word; nil: nothing.
    public var undo: String?
    public var redo: String?
}

extension Board {
    public func scenarios(_ item: Int64) throws(BoardError) -> ScenarioList {
        try Self.stored { () throws(StoreError) in
            let rows = try store.scenarios(item)
            let history = try store.scenarioHistory(item)
            return ScenarioList(
                scenarios: rows.map { CaseScenario(id: $0.id, scenario: $0.scenario) }, undo: history.undoLabel, redo: history.redoLabel)
        }
    }

    public func update(_ id: Int64, to scenario: Scenario, label: String = "edit") throws(BoardError) {
        try Self.stored { () throws(StoreError) in _ = try store.updateScenario(id, scenario, label: label) }
    }

    /// Adds a scenario behind another one, or at the end; returns its identifier.
    public func add(_ scenario: Scenario, to item: Int64, after: Int64?) throws(BoardError) -> Int64 {
        try Self.stored { () throws(StoreError) in
            let rows = try store.scenarios(item)
            let place = after.flatMap { id in rows.first { $0.id == id }?.position }
            return try store.addScenario(scenario, agendaItem: item, at: place.map { $0 + 1 }).id
        }
    }

    public func remove(_ id: Int64) throws(BoardError) {
        try Self.stored { () throws(StoreError) in try store.deleteScenario(id) }
    }

    /// Takes the last change back; nil if there was none, else what was taken back.
    public func undo(_ item: Int64) throws(BoardError) -> String? {
        try Self.stored { () throws(StoreError) in try store.undoScenario(item)?.label }
    }

    public func redo(_ item: Int64) throws(BoardError) -> String? {
        try Self.stored { () throws(StoreError) in try store.redoScenario(item)?.label }
    }
}
