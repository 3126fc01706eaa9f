// What the competition avatar is for, on whose data, and where it may not be used.
import Twins

extension CompetitionAvatar {
    static let modelCard = ModelCard(
        purpose:
            "Compares continuous, intermittent, metronomic and adaptive abiraterone by the equations of Zhang 2022: sensitive cells hold resistant "
            + "ones down, and the drug takes the sensitive cells' room. A further biology of the same patient beside tumour-avatar and "
            + "three-clone-avatar: where they agree a board may lean on it. For preparation, teaching and research.",
        notFor:
            "Not for stopping a drug outside a trial, not for drugs against another target, not for hormone-sensitive disease, not for "
            + "survival (the figure shown is structural), not with another marker than PSA.",
        equations: [
            "S' = r_S·S·(1 − (S + R)/(1 − (1 − κ)·u))     sensitive cells, shares of capacity; time in days (Zhang 2022)",
            "R' = 0.58·r_S·R·(1 − α·S − R)                resistant cells; u: drug, 0 or 1",
            "κ and α are 0.05 and 6 in Zhang 2022, and here the patient's own",
            "marker = scale·(S + R); ln(marker + floor) is measured with error σ",
            "adaptive: u = 0 below a share of the reference, 1 above another, else as before; looked at every so many days",
            "progression: marker under treatment above 1.2 × reference (Strobl 2021; as the drug was first given, or today)",
            "survival: hazard k/λ·(t/λ)^(k−1)·e^(β·PSA)  (Desmée 2015)",
        ],
        states: [
            ModelState("sensitive", .one, "S, share of capacity"), ModelState("resistant", .one, "R, share of capacity"),
            ModelState("unreached", .one, "always 0: this biology has one drug"),
            ModelState("first-drug", .one, "u, 1 while the drug is given"), ModelState("second-drug", .one, "always 0"),
            ModelState("reference", .one, "the size that policies and progression are measured against"),
            ModelState("cycles", .one, "times that the drug was given again since «now»"),
            ModelState("drug-days", .day, "days with the drug since «now»"),
        ],
        population:
            "32 men with metastatic castration-resistant prostate cancer under abiraterone (Zhang 2022: 17 adaptive, 15 continuous; 678 "
            + "PSA), whose fits give the medians and spreads of size, resistant cells, growth, drug effect and competition.",
        limits: [
            "the authors fit two numbers of each man and fix the others; here the drug's effect and competition are each man's too, and the men ask for "
                + "a competition of 2.4 rather than 6",
            "PSA tells the sum of the cells; how many of them resist often stays open",
            "no deaths: resistant cells alone always grow to capacity",
            "a marker without error decides in the twin on each look; in life it errs, and looks are missed",
            "of the PSA of the last third of these men's records 71 % lay in the 80 % band of fits to the first two thirds (135 of 189), "
                + "with priors that the whole records had shaped",
            "the men of the population had adaptive or continuous abiraterone by protocol; the arms were not randomised",
            "survival uses the parameters of a simulation study; it shows a mechanism, not a prognosis",
        ],
        references: [
            Source("Zhang 2022, eLife 11:e76284 (equations; 32 men, PSA and drug days: data CC0)", .excerpt),
            Source("Strobl 2021, Cancer Res 81:1135, 10.1158/0008-5472.CAN-20-0806 (progression)", .excerpt),
            Source("Desmée 2015, AAPS J, 10.1208/s12248-015-9745-5 (PSA and survival)", .excerpt),
            CompetitionParameters.fits,
        ])
}
