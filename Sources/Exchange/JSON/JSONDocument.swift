// What the JSON parser hands over: an entry at a time, and a document's own members at its end.

/// A fault inside an entry that does not break the file's syntax.
struct JSONDefect: Hashable, Sendable {
    enum Gravity: Sendable {
        /// The entry must be refused.
        case fault
        /// The entry can be taken; the person is told.
        case note
    }
    var gravity: Gravity
    var place: Place
    var message: String
}

/// One entry of a Bundle.
struct JSONEntry {
    var value: JSONValue
    var place: Place
    var defects: [JSONDefect]
}

/// One document without the entries that were handed over one by one.
struct JSONDocument {
    var members: JSONObject
    var defects: [JSONDefect]
    /// How many entries were handed over; nil if there was no list of entries.
    var entryCount: Int?
    var line: Int
    var start: Place
}
