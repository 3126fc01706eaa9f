// Medical specialties as people write them, in English or French, brought to one form so that they can be compared.
import Foundation

/// A specialty as the set of its words, without case, accents and hyphens, each in one form for the field and for who practises it.
///
/// `Chirurgie hépato-biliaire`, `hepatobiliary surgery` and `Hepatobiliary surgeon` are equal. A word is matched as a whole: `neurosurgery` is
/// not `surgery`, `neuroradiology` not `radiology`.
struct Specialty: Hashable {
    let words: Set<String>

    init(_ text: String) {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).filter {
            $0 != "-" && $0 != "‐" && $0 != "‑"
        }
        let words = folded.split { !$0.isLetter }.map(String.init)
        if words.count == 2, Set(words) == ["surgical", "oncology"] {
            // A surgeon, whatever the second word says.
            self.words = ["surgery", "oncologic"]
        } else {
            self.words = Set(words.filter { !Self.small.contains($0) }.map { Self.forms[$0] ?? $0 })
        }
    }

    /// Whether somebody of this specialty stands for another, which may be wider: `hepatobiliary surgery` for `surgery`.
    func covers(_ wider: Specialty) -> Bool { !wider.words.isEmpty && wider.words.isSubset(of: words) }

    private static let small: Set<String> = [
        "of", "and", "the", "de", "du", "des", "d", "l", "la", "le", "et", "en", "medicine", "medecine",
    ]

    /// First the form that all the others are brought to. The fields of the demo boards and of the boards that PRODUCT.md names.
    private static let table = [
        ["surgery", "surgeon", "chirurgie", "chirurgien", "chirurgienne"],
        ["neurosurgery", "neurosurgeon", "neurochirurgie", "neurochirurgien", "neurochirurgienne"],
        ["oncology", "oncologist", "oncologie", "oncologue", "cancerologie", "cancerologue"],
        ["neurooncology", "neurooncologist", "neurooncologie", "neurooncologue"],
        ["radiotherapy", "radiotherapist", "radiotherapie", "radiotherapeute"],
        ["radiology", "radiologist", "radiologie", "radiologue", "imaging", "imagerie"],
        ["neuroradiology", "neuroradiologist", "neuroradiologie", "neuroradiologue"],
        ["hepatology", "hepatologist", "hepatologie", "hepatologue"],
        ["gastroenterology", "gastroenterologist", "gastroenterologie", "gastroenterologue"],
        ["pathology", "pathologist", "pathologie", "pathologiste", "anatomopathologie", "anatomopathologiste"],
        ["neurology", "neurologist", "neurologie", "neurologue"],
        ["epileptology", "epileptologist", "epileptologie", "epileptologue"],
        ["geriatrics", "geriatrician", "geriatrie", "geriatre"],
        ["psychiatry", "psychiatrist", "psychiatrie", "psychiatre"],
        ["neuropsychology", "neuropsychologist", "neuropsychologie", "neuropsychologue"],
        ["cardiology", "cardiologist", "cardiologie", "cardiologue"],
        ["lipidology", "lipidologist", "lipidologie", "lipidologue"],
        ["endocrinology", "endocrinologist", "endocrinologie", "endocrinologue"],
        ["ophthalmology", "ophthalmologist", "ophtalmologie", "ophtalmologue", "ophtalmologiste"],
        ["anaesthesia", "anesthesia", "anaesthesiology", "anaesthetist", "anesthesie", "anesthesiste"],
        ["pneumology", "pulmonology", "pulmonologist", "pneumologie", "pneumologue"],
        ["urology", "urologist", "urologie", "urologue"],
        ["genetics", "geneticist", "genetique", "geneticien", "geneticienne"],
        ["paediatrics", "pediatrics", "paediatrician", "pediatrician", "pediatrie", "pediatre"],
        ["nursing", "nurse", "infirmier", "infirmiere"],
        ["electrophysiology", "electrophysiologist", "electrophysiologie", "rythmologie", "rythmologue"],
        ["neurophysiology", "neurophysiologist", "neurophysiologie", "neurophysiologiste"],
        ["biology", "biologist", "biologie", "biologiste"], ["reanimation", "reanimateur", "reanimatrice"],
        ["intensive", "intensivist", "intensif", "intensifs"], ["care", "soins"], ["nuclear", "nucleaire"],
        ["molecular", "moleculaire"], ["cardiac", "cardiaque"], ["congenital", "congenitale"],
        ["hepatobiliary", "hepatobiliaire"], ["interventional", "interventionnel", "interventionnelle"], ["medical", "medicale"],
        ["thoracic", "thoracique"], ["digestive", "digestif"], ["visceral", "viscerale"], ["paediatric", "pediatric", "pediatrique"],
    ]

    private static let forms: [String: String] = {
        var forms: [String: String] = [:]
        for row in table { for word in row { forms[word] = row.first } }
        return forms
    }()
}
