// Abbreviations that a care plan must not leave unexplained.

enum CarePlanWords {
    /// In plain words; our own.
    static let known = [
        "MRI": "pictures of the inside of the body, made with a strong magnet",
        "CT": "pictures of the inside of the body, made with X-rays",
        "PET": "pictures that show how active tissue is", "EEG": "a recording of the brain's electrical activity",
        "ECG": "a recording of the heart's electrical activity", "PSA": "a substance in the blood that the prostate makes",
        "MMSE": "a short test of memory and thinking", "DNA": "the material that carries inherited information",
        "FOLFOX": "a mixture of drugs against cancer: fluorouracil, folinic acid and oxaliplatin",
        "FOLFIRI": "a mixture of drugs against cancer: fluorouracil, folinic acid and irinotecan",
    ]

    /// Words with two capitals or more, each once, in the order in which they come; numerals such as `VIII` are none.
    static func abbreviations(_ texts: [String]) -> [String] {
        var found: [String] = []
        for word in texts.flatMap({ $0.split { !($0.isLetter || $0.isNumber) } }).map(String.init) {
            let capitals = word.count { $0.isUppercase }
            guard capitals >= 2, capitals * 2 > word.count, !word.allSatisfy({ "IVXab".contains($0) }), !found.contains(word) else {
                continue
            }
            found.append(word)
        }
        return found
    }
}
