// What the Alzheimer course twin is for, where it may be used, and what it needs in the record.
import Twins

extension AlzheimerCourse {
    public var card: ModelCard {
        ModelCard(
            purpose: "Shows where a patient stands on the course of Alzheimer's disease, how fast they move along it, and what slowing or "
                + "symptomatic treatment would mean for scores and imaging over the next three years.",
            notFor: "Not for diagnosis, not for dementia of another cause, not for deciding who may receive an antibody: amyloid status, "
                + "APOE genotype, microbleeds and anticoagulation are not in the model.",
            equations: [
                "rt = e^ξ (t − τ)",
                "y_k = 1 / (1 + exp(−(G_k (v0_k rt + w_k) − log g_k))),  w = A s,  G = (g + 1)² / g",
                "slowing s from t₀: rt = e^ξ [(t₀ − τ) + (1 − s)(t − t₀)]; time saved = s (t − t₀)",
                "MMSE = 30 (1 − y), FAQ = 30 y; a symptomatic drug adds points to what is shown",
            ],
            states: [
                ModelState(
                    "rt", .year,
                    "disease time: years past the population's stage of reference at the patient's own pace, negative before it; a closed "
                        + "form of age, and the severities y_k of all seven features follow from it")
            ],
            population: "Parameters fitted by leaspy's authors on an ADNI-like cohort; the 200 patients (1,975 visits, ages 55 to 96) that "
                + "come with them are synthetic.",
            limits: [
                "Fitted on people in a research cohort; other populations may run differently.",
                "Every feature follows one disease time: a stroke or a depression between two visits is not in it.",
                "E-Cog, patient: on held-out visits the error (0.134) is larger than repeating the last value (0.120).",
                "On held-out visits, mean horizon 1.8 years, severity scale: MMSE error 0.060 (last value 0.103), FAQ 0.065 (0.125), "
                    + "hippocampus 0.040 (0.063).",
                "Assumption: slowing of CDR-SB in a trial is slowing of disease time for every feature alike.",
                "Assumption: MMSE and FAQ points as 30 (1 − y) and 30 y.",
                "With one visit the pace is the population's, and the band says so.",
            ],
            references: [
                AlzheimerPopulation.source,
                Source("Koval et al. 2021, Sci Rep 11:8020, 10.1038/s41598-021-87434-1", .excerpt),
                Source("Schiratti et al. 2017, JMLR 18(133)", .recalled),
                Source("Maheux et al. 2023, Nat Commun 14:761, 10.1038/s41467-022-35712-5", .recalled),
                AntibodyTrial.lecanemab.source, AntibodyTrial.donanemab.source, AlzheimerAnchors.slowingSource,
                AlzheimerAnchors.symptomaticSource, AlzheimerAnchors.thresholdSource,
            ])
    }

    public func domain(of subject: Subject) -> [DomainFinding] {
        let used = subject.measurements(of: observables).used
        let visits = Set(used.map { $0.day.rounded() }).count
        let ages = AlzheimerPopulation.ages
        let age = subject.age(at: subject.reference)
        let mmse = subject.latest(observables[Self.place("mmse")].codes, in: .score)?.value
        return [
            DomainFinding(
                input: "age", found: age.map { "\(Int($0.rounded(.down))) years" } ?? "unknown birth date", domain: "55 to 96 years",
                isInside: age.map(ages.contains) ?? false),
            DomainFinding(
                input: "visits", found: "\(visits)", domain: "at least 2, so that the pace is the patient's own", isInside: visits >= 2),
            DomainFinding(
                input: "latest MMSE", found: mmse.map { "\(Int($0.rounded())) points" } ?? "none",
                domain: "0 to 30 points; above 28 the course has hardly begun", isInside: mmse.map { $0 <= 28 } ?? false),
            DomainFinding(
                input: "features measured", found: "\(Set(used.map(\.observable)).count) of \(observables.count)",
                domain: "at least 2, for the order of the features", isInside: Set(used.map(\.observable)).count >= 2),
        ]
    }

    public func completeness(of subject: Subject) -> [CompletenessItem] {
        let used = subject.measurements(of: observables).used
        let measured = Set(used.map(\.observable))
        return [
            CompletenessItem("date of birth", subject.birth != nil),
            CompletenessItem("MMSE", measured.contains("mmse")),
            CompletenessItem("at least 2 visits", Set(used.map { $0.day.rounded() }).count >= 2),
            CompletenessItem("FAQ", measured.contains("faq")),
            CompletenessItem("imaging (hippocampus or FDG PET)", measured.contains("hippocampus") || measured.contains("fdg-pet")),
        ]
    }
}
