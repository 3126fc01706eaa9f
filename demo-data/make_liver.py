#!/usr/bin/env python3
"""Writes the FHIR R4 bundles of the liver board's teaching meeting (CRC-02*.json) beside this file.

All of it is invented; README.md says how each case was made. The same bytes at every run (`./make_liver.py --check` proves it).
"""

from make import FLUOROURACIL, HERE, LAB, LOCAL, LOINC, OXALIPLATIN, liver_case, write

LAB["albumin"] = (LOINC, "1751-7", "Albumin [Mass/volume] in Serum or Plasma", "g/L", 0)
LAB["ALP"] = (LOINC, "6768-6", "Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma", "U/L", 0)
for number in range(1, 11):
    LAB[f"lesion-{number}"] = (LOCAL, f"lesion-{number}-diameter", f"Liver metastasis {number}, diameter", "mm", 0)


def lesions(case, when, measured):
    """Single lesions: diameter and Couinaud's segment."""
    for number, (diameter, segment) in enumerate(measured, start=1):
        case.observe(f"lesion-{number}", when, diameter)
        case.answer(f"lesion-{number}-segment", f"Liver metastasis {number}, segment", when, segment)


def without_counts(case):
    """Drops the neutrophils that the usual blood count drew, where a case has counts of its own."""
    case.entries = [e for e in case.entries if e["resource"].get("code", {}).get("coding", [{}])[0].get("code") != "751-8"]


def teaching_board():
    # A remnant of 17 % of the standard liver: never enough by itself, enough in about half of the draws after an embolisation.
    case = liver_case(
        "CRC-0208", "Wiebke", "Harmsen", "female", "1970-07-11", primary="Malignant tumor of colon", primary_since="2026-09-07",
        metastases_since="2026-09-07", height=170, weights=[("2026-09-14", 70.6), ("2026-11-23", 70.0)],
        scans=[("2026-09-14", 96), ("2026-11-23", 84)], count=3, largest=46, flr=252, cea=[48.3, 27.5], ras="wild-type", nodes="yes",
        interval=0, ecog=0, treated=("2026-11-23",))
    for drug, dose in [FLUOROURACIL, OXALIPLATIN]:
        case.medication(drug, "2026-09-28", "2026-11-11", dose)
    case.procedure("Right hemicolectomy, pT3 pN1a (1/24) R0", "2026-09-10")
    lesions(case, "2026-11-23", [(46, "VIII"), (24, "VI"), (14, "IV")])
    yield case

    # Two lesions that can be resected or ablated: the tumour is controlled alike, the margin is what power and place make of it.
    case = liver_case(
        "CRC-0215", "Anselm", "Okonjo", "male", "1961-12-03", primary="Malignant tumor of colon", primary_since="2025-02-17",
        metastases_since="2026-10-12", height=181, weights=[("2026-10-12", 83.4), ("2026-11-23", 83.0)],
        scans=[("2026-10-12", 43), ("2026-11-23", 45)], count=2, largest=27, flr=1150, cea=[9.4, 10.2], ras="wild-type", nodes="no",
        interval=20, ecog=0)
    case.procedure("Sigmoid colectomy, pT3 pN0 (0/22) R0", "2025-03-04")
    lesions(case, "2026-11-23", [(27, "VII"), (18, "V")])
    yield case

    # A marrow that does not keep step: four cycles in nine weeks, counts near the threshold, two more antibodies' cycles planned.
    case = liver_case(
        "CRC-0229", "Fiorella", "Mancuso", "female", "1956-05-26", primary="Malignant tumor of rectum", primary_since="2026-08-24",
        metastases_since="2026-08-31", height=158, weights=[("2026-09-07", 55.8), ("2026-11-23", 54.5)],
        scans=[("2026-09-07", 132), ("2026-11-23", 103)], count=5, largest=38, flr=430, cea=[212, 96.8], ras="mutant", nodes="yes",
        interval=0, ecog=1, treated=("2026-11-23",))
    without_counts(case)
    for when, count in [("2026-09-07", 3.1), ("2026-10-12", 1.6), ("2026-11-02", 1.3), ("2026-11-23", 1.4)]:
        case.observe("ANC", when, count)
    case.observe("albumin", "2026-11-23", 34)
    case.observe("ALP", "2026-11-23", 148)
    for start in ["2026-09-14", "2026-09-28", "2026-10-19", "2026-11-09"]:
        for drug, dose in [FLUOROURACIL, OXALIPLATIN, ("bevacizumab", "5 mg/kg every 14 days")]:
            case.medication(drug, start, start, dose)
    case.finding("Reason for delays", "2026-11-02", "cycles 3 and 4 a week late each: neutrophils 1.2 and 1.3")
    yield case


if __name__ == "__main__":
    write(teaching_board(), HERE, "make_liver.py")
