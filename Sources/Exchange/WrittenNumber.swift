// How long a number may be that is kept as it was written.

/// The text of a number in a file, kept beside what it reads as.
enum WrittenNumber {
    /// Characters. Assumption: 17 digits say all that is computed with, and no instrument gives forty more; a longer one is a mistake or
    /// an attack, and would push everything else off the line on which it is shown.
    static let longest = 64

    /// Why a number cannot be taken; nil if it can.
    static func fault(_ text: String) -> String? {
        let count = text.utf8.count
        return count > longest ? "«\(text.prefix(24))…» is a number of \(count) characters; more than \(longest) are not taken" : nil
    }
}
