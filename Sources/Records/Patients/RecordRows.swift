// What is read of a record: observations and facts with where they came from, letters.
import Twins

/// An observation, and what it is called at its source.
public struct RecordedObservation: Hashable, Codable, Sendable {
    public var observation: Observation
    public var source: String
}

/// A condition, medication or procedure, and what it is called at its source.
public struct RecordedFact: Hashable, Codable, Sendable {
    public var fact: CodedFact
    public var source: String
}

/// A letter without its text.
public struct DocumentHeading: Hashable, Codable, Sendable {
    public var key: Int64
    public var patient: String
    public var title: String
    public var category: String
    public var time: Instant?
    /// Length of the text in characters (Unicode scalars).
    public var characters: Int
}

/// A letter.
public struct Document: Hashable, Codable, Sendable {
    public var heading: DocumentHeading
    public var text: String
}

/// A piece of a letter around the words that were found.
public struct SnippetPart: Hashable, Codable, Sendable {
    public var text: String
    public var isMatch: Bool
    public init(text: String, isMatch: Bool) {
        self.text = text
        self.isMatch = isMatch
    }
}

/// A letter in which all the words occur.
public struct SearchHit: Hashable, Codable, Sendable {
    public var patient: String
    public var documentKey: Int64
    public var title: String
    public var category: String
    public var time: Instant?
    public var snippet: [SnippetPart]
}
