// Words that a care plan must not leave unexplained.

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
        "RAS": "a gene; whether it is changed in the tumour decides which drugs can help",
        "KRAS": "a gene; whether it is changed in the tumour decides which drugs can help",
        "BRAF": "a gene; whether it is changed in the tumour decides which drugs can help",
        "PVE": "portal vein embolisation: closing the vein of one part of the liver, so that the other part grows before an operation",
        "FLR": "future liver remnant: the part of the liver that stays after an operation",
        "ALPPS": "two operations on the liver within weeks; between them the part that stays grows fast",
        "CEA": "a substance in the blood that some bowel cancers make",
        "MCI": "mild trouble with memory or thinking that does not yet hinder daily life",
        "ALT": "a substance in the blood that tells how the liver is",
    ]

    /// Words of medicine and their stems as they stand in letters, in plain words; our own.
    private static let medical: [(stem: String, word: String, meaning: String)] = [
        ("metasta", "Metastasis", "a tumour that has grown from cells of a cancer elsewhere in the body"),
        ("metachron", "Metachronous", "found later than the first tumour"),
        ("synchron", "Synchronous", "found at the same time as the first tumour"),
        ("hepatectom", "Hepatectomy", "an operation that takes out a part of the liver"),
        ("resect", "Resection", "taking out by an operation"),
        ("ablat", "Ablation", "destroying a tumour on the spot, by heat for example"),
        ("emboli", "Embolisation", "closing a blood vessel on purpose, through a thin tube"),
        ("remnant", "Liver remnant", "the part of the liver that stays after an operation"),
        ("adjuvant", "Adjuvant", "given beside another treatment, to keep the illness from coming back"),
        ("mutant", "Mutant", "changed (said of a gene)"), ("mutated", "Mutated", "changed (said of a gene)"),
        ("antibod", "Antibody", "a protein that binds to one target in the body, given as a drug"),
        ("amyloid", "Amyloid", "a protein that gathers in the brain in Alzheimer's disease"),
        ("castrat", "Castration-resistant", "said of prostate cancer that grows although there is hardly any testosterone"),
        ("neoplasm", "Neoplasm", "a tumour"), ("malignan", "Malignant", "said of a tumour that can grow into other parts: a cancer"),
        ("prognos", "Prognosis", "what is to be expected"), ("palliat", "Palliative", "meant to ease discomfort"),
        ("neutro", "Neutrophils", "white blood cells that fight infections"),
    ]

    /// The words of medicine that stand in some texts, each once, in the order of the list.
    static func terms(in texts: [String]) -> [(word: String, meaning: String)] {
        let words = Set(texts.flatMap { $0.lowercased().split { !$0.isLetter } })
        return medical.filter { term in words.contains { $0.hasPrefix(term.stem) } }.map { ($0.word, $0.meaning) }
    }

    /// A diagnosis as a record names it, said plainly, with the record's words after it; unknown ones stay as they are.
    static func plain(_ condition: String) -> String {
        guard let words = diagnoses[condition.lowercased()] else { return condition }
        return "\(words) (in your record: \(condition))"
    }

    private static let diagnoses = [
        "malignant tumor of colon": "cancer of the large bowel", "malignant tumor of rectum": "cancer of the last part of the bowel",
        "secondary malignant neoplasm of liver": "tumours in the liver that come from another cancer",
        "essential hypertension": "high blood pressure", "cirrhosis of liver": "a liver with scars",
        "alzheimer's disease": "an illness of the brain that weakens memory and thinking",
        "mild cognitive impairment": "mild trouble with memory or thinking",
        "malignant tumor of prostate": "cancer of the prostate", "type 2 diabetes mellitus": "diabetes: too much sugar in the blood",
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
