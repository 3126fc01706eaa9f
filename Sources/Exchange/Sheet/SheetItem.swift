// Every field that a decision sheet must have, and the section it stands in. The list is the sheet: what is in it is printed, filled or not.

/// The sections, in the order of the sheet, with their codes.
///
/// Source: ANS CI-SIS, volet FRCP 2022.01 (sections and LOINC codes); those without a code are twinboard's own.
public enum SheetPart: String, CaseIterable, Sendable {
    case meeting, patient, reason, discovery, tumour, history, problems, state, results, phase, treatments, synthesis, file, plan, framework
    case simulation, opinions, status, versions, proof

    public var title: String {
        switch self {
        case .meeting: "Meeting and people"
        case .patient: "Patient"
        case .reason: "Type and reason of the meeting"
        case .discovery: "Discovery"
        case .tumour: "Tumour"
        case .history: "History"
        case .problems: "Problems"
        case .state: "General state"
        case .results: "Results"
        case .phase: "Phase of the disease"
        case .treatments: "Treatments so far"
        case .synthesis: "Synthesis and question"
        case .file: "Status of the file"
        case .plan: "Proposal"
        case .framework: "Framework of the decision"
        case .simulation: "What the board saw"
        case .opinions: "Opinions and votes"
        case .status: "Status of this document"
        case .versions: "Versions"
        case .proof: "Signatures and proof"
        }
    }

    public var loinc: String? {
        switch self {
        case .reason: "42349-1"
        case .discovery: "42545-4"
        case .tumour: "72135-7"
        case .history: "11348-0"
        case .problems: "11450-4"
        case .results: "30954-2"
        case .phase: "18733-6"
        case .treatments: "29554-3"
        case .synthesis: "10164-2"
        case .file: "21874-3"
        case .plan: "18776-5"
        case .framework: "35510-7"
        case .status: "33557-0"
        case .meeting, .patient, .state, .simulation, .opinions, .versions, .proof: nil
        }
    }
}

/// The fields.
///
/// Invariant D2: a sheet has each of them exactly once; ``SheetFields`` fills those that nobody gave with `not recorded`, or with `not
/// applicable` where the field belongs to oncology and the board does not.
public enum SheetItem: String, CaseIterable, Sendable {
    // Meeting and people.
    case version, documentSet, board, date, identifiers, establishment, address, author, responsible, coordinator, requester, presenter
    case generalPractitioner, inQuorum, outsideQuorum, correspondents
    // Patient.
    case pseudonym, sexAndAge, identity, birthTraits, contacts, trustedPerson, informed
    // Type and reason.
    case boardKind, recourse, paediatric, purpose, caseStatus
    case screening
    // Tumour.
    case diagnosed, topography, laterality, morphology, extent, stage
    case pastHistory
    case conditions
    case performance, geriatric, pain
    case results
    case phase, spread
    case treatments, operations, pathology, molecular
    case synthesis, question
    case complete, quorum, quorumRule, quorumReason
    // Proposal.
    case proposal, reason, sequence, alternatives, furtherTests, recoursePlan, surveillance, preference, comorbidity, informant, review
    case guideline, guidelineVersion, guidelineDay, deviation, trial
    case followsSimulation
    case dissent
    case documentStatus
    case signedBy, ledgerHead, distribution

