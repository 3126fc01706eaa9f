// Names of people as they are compared: a meeting room's keyboard may have no é.
import Foundation

enum PersonName {
    /// Without case, accents and doubled spaces.
    static func folded(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).joined(separator: " ").folding(
            options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
