// What an import took, left and refused, and why: the account that a coordinator reads.

import Surface

/// The account of one imported file.
///
/// Invariant 5: every text in it has been cleaned by ``SafeText``, so it may go to a screen, a file or standard output as it is.
public struct ImportReport: Codable, Hashable, Sendable {
    /// How many of one kind were taken.
    public struct Taken: Codable, Hashable, Sendable {
        /// `patients`, `observations`, `conditions`, `medications`, `procedures`, `documents`.
        public var kind: String
        public var count: Int
    }
    /// What was not wanted: understood, and not an error.
    public struct Left: Codable, Hashable, Sendable {
        /// A FHIR resource type, or `cells`.
        public var what: String
        public var reason: String
        public var count: Int
    }
    /// What was wrong and is not in the store.
    public struct Refused: Codable, Hashable, Sendable {
        public var place: Place
        /// A FHIR resource type and its id, or a cell's value.
        public var what: String
        public var reason: String
    }
    /// What was taken, with something to know about it.
    public struct Note: Codable, Hashable, Sendable {
        /// The first place.
        public var place: Place
        public var message: String
        public var count: Int
    }

    public var file: String
    /// `FHIR R4 Bundle (transaction)`, `FHIR R4 NDJSON`, `CSV`.
    public var format: String
    /// Pseudonyms, in the file's order; for a patient whose pseudonym the store allots, filled in when it has.
    public var patients: [String] = []
    public var taken: [Taken] = []
    public var left: [Left] = []
    /// At most ``listLimit`` of them; ``refusedCount`` counts all.
    public var refused: [Refused] = []
    public var refusedCount = 0
    public var notes: [Note] = []

    /// So many refusals are listed, so that a hostile file cannot make a report as large as itself.
    public static let listLimit = 1_000

    /// So many different reasons for leaving, and kinds of notes, are told apart.
    static let kindLimit = 200

    public init(file: String, format: String) {
        self.file = SafeText(file, limit: 200).string
        self.format = SafeText(format, limit: 100).string
    }

    /// How many of a kind were taken.
    public func count(of kind: String) -> Int { taken.first { $0.kind == kind }?.count ?? 0 }
    /// Whether nothing at all was taken.
    public var isEmpty: Bool { taken.allSatisfy { $0.count == 0 } }
}

extension ImportReport {
    mutating func take(_ kind: String, _ count: Int = 1) {
        if let index = taken.firstIndex(where: { $0.kind == kind }) {
            taken[index].count += count
        } else {
            taken.append(Taken(kind: kind, count: count))
        }
    }

    mutating func leave(_ what: String, _ reason: String, _ count: Int = 1) {
        let what = SafeText(what, limit: 80).string
        let reason = SafeText(reason, limit: 300).string
        if let index = left.firstIndex(where: { $0.what == what && $0.reason == reason }) {
            left[index].count += count
        } else if left.count < Self.kindLimit {
            left.append(Left(what: what, reason: reason, count: count))
        }
    }

    mutating func refuse(_ place: Place, _ what: String, _ reason: String) {
        refusedCount += 1
        guard refused.count < Self.listLimit else { return }
        refused.append(Refused(place: place.cleaned, what: SafeText(what, limit: 120).string, reason: SafeText(reason, limit: 400).string))
    }

    mutating func note(_ place: Place, _ message: String) {
        let message = SafeText(message, limit: 400).string
        if let index = notes.firstIndex(where: { $0.message == message }) {
            notes[index].count += 1
        } else if notes.count < Self.kindLimit {
            notes.append(Note(place: place.cleaned, message: message, count: 1))
        }
    }
}

extension Place {
    /// The same with its texts cleaned.
    var cleaned: Place {
        Place(file: SafeText(file, limit: 200).string, line: line, column: column, byte: byte, path: SafeText(path, limit: 200).string)
    }
}