    public var label: String {
        switch self {
        case .version: "Version"
        case .documentSet: "Document set"
        case .board: "Board"
        case .date: "Date"
        case .identifiers: "Identifiers of the meeting"
        case .establishment: "Establishment"
        case .address: "Address"
        case .author: "Author"
        case .responsible: "Legally responsible"
        case .coordinator: "Coordinator"
        case .requester: "Requester"
        case .presenter: "Presenter"
        case .generalPractitioner: "General practitioner"
        case .inQuorum: "Present, in the quorum"
        case .outsideQuorum: "Present, outside the quorum"
        case .correspondents: "Correspondents"
        case .pseudonym: "Pseudonym"
        case .sexAndAge: "Sex, age"
        case .identity: "National identifier (INS)"
        case .birthTraits: "Name and birth traits"
        case .contacts: "Contacts"
        case .trustedPerson: "Trusted person"
        case .informed: "Patient informed"
        case .boardKind: "Type of board"
        case .recourse: "Recourse board"
        case .paediatric: "Paediatric"
        case .purpose: "Purpose"
        case .caseStatus: "Case"
        case .screening: "How it was found"
        case .diagnosed: "Date of diagnosis"
        case .topography: "Topography"
        case .laterality: "Laterality"
        case .morphology: "Morphology"
        case .extent: "cTNM"
        case .stage: "Stage"
        case .pastHistory: "Past history"
        case .conditions: "Conditions"
        case .performance: "WHO performance status"
        case .geriatric: "Geriatric screen"
        case .pain: "Pain"
        case .results: "Latest results"
        case .phase: "Initial or relapse"
        case .spread: "Local, regional, distant"
        case .treatments: "Treatments"
        case .operations: "Operations and reports"
        case .pathology: "Pathology"
        case .molecular: "Molecular findings"
        case .synthesis: "Synthesis"
        case .question: "Question"
        case .complete: "File complete"
        case .quorum: "Quorum"
        case .quorumRule: "Rule"
        case .quorumReason: "Reason without quorum"
        case .proposal: "The board proposes"
        case .reason: "Reason"
        case .sequence: "Sequence"
        case .alternatives: "Alternatives"
        case .furtherTests: "Further tests"
        case .recoursePlan: "Recourse asked for"
        case .surveillance: "Surveillance"
        case .preference: "Patient's preference"
        case .comorbidity: "Comorbidity"
        case .informant: "Who tells the patient"
        case .review: "Follow-up"
        case .guideline: "Follows a guideline"
        case .guidelineVersion: "Guideline and version"
        case .guidelineDay: "Date of the guideline"
        case .deviation: "Reason of a deviation"
        case .trial: "Clinical trial"
        case .followsSimulation: "Simulation"
        case .dissent: "Dissent"
        case .documentStatus: "Document status"
        case .signedBy: "Signed by"
        case .ledgerHead: "Ledger head"
        case .distribution: "Distribution"
        }
    }

    public var part: SheetPart {
        switch self {
        case .version, .documentSet, .board, .date, .identifiers, .establishment, .address, .author, .responsible, .coordinator,
            .requester, .presenter, .generalPractitioner, .inQuorum, .outsideQuorum, .correspondents:
            .meeting
        case .pseudonym, .sexAndAge, .identity, .birthTraits, .contacts, .trustedPerson, .informed: .patient
        case .boardKind, .recourse, .paediatric, .purpose, .caseStatus: .reason
        case .screening: .discovery
        case .diagnosed, .topography, .laterality, .morphology, .extent, .stage: .tumour
        case .pastHistory: .history
        case .conditions: .problems
        case .performance, .geriatric, .pain: .state
        case .results: .results
        case .phase, .spread: .phase
        case .treatments, .operations, .pathology, .molecular: .treatments
        case .synthesis, .question: .synthesis
        case .complete, .quorum, .quorumRule, .quorumReason: .file
        case .proposal, .reason, .sequence, .alternatives, .furtherTests, .recoursePlan, .surveillance, .preference, .comorbidity,
            .informant, .review:
            .plan
        case .guideline, .guidelineVersion, .guidelineDay, .deviation, .trial: .framework
        case .followsSimulation: .simulation
        case .dissent: .opinions
        case .documentStatus: .status
        case .signedBy, .ledgerHead, .distribution: .proof
        }
    }

    /// Means something on a board of oncology alone.
    public var isOncology: Bool {
        switch self {
        case .screening, .diagnosed, .topography, .laterality, .morphology, .extent, .stage, .performance, .phase, .spread: true
        default: false
        }
    }
}

/// Values for the fields, gathered one after the other.
struct SheetFields {
    let isOncology: Bool
    private var values: [SheetItem: SheetValue] = [:]

    init(isOncology: Bool) { self.isOncology = isOncology }

    /// Sets a field; of oncology's own, only on a board of oncology.
    subscript(item: SheetItem) -> SheetValue {
        get { values[item] ?? (item.isOncology && !isOncology ? .notApplicable : .notRecorded) }
        set { values[item] = item.isOncology && !isOncology ? .notApplicable : newValue }
    }

    /// The fields of a section, all of them, in their order.
    func blocks(_ part: SheetPart) -> [SheetBlock] {
        SheetItem.allCases.filter { $0.part == part }.map { .field(SheetField(id: $0.rawValue, label: $0.label, value: self[$0])) }
    }
}
