// A list over the Decision form to choose one thing from by a digit, by typing a part of it, or by arrows. Nothing in it is chosen beforehand.
import Meetings
import Surface

public struct PickList: Sendable {
    enum Value: Hashable, Sendable {
        case standing(GuidelineStanding, String)
        case otherGuideline(GuidelineStanding)
        case informant(String)
        case alternative(Choice)
        case kind(TreatmentKind)
        /// To be typed into the line.
        case typed
    }
    struct Item: Hashable, Sendable {
        var title: String
        var value: Value
    }
    var title: String
    var items: [Item]
    /// Typed to narrow the list.
    var filter = ""
    /// Among those shown; nil until an arrow was pressed, so that a second Enter alone chooses nothing.
    var selected: Int?

    init(title: String, items: [Item]) {
        self.title = title
        self.items = items
    }

    var shown: [Item] { filter.isEmpty ? items : items.filter { $0.title.lowercased().contains(filter.lowercased()) } }

    /// Takes a key; what was chosen by it.
    mutating func take(_ key: Key) -> Item? {
        let shown = shown
        switch key {
        case .up: selected = max(0, (selected ?? shown.count) - 1)
        case .down, .tab: selected = min(max(0, shown.count - 1), (selected ?? -1) + 1)
        case .enter:
            if let selected, shown.indices.contains(selected) { return shown[selected] }
            return shown.count == 1 ? shown.first : nil
        case .backspace:
            if !filter.isEmpty { filter.removeLast() }
            selected = nil
        case .character(let scalar):
            if let digit = Int(String(scalar)), filter.isEmpty {
                return shown.indices.contains(digit - 1) ? shown[digit - 1] : nil
            }
            guard filter.unicodeScalars.count < 40, TextWidth.of(scalar) > 0 else { return nil }
            filter.unicodeScalars.append(scalar)
            selected = nil
        default: break
        }
        return nil
    }
}

extension PickList {
    /// Whether it follows a guideline: each of those that the board usually decides against, another, or none.
    static func standing(_ guidelines: [String]) -> PickList {
        let follows = guidelines.map { Item(title: "follows \($0)", value: .standing(.follows, $0)) }
        let departs = guidelines.map { Item(title: "departs from \($0)", value: .standing(.departs, $0)) }
        return PickList(
            title: "The decision and the guideline",
            items: follows + departs + [
                Item(title: "none for the question", value: .standing(.none, "")),
                Item(title: "follows another, to be named", value: .otherGuideline(.follows)),
                Item(title: "departs from another, to be named", value: .otherGuideline(.departs)),
            ])
    }

    static func informants(_ present: [Seat]) -> PickList {
        PickList(
            title: "Who tells the patient",
            items: present.map { Item(title: "\($0.name), \($0.specialty)", value: .informant($0.name)) } + [
                Item(title: "somebody else, to be named", value: .typed)
            ])
    }

    static func kinds() -> PickList {
        PickList(title: "Kind of treatment", items: TreatmentKind.allCases.map { Item(title: $0.title, value: .kind($0)) })
    }

    /// The scenarios that are not proposed yet, in their order.
    static func alternatives(_ open: OpenCase) -> PickList {
        let draft = open.decisionDraft
        let free = open.scenarios.map { Choice.scenario(open.shown($0).name) }.filter {
            $0 != draft.choice && !draft.plan.alternatives.contains($0)
        }
        return PickList(
            title: "An alternative, after those before it",
            items: free.map { Item(title: $0.text, value: .alternative($0)) } + [
                Item(title: "something else, to be written", value: .typed)
            ])
    }
}
