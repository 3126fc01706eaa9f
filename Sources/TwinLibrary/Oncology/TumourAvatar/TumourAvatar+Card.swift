// What the avatar is for, on whose data, and where it may not be used.
import Twins

extension TumourAvatar {
    static let modelCard = ModelCard(
        purpose:
            "Compares ways to dose one drug against a tumour of sensitive and resistant cells: without pause, in fixed weeks "
            + "(intermittent, metronomic), or by the marker (adaptive), and a switch to a second drug. Shows how long progression could be put off, how many days without the drug "
            + "that takes, and how resistant the tumour would be. For preparation, teaching and research.",
        notFor:
            "Not for stopping a drug outside a trial, not for choosing the second drug, not for a first drug other than abiraterone (others "
            + "count like it, or not at all), not for hormone-sensitive disease, not for survival (the figure shown is structural).",
        equations: [
            "S' = r_S·S·(1 − N)·(1 − δ·u − δ·v) − d·S     sensitive cells, shares of capacity; time in days (Strobl 2021)",
            "R' = r_R·R·(1 − N)·(1 − δ·v) − d·R           resistant cells; r_R = r_S/(1 + a)",
            "Q' = r_R·Q·(1 − N) − d·Q                     resistant cells that a second drug does not reach",
            "N = S + R + Q;  d = r_S·w/(1 + w);  u, v: first and second drug, 0 or 1",
            "marker = scale·N; ln(marker + floor) is measured with error σ",
            "adaptive: u = 0 below a share of the reference, 1 above another, else as before; looked at every so many days",
            "progression: marker under treatment above 1.2 × reference (as the drug was first given, or today)",
            "survival (PSA): hazard k/λ·(t/λ)^(k−1)·e^(β·PSA)  (Desmée 2015)",
        ],
        states: [
            ModelState("sensitive", .one, "S, share of capacity"),
            ModelState("resistant", .one, "R, share of capacity"),
            ModelState("unreached", .one, "Q, share of capacity: resistant to the second drug too; none before a switch"),
            ModelState("first-drug", .one, "u, 1 while the first drug is given"),
            ModelState("second-drug", .one, "v, 1 while the second drug is given"),
            ModelState("reference", .one, "the size that policies and progression are measured against, share of capacity"),
            ModelState("cycles", .one, "times that the first drug was given again since «now»"),
            ModelState("drug-days", .day, "days with a drug since «now»"),
        ],
        population:
            "32 men with metastatic castration-resistant prostate cancer under abiraterone (Zhang 2022: 17 adaptive, 15 continuous; 678 "
            + "PSA), whose fits give the medians and spreads of size, resistant cells, growth and drug effect.",
        limits: [
            "the equations hold one tumour of two well-mixed clones: no space, no new mutations, no single metastases",
            "of the PSA of the last third of these men's records 66 % lay in the 80 % band of fits to the first two thirds (125 of 189): "
                + "forecasts are less certain than their bands say",
            "cost of resistance and turnover are hardly told by a marker; they decide how much adaptive dosing gains, and are assumptions",
            "a marker without error decides in the twin on each look; in life it errs, and looks are missed",
            "a pause is as long as the days between looks at least: with looks every 28 days a fast tumour overshoots its limits",
            "the second drug's strength and reach are assumptions; nothing becomes resistant to it anew",
            "circulating tumour DNA and sums of diameters use the rates learnt from PSA",
            "castration itself and dose levels are not modelled; of toxicity only docetaxel's lowest neutrophils, by two sets that "
                + "disagree",
            "the men of the population had adaptive or continuous abiraterone by protocol; the arms were not randomised",
            "survival uses the parameters of a simulation study; it shows a mechanism, not a prognosis",
        ],
        references: [
            Source("Strobl 2021, Cancer Res 81:1135, 10.1158/0008-5472.CAN-20-0806 (equations, policy, progression)", .excerpt),
            Source("Zhang 2022, eLife 11:e76284 (32 men, PSA and drug days: data CC0; competition model)", .excerpt),
            Source("Zhang 2017, Nat Commun 8:1816 (three clones; adaptive and metronomic abiraterone)", .excerpt),
            Source("Desmée 2015, AAPS J, 10.1208/s12248-015-9745-5 (PSA and survival)", .excerpt),
            MyelosuppressionSet.docetaxelFriberg.source, MyelosuppressionSet.docetaxelKloft.source,
            AvatarParameters.fits,
        ])
}
