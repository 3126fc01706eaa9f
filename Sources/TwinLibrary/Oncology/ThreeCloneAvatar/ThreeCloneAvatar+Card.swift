// What the three-clone avatar is for, on whose data, and where it may not be used.
import Twins

extension ThreeCloneAvatar {
    static let modelCard = ModelCard(
        purpose:
            "Compares continuous, metronomic, intermittent and adaptive abiraterone by the biology of Zhang 2017: cells that need testosterone, "
            + "cells that make it, and cells that need none. A second model of the same patient beside tumour-avatar: where both agree "
            + "a board may lean on it, where they differ the biology is not known. For preparation, teaching and research.",
        notFor:
            "Not for stopping a drug outside a trial, not for drugs against another target, not for hormone-sensitive disease, not for "
            + "survival (the figure shown is structural), not with another marker than PSA.",
        equations: [
            "T⁺' = s·r₁·T⁺·(1 − (T⁺ + α₁₂·TP + α₁₃·T⁻)/((1.5 − u)·TP + ε))      cells that need testosterone (Zhang 2017)",
            "TP' = s·r₂·TP·(1 − (α₂₁·T⁺ + TP + α₂₃·T⁻)/(1 − (1 − κ)·u))         cells that make it",
            "T⁻' = s·r₃·T⁻·(1 − γ·α₃₁·T⁺ − γ·α₃₂·TP − T⁻)                       cells that need none; u: drug, 0 or 1",
            "shares of T⁻'s capacity, time in days; s, κ and γ are 1, 0.01 and 1 in Zhang 2017, and here the patient's own",
            "marker = scale·(T⁺ + TP + T⁻); ln(marker + floor) is measured with error σ",
            "adaptive: u = 0 below a share of the reference, 1 above another, else as before; looked at every so many days",
            "progression: marker under treatment above 1.2 × reference (Strobl 2021; as the drug was first given, or today)",
            "survival: hazard k/λ·(t/λ)^(k−1)·e^(β·PSA)  (Desmée 2015)",
        ],
        states: [
            ModelState("testosterone-dependent", .one, "T⁺, share of T⁻'s capacity"),
            ModelState("testosterone-producing", .one, "TP, the same"),
            ModelState("independent", .one, "T⁻, the same: the resistant cells"),
            ModelState("first-drug", .one, "u, 1 while the drug is given"),
            ModelState("second-drug", .one, "always 0: this biology has one drug"),
            ModelState("reference", .one, "the size that policies and progression are measured against"),
            ModelState("cycles", .one, "times that the drug was given again since «now»"),
            ModelState("drug-days", .day, "days with the drug since «now»"),
        ],
        population:
            "32 men with metastatic castration-resistant prostate cancer under abiraterone (Zhang 2022: 17 adaptive, 15 continuous; 678 "
            + "PSA), whose fits give the medians and spreads of size, T⁻ cells, pace, drug effect and suppression.",
        limits: [
            "PSA tells the sum of the cells; how many of them are T⁻ follows from how it falls and comes back, and often stays open",
            "one matrix of competition of 22 that the authors looked at; these men's PSA ask for T⁻ to be held down twice as strongly as it says",
            "Zhang 2017 takes steps of a day with a floor, here time is continuous: continuous and metronomic arms agree within 2 %, the "
                + "authors' adaptive arm of tiny courses does not (T⁻ pass 90 % on day 9,972 where theirs never do)",
            "PSA is taken to follow the cells at once (Zhang 2017: within some two days), and to be made by all clones alike",
            "a marker without error decides in the twin on each look; in life it errs, and looks are missed",
            "of the PSA of the last third of these men's records 86 % lay in the 80 % band of fits to the first two thirds (162 of 189), "
                + "with priors that the whole records had shaped",
            "no deaths but by crowding, no new mutations, no single metastases, no second drug",
            "the men of the population had adaptive or continuous abiraterone by protocol; the arms were not randomised",
            "survival uses the parameters of a simulation study; it shows a mechanism, not a prognosis",
        ],
        references: [
            Source("Zhang 2017, Nat Commun 8:1816 (three clones, rates, competition; adaptive and metronomic abiraterone)", .excerpt),
            Source("Zhang 2022, eLife 11:e76284 (32 men, PSA and drug days: data CC0)", .excerpt),
            Source("Strobl 2021, Cancer Res 81:1135, 10.1158/0008-5472.CAN-20-0806 (progression)", .excerpt),
            Source("Desmée 2015, AAPS J, 10.1208/s12248-015-9745-5 (PSA and survival)", .excerpt),
            ThreeCloneParameters.fits,
        ])
}
