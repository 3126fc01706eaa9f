// Writing the decision sheet from the Decision screen: asked for with a key, told when it is done.
import Meetings

extension Update {
    /// What is typed goes into the store first: a sheet shows what is there.
    static func exportSheet(_ state: inout State) -> [Effect] {
        guard let open = state.open else { return [] }
        state.message = Message("Writing the sheet of \(open.item.patient)")
        return commitDrafts(&state) + [.exportSheet(open.item)]
    }

    /// The files have one name and several endings; the line has room for one of them.
    static func receiveSheet(_ files: [String], _ left: [String], _ state: inout State) {
        let names = files.first.map { [$0] + files.dropFirst().map { "." + ($0.split(separator: ".").last ?? "") } } ?? []
        let words = files.isEmpty ? left : ["Sheet written: sheets/" + names.joined(separator: " ") + ", beside the store"] + left
        state.message = Message(words.joined(separator: "; "), files.isEmpty ? .danger : left.isEmpty ? .good : .warning)
    }
}
