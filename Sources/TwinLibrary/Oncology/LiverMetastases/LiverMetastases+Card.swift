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
            "P' = k·P·((1 − S·C)·(N₀/N)^γ − 1), three transits, N' = k·(T₃ − N), k = 4/MTT   neutrophils (Friberg), C fluorouracil in two compartments",
            "a cycle is given when it is due and N is not below the threshold; else it is due again after the delay",
            "progression: y ≥ 1.2·nadir and ≥ nadir + 5 mm and ≥ 10 mm; after an operation this is recurrence",
        ],
        states: [
            ModelState("central", Unit("mg"), "fluorouracil in the central compartment of the marrow's own kinetics; closed form"),
            ModelState("peripheral", Unit("mg"), "fluorouracil in the peripheral compartment; closed form"),
            ModelState("y", .millimetre, "sum of diameters of all lesions together; single lesions are not followed"),
            ModelState("sensitivity", .one, "s, what resistance has left of the line's effect: 1 as a line begins in an untreated patient"),
            ModelState("proliferating", Unit("10*9/L"), "cells of the marrow that divide, in neutrophils that they will be"),
            ModelState("transit-1", Unit("10*9/L"), "cells that ripen, first of three compartments"),
            ModelState("transit-2", Unit("10*9/L"), "cells that ripen, second"),
            ModelState("transit-3", Unit("10*9/L"), "cells that ripen, third"),
            ModelState("circulating", Unit("10*9/L"), "neutrophils; what a hold looks at"),
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
            LiverMarrow.shareReason,
            "no set for FOLFOX or FOLFIRI was found: FOLFOX has the slope of fluorouracil with cisplatin (assumption), FOLFIRI that of "
                + "fluorouracil alone, though irinotecan too lowers neutrophils; growth factors are not modelled",
            "published sets of one drug can disagree by a full grade: of docetaxel's two (not a drug of this board) one predicts a nadir of "
                + "0.90, the other of 0.22 10⁹/L after the same dose",
            "below a thousandth of the baseline the marrow's feedback grows no further (assumption): Friberg's form would run away",
            "a course that has fallen 56 days behind is broken off; what is held is the whole cycle, never a part of it",
            "CEA, other toxicity and survival are not modelled; the published survival regression for colorectal cancer was not found",
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
