// Two seats write the same draft: what each changed is put together, and where both changed the same field the second is asked.
import Records
import Twins

/// What comes of a draft that two seats have changed since one of them read it.
public struct DraftMerge: Hashable, Sendable {
    /// Both seats' changes; where both changed a field, as the second has it.
    public var mine: DecisionDraft
    /// The same with the first seat's words in those fields.
    public var theirs: DecisionDraft
    /// The fields that both changed to different things, in words.
    public var conflicts: [String]
    /// The fields that the first seat changed and the second did not, in words.
    public var taken: [String]

    /// `base`: what the second seat had read; `mine`: what it wants to save; `theirs`: what the first has saved meanwhile.
    ///
    /// Invariant 8: a field that only one changed is as that one has it. The options' names follow the scenarios and are nobody's words.
    public init(base: DecisionDraft, mine: DecisionDraft, theirs: DecisionDraft) throws(BoardError) {
        let (old, own, other) = (try Self.tree(base), try Self.tree(mine), try Self.tree(theirs))
        var merge = Merge()
        let fields = merge.fields(old.fields, own.fields, other.fields, within: [])
        self.mine = try Self.draft(.object(fields.mine))
        self.theirs = try Self.draft(.object(fields.theirs))
        conflicts = merge.conflicts
        taken = merge.taken
    }

    /// The fields in which two drafts differ, in words.
    public static func changes(from old: DecisionDraft, to new: DecisionDraft) -> [String] {
        guard old != new, let before = try? tree(old), let after = try? tree(new) else { return [] }
        var merge = Merge()
        _ = merge.fields(before.fields, before.fields, after.fields, within: [])
        return merge.taken
    }

    private static func tree(_ draft: DecisionDraft) throws(BoardError) -> JSONTree {
        try Board.decode(JSONTree.self, Board.encode(draft, what: "draft", id: 0), what: "draft", id: 0)
    }

    private static func draft(_ tree: JSONTree) throws(BoardError) -> DecisionDraft {
        try Board.decode(DecisionDraft.self, Board.encode(tree, what: "draft", id: 0), what: "draft", id: 0)
    }

    private struct Merge {
        var conflicts: [String] = []
        var taken: [String] = []

        /// Objects within which fields are put together; all else is one field, a choice among it.
        private static let nested = ["plan"]
        private static let derived: Set<String> = ["options"]

        mutating func fields(
            _ base: [String: JSONTree], _ mine: [String: JSONTree], _ theirs: [String: JSONTree], within path: [String]
        ) -> (mine: [String: JSONTree], theirs: [String: JSONTree]) {
            var (own, other) = (mine, theirs)
            for key in Set(base.keys).union(mine.keys).union(theirs.keys).sorted() {
                let (old, first, second) = (base[key] ?? .null, theirs[key] ?? .null, mine[key] ?? .null)
                if path.isEmpty, Self.nested.contains(key) {
                    let inner = fields(old.fields, second.fields, first.fields, within: [key])
                    own[key] = .object(inner.mine)
                    other[key] = .object(inner.theirs)
                } else if key == "present", first != second, first != old, second != old {
                    own[key] = Self.people(old.list, second.list, first.list)
                    other[key] = own[key]
                    taken.append(Self.words(key))
                } else if first == second || first == old {
                    other[key] = mine[key]
                } else if second == old {
                    own[key] = theirs[key]
                    if !Self.derived.contains(key) { taken.append(Self.words(key)) }
                } else if !Self.derived.contains(key) {
                    conflicts.append(Self.words(key))
                }
            }
            return (own, other)
        }

        /// Those whom either marked as there, without those whom either took off.
        private static func people(_ base: [JSONTree], _ mine: [JSONTree], _ theirs: [JSONTree]) -> JSONTree {
            let gone = base.filter { !mine.contains($0) }
            return .array(theirs.filter { !gone.contains($0) } + mine.filter { !base.contains($0) && !theirs.contains($0) })
        }

        private static func words(_ key: String) -> String {
            switch key {
            case "choice": "the choice"
            case "present": "who is present"
            case "followUp": "the follow-up date"
            case "withoutQuorum": "the reason for deciding without quorum"
            case "preference": "the patient's preference"
            case "steps": "the sequence"
            case "standing": "whether the guideline is followed"
            case "informant": "who tells the patient"
            default: "the " + key
            }
        }
    }
}
