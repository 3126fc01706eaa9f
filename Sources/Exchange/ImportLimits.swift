// How much a file may hold: an import must not be able to fill the memory or the stack.

/// The limits of an import, after TRUST §5: 64 MiB, depth 64, 200,000 entries.
public struct ImportLimits: Hashable, Sendable {
    /// Bytes of one file, counted after decompression.
    public var bytes = 64 * 1024 * 1024
    /// Levels of `{` and `[`.
    public var depth = 64
    /// Bundle entries, NDJSON resources or CSV rows of one file.
    public var entries = 200_000
    /// JSON values in one entry; assumption: the largest of Synthea's resources has some 3,000.
    public var valuesPerEntry = 300_000
    /// Bytes of one string; assumption: a letter of 8 MiB is a mistake. A longer one refuses its entry, not the file.
    public var stringBytes = 8 * 1024 * 1024
    /// Bytes of one CSV cell.
    public var cellBytes = 64 * 1024
    /// Bytes of a mapping or meeting file.
    public var mappingBytes = 1024 * 1024

    public init() {}
    public static let standard = ImportLimits()
}
