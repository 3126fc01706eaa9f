// What the liver twin is for, on whose data, and where it may not be used.
import Twins

extension LiverMetastases {
    static let modelCard = ModelCard(
        purpose: "Compares systemic regimens, operations and their order for colorectal liver metastases: how the sum of "
            + "diameters would go on, "
            + "when it would grow again, and whether the liver remnant would suffice at the planned date. For preparation, "
            + "teaching and research.",
        notFor: "Not for choosing between FOLFOX and FOLFIRI or between antibodies (their contributions are entered, not "
            + "measured), not for survival, "
            + "not for disease outside the liver, not for patients under 18, not for capecitabine.",
        equations: [
            "y' = (KL − KD·E(t)·s)·y          sum of diameters, mm; time in weeks (Claret 2009)",
            "s' = −λ·s                        resistance: s = e^(−λτ), τ = weeks since the line of treatment began",
            "E = (bolus + 0.25·infusion)·BSA·intensity·contributions, g per week, in the first week of each cycle; else 0",
            "a partner drug new to the patient restarts τ at a share (standard 50 %) of what it was",
            "resection, ablation: y ← y·(1 − f + f·ρ), f share treated, ρ share surviving unseen",
            "F(t) = F0·(1 + H·(1 − e^(−t/T)))  liver remnant after embolisation (T 14 d) or ALPPS (T 5 d)",
            "sFLR = F/(−794.41 + 1267.28·BSA) (Vauthey); gate 20 % healthy, 30 % > 3 months of chemotherapy, 40 % cirrhosis",
            "progression: y ≥ 1.2·nadir and ≥ nadir + 5 mm and ≥ 10 mm; after an operation this is recurrence",
        ],
        states: [
            ModelState("y", .millimetre, "sum of diameters of all lesions together; single lesions are not followed"),
            ModelState("sensitivity", .one, "s, what resistance has left of the line's effect: 1 as a line begins in an untreated patient"),
            ModelState(
                "remnant-factor", .one,
                "F/F0, the liver remnant over its volume at the start: 1 until an embolisation or ALPPS, growing until the resection; a "
                    + "closed form beside the integrated states"),
        ],
        population: "KL, KD, λ with variances and residual error: the fluorouracil arm of Claret 2009 (metastatic colorectal "
            + "cancer, first line, adults).",
        limits: [
            "FOLFOX, FOLFIRI and the antibodies have no published tumour growth set: their contributions are assumptions that "
                + "the board can edit",
            "infused fluorouracil counts a quarter of bolus grams (assumption); at face value fluorouracil alone would shrink "
                + "tumours by two thirds",
            "Claret's form has no ceiling: an untreated sum grows without end; what is shown stops at 1,000 mm, and the domain at 400 mm",
            "resistance grows with time also while the drug is paused, as in Claret's model",
            "the sum of diameters is one number: single lesions, their place and resectability are not modelled, nor new "
                + "lesions before an operation",
            "what survives an operation unseen grows like the rest; its share is assumed, so that recurrence in the population "
                + "fits one cohort",
            "the forecast carries out the operation whether or not the remnant suffices; the chance that it does is an endpoint of its own",
            "the remnant's kinetics are a construction through one published point each; regrowth after resection is not modelled",
            "the capecitabine set of the same paper (KL 0.021, KD 0.025, λ 0.053; g per day) is kept apart, since its exposure "
                + "has another unit",
            "CEA, toxicity and survival are not modelled; the published survival regression for colorectal cancer was not found",
        ],
        references: [
            ClaretSet.fluorouracil.source, ClaretSet.capecitabine.source, ClaretSet.lung2014.source,
            Source("Shindoh 2013, J Am Coll Surg, 10.1016/j.jamcollsurg.2012.10.018", .excerpt),
            Source("Croome 2015, PMC4430776", .excerpt), Source("gates of the remnant: PMC6422720", .excerpt),
            Source("bevacizumab first line, meta-analysis: PMC4058184", .excerpt),
            Source("Eisenhauer 2009, Eur J Cancer 45:228 (RECIST 1.1)", .excerpt),
            Source("COLLISION, Lancet Oncol 2025;26:187–99", .excerpt), Source("Fong and GAME in a Dutch cohort: PMC9139295", .excerpt),
        ])
}
